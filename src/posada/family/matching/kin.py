"""Evidence through relations: whether the family around a candidate is the family around the sought person.

It is one line beside the engine's, in bits. What the levels weigh was measured, not guessed: `bench/kin.py` makes
families, parts them, lets the engine compare and fits these weights with the engine's own as an offset, so that they
say only what names did not say already (docs/decisions/0030). It knows records and nothing of who may read them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from math import log2

import kinmatch
from kinmatch.compare.comparer import Comparer
from kinmatch.prepare import Prepared
from posada.family.rules.bands import VERY_LIKELY
from posada.family.rules.kinship import CHILDREN, PARENTS, SIBLINGS, Relation

# Measured by `python -m bench.kin --fit` (seed 41, 12,000 requests): +4.98, +6.50, +2.77, -5.15, +2.37, -7.34, -3.87.
# Each is taken times 0.6 and rounded to a quarter of a bit. The 0.6 is a judgement, no measurement: generated families
# are tidier than real ones, in which cousins, partners and foster children arrive together.
WEIGHTS: dict[str, float] = {
    "beside_one": 3.0,
    "beside_more": 4.0,
    "parent_same": 1.75,
    "parent_against": -3.0,
    "seeks_back": 1.5,
    "instead": -4.5,
    "wrong_age": -2.25,
}
MOST = 6.0  # bits, in both directions: a family never proves a person
SAME_RELATIVE = 6.0  # bits from which two records are taken for one relative: surnames alone do not reach it
CLEARLY_BETTER = 3.0  # bits by which somebody beside the candidate fits the sought person better
YOUNGEST_PARENT = 12  # years between a parent and a child
_ROOM_LEFT = 0.01  # bits; what shared family lifts stays below "very likely" by this


@dataclass(frozen=True, slots=True)
class Asking:
    """Around a sought person: who asks, what they are to them, with whom they came, whom else they seek."""

    enquirer: kinmatch.Record | None = None
    relation: Relation = Relation.OTHER
    beside: tuple[kinmatch.Record, ...] = ()
    also_sought: tuple[kinmatch.Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """Who stands around a candidate: with whom they came, and whom those seek."""

    members: tuple[kinmatch.Record, ...] = ()
    wanted: tuple[kinmatch.Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """What the families say: levels, and of the candidate's side the ids of those who fit."""

    levels: tuple[str, ...] = ()
    members: tuple[str, ...] = ()

    @property
    def weight(self) -> float:
        """In bits, held between -MOST and MOST."""
        return max(-MOST, min(MOST, sum(WEIGHTS[level] for level in self.levels)))


NOTHING = Family()


class _Compared:
    """One comparison's own comparer: it forgets all names when it goes."""

    def __init__(self) -> None:
        self._comparer = Comparer()
        self._ready: dict[int, Prepared] = {}
        self._kept: list[kinmatch.Record] = []  # so that no id is given out twice meanwhile

    def _prepared(self, record: kinmatch.Record) -> Prepared:
        found = self._ready.get(id(record))
        if found is None:
            self._kept.append(record)
            found = self._ready[id(record)] = Prepared(record, self._comparer.frequencies)
        return found

    def bits(self, left: kinmatch.Record, right: kinmatch.Record) -> float:
        """The evidence that two records are one person, without any prior."""
        results = self._comparer.compare(self._prepared(left), self._prepared(right))
        return sum(self._comparer.weights.value(one.terms) for one in results)

    def given_differ(self, left: kinmatch.Record, right: kinmatch.Record) -> bool:
        """Whether the given names are of two persons."""
        results = self._comparer.compare(self._prepared(left), self._prepared(right))
        return any(one.field == "given_names" and one.level == "different" for one in results)

    def years_between(self, left: kinmatch.Record, right: kinmatch.Record) -> int | None:
        """By how many years the first was born before the second, as far as both are told."""
        births = [self._prepared(one).birth for one in (left, right)]
        if any(birth is None or not birth.year for birth in births):
            return None
        return births[1].year - births[0].year  # type: ignore[union-attr]  # none of them is None


def families(sought: kinmatch.Record, candidate: kinmatch.Record, asking: Asking, beside: Beside) -> Family:
    """What the two families say of a sought person and a candidate."""
    compared = _Compared()
    levels: list[str] = []
    members = _beside(compared, candidate, _relatives(sought, asking), beside.members)
    if members:
        levels.append("beside_more" if len(members) > 1 else "beside_one")
    levels += _parents(compared, sought, candidate, asking)
    if _seeks_back(compared, asking, beside):
        levels.append("seeks_back")
    if _is_somebody_else(compared, sought, candidate, (asking, beside)):
        levels.append("instead")
    if _age_is_wrong(compared, candidate, asking):
        levels.append("wrong_age")
    return Family(tuple(levels), tuple(members))


def _named(name: str, sex: str) -> kinmatch.Record:
    return kinmatch.Record(record_id="", full_name=name, sex=sex)


def _relatives(sought: kinmatch.Record, asking: Asking) -> list[kinmatch.Record]:
    """Everybody of the sought person's family of whom something is told, each once."""
    found = [*([asking.enquirer] if asking.enquirer else []), *asking.beside, *asking.also_sought]
    if sought.mother and asking.relation is not Relation.MOTHER:
        found.append(_named(sought.mother, "female"))
    if sought.father and asking.relation is not Relation.FATHER:
        found.append(_named(sought.father, "male"))
    return found


def _beside(
    compared: _Compared,
    candidate: kinmatch.Record,
    relatives: Iterable[kinmatch.Record],
    members: Iterable[kinmatch.Record],
) -> list[str]:
    """The ids of those beside the candidate who are relatives of the sought person, each relative counted once."""
    found: list[str] = []
    free = list(members)
    for relative in relatives:
        if not free or compared.bits(relative, candidate) >= SAME_RELATIVE:
            continue  # the candidate is that relative, which speaks for nothing here
        best, at = max((compared.bits(relative, one), n) for n, one in enumerate(free))
        if best >= SAME_RELATIVE:
            found.append(free.pop(at).record_id)
    return found


def _parents(compared: _Compared, sought: kinmatch.Record, candidate: kinmatch.Record, asking: Asking) -> list[str]:
    """Whether a mother or father who is known on both sides is one person. What both records say themselves is not
    looked at: the engine weighed it."""
    found = set()
    for part, own, theirs in (
        (Relation.MOTHER, sought.mother, candidate.mother),
        (Relation.FATHER, sought.father, candidate.father),
    ):
        told = "" if own else _parent_by(asking, part)
        if told and theirs:
            differ = compared.given_differ(_named(told, ""), _named(theirs, ""))
            found.add("parent_against" if differ else "parent_same")
    return sorted(found) if len(found) == 1 else []  # one for and one against say nothing


def _parent_by(asking: Asking, part: Relation) -> str:
    """The sought person's mother or father, as it follows from who asks: they are it, or they share it."""
    if asking.enquirer is None:
        return ""
    if asking.relation is part:
        named = " ".join(word for word in (asking.enquirer.given_names, asking.enquirer.surnames) if word)
        return named or asking.enquirer.full_name
    if asking.relation in SIBLINGS:
        return asking.enquirer.mother if part is Relation.MOTHER else asking.enquirer.father
    return ""


def _seeks_back(compared: _Compared, asking: Asking, beside: Beside) -> bool:
    """Whether somebody beside the candidate seeks, in turn, the one who asks or somebody who came with them."""
    here = [*([asking.enquirer] if asking.enquirer else []), *asking.beside]
    return any(compared.bits(wanted, one) >= SAME_RELATIVE for wanted in beside.wanted for one in here)


def _is_somebody_else(
    compared: _Compared, sought: kinmatch.Record, candidate: kinmatch.Record, sides: tuple[Asking, Beside]
) -> bool:
    """Whether another of the household fits the sought person clearly better, or the candidate somebody else who is
    sought with them: brothers and sisters."""
    own = compared.bits(sought, candidate)
    others = (compared.bits(sought, one) for one in sides[1].members)
    also = (compared.bits(one, candidate) for one in sides[0].also_sought)
    best = max(chain(others, also), default=own)
    return best >= SAME_RELATIVE and best - own >= CLEARLY_BETTER


def _age_is_wrong(compared: _Compared, candidate: kinmatch.Record, asking: Asking) -> bool:
    """Whether the candidate cannot be what the one who asks says: as old as their own mother."""
    if asking.enquirer is None or asking.relation not in PARENTS | CHILDREN:
        return False
    years = compared.years_between(asking.enquirer, candidate)
    if years is None:
        return False
    return (years if asking.relation in PARENTS else -years) < YOUNGEST_PARENT


def held_back(base: float, shared: float) -> float:
    """What shared family may add to `base` bits. It never carries a match into "very likely": names and dates have to
    do that, for brothers and sisters share all of the family."""
    if shared <= 0 or base >= _odds(VERY_LIKELY):
        return shared
    return min(shared, max(_odds(VERY_LIKELY) - _ROOM_LEFT - base, 0.0))


def _odds(probability: float) -> float:
    return log2(probability / (1.0 - probability))
