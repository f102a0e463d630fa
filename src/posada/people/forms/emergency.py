"""The forms of the emergency sheet and of opening a file by urgency."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.accounts.models import UrgentReading
from posada.ground import clock
from posada.people.forms.fields import WordsField
from posada.people.rules.emergency import PREGNANT_WORDS, SHEET_LABELS, EmergencySheet, Pregnant, Told
from posada.ui.forms import SegmentedChoice, StackedChoice

WHY_LABELS = {
    UrgentReading.Why.ILL: _("Somebody is hurt or ill"),
    UrgentReading.Why.DANGER: _("Somebody is in danger"),
    UrgentReading.Why.CHILD: _("A child is alone"),
    UrgentReading.Why.FAMILY: _("Something happened to their family"),
    UrgentReading.Why.AUTHORITY: _("An authority or a force is at the door"),
}
_EMERGENCIES = (UrgentReading.Why.ILL, UrgentReading.Why.DANGER, UrgentReading.Why.CHILD)
LEAST_LETTERS = 10


class EmergencyForm(forms.Form):
    """Why the sheet is read, as one press."""

    why = forms.ChoiceField(
        label=_("What has happened"),
        choices=[(why.value, WHY_LABELS[why]) for why in _EMERGENCIES],
        widget=StackedChoice(),
        initial=UrgentReading.Why.ILL.value,
    )


class UrgentForm(forms.Form):
    """Why a file is opened by urgency: a fixed word, and a sentence."""

    once = forms.UUIDField(widget=forms.HiddenInput())
    why = forms.ChoiceField(
        label=_("Why it cannot wait"),
        choices=[(why.value, WHY_LABELS[why]) for why in UrgentReading.Why],
        widget=StackedChoice(),
    )
    words = WordsField(
        label=_("In one sentence: what has happened"),
        help_text=_("It is sealed with the file; who looks at this afterwards does not read it."),
        required=True,
        lines=True,
    )

    def clean_words(self) -> str:
        """A sentence, not a full stop."""
        words: str = self.cleaned_data["words"]
        if sum(sign.isalpha() for sign in words) < LEAST_LETTERS:
            raise ValidationError(gettext("Write in one sentence what has happened."), code="too_short")
        return words


class SheetForm(forms.Form):
    """The sheet as it is written with the person. Nobody must say anything."""

    voluntary = frozenset({"call_name", *SHEET_LABELS})

    once = forms.UUIDField(widget=forms.HiddenInput())
    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)
    told = forms.ChoiceField(
        label=_("Does the person want an emergency sheet?"),
        help_text=_("Saying no changes nothing: there is help in an emergency all the same."),
        choices=[(Told.TELLS.value, _("Yes")), (Told.PREFERS_NOT.value, _("Prefers not to say anything"))],
        widget=SegmentedChoice(),
        initial=Told.TELLS.value,
    )
    call_name = WordsField(label=_("What people call them"), help_text=_("The only name on the printed page."))
    language = WordsField(label=SHEET_LABELS["language"])
    allergies = WordsField(label=SHEET_LABELS["allergies"], lines=True)
    medicines = WordsField(label=SHEET_LABELS["medicines"], lines=True)
    illnesses = WordsField(label=SHEET_LABELS["illnesses"], lines=True)
    pregnant = forms.ChoiceField(
        label=SHEET_LABELS["pregnant"],
        help_text=_("Only if the person brings it up."),
        choices=[(value.value, PREGNANT_WORDS[value]) for value in Pregnant],
        widget=SegmentedChoice(),
        required=False,
    )
    call_whom = WordsField(
        label=SHEET_LABELS["call_whom"], help_text=_("Somebody near, whom the person named for this."), lines=True
    )

    @staticmethod
    def initial_of(sheet: EmergencySheet | None, *, version: int, call_name: str) -> dict[str, Any]:
        """What stands on the form at first."""
        if sheet is None:
            return {"version": version, "call_name": call_name, "told": Told.TELLS.value}
        names = ("call_name", "language", "allergies", "medicines", "illnesses", "call_whom")
        told = {"told": sheet.told.value, "pregnant": sheet.pregnant.value, "version": version}
        return told | {name: getattr(sheet, name) for name in names}

    def sheet(self) -> EmergencySheet:
        """The sheet as it is kept. Who prefers to say nothing leaves nothing behind but the call-name."""
        held = self.cleaned_data
        if held["told"] == Told.PREFERS_NOT:
            return EmergencySheet(told=Told.PREFERS_NOT, call_name=held["call_name"], written_on=clock.today())
        names = ("call_name", "language", "allergies", "medicines", "illnesses", "call_whom")
        words = {name: held[name] for name in names}
        return EmergencySheet(pregnant=Pregnant(held["pregnant"]), written_on=clock.today(), **words)
