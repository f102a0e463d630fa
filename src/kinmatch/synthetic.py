"""Invented people for measuring and for fitting weights: families, and several records of one person with
errors.

Everything follows from a seed and a `Profile` of rates; nobody here exists. Names are drawn by the shipped
frequencies, places from data/towns.txt.
"""

from bisect import bisect
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import msgspec
import numpy as np

from kinmatch.frequencies import DATA, SURNAME, shares
from kinmatch.misspelling import Chance, corrupt
from kinmatch.records import Record

_HEADS = (
    "yu",
    "yo",
    "ma",
    "key",
    "dei",
    "yor",
    "na",
    "wil",
    "jo",
    "lei",
    "yus",
    "dai",
    "ro",
    "eu",
    "mi",
    "an",
)
_MIDDLES = ("li", "lei", "ri", "der", "mar", "ne", "sma", "ni", "vi", "ke", "xi", "la", "bel", "di", "")
_TAILS = {
    "f": ("sy", "mar", "lis", "neth", "na", "ska", "lyn", "dis"),
    "m": ("son", "ber", "mir", "ner", "vis", "ko"),
}
TWINS = 0.03
FIRST_YEAR, LAST_YEAR, REGISTERED = 1935, 2018, "2019-02-26"


class Profile(msgspec.Struct, frozen=True):
    """Rates by which records are made and spoilt; `errors` and `missing` scale the usual rates (1.0)."""

    copies: float = 0.30
    errors: float = 1.0
    missing: float = 1.0
    invented: float = 0.06
    children: float = 2.6

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> "Profile":
        """A profile out of a wide range, for a mix of worlds."""
        draw = rng.uniform
        return cls(draw(0.1, 0.5), draw(0.4, 1.8), draw(0.4, 1.7), draw(0.0, 0.2), draw(1.2, 4.5))


class World(NamedTuple):
    """Generated records and, for each, the number of the person it describes."""

    records: list[Record]
    persons: list[int]

    def truth(self) -> set[tuple[str, str]]:
        """All pairs of ids that describe one person, smaller id first."""
        groups: dict[int, list[str]] = {}
        for record, person in zip(self.records, self.persons, strict=True):
            groups.setdefault(person, []).append(record.record_id)
        return {(min(a, b), max(a, b)) for ids in groups.values() for n, a in enumerate(ids) for b in ids[n + 1 :]}


class _Weighted:
    def __init__(self, table: dict[str, float]) -> None:
        self.names = list(table)
        self.sums = list(accumulate(table.values()))

    def draw(self, chance: Chance) -> str:
        return self.names[min(bisect(self.sums, chance() * self.sums[-1]), len(self.names) - 1)]


class _Family(NamedTuple):
    father: tuple[str, str]
    mother: tuple[str, str]
    surnames: tuple[str, str]
    town: str
    phone: str


@cache
def towns() -> list[str]:
    """Towns with their state, most used first."""
    lines = (DATA / "towns.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


class Maker:
    """Makes the records of one world."""

    def __init__(self, profile: Profile, rng: np.random.Generator) -> None:
        self.profile = profile
        self.chance = Chance(rng)
        tables = shares()
        self._given = {"m": _Weighted(tables["men"]), "f": _Weighted(tables["women"])}
        self._surnames = _Weighted(tables[SURNAME])
        self._towns = _Weighted({town: 1.0 / (n + 3) for n, town in enumerate(towns())})

    def world(self, size: int) -> World:
        """About `size` records: families with children, each person once or more."""
        records: list[Record] = []
        persons: list[int] = []
        person = 0
        while len(records) < size:
            for original in self._family_records():
                person += 1
                for copy in range(1 + self._copies()):
                    spoilt = corrupt(original, self.chance, self.profile.errors, self.profile.missing, first=not copy)
                    records.append(msgspec.structs.replace(spoilt, record_id=f"r{len(records):07}"))
                    persons.append(person)
        order = self.chance.order(len(records))[:size]
        return World([records[n] for n in order], [persons[n] for n in order])

    def _copies(self) -> int:
        if self.chance() >= self.profile.copies:
            return 0
        return 1 if self.chance() < 0.85 else 2

    def _name(self, sex: str) -> str:
        names = [self._one_name(sex)]
        if self.chance() < 0.78:
            second = self._one_name(sex)
            names += [second] if second not in names else []
        return " ".join(names)

    def _one_name(self, sex: str) -> str:
        if self.chance() < self.profile.invented:
            return "".join(self.chance.pick(part) for part in (_HEADS, _MIDDLES, _TAILS[sex]))
        return self._given[sex].draw(self.chance)

    def _surname(self) -> str:
        return self._surnames.draw(self.chance)

    def _family_records(self) -> list[Record]:
        chance = self.chance
        surnames = [self._surname() for _ in range(4)]
        names = (self._name("m"), self._name("f"))
        family = _Family(
            (names[0], f"{surnames[0]} {surnames[1]}"),
            (names[1], f"{surnames[2]} {surnames[3]}"),
            (surnames[0], surnames[2]),
            self._towns.draw(chance),
            self._phone(),
        )
        birth = FIRST_YEAR + 20 + int(chance() ** 0.7 * (LAST_YEAR - FIRST_YEAR - 20))
        made = [self._child(family, birth) for _ in range(1 + int(chance() * 2 * self.profile.children))]
        if chance() < TWINS:
            born = {"birth_date": made[0].birth_date, "sex": made[0].sex, "document": ""}
            made.append(msgspec.structs.replace(made[0], given_names=self._name(made[0].sex), **born))
        if chance() < 0.5:
            made.append(self._parent(family, "f", birth))
        if chance() < 0.3:
            made.append(self._parent(family, "m", birth))
        given = [one.given_names for one in made]
        return [
            msgspec.structs.replace(one, relatives=tuple(name for name in given if name != one.given_names))
            for one in made
        ]

    def _phone(self) -> str:
        return f"04{int(self.chance() * 90) + 10}-{int(self.chance() * 9e6) + 1000000}"

    def _birth(self, year: int) -> str:
        return f"{min(year, LAST_YEAR)}-{int(self.chance() * 12) + 1:02}-{int(self.chance() * 28) + 1:02}"

    def _child(self, family: _Family, birth: int) -> Record:
        sex = "f" if self.chance() < 0.5 else "m"
        return Record(
            "",
            given_names=self._name(sex),
            surnames=" ".join(family.surnames),
            sex=sex,
            birth_date=self._birth(birth + int(self.chance() * 14) - 7),
            birth_place=family.town if self.chance() < 0.85 else self._towns.draw(self.chance),
            place=family.town if self.chance() < 0.7 else self._towns.draw(self.chance),
            mother=" ".join(family.mother),
            father=" ".join(family.father),
            phone=family.phone if self.chance() < 0.5 else self._phone(),
            document=f"V-{int(self.chance() * 3e7) + 1000000}",
        )

    def _parent(self, family: _Family, sex: str, birth: int) -> Record:
        given, surnames = family.mother if sex == "f" else family.father
        return Record(
            "",
            given_names=given,
            surnames=surnames,
            sex=sex,
            birth_date=self._birth(max(birth - 18 - int(self.chance() * 18), FIRST_YEAR - 15)),
            birth_place=self._towns.draw(self.chance),
            place=family.town,
            mother=f"{self._name('f')} {surnames.split()[1]}",
            father=f"{self._name('m')} {surnames.split()[0]}",
            phone=family.phone if self.chance() < 0.5 else self._phone(),
            document=f"V-{int(self.chance() * 3e7) + 1000000}",
        )


def make_world(size: int, seed: int, profile: Profile | None = None) -> World:
    """A world of about `size` records; the same seed and profile give the same records."""
    return Maker(profile or Profile(), np.random.default_rng(seed)).world(size)


def queries(world: World, count: int, seed: int, errors: float = 1.0) -> Sequence[tuple[Record, Record]]:
    """Pairs (spoilt description, the record it was made from) to measure searching with."""
    rng = np.random.default_rng(seed)
    chance = Chance(rng)
    chosen = rng.choice(len(world.records), size=min(count, len(world.records)), replace=False)
    found = []
    for number in chosen:
        record = world.records[int(number)]
        spoilt = corrupt(record, chance, errors, 0.6, first=False)
        found.append((msgspec.structs.replace(spoilt, phone="", document="", record_id=""), record))
    return found
