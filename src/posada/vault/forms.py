"""What the unlock page takes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.ui.forms import PhraseInput


class UnlockForm(forms.Form):
    """A keyholder's phrase."""

    phrase = forms.CharField(
        label=_("Phrase"),
        help_text=_("The six words of a keyholder, with spaces between them."),
        max_length=200,
        strip=True,
        widget=PhraseInput(attrs={"autofocus": True}),
        error_messages={
            "required": _("Write the six words of your phrase."),
            "max_length": _("A phrase has six words. This is longer; look at what was written."),
        },
    )
