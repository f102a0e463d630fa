"""What every form of a case's part has: its key, the version that was seen, and fields for dates as they were told."""

import uuid
from datetime import date, time
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.asylum.rules.casefile import CaseFile
from posada.asylum.rules.guide import Guide
from posada.ground import clock
from posada.people.forms.fields import DayOrMonthField, WordsField
from posada.shelter.forms.beds import OnceForm

DAMAGED = _("This page was damaged on its way. Nothing was changed. Open it again.")
ONE_OF_THESE = _("Choose one of the answers shown.")
LONG_TEXT: Final = 10_000
_EARLIEST: Final = 1950
_YEARS_AHEAD: Final = 30


class ToldField(DayOrMonthField):
    """A day, a month or a year that has come, as it was told; empty if nobody knows."""

    def __init__(self, **options: Any) -> None:
        usual = _("A day, a month or a year: 14/3/2026, 3/2026 or 2026. A year alone is fine.")
        super().__init__(**{"help_text": usual, **options})

    def clean(self, value: Any) -> Any:
        """The date as files keep it; what is wrong with it is said in words that speak of an event."""
        try:
            return super().clean(value)
        except ValidationError as error:
            raise ValidationError(_told_words(error.code), code=error.code) from error


def _told_words(code: str | None) -> str:
    if code == "future":
        return gettext(
            "This date has not come yet. Write what has happened; what is planned stands under meetings."
            " If the date is right, this computer's clock is wrong."
        )
    if code == "impossible":
        return gettext("This day does not exist. Write day, month, year: 14/3/2026. A year alone is enough.")
    if code == "required":
        return gettext("Write when it was. A month or a year is enough.")
    return gettext("This could not be read. Write a day, a month or a year: 14/3/2026, 3/2026 or 2026.")


class AheadField(forms.DateField):
    """A day that may still come, as a browser offers it."""

    def __init__(self, **options: Any) -> None:
        said = _("Write the day as year, month and day, or choose it.")
        widget = forms.DateInput({"type": "date", "class": "input--short"}, format="%Y-%m-%d")
        super().__init__(**{"widget": widget, "error_messages": {"invalid": said, "required": said}, **options})

    def clean(self, value: Any) -> date | None:
        """The day; a year that nobody can mean is asked about."""
        day: date | None = super().clean(value)
        if day is not None and not _EARLIEST <= day.year <= clock.today().year + _YEARS_AHEAD:
            raise ValidationError(gettext("Look at the year again: this day is too far away."), code="far")
        return day


class HourField(forms.TimeField):
    """An hour on the clock there; its content is kept as HH:MM."""

    def __init__(self, **options: Any) -> None:
        said = {"invalid": _("Write the hour as 14:30.")}
        widget = forms.TimeInput({"type": "time", "class": "input--short"}, format="%H:%M")
        super().__init__(**{"required": False, "widget": widget, "error_messages": said, **options})

    def clean(self, value: Any) -> str:
        """HH:MM, or nothing."""
        hour: time | None = super().clean(value)
        return hour.strftime("%H:%M") if hour else ""


class LongWordsField(WordsField):
    """Exact words: as long as a paper is."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"lines": True, **options})
        self.most = LONG_TEXT


def chosen(words: Any) -> dict[str, Any]:
    """The same sentence for an answer that is missing and for one that is none of those shown."""
    return {"error_messages": {"required": words, "invalid_choice": words}}


class PartForm(OnceForm):
    """A form that changes a case's file: what it holds, and the version that was seen when the page was made."""

    voluntary: frozenset[str] = frozenset()

    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), DAMAGED)
    )

    def __init__(self, data: Any = None, *, file: CaseFile, guide: Guide | None, version: int, **more: Any) -> None:
        super().__init__(data, initial={**self.typed(file, **more), "version": version})
        self.file = file
        self.guide = guide
        self.prepare(**more)

    def typed(self, file: CaseFile, **more: Any) -> dict[str, Any]:
        """What the fields show at first."""
        raise NotImplementedError

    def prepare(self, **more: Any) -> None:
        """Add the fields and choices that depend on the case."""

    def applied(self, file: CaseFile) -> CaseFile:
        """The file as this form changes it."""
        raise NotImplementedError

    def field_at(self, event: str, where: str) -> str | None:
        """Which field of this form says the date of an event, so that what is wrong is said beside it."""
        raise NotImplementedError


class ItemForm(PartForm):
    """One line of a part that is a list: `item` is the one that is changed, none for a new one."""

    item: Any = None

    def __init__(self, data: Any = None, *, item: Any = None, **options: Any) -> None:
        self.item = item
        super().__init__(data, **options)

    def made(self, key: uuid.UUID) -> Any:
        """The line as it is sealed, with this id."""
        raise NotImplementedError
