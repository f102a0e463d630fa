"""Input of what the house hands to the authority."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.ground import clock
from posada.shelter.forms.beds import OnceForm
from posada.shelter.models import ObjectKind
from posada.ui.forms import PlainText

OBJECT_WORDS = {
    ObjectKind.CUTS: _("Something that cuts"),
    ObjectKind.SHOOTS: _("Something that shoots"),
    ObjectKind.ROUNDS: _("Cartridges"),
    ObjectKind.BURSTS: _("Something that may burst"),
    ObjectKind.OTHER: _("Something else that is dangerous"),
}


class HandInForm(OnceForm):
    """One bag: its tag, what is in it as coarse as can be, the day, the authority, its receipt, who was present."""

    tag = forms.IntegerField(
        label=_("Number of the bag's tag"),
        min_value=1,
        max_value=999_999,
        widget=forms.NumberInput({"inputmode": "numeric", "class": "input--short"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Write the number from the tag: only digits.")
        ),
    )
    kind = forms.ChoiceField(
        label=_("What is in it"),
        choices=[(kind.value, words) for kind, words in OBJECT_WORDS.items()],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the words shown.")),
    )
    on = forms.DateField(
        label=_("Day of the hand-over"),
        initial=clock.today,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages=dict.fromkeys(("required", "invalid"), _("Give the day on which it was handed over.")),
    )
    authority = forms.CharField(
        label=_("Authority that took it"),
        help_text=_("The office, not the person."),
        max_length=120,
        widget=PlainText(),
        error_messages={
            "required": _("Write which authority took it."),
            "max_length": _("Use at most 120 letters."),
        },
    )
    receipt = forms.CharField(
        label=_("Number of their receipt"),
        help_text=_("Leave it empty if they gave none."),
        max_length=60,
        required=False,
        widget=PlainText({"class": "input--short"}),
        error_messages={"max_length": _("Use at most 60 letters.")},
    )
    second = forms.TypedChoiceField(
        label=_("Who of the house was present with you"),
        coerce=int,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose the colleague who was present: there are always two.")
        ),
    )

    def __init__(self, colleagues: list[tuple[int, str]], data: Any = None) -> None:
        super().__init__(data)
        cast("forms.TypedChoiceField", self.fields["second"]).choices = [("", "—"), *colleagues]

    def clean_on(self) -> Any:
        """No day that has not come yet."""
        if self.cleaned_data["on"] > clock.today():
            raise forms.ValidationError(_("This day has not come yet. Give the day of the hand-over."))
        return self.cleaned_data["on"]
