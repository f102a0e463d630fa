"""Input of a referral: to whom, word by word what may be told, and the yes to exactly that."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from posada.people.forms.fields import WordsField
from posada.people.rules.referring import HOW_SAID, STAND_WORDS, How, Stands
from posada.shelter.forms.beds import OnceForm
from posada.ui.forms import SegmentedChoice

_DAYS = [("2", _("2 days")), ("7", _("a week")), ("14", _("two weeks")), ("30", _("a month"))]


class ReferralForm(OnceForm):
    """A referral."""

    voluntary = frozenset({"language", "witness"})

    organisation = WordsField(label=_("To whom"), required=True)
    told = WordsField(
        label=_("What may be told, word by word"),
        help_text=_("Each thing on a line of its own. A name only if they want it told."),
        required=True,
        lines=True,
    )
    yes = forms.BooleanField(
        label=_("I read these words to them, and they said yes to telling them to this organisation"),
        error_messages={"required": _("Without a yes to these words nothing is told. Leave the page.")},
    )
    how = forms.ChoiceField(
        label=_("How the yes was given"), choices=[(one.value, HOW_SAID[one]) for one in How], widget=SegmentedChoice()
    )
    language = WordsField(label=_("In which language"))
    witness = WordsField(label=_("Witness"), help_text=_("Never a child or a relative"))
    days = forms.ChoiceField(label=_("Ask about it again after"), choices=_DAYS, widget=SegmentedChoice(), initial="7")

    def clean(self) -> dict[str, Any]:
        """A mark counts with a witness."""
        said = super().clean() or {}
        if said.get("how") == How.MARK and not said.get("witness"):
            self.add_error("witness", _now("A mark counts with a witness: write who saw it."))
        return said


class NeedAnswerForm(OnceForm):
    """What they answered."""

    stands = forms.ChoiceField(label=_("Their answer"), widget=SegmentedChoice())
    words = WordsField(label=_("What they said"), lines=True)
    days = forms.ChoiceField(label=_("Ask about it again after"), choices=_DAYS, widget=SegmentedChoice(), initial="7")

    def __init__(self, *args: Any, possible: Iterable[Stands], **options: Any) -> None:
        super().__init__(*args, **options)
        words = [(one.value, STAND_WORDS[one][0]) for one in Stands if one in set(possible)]
        self.fields["stands"].choices = words  # type: ignore[attr-defined]  # a choice field
