"""A birth or an age, read as people type it, and what follows from it."""

import calendar
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.people.rules.contents import Identity

OLDEST = 120
OF_AGE = 18


class BirthProblem(StrEnum):
    """Why a birth or an age was not taken."""

    UNREADABLE = "unreadable"
    IMPOSSIBLE = "impossible"
    FUTURE = "future"
    TOO_OLD = "too_old"


class WrongBirth(ValueError):
    """What was typed is no birth and no age; as text, a sentence for the one who typed it."""

    def __init__(self, problem: BirthProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem

    def __str__(self) -> str:
        return {
            BirthProblem.UNREADABLE: _(
                "This could not be read. Write an age (31), a year (1987) or a date (14/3/1987)."
            ),
            BirthProblem.IMPOSSIBLE: _(
                "This day does not exist. Write day, month, year: 14/3/1987. A year alone is enough."
            ),
            BirthProblem.FUTURE: _("This date has not come yet. Check the year; a year or an age alone is enough."),
            BirthProblem.TOO_OLD: _(
                "That would be more than 120 years. Check the number; leave it empty if nobody knows."
            ),
        }[self.problem]


class Minor(StrEnum):
    """Whether somebody is under 18. An unknown age is treated as a minor's (practice, family links, 12)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ReadBirth:
    """What was typed, as an identity keeps it: `birth` (1987-03-14, 1987-03, 1987), or `age` on `age_on`."""

    birth: str = ""
    age: int | None = None
    age_on: date | None = None


_MONTHS = {
    "ene": 1, "jan": 1, "feb": 2, "mar": 3, "abr": 4, "apr": 4, "may": 5, "jun": 6, "jul": 7,
    "ago": 8, "aug": 8, "sep": 9, "set": 9, "oct": 10, "nov": 11, "dic": 12, "dec": 12,
}  # fmt: skip
_MONTH_NAMES = frozenset(
    {
        *(
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "setiembre",
        ),
        *(
            "octubre",
            "noviembre",
            "diciembre",
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
        ),
        *("august", "september", "sept", "october", "november", "december"),
    }
)
# Words around a date that say nothing about when: "nacida en 1987", "born in March 1987", "unos 31".
_SILENT = frozenset(
    {
        *(
            "n",
            "nac",
            "nacido",
            "nacida",
            "nacio",
            "born",
            "b",
            "m",
            "f",
            "en",
            "in",
            "de",
            "del",
            "el",
            "la",
            "on",
        ),
        *("of", "the", "hacia", "ca", "circa", "aprox", "aproximadamente", "about", "around", "unos", "unas"),
        *("tiene", "age", "aged", "edad", "anio", "ano", "year"),
    }
)
_YEARS = frozenset({"anos", "ano", "a", "years", "year", "y", "yrs", "yr", "yo"})
_PARTS_OF_A_YEAR = {
    "meses": 12, "mes": 12, "months": 12, "month": 12, "semanas": 52, "semana": 52, "weeks": 52, "week": 52,
    "dias": 365, "dia": 365, "days": 365, "day": 365,
}  # fmt: skip
_LONGEST = 60


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).strip()


def read_birth(text: str, today: date) -> ReadBirth:
    """A birth or an age as typed ("31", "1987", "3/1987", "14 mar 1987", "8 meses"); nothing for nothing.

    Raises `WrongBirth`, whose text is a sentence.
    """
    plain = _plain(text)
    if not plain:
        return ReadBirth()
    if len(plain) > _LONGEST:
        raise WrongBirth(BirthProblem.UNREADABLE)
    for reader in (_read_numbers, _read_words):
        found = reader(plain, today)
        if found is not None:
            return found
    raise WrongBirth(BirthProblem.UNREADABLE)


def _read_numbers(plain: str, today: date) -> ReadBirth | None:
    shapes: tuple[tuple[str, Callable[[list[int]], ReadBirth]], ...] = (
        (r"(\d{1,3})", lambda n: _age(n[0], today)),
        (r"(\d{4})", lambda n: _date(n[0], None, None, today)),
        (r"(\d{4})[-/.](\d{1,2})", lambda n: _date(n[0], n[1], None, today)),
        (r"(\d{1,2})[-/.](\d{4})", lambda n: _date(n[1], n[0], None, today)),
        (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", lambda n: _date(n[0], n[1], n[2], today)),
        (r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", lambda n: _date(n[2], n[1], n[0], today)),
        (r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})", lambda n: _date(_century(n[2], today), n[1], n[0], today)),
    )
    for shape, read in shapes:
        match = re.fullmatch(shape, plain)
        if match:
            return read([int(group) for group in match.groups()])
    return None


def _read_words(plain: str, today: date) -> ReadBirth | None:
    tokens = re.findall(r"\d+(?:[-/.]\d+)*|[^\W\d_]+", plain)
    numbers = [token for token in tokens if token[0].isdecimal()]
    words = [token for token in tokens if not token[0].isdecimal()]
    unit = next((word for word in words if word in _PARTS_OF_A_YEAR), None)
    if unit and len(numbers) == 1 and numbers[0].isdecimal():
        return _age(int(numbers[0]) // _PARTS_OF_A_YEAR[unit], today)
    months = [found for word in words if (found := _month(word))]
    if any(not _month(word) and word not in _SILENT and word not in _YEARS for word in words):
        return None
    if not months:
        return _read_numbers(numbers[0], today) if len(numbers) == 1 and words else None
    if len(months) > 1 or not all(number.isdecimal() for number in numbers):
        return None
    return _with_month(months[0], [int(number) for number in numbers], today)


def _with_month(month: int, numbers: list[int], today: date) -> ReadBirth | None:
    years = [number for number in numbers if number > 31]
    days = [number for number in numbers if number <= 31]
    if len(years) != 1 or len(days) > 1:
        return None
    year = years[0] if years[0] > 99 else _century(years[0], today)
    return _date(year, month, days[0] if days else None, today)


def _month(word: str) -> int:
    """1 to 12, or 0 for no month's name."""
    short = word[:3]
    return _MONTHS.get(short, 0) if word == short or word in _MONTH_NAMES else 0


def _century(two_digits: int, today: date) -> int:
    recent = 2000 + two_digits
    return recent if recent <= today.year else recent - 100


def _age(years: int, today: date) -> ReadBirth:
    if years > OLDEST:
        raise WrongBirth(BirthProblem.TOO_OLD)
    return ReadBirth(age=years, age_on=today)


def _date(year: int, month: int | None, day: int | None, today: date) -> ReadBirth:
    try:
        earliest = date(year, month or 1, day or 1)
    except ValueError:
        raise WrongBirth(BirthProblem.IMPOSSIBLE) from None
    if earliest > today:
        raise WrongBirth(BirthProblem.FUTURE)
    if year < today.year - OLDEST:
        raise WrongBirth(BirthProblem.TOO_OLD)
    length = 10 if day is not None else 7 if month is not None else 4
    return ReadBirth(birth=earliest.isoformat()[:length])


def birth_span(identity: Identity) -> tuple[date, date] | None:
    """The first and the last day on which the person may have been born; none if nothing is known."""
    if identity.birth:
        parts = [int(part) for part in identity.birth.split("-")]
        year, month, day = (*parts, 0, 0)[:3]
        first = date(year, month or 1, day or 1)
        last_month = month or 12
        return first, date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    if identity.age is not None and identity.age_on is not None:
        oldest = _years_before(identity.age_on, identity.age + 1)
        return date.fromordinal(oldest.toordinal() + 1), _years_before(identity.age_on, identity.age)
    return None


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _whole_years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def is_minor(identity: Identity, on: date) -> Minor:
    """Whether the person is under 18 on a day, as far as it is known."""
    span = birth_span(identity)
    if span is None:
        return Minor.UNKNOWN
    if _whole_years(span[1], on) >= OF_AGE:
        return Minor.NO
    return Minor.YES if _whole_years(span[0], on) < OF_AGE else Minor.UNKNOWN


def treated_as_minor(identity: Identity, on: date) -> bool:
    """Whether the person is to be protected as a minor: they are one, or nobody knows."""
    return is_minor(identity, on) is not Minor.NO


def oldest_in_years(identity: Identity, on: date) -> int | None:
    """The most whole years that the person may have lived on a day; none if nothing is known."""
    span = birth_span(identity)
    return _whole_years(span[0], on) if span else None


def age_in_words(identity: Identity, on: date) -> str:
    """The age on a day: "31 years", "31 or 32 years", "8 months"; empty if unknown."""
    span = birth_span(identity)
    if span is None:
        return ""
    least, most = max(_whole_years(span[1], on), 0), max(_whole_years(span[0], on), 0)
    if len(identity.birth) >= 7 and most < 2:
        months = (on.year - span[0].year) * 12 + on.month - span[0].month
        months -= len(identity.birth) == 10 and on.day < span[0].day
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": max(months, 0)}
    if least == most:
        return ngettext("%(count)s year", "%(count)s years", least) % {"count": least}
    return _("%(least)s or %(most)s years") % {"least": least, "most": most}


def birth_in_words(identity: Identity) -> str:
    """The birth as precisely as it is known, or the age with the day on which it was told."""
    if len(identity.birth) == 10:
        return date_format(date.fromisoformat(identity.birth), "DATE_FORMAT")
    if len(identity.birth) == 7:
        return date_format(date.fromisoformat(f"{identity.birth}-01"), "YEAR_MONTH_FORMAT")
    if identity.birth:
        return identity.birth
    if identity.age is None:
        return ""
    words = ngettext("%(count)s year", "%(count)s years", identity.age) % {"count": identity.age}
    if identity.age_on is None:
        return words
    return _("%(age)s, told on %(day)s") % {"age": words, "day": date_format(identity.age_on, "DATE_FORMAT")}
