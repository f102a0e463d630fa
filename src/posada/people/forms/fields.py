"""Fields that read what people type about a person."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from posada.ground import clock, ids
from posada.people.rules import ReadBirth, TooLong, WrongBirth, clean_text, read_birth
from posada.people.rules.birth import BirthProblem
from posada.people.rules.naming import NAME_LENGTH, TEXT_LENGTH
from posada.ui.forms import DateOrAge, PlainArea, PlainText

_TYPED_LIMIT = 20_000
NOT_COME = gettext_lazy(
    "This day has not come yet, by this house's clock. Check the day; if it is right the clock is wrong: "
    "leave the field empty and tell whoever runs the house."
)


class WordsField(forms.CharField):
    """A line of words about a person: control signs and emoji are left out, letters of any alphabet stay."""

    def __init__(self, *, lines: bool = False, **options: Any) -> None:
        self.lines = lines
        self.most = TEXT_LENGTH if lines else NAME_LENGTH
        widget = PlainArea(attrs={"dir": "auto"}) if lines else PlainText(attrs={"dir": "auto"})
        super().__init__(**{"required": False, "widget": widget, "strip": False, **options})

    def clean(self, value: Any) -> str:
        """The words; refused with a sentence if they are too long."""
        # Django refuses a NUL with words of its own; here it is only a sign to be left out.
        text = str(value or "").replace("\x00", "")
        try:
            cleaned = clean_text(text[:_TYPED_LIMIT], self.most, lines=self.lines)
        except TooLong as error:
            raise ValidationError(str(error), code="too_long") from error
        super().clean(cleaned)
        return cleaned


class BirthField(forms.CharField):
    """A birth or an age as people say it; gives a `ReadBirth`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "widget": DateOrAge(), **options})

    def clean(self, value: Any) -> ReadBirth:
        """What was read; a sentence otherwise."""
        try:
            return read_birth(super().clean(str(value or "").replace("\x00", "")), clock.today())
        except WrongBirth as error:
            raise ValidationError(str(error), code=error.problem.value) from error


class DayOrMonthField(BirthField):
    """A day, a month or a year that has come (26/2/2019, 2/2019, 2019): as precisely as it was told. Gives its text."""

    def clean(self, value: Any) -> Any:
        """ "2019-02-26", "2019-02" or "2019"; empty for nothing. An age is no date."""
        read = super().clean(value)
        if read.age is not None:
            raise ValidationError(_("Write a day, a month or a year: 23/2/2019."), code="unreadable")
        return read.birth


def told_as_typed(on: str) -> str:
    """A day, month or year as `DayOrMonthField` reads it."""
    return "/".join(str(int(part)) for part in reversed(on.split("-"))) if on else ""


class DayField(forms.CharField):
    """A day that has come, typed as people write it (26/2/2019)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "widget": DateOrAge(), **options})

    def clean(self, value: Any) -> date | None:
        """The day; a sentence if it is none, or has not come."""
        text = super().clean(str(value or "").replace("\x00", ""))
        if not text:
            return None
        try:
            read = read_birth(text, clock.today())
        except WrongBirth as error:
            words = NOT_COME if error.problem is BirthProblem.FUTURE else str(error)
            raise ValidationError(words, code=error.problem.value) from error
        if len(read.birth) != len("2019-02-26"):
            raise ValidationError(_("Write a whole day here, such as 26/2/2019."), code="unreadable")
        return date.fromisoformat(read.birth)


def day_as_typed(day: date) -> str:
    """A day as a `DayField` reads it in every language: 26/2/2019."""
    return f"{day.day}/{day.month}/{day.year}"


class NumberField(forms.CharField):
    """A person's number as it stands on a card; its check digit finds slips."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "numeric", "class": "input--short"}
        super().__init__(**{"required": False, "widget": PlainText(attrs=attrs), **options})

    def clean(self, value: Any) -> int | None:
        """The number; a sentence if a digit is wrong."""
        text = "".join(super().clean(str(value or "").replace("\x00", "")).split())
        if not text:
            return None
        if not (text.isdecimal() and len(text) <= 10 and ids.is_sound_number(int(text))):
            raise ValidationError(
                _("This is no number of a person here: one of its digits is wrong. Look at the card again."),
                code="wrong_number",
            )
        return int(text)
