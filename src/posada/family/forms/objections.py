""" "I am not missing": who says it and how we know that it is them, and what they want."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.family.forms.sending import SentOnce
from posada.family.models import Said, Saying, Spoke
from posada.family.rules.representing import REPRESENTS_LABELS, Represents
from posada.ground import clock
from posada.people.forms.fields import WordsField
from posada.ui.forms import StackedChoice

_SPOKE = [
    (Spoke.HERE.value, _("The person is here with me, alone")),
    (Spoke.CALLED.value, _("The person calls, and I know that it is them")),
]
_WANTS = [
    (Said.REFUSE.value, _("Withdraw it: nobody who asks now is told anything of me")),
    (Said.OBJECT.value, _("Withdraw it, and let nobody compare me with any request from now on")),
    (Said.TAKE_BACK.value, _("I take that back: I may be compared again")),
]
WANTS_LABELS = {Said.LOOK: _("Wanted to know whether somebody asks")} | {Said(value): words for value, words in _WANTS}


class SpeakForm(SentOnce):
    """Before anything is shown: the person is there, alone, and it is them."""

    spoke = forms.ChoiceField(
        label=_("How the person is with us"),
        choices=_SPOKE,
        widget=StackedChoice(),
        error_messages={"required": _("Say how the person is with you. Nobody is shown this without them.")},
    )
    known_by = WordsField(
        label=_("By what we know that it is them"),
        help_text=_("For a call: agreed words, or a question only they can answer. Never a document number alone."),
    )
    witness = WordsField(label=_("Witness"), help_text=_("Never a child or a relative"))
    represents = forms.ChoiceField(
        label=_("Who decides with them"),
        choices=[(one.value, words) for one, words in REPRESENTS_LABELS.items() if one],
        widget=StackedChoice(),
        error_messages={
            "required": _("A child, or somebody whose age is not known, does not decide this alone. Say who decides.")
        },
    )
    represented_by = WordsField(label=_("Name of who decides with them"), required=True)

    def __init__(self, *args: Any, child: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not child:
            del self.fields["represents"], self.fields["represented_by"]

    def clean(self) -> dict[str, Any]:
        """Whoever calls is known by something."""
        cleaned = super().clean() or {}
        if cleaned.get("spoke") == Spoke.CALLED and not cleaned.get("known_by") and "known_by" not in self.errors:
            self.add_error("known_by", gettext("Write by what you know that it is them, or ask them to come."))
        return cleaned

    def saying(self, said: Said) -> Saying:
        """What is sealed."""
        held = self.cleaned_data
        return Saying(
            at=clock.now(),
            said=said,
            spoke=Spoke(held["spoke"]),
            known_by=held["known_by"],
            witness=held["witness"],
            represents=Represents(held.get("represents", "")),
            represented_by=held.get("represented_by", ""),
        )


class WantForm(SentOnce):
    """What the person wants, once they saw what there is."""

    said = forms.ChoiceField(
        label=_("What would you like?"),
        choices=_WANTS,
        widget=StackedChoice(),
        error_messages={"required": _("Choose one, or go back: nothing changes if nothing is chosen.")},
    )

    def __init__(self, *args: Any, objects: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        choice = self.fields["said"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [one for one in _WANTS if objects or one[0] != Said.TAKE_BACK]

    @property
    def wanted(self) -> Said:
        """What was chosen."""
        return Said(self.cleaned_data["said"])
