"""Names, places and telephone numbers, drawn by weight from `data/`; never the name of a public figure."""

import csv
import math
import unicodedata
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Generic, TypeVar

from .shapes import Sex

T = TypeVar("T")

DATA = Path(__file__).parent / "data"
SPREAD = 15.0  # years: how long a given name stays in fashion around its year
UNSEASONED = 0.35  # the weight left to a name that belongs to no time


@dataclass(frozen=True, slots=True)
class GivenName:
    """A given name, its weight and the year around which it was mostly given (0: any time)."""

    text: str
    weight: float
    about: int
    place: str


@dataclass(frozen=True, slots=True)
class Place:
    """A town and the land it lies in."""

    town: str
    state: str
    country: str

    @property
    def text(self) -> str:
        """Town and state, as people say it."""
        return f"{self.town}, {self.state}"


def plain(text: str) -> str:
    """Lower case without accents; ñ counts as n."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table in `data/`, without its comment lines."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


REFUSED = frozenset((row["given"], row["surname"]) for row in rows_of("refused.csv"))


def is_refused(given_names: str, surnames: str) -> bool:
    """Whether any given name together with any surname is a public figure's."""
    families = plain(surnames).split()
    return any((given, family) in REFUSED for given in plain(given_names).split() for family in families)


class Weighted(Generic[T]):
    """Things drawn in proportion to their weights."""

    def __init__(self, things: Sequence[T], weights: Sequence[float]) -> None:
        self._things = things
        self._sums = list(accumulate(weights))

    def draw(self, chance: Random) -> T:
        """One of them."""
        return self._things[bisect(self._sums, chance.random() * self._sums[-1], 0, len(self._things) - 1)]


class Names:
    """Everything that is drawn by weight, and the counters that keep telephone numbers apart."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        surnames = list(rows_of("surnames.csv"))
        self._surnames = Weighted([row["surname"] for row in surnames], [float(row["weight"]) for row in surnames])
        places = list(rows_of("places.csv"))
        self._places = Weighted(
            [Place(row["place"], row["state"], row["country"]) for row in places],
            [float(row["weight"]) for row in places],
        )
        self._given: dict[Sex, list[GivenName]] = {
            "female": list(_given_names("given-women.csv")),
            "male": list(_given_names("given-men.csv")),
        }
        self._by_time: dict[tuple[Sex, int, str], Weighted[str]] = {}
        self._numbers = 0

    def surname(self) -> str:
        """One surname."""
        return self._surnames.draw(self.chance)

    def surnames(self) -> str:
        """A first and a second surname."""
        return f"{self.surname()} {self.surname()}"

    def given(self, sex: Sex, year: int, *, second: float = 0.66) -> str:
        """Given names as they were given around that year; with the probability `second` there are two."""
        first = self._drawer(sex, year, "first").draw(self.chance)
        if self.chance.random() >= second:
            return first
        other = self._drawer(sex, year, "second").draw(self.chance)
        return f"{first} {other}" if plain(other) != plain(first) else first

    def given_with(self, surnames: str, sex: Sex, year: int, *, second: float = 0.66) -> str:
        """Given names that, with these surnames, are nobody known."""
        while is_refused(given := self.given(sex, year, second=second), surnames):
            pass
        return given

    def given_names(self, sex: Sex) -> list[str]:
        """All first names of the table."""
        return [name.text for name in self._given[sex] if name.place != "second"]

    def place(self) -> Place:
        """A town of origin."""
        return self._places.draw(self.chance)

    def phone(self, country: str) -> str:
        """A number of its own, under a prefix (399, 499) that neither country has given to anybody."""
        self._numbers += 1
        prefix = "+57 399" if country == "CO" else "+58 499"
        return f"{prefix} {self._numbers // 10_000 + 555:03} {self._numbers % 10_000:04}"

    def _drawer(self, sex: Sex, year: int, place: str) -> Weighted[str]:
        decade = year // 10 * 10 + 5
        key = (sex, decade, place)
        if key not in self._by_time:
            fitting = [name for name in self._given[sex] if name.place in (place, "both")]
            weights = [name.weight * (_season(name, decade) if place == "first" else 1.0) for name in fitting]
            self._by_time[key] = Weighted([name.text for name in fitting], weights)
        return self._by_time[key]


def _season(name: GivenName, year: int) -> float:
    """How much in fashion the name was in that year, from 0 to 1."""
    if not name.about:
        return UNSEASONED
    return math.exp(-(((year - name.about) / SPREAD) ** 2) / 2) + 0.002


def _given_names(table: str) -> Iterator[GivenName]:
    for row in rows_of(table):
        yield GivenName(row["name"], float(row["weight"]), int(row["about"] or 0), row["place"])
