"""Whose family is frozen, by number: for who opens nobody's file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.people.forms.fields import NumberField


class FreezeOneForm(forms.Form):
    """The number that stands on a resident's card."""

    number = NumberField(
        label=_("Number of the resident"),
        required=True,
        error_messages={"required": _("Write the number that stands on the resident's card.")},
    )
