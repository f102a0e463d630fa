"""The one line of the search."""

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.people.forms.fields import WordsField
from posada.ui.forms import PlainText


class FindForm(forms.Form):
    """A name, a number, or a name with what else is known."""

    line = WordsField(
        label=_("Name or number"),
        help_text=_("Yulesi Ramires 1987, San Juan — or a number from a card. A place alone finds nothing."),
        required=True,
        error_messages={"required": _("Write a name or a number.")},
        widget=PlainText(attrs={"data-focus": True, "dir": "auto", "inputmode": "search"}),
    )
