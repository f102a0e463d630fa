"""Values of single cells that are more than text."""

from datetime import date
from typing import Literal

from posada.interop.dates import BadValueError, DateText, check_birth, parse_date
from posada.interop.text import fold, has_letter

Sex = Literal["", "female", "male", "other"]

_FEMALE = frozenset(["f", "female", "femenino", "femenina", "mujer", "woman", "girl", "fem", "nina", "hembra", "muj"])
_MALE = frozenset(["male", "masculino", "masculina", "hombre", "man", "boy", "masc", "nino", "varon", "hom", "h"])
_OTHER = frozenset(
    [
        "x",
        "o",
        "otro",
        "otra",
        "other",
        "otre",
        "intersex",
        "no",
        "binario",
        "nonbinary",
        "non",
        "binary",
        "lgbt",
        "trans",
    ]
)


def parse_sex(text: str, *, m_is_female: bool) -> Sex:
    """Read the words for sex in Spanish and English. Raises BadValueError for a word that is not known."""
    folded = fold(text)
    if folded == "m":
        return "female" if m_is_female else "male"
    if folded in _FEMALE:
        return "female"
    if folded in _MALE:
        return "male"
    if folded in _OTHER or set(folded.split()) <= _OTHER:
        return "other"
    raise BadValueError("sex_not_understood")


def parse_birth(text: str, *, day_first: bool, today: date) -> DateText:
    """A date of birth: in one of the forms of dates, not in the future, not longer ago than anyone lives."""
    birth = parse_date(text, day_first=day_first, today=today)
    check_birth(birth.text, today=today)
    return birth


def join_birth_parts(day: str, month: str, year: str) -> str:
    """Three cells as one text that `parse_birth` reads; a missing day or month lowers the precision."""
    if not year:
        return ""
    if month and day:
        return f"{day} {month} {year}" if has_letter(month) else f"{year}-{month}-{day}"
    if month:
        return f"{month} {year}" if has_letter(month) else f"{year}-{month}"
    return year


def part_full_name(full: str) -> tuple[str, str]:
    """Given names and surnames of "Surnames, Given names"; empty texts when the comma does not say."""
    surnames, comma, given = full.partition(",")
    if comma and "," not in given and has_letter(given) and has_letter(surnames):
        return given.strip(), surnames.strip()
    return "", ""
