"""Input of a guide's pages: as of which day."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.people.forms.fields import DayField, day_as_typed


class AsOfForm(forms.Form):
    """A day that has come, under whose law a guide is read."""

    on = DayField(label=_("As of the day"))

    def __init__(self, data: Any, day: date) -> None:
        super().__init__(data, initial={"on": day_as_typed(day)})
