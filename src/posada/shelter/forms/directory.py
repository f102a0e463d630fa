"""Input of the directory."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.people.forms.fields import DayField, WordsField
from posada.shelter.forms.beds import OnceForm
from posada.shelter.rules.directory import KIND_WORDS, SPOKEN_WORDS, TAKES_WORDS, OrganisationKind, SpokenBy, Takes
from posada.ui.forms import SegmentedChoice


class OrganisationForm(OnceForm):
    """An organisation that can help."""

    name = WordsField(label=_("Name"), required=True)
    kind = forms.ChoiceField(
        label=_("What they help with"), choices=[(one.value, KIND_WORDS[one]) for one in OrganisationKind]
    )
    takes = forms.ChoiceField(
        label=_("Do they take people now"),
        choices=[(one.value, TAKES_WORDS[one][0]) for one in Takes],
        widget=SegmentedChoice(),
        initial=Takes.CALL.value,
    )
    places = forms.IntegerField(
        label=_("How many more people they can take"),
        help_text=_("Only if they said so. Leave it empty otherwise."),
        required=False,
        min_value=0,
        max_value=999,
        widget=forms.NumberInput({"inputmode": "numeric", "class": "input--short"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write a whole number from 0 to 999, or leave it empty.")
        ),
    )
    helps = WordsField(label=_("Exactly with what"), lines=True)
    phone = WordsField(label=_("Telephone"))
    hours = WordsField(label=_("Hours"))
    reached = WordsField(label=_("How to get there, or whom to ask for"), lines=True)
    checked_on = DayField(label=_("Checked on"), help_text=_("The day somebody called or went there."))
    source = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=80)


class InterpreterForm(OnceForm):
    """Somebody who interprets."""

    name = WordsField(label=_("Name"), required=True)
    language = WordsField(label=_("Language"), required=True)
    sex = forms.ChoiceField(
        label=_("Who interprets"),
        choices=[(one.value, SPOKEN_WORDS[one]) for one in SpokenBy],
        widget=SegmentedChoice(),
    )
    phone = WordsField(label=_("Telephone"))
    by_phone = forms.BooleanField(label=_("Interprets by telephone, too"), required=False)
    hours = WordsField(label=_("Hours"))
    undertaken_on = DayField(
        label=_("Undertook to keep silence on"),
        help_text=_("The day they signed. Without it they cannot be chosen."),
    )
    grown_up = forms.BooleanField(
        label=_("Is grown up, and interprets for no relative of theirs"),
        error_messages={"required": _("Never a child or a relative: tick this only if it is so, or leave them out.")},
    )


def initial_of(words: Any, **days: Any) -> dict[str, Any]:
    """What an entry says, for its form."""
    typed = {name: f"{day.day}/{day.month}/{day.year}" for name, day in days.items() if day}
    return {name: getattr(words, name) for name in words.__struct_fields__} | typed
