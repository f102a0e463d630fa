"""Dates and ages as people write them, with the precision they have."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from posada.interop.text import fold

_STRICT_MOMENT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z")
_LOOSE_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})[T ]"
    r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?\s*(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})(?:[-/. ]([0-9]{1,2}))?(?:[T ].*)?")
_DAY_MONTH_YEAR = re.compile(r"([0-9]{1,2})\s*[-/. ]\s*([0-9]{1,2})\s*[-/. ]\s*([0-9]{4}|[0-9]{2})(?:[T ].*)?")
_MONTH_YEAR = re.compile(r"([0-9]{1,2})\s*[-/. ]\s*([0-9]{4})")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SERIAL = re.compile(r"([0-9]{4,5})(?:\.[0-9]+)?")
_AGE = re.compile(r"(?:aprox|approx|unos|unas|about|ca|c)?\s*([0-9]{1,4})(?:\s*(?:a|to|y)?\s*([0-9]{1,4}))?\s*([a-z]*)")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "enero ene january jan",
            "febrero feb february",
            "marzo mar march",
            "abril abr april apr",
            "mayo may",
            "junio jun june",
            "julio jul july",
            "agosto ago august aug",
            "septiembre setiembre sep sept set september",
            "octubre oct october",
            "noviembre nov november",
            "diciembre dic december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_SHEET_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 3_000, 80_000  # 1908 to 2119
OLDEST_AGE = 125


class BadValueError(ValueError):
    """A value that cannot be understood; carries the code of the sentence to show."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class DateText(NamedTuple):
    """A date in its own precision, and whether its century was guessed."""

    text: str
    century_guessed: bool = False


class AgeRange(NamedTuple):
    """Years, both ends included."""

    low: int
    high: int


def parse_moment(value: str | int | None) -> datetime | None:
    """Read PFIF's one form of time, 2010-01-01T01:23:45Z; None for an empty value.

    Raises BadValueError for everything else, dates without a time among them.
    """
    if not value:
        return None
    match = _STRICT_MOMENT.fullmatch(str(value))
    if match is None:
        raise BadValueError("moment_form")
    try:
        return datetime(*(int(part) for part in match.groups()), tzinfo=UTC)  # type: ignore[arg-type,misc]  # six ints
    except ValueError:
        raise BadValueError("moment_impossible") from None


def write_moment(moment: datetime) -> str:
    """The same form, for writing. Takes an aware time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def parse_loose_moment(text: str, *, day_first: bool, utc_offset_hours: float, today: date) -> str:
    """A time or date of a sheet's row, as UTC "...Z", or as a date alone when no time was written."""
    match = _LOOSE_MOMENT.fullmatch(text)
    if match is None:
        return parse_date(text, day_first=day_first, today=today).text
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        local = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        return write_moment(local - _offset(match.group(7), utc_offset_hours))
    except (ValueError, OverflowError):
        raise BadValueError("date_impossible") from None


def _offset(written: str | None, usual_hours: float) -> timedelta:
    if written is None:
        return timedelta(hours=usual_hours)
    if written == "Z":
        return timedelta()
    digits = written[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -size if written[0] == "-" else size


def parse_date(text: str, *, day_first: bool, today: date) -> DateText:
    """Read a date in any of the forms met in registers. Raises BadValueError with the reason.

    Numbers of five digits are days of a spreadsheet; years of two digits are taken as past.
    """
    words = text.strip().removesuffix(".0").rstrip(".")
    for form in (_read_year_first, _read_compact, _read_serial_or_year, _read_month_year, _read_worded):
        found = form(words)
        if found is not None:
            return DateText(_checked(*found))
    match = _DAY_MONTH_YEAR.fullmatch(words)
    if match is None:
        raise BadValueError("date_form")
    first, second, year = (int(part) for part in match.groups())
    guessed = len(match.group(3)) == 2
    if guessed:
        year = _full_year(year, today)
    day, month = (first, second) if day_first else (second, first)
    if month > 12 >= day:
        day, month = month, day
    return DateText(_checked(year, month, day), guessed)


def _read_year_first(text: str) -> tuple[int, int, int] | None:
    match = _YEAR_FIRST.fullmatch(text)
    if match is None:
        return None
    return int(match.group(1)), int(match.group(2)), -1 if match.group(3) is None else int(match.group(3))


def _read_compact(text: str) -> tuple[int, int, int] | None:
    match = _COMPACT.fullmatch(text)
    return None if match is None else (int(match.group(1)), int(match.group(2)), int(match.group(3)))


def _read_serial_or_year(text: str) -> tuple[int, int, int] | None:
    match = _SERIAL.fullmatch(text)
    if match is None:
        return None
    number = int(match.group(1))
    if len(match.group(1)) == 4 and 1_800 <= number <= 2_200:
        return number, -1, -1
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise BadValueError("date_form")
    day = _SHEET_EPOCH + timedelta(days=number)
    return day.year, day.month, day.day


def _read_month_year(text: str) -> tuple[int, int, int] | None:
    match = _MONTH_YEAR.fullmatch(text)
    return None if match is None else (int(match.group(2)), int(match.group(1)), -1)


def _read_worded(text: str) -> tuple[int, int, int] | None:
    words = [word for word in fold(text).split() if word not in {"de", "del", "of", "the"}]
    months = [_MONTHS[word] for word in words if word in _MONTHS]
    numbers = [int(digits) for word in words if (digits := re.sub(r"(st|nd|rd|th|o)$", "", word)).isdecimal()]
    if len(months) != 1 or len(months) + len(numbers) != len(words):
        return None
    years = [number for number in numbers if number > 31]
    days = [number for number in numbers if number <= 31]
    if len(years) != 1 or len(days) > 1:
        return None
    return years[0], months[0], days[0] if days else -1


def _full_year(two_digits: int, today: date) -> int:
    century = today.year - today.year % 100
    return century + two_digits if century + two_digits <= today.year else century - 100 + two_digits


def _checked(year: int, month: int, day: int) -> str:
    try:
        date(year, 1 if month == -1 else month, 1 if day == -1 else day)
    except ValueError:
        raise BadValueError("date_impossible") from None
    if year < 1000:
        raise BadValueError("date_form")
    if month == -1:
        return f"{year:04d}"
    return f"{year:04d}-{month:02d}" if day == -1 else f"{year:04d}-{month:02d}-{day:02d}"


def check_birth(text: str, *, today: date) -> None:
    """Refuse a birth after today or longer ago than anyone has lived."""
    if text > today.isoformat()[: len(text)]:
        raise BadValueError("birth_in_future")
    if int(text[:4]) < today.year - OLDEST_AGE:
        raise BadValueError("birth_too_long_ago", years=OLDEST_AGE)


def parse_age(text: str) -> AgeRange:
    """Read "34", "34 años", "35-45", "8 meses" (age 0). Raises BadValueError."""
    words = re.sub(r"[-\u2013~/.,]", " ", re.sub(r"([.,])0+$", "", text.strip()))
    match = _AGE.fullmatch(fold(words))
    if match is None:
        raise BadValueError("age_form")
    low = int(match.group(1))
    high = low if match.group(2) is None else int(match.group(2))
    unit = match.group(3)
    if unit.startswith(("mes", "mon", "mo")):
        low, high = low // 12, high // 12
    elif unit.startswith(("dia", "day", "sem", "week")):
        low, high = 0, 0
    elif unit and not unit.startswith(("an", "ye", "yr", "y", "a")):
        raise BadValueError("age_form")
    if low > high:
        raise BadValueError("age_form")
    if high > OLDEST_AGE:
        raise BadValueError("age_out_of_range", years=OLDEST_AGE)
    return AgeRange(low, high)
