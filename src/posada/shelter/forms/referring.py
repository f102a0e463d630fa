"""Input of a referral: to whom, word by word what may be told, and the yes to exactly that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.people.forms.fields import WordsField
from posada.people.rules.referring import HOW_SAID, STAND_WORDS, How, Stands
from posada.shelter.forms.beds import OnceForm
from posada.ui.forms import SegmentedChoice, StackedChoice

_DAYS = [("2", _("2 days")), ("7", _("a week")), ("14", _("two weeks")), ("30", _("a month"))]


OTHER = "other"


@dataclass(frozen=True, slots=True)
class Organisation:
    """One of the directory as it is chosen: its key, its name, and a line of what they do and whether they take now."""

    key: str
    name: str
    line: str


class ReferralForm(OnceForm):
    """A referral: chosen from the directory of the house, or written where it has none."""

    voluntary = frozenset({"language", "witness"})

    entry = forms.ChoiceField(
        label=_("To whom"),
        widget=StackedChoice(),
        required=False,
        error_messages={"invalid_choice": _("It was taken off the directory meanwhile. Choose one of those shown.")},
    )
    organisation = WordsField(label=_("Who, if not in the directory"))
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

    def __init__(self, directory: Sequence[Organisation], *args: Any) -> None:
        super().__init__(*args)
        self.names = {one.key: one.name for one in directory}
        if directory:
            choices = [(one.key, one.line) for one in directory]
            self.fields["entry"].choices = [*choices, (OTHER, _("Not in the directory"))]  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["entry"]
            self.fields["organisation"].label = _("To whom")

    def clean(self) -> dict[str, Any]:
        """Somebody of the directory, or written; a mark counts with a witness."""
        said = super().clean() or {}
        chosen = said.get("entry", "")
        if chosen in self.names:
            said["organisation"] = self.names[chosen]
        elif "entry" not in self.errors and not said.get("organisation"):
            place = "organisation" if chosen == OTHER or "entry" not in self.fields else "entry"
            self.add_error(place, gettext("Choose who can help, or write who it is."))
        if said.get("how") == How.MARK and not said.get("witness"):
            self.add_error("witness", gettext("A mark counts with a witness: write who saw it."))
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
