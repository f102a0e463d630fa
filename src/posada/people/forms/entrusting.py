"""Why a file is taken on, and to whom it is handed over."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.accounts.models import Assignment
from posada.people.forms.fields import NumberField
from posada.ui.forms import StackedChoice

_Why = Assignment.Why
WHY_WORDS = {
    _Why.ARRIVED: _("They arrived today"),
    _Why.APPOINTMENT: _("They have an appointment with me"),
    _Why.HANDED_OVER: _("Their file was handed over to me"),
    _Why.EMERGENCY: _("An emergency"),
}


class TakeOnForm(forms.Form):
    """Why somebody takes a file on: one of four, and needed when somebody else holds it."""

    why = forms.ChoiceField(
        label=_("Why"),
        choices=[(why.value, words) for why, words in WHY_WORDS.items()],
        widget=StackedChoice(),
        required=False,
        error_messages={
            "required": _("Somebody accompanies this person already. Say why you do, too."),
            "invalid_choice": _("Choose one of the reasons."),
        },
    )

    def __init__(self, *args: Any, is_held: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["why"].required = is_held

    @property
    def chosen(self) -> Assignment.Why | None:
        """The reason, if one was given."""
        word = self.cleaned_data["why"]
        return Assignment.Why(word) if word else None


class HandOverForm(forms.Form):
    """A number, and who shall hold the file."""

    number = NumberField(label=_("Number"), help_text=_("It stands on their card"), required=True)
    to = forms.TypedChoiceField(
        label=_("To whom"),
        coerce=int,
        widget=StackedChoice(),
        error_messages={
            "required": _("Choose who shall hold the file."),
            "invalid_choice": _("This member of staff holds no files here. Choose somebody of the list."),
        },
    )
    ends_others = forms.BooleanField(
        label=_("Nobody else holds it any more"),
        help_text=_("Whoever held it until now is closed out."),
        required=False,
    )

    def __init__(self, *args: Any, holders: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = holders  # type: ignore[attr-defined]  # a choice field has them
