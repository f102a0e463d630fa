"""Input about forms on paper: how many to print, the number of one, and what stands on it."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.ground import ids
from posada.people.forms.fields import DayField, NumberField
from posada.people.forms.register import Company, RegisterForm
from posada.people.models import PaperState
from posada.people.rules.contents import Identity
from posada.people.services.numbered import DIGITS, MOST
from posada.ui.forms import PlainText, SegmentedChoice

_COUNT = _("Write how many, from 1 to 100.")
_CHOOSE = _("Choose one of them.")


def _choice(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    errors = dict.fromkeys(("required", "invalid_choice"), _CHOOSE)
    return forms.ChoiceField(label=label, choices=choices, widget=SegmentedChoice(), error_messages=errors)


class PrintAgainForm(forms.Form):
    """How a batch is printed again."""

    language = _choice(_("Language of the forms"), [("es", "Español"), ("en", "English")])
    on_page = _choice(_("Forms on a page"), [("1", "1"), ("2", "2")])


class PrintFormsForm(PrintAgainForm):
    """A batch to print."""

    count = forms.IntegerField(
        label=_("How many forms"),
        min_value=1,
        max_value=MOST,
        initial=20,
        widget=PlainText(attrs={"inputmode": "numeric", "class": "input--short"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), _COUNT),
    )
    once = forms.UUIDField(widget=forms.HiddenInput(), required=False)


class FormNumberField(NumberField):
    """The number of a form on paper: seven digits, so that a person's number is never taken for one."""

    def clean(self, value: Any) -> int | None:
        """The number; a sentence if a digit is wrong or missing."""
        text = "".join(str(value or "").replace("\x00", "").split())
        sound = text.isdecimal() and len(text) == DIGITS + 1 and ids.is_sound_number(int(text))
        if not sound:
            words = gettext("This is no number of a form: it has 7 digits, and one is wrong or missing. Look again.")
            raise ValidationError(words, code="wrong_number")
        return int(text)


class FormNumberForm(forms.Form):
    """Which form is typed in now."""

    form_number = FormNumberField(label=_("Number of the form"), help_text=_("7 digits, beside the square code"))


class GiveUpForm(FormNumberForm):
    """A form that nobody will type in."""

    state = _choice(
        _("What became of it"), [(PaperState.SPOILED.value, _("Spoiled")), (PaperState.LOST.value, _("Lost"))]
    )
    once = forms.UUIDField(widget=forms.HiddenInput(), required=False)


class PaperRegisterForm(RegisterForm):
    """The short form as it stands on paper, with its day."""

    written_on = DayField(label=_("Day on the paper"), help_text=_("The file begins on this day"), required=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, has_last=False, **options)
        self.fields["written_on"].error_messages["required"] = _("Write the day that stands on the paper.")
        company = cast("forms.ChoiceField", self.fields["company"])
        company.choices = [choice for choice in cast("list[Any]", company.choices) if choice[0] != Company.LAST]

    def typed_identity(self) -> Identity:
        """As on the paper: who says no other day arrived on the day of the paper, never today."""
        self.cleaned_data["arrived_on"] = self.cleaned_data.get("arrived_on") or self.cleaned_data.get("written_on")
        return super().typed_identity()

    def refuse_day(self, shown: str) -> None:
        """The day is too early."""
        words = gettext("This form was not there before %(day)s, or is too old. Look at the day on the paper again.")
        self.add_error("written_on", ValidationError(words % {"day": shown}, code="too_early"))
