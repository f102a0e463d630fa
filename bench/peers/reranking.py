"""The shortlist of a search by name alone, put in a better order by name, birth, sex, place and parents."""

from typing import Any, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

NEAR_YEARS = 1


class Person(NamedTuple):
    """What of a person is compared; '' and 0 where it is unknown."""

    record_id: str
    name: str
    words: tuple[str, ...]
    sex: str
    born: str
    year: int
    place: str
    mother: str
    father: str


def person(row: dict[str, Any]) -> Person:
    """A row of `preparing.read`."""
    words = tuple(row[part] for part in ("given1", "given2", "surname1", "surname2") if row[part])
    texts = (row[field] or "" for field in ("place", "mother", "father"))
    return Person(
        row["record_id"], row["name"] or "", words, row["sex"] or "", row["born"] or "", row["year"] or 0, *texts
    )


def best_of(asked: Person, shortlist: list[Person], count: int) -> list[str]:
    """The ids of the `count` best, the best first."""
    return [one.record_id for one in sorted(shortlist, key=lambda one: -_score(asked, one))[:count]]


def _score(asked: Person, other: Person) -> float:
    """A sum in hundredths: names up to 100, attributes from -45 to +70."""
    return (
        0.5 * fuzz.token_sort_ratio(asked.name, other.name)
        + 50.0 * _words(asked.words, other.words)
        + _birth(asked, other)
        + _told(asked.sex, other.sex, 3.0, -15.0)
        + _near(asked.place, other.place, 8.0)
        + _near(asked.mother, other.mother, 16.0)
        + _near(asked.father, other.father, 16.0)
    )


def _words(asked: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How near each word of the shorter name is to its nearest in the longer, on average."""
    short, long = sorted((asked, other), key=len)
    if not short:
        return 0.0
    return sum(max(JaroWinkler.similarity(one, each) for each in long) for one in short) / len(short)


def _birth(asked: Person, other: Person) -> float:
    if asked.born and asked.born == other.born:
        return 30.0
    if not (asked.year and other.year):
        return 0.0
    apart = abs(asked.year - other.year)
    return 14.0 if not apart else 8.0 if apart <= NEAR_YEARS else -min(30.0, 4.0 * apart)


def _told(asked: str, other: str, same: float, differs: float) -> float:
    if not (asked and other):
        return 0.0
    return same if asked == other else differs


def _near(asked: str, other: str, most: float) -> float:
    if not (asked and other):
        return 0.0
    return most * (JaroWinkler.similarity(asked, other) - 0.6) / 0.4
