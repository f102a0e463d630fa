"""Asking that something be erased, and deciding on it."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.ground import ids
from posada.records.models import Why, WhyBack
from posada.ui.forms import StackedChoice


class AskErasureForm(forms.Form):
    """Why it is to be erased: one of a few, so that no words about anybody stand beside the act."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    why = forms.ChoiceField(
        label=_("Why"),
        choices=Why.choices,
        widget=StackedChoice(),
        error_messages={"required": _("Say why. Choose one of the four.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["once"].initial = ids.new_id

    @property
    def form(self) -> uuid.UUID:
        """The key of this form."""
        key: uuid.UUID = self.cleaned_data["once"]
        return key


class ShowAgainForm(forms.Form):
    """Why something hidden is shown again."""

    why_back = forms.ChoiceField(
        label=_("Why it is shown again"),
        choices=WhyBack.choices,
        widget=StackedChoice(),
        error_messages={"required": _("Say why it is shown again. Choose one of the three.")},
    )


class PasswordForm(forms.Form):
    """One's own password, again, before what cannot be taken back."""

    password = forms.CharField(
        label=_("Your password, again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Type your password again: whoever sits down at an open desk must not erase.")},
    )
