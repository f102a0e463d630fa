"""Birth dates with their precision: a day, a month, a year, or an age on some day."""

import re
from datetime import date
from typing import NamedTuple

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_NAMED = re.compile(r"(?:(\d{1,2})(?:[ .\-]+| de ))?([a-z]{3,10})\.?(?:[ ,\-]+| de )(\d{4})$")
_NAMED_FIRST = re.compile(r"([a-z]{3,10})\.? (\d{1,2}),? (\d{4})$")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})$")
_PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})$")
OLDEST = 130
_MONTHS = {
    name[:3]: number
    for names in (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "january february march april may june july august september october november december",
        "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    )
    for number, name in enumerate(names.split(), 1)
}


class Birth(NamedTuple):
    """A birth, as far as known: 0 is unknown. From an age, `year` is the likeliest and `earliest`/`latest`
    are ordinals."""

    year: int = 0
    month: int = 0
    day: int = 0
    earliest: int = 0
    latest: int = 0
    age: int = -1


def parse_date(text: str) -> tuple[int, int, int]:
    """(year, month, day) with 0 for unknown. Reads 2001-05-09 (also with a time behind it), 2001-05, 2001, 09/05/2001
    (day first), 20010509 and 9 May 2001 (Spanish, English, Portuguese).

    Raises ValueError for anything else, and for a day that no calendar has.
    """
    year, month, day = _read_parts(text)
    if not 1850 <= year <= 2200:
        raise ValueError("the year must lie between 1850 and 2200")
    date(year, month or 1, day or 1)
    return year, month, day


def possible_part(text: str) -> str:
    """What a calendar has of a date with an impossible day or month: 2001-02 for 2001-02-30, 2001 for 2001-13-01.

    Raises ValueError when not even the year can be read.
    """
    year, month, _ = _read_parts(text)
    if not 1850 <= year <= 2200:
        raise ValueError("the year must lie between 1850 and 2200")
    return f"{year:04}-{month:02}" if 1 <= month <= 12 else f"{year:04}"


def _read_parts(text: str) -> tuple[int, int, int]:
    cleaned = _TIME.sub("", text.strip())
    if found := _DAY_FIRST.match(cleaned):
        day, month, year = (int(part) for part in found.groups())
        return year, month, day
    if found := _ISO.match(cleaned) or _PLAIN.match(cleaned):
        year, month, day = (int(part or 0) for part in found.groups())
        return year, month, day
    return _read_named(cleaned)


def _read_named(text: str) -> tuple[int, int, int]:
    """A date whose month is a word."""
    lowered = text.lower().replace("ç", "c")
    if found := _NAMED.match(lowered):
        day, name, year = found.groups()
    elif found := _NAMED_FIRST.match(lowered):
        name, day, year = found.groups()
    else:
        name, day, year = "", "", ""
    if name[:3] not in _MONTHS:
        raise ValueError("a date is written 2001-05-09, 2001-05 or 2001; or 09/05/2001, the day first")
    return int(year), _MONTHS[name[:3]], int(day or 0)


def read_birth(birth_date: str, age: int | None, age_on: str) -> Birth | None:
    """What a record says of a birth, or None. What cannot be read is silent: it is no evidence for or
    against."""
    if birth_date.strip():
        try:
            return Birth(*parse_date(birth_date))
        except ValueError:
            pass
    if age is None or not 0 <= age <= OLDEST:
        return None
    try:
        year, month, day = parse_date(age_on)
    except ValueError:
        return Birth(age=age)
    last = date(year, month or 12, min(day or 28, 28)).toordinal()
    first = date(year, month or 1, min(day or 1, 28)).toordinal()
    earliest = first - round((age + 1) * 365.25)
    latest = last - round(age * 365.25)
    return Birth(date.fromordinal((earliest + latest) // 2).year, 0, 0, earliest, latest, age)


def compare_births(left: Birth, right: Birth) -> str:
    """The level of agreement of two births; symmetric."""
    if left.age >= 0 or right.age >= 0:
        return _compare_with_age(left, right)
    if left.year == right.year:
        return _compare_in_year(left, right)
    both_full = left.day and right.day
    if both_full and _one_digit(left, right):
        return "digit"
    return _years_apart(abs(left.year - right.year))


def _compare_in_year(left: Birth, right: Birth) -> str:
    if not left.month or not right.month:
        return "year_fits"
    if not left.day or not right.day:
        return "month_fits" if left.month == right.month else "year"
    if left.month == right.month and left.day == right.day:
        return "same"
    if left.month == right.day and left.day == right.month:
        return "swapped"
    if _one_digit(left, right):
        return "digit"
    return "month" if left.month == right.month else "year"


def _one_digit(left: Birth, right: Birth) -> bool:
    mine, other = (f"{b.year:04}{b.month:02}{b.day:02}" for b in (left, right))
    return sum(a != b for a, b in zip(mine, other, strict=True)) == 1


def _years_apart(years: int) -> str:
    if years <= 1:
        return "near_year"
    return "different" if years <= 5 else "far"


def _span(birth: Birth) -> tuple[int, int]:
    if birth.latest:
        return birth.earliest, birth.latest
    first = date(birth.year, birth.month or 1, birth.day or 1).toordinal()
    if birth.day:
        return first, first
    return first, first + (30 if birth.month else 365)


def _compare_with_age(left: Birth, right: Birth) -> str:
    if not left.year or not right.year:
        if left.age < 0 or right.age < 0:
            return "blank"
        return _gap_level(abs(left.age - right.age) * 365)
    left_span, right_span = _span(left), _span(right)
    return _gap_level(max(left_span[0] - right_span[1], right_span[0] - left_span[1]))


def _gap_level(days: int) -> str:
    if days <= 0:
        return "age_fits"
    if days <= 370:
        return "age_near"
    return "different" if days <= 5 * 366 else "far"
