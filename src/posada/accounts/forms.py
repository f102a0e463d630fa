"""What signing in takes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.ui.forms import CodeInput, PhraseInput, PlainText


class SignInForm(forms.Form):
    """Name, password and the code of the authenticator."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        widget=PlainText(attrs={"autofocus": True, "autocapitalize": "off"}),
        error_messages={"required": _("Write the name you sign in with.")},
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=PhraseInput(),
        error_messages={"required": _("Write your password.")},
    )
    code = forms.CharField(
        label=_("Code"),
        help_text=_("The six digits that your authenticator shows now."),
        max_length=12,
        widget=CodeInput(),
        error_messages={"required": _("Write the six digits that your authenticator shows.")},
    )
