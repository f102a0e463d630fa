"""By when a person's own request must be answered: a country's terms, from its data file."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from posada.ground import working_days

_FOLDER: Final = Path(__file__).resolve().parent.parent / "terms"
OWN_CONFIDENCE: Final = "D"  # nothing was read that confirms it: our own promise


class Term(msgspec.Struct, frozen=True):
    """Working days to the answer, how many more with a reason, and to the label "claim under way"."""

    days: int
    longer: int
    label_within: int = 0
    article: str = ""


class Terms(msgspec.Struct, frozen=True):
    """A country's terms, with where they were read."""

    country: str
    access: Term
    claim: Term
    source: str = ""
    source_date: date | None = None
    read_on: date | None = None
    confidence: str = OWN_CONFIDENCE


OWN: Final = Terms(country="", access=Term(days=10, longer=5), claim=Term(days=15, longer=8, label_within=2))


@lru_cache(maxsize=8)
def terms_of(country: str) -> Terms:
    """The terms of a country (two letters of ISO 3166), or the house's own where there is no file."""
    code = country.lower()
    file = _FOLDER / f"{code}.toml"
    if not (code.isascii() and code.isalpha() and file.is_file()):
        return OWN
    return msgspec.toml.decode(file.read_bytes(), type=Terms)


@dataclass(frozen=True, slots=True)
class Dates:
    """When a request must be labelled (none for access), answered, and answered at the latest with a reason."""

    label: date | None
    answer: date
    latest: date


def dates_of(term: Term, received: date, country: str) -> Dates:
    """The days that follow from the day on which a request came in."""
    label = working_days.after(received, term.label_within, country) if term.label_within else None
    answer = working_days.after(received, term.days, country)
    return Dates(label, answer, working_days.after(answer, term.longer, country))
