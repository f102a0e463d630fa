"""Generated families that were parted: who asks, who is sought, who came with whom. For `bench.kin`; nobody exists."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec
import numpy as np

from kinmatch import Record
from kinmatch.misspelling import corrupt
from kinmatch.synthetic import Maker, Profile

SMALLEST = 3
HERE = 0.6  # of those sought
CAME_TOO = 0.45  # of a relative, with the sought person
WITH_ENQUIRER = 0.3
RESIDENT = 0.6  # of those who ask
ALSO_SOUGHT = 0.4
SEEKS_BACK = 0.15


@dataclass
class Household:
    """People who came together, as the register has them, with whom each of them seeks."""

    members: list[Record] = field(default_factory=list)
    seeks: dict[str, list[Record]] = field(default_factory=dict)


@dataclass
class Parted:
    """One request: what it says, who asks, who stands around, and the id of the sought person if they are here."""

    sought: Record
    enquirer: Record
    relation: str
    with_enquirer: list[Record]
    also_sought: list[Record]
    truth: str
    kin_ids: frozenset[str]
    twin_ids: frozenset[str]


class Families(Maker):
    """Families and their partings, from a seed."""

    def __init__(self, seed: int) -> None:
        super().__init__(Profile(copies=0.0), np.random.default_rng(seed))
        self._next = 0

    def _number(self) -> str:
        self._next += 1
        return f"p{self._next:07}"

    def _told(self, original: Record, missing: float = 1.0) -> Record:
        """As somebody writes this person down, with a new id."""
        spoilt = corrupt(original, self.chance, self.profile.errors, missing, first=False)
        return msgspec.structs.replace(spoilt, record_id=self._number(), relatives=(), phone="", document="", place="")

    def background(self, persons: int) -> Iterator[Household]:
        """Other people's households."""
        made = 0
        while made < persons:
            family = self._family_records()
            keep = [self._told(one) for one in family if self.chance() < 0.6]
            made += len(keep)
            if keep:
                yield Household(keep)

    def part(self, *, at_least: int = SMALLEST) -> tuple[Parted, Household]:
        """One family that lost each other: the request, and the household that is here."""
        family: list[Record] = []
        while len(family) < at_least:
            family = self._family_records()
        order = self.chance.order(len(family))
        enquirer, sought, *rest = (family[n] for n in order)
        here, beside, away, twins = Household(), [], [], []
        for one in rest:
            draw, told = self.chance(), self._told(one)
            if draw < CAME_TOO:
                here.members.append(told)
                twins += [told.record_id] * _twins(sought, one)
            elif draw < CAME_TOO + WITH_ENQUIRER:
                beside.append(told)
            if draw < CAME_TOO or draw >= CAME_TOO + WITH_ENQUIRER:
                away.append(one)
        kin = frozenset(one.record_id for one in here.members)
        truth = self._arrives(sought, enquirer, here)
        resident = self.chance() < RESIDENT
        asks = self._told(enquirer)
        if not resident:
            asks = Record(record_id=asks.record_id, full_name=f"{enquirer.given_names} {enquirer.surnames}")
        others = [one for one in away if self.chance() < ALSO_SOUGHT]
        request = Parted(
            sought=self._told(sought, 1.4),
            enquirer=asks,
            relation=_relation(enquirer, sought),
            with_enquirer=beside if resident else [],
            also_sought=[self._told(one, 1.4) for one in others],
            truth=truth,
            kin_ids=kin,
            twin_ids=frozenset(twins),
        )
        return request, here

    def _arrives(self, sought: Record, enquirer: Record, here: Household) -> str:
        """The sought person comes, or not; now and then somebody here seeks the one who asks. The id if they came."""
        truth = ""
        if self.chance() < HERE:
            here.members.append(self._told(sought))
            truth = here.members[-1].record_id
        if here.members and self.chance() < 2 * SEEKS_BACK:
            who = here.members[int(self.chance() * len(here.members))]
            here.seeks[who.record_id] = [self._told(enquirer, 1.4)]
        return truth


def _twins(one: Record, other: Record) -> bool:
    return one.birth_date == other.birth_date and one.mother == other.mother


def _relation(enquirer: Record, sought: Record) -> str:
    """What who asks is to the one sought."""
    name = f"{enquirer.given_names} {enquirer.surnames}"
    if name in {sought.mother, sought.father}:
        return "mother" if name == sought.mother else "father"
    if f"{sought.given_names} {sought.surnames}" in {enquirer.mother, enquirer.father}:
        return "child"
    return "sibling" if enquirer.mother == sought.mother else "partner"
