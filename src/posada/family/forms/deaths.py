"""News of a death: what somebody says, how a person told it, and why it was wrong."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.family.forms.sending import SentOnce
from posada.family.models import DeathWords
from posada.family.rules.deaths import BY_LABELS, KNOWS_LABELS, By, Knows, Told
from posada.people.forms.fields import DayField, DayOrMonthField, WordsField
from posada.ui.forms import SegmentedChoice, StackedChoice


class DeathForm(SentOnce):
    """Who says it, and how they know."""

    voluntary = frozenset({"note"})

    source = WordsField(
        label=_("Who says it"),
        required=True,
        error_messages={"required": _("Write who says it: news without anybody who says it is not kept.")},
    )
    knows = forms.ChoiceField(
        label=_("How they know"),
        choices=list(KNOWS_LABELS.items()),
        widget=StackedChoice(),
        error_messages={"required": _("Choose how they know it.")},
    )
    first_hand = forms.ChoiceField(
        label=_("Did one of us speak with whoever saw it, or hold the paper or its picture?"),
        choices=[("no", _("No, or not yet")), ("yes", _("Yes"))],
        initial="no",
        widget=SegmentedChoice(),
    )
    checked = WordsField(label=_("Who of us, when, and how it was checked"), lines=True)
    on = DayOrMonthField(label=_("When"), help_text=_("A day, a month or a year, as it was told: 23/2/2019, 2/2019"))
    place = WordsField(label=_("Where"))
    note = WordsField(label=_("Note"), lines=True)

    def clean(self) -> dict[str, Any]:
        """First hand means that somebody of us can say how."""
        cleaned = super().clean() or {}
        if cleaned.get("first_hand") == "yes" and not cleaned.get("checked") and "checked" not in self.errors:
            message = gettext("Write who of us spoke with them or saw the paper, and when.")
            self.add_error("checked", ValidationError(message, code="not_checked"))
        return cleaned

    def content(self) -> DeathWords:
        """What is noted."""
        held = self.cleaned_data
        words = {name: held[name] for name in ("source", "checked", "on", "place", "note")}
        return DeathWords(knows=Knows(held["knows"]), first_hand=held["first_hand"] == "yes", **words)


class ToldForm(SentOnce):
    """How a person told it. There is no other way."""

    voluntary = frozenset({"with_whom"})

    on = DayField(label=_("When"), required=True, error_messages={"required": _("Write a day, such as 26/2/2019.")})
    how = forms.ChoiceField(
        label=_("How it was told"),
        choices=list(BY_LABELS.items()),
        widget=StackedChoice(),
        error_messages={"required": _("Choose how it was told: only face to face, or by voice.")},
    )
    to = WordsField(label=_("Who was told"), required=True, error_messages={"required": _("Write who was told.")})
    by = WordsField(label=_("Who told it"), required=True, error_messages={"required": _("Write who told it.")})
    with_whom = WordsField(label=_("Who was with them"))
    seen = forms.IntegerField(widget=forms.HiddenInput())

    def told(self) -> Told:
        """What is kept."""
        held = self.cleaned_data
        return Told(held["on"], By(held["how"]), held["to"], held["by"], held["with_whom"])


class WithdrawNewsForm(SentOnce):
    """Why the news was wrong."""

    why = WordsField(
        label=_("Why it was wrong"),
        lines=True,
        required=True,
        error_messages={"required": _("Write why: whoever was told has a right to know.")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput())
