"""What agreeing from elsewhere takes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.ui.forms import CodeInput, PhraseInput, PlainText, StackedChoice


class CodeForm(forms.Form):
    """The sign-in name of the second, and the code that they read out."""

    name = forms.CharField(
        label=_("Sign-in name of the second person"),
        max_length=80,
        widget=PlainText(attrs={"autocapitalize": "off"}),
        error_messages={"required": _("Write the name with which the second person signs in.")},
    )
    code = forms.CharField(
        label=_("The code that they read out"),
        help_text=_("Six digits, from their authenticator for this kind of act. Each counts once."),
        max_length=12,
        widget=CodeInput(),
        error_messages={"required": _("Write the six digits that they read out.")},
    )


class EnrolForm(forms.Form):
    """For which kind of act, and again the password: whoever sits down at an open desk must not enrol a phone."""

    kind = forms.ChoiceField(
        label=_("For which acts"),
        widget=StackedChoice(),
        error_messages={"required": _("Choose for which acts the code is.")},
    )
    password = forms.CharField(
        label=_("Your password, again"),
        max_length=200,
        strip=False,
        widget=PhraseInput(),
        error_messages={"required": _("Write your password.")},
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], asks_password: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a ChoiceField
        if not asks_password:
            del self.fields["password"]
