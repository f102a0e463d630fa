"""The family around a request and the family around a candidate: who asks, with whom they came, whom they seek.

What the levels weigh was measured on generated families (data/kin.toml). Nothing here knows who may read the records;
the evidence that follows names nobody.
"""

from collections.abc import Iterable
from itertools import chain

import msgspec

from kinmatch.compare.comparer import Comparer
from kinmatch.kin.family import Family
from kinmatch.prepare import Prepared
from kinmatch.records import Described, Record

SAME_RELATIVE = 6.0  # bits from which two records are taken for one relative: surnames alone do not reach it
CLEARLY_BETTER = 3.0  # bits by which somebody beside the candidate fits the sought person better
YOUNGEST_PARENT = 12  # years between a parent and a child
MUTUAL_MOST = 10.0  # bits; that each seeks the other is strong evidence, and still not proof
NEXT_TO_NOTHING = 0.5
COUNTER = "counter"
PARENTS = frozenset({"mother", "father", "parent"})
CHILDREN = frozenset({"daughter", "son", "child"})
SIBLINGS = frozenset({"sister", "brother", "sibling"})


class Asking(msgspec.Struct, frozen=True):
    """Around a sought person: who asks, what they are to them (a word of PARENTS, CHILDREN or SIBLINGS, or another one,
    which says nothing), with whom they came, whom else they seek."""

    enquirer: Record | None = None
    relation: str = ""
    beside: tuple[Record, ...] = ()
    also_sought: tuple[Record, ...] = ()


class Beside(msgspec.Struct, frozen=True):
    """Who stands around a candidate: with whom they came, and whom those seek."""

    members: tuple[Record, ...] = ()
    wanted: tuple[Record, ...] = ()


class _Compared:
    """One comparison's own comparer: it forgets all names when it goes."""

    def __init__(self) -> None:
        self._comparer = Comparer()
        self._ready: dict[int, Prepared] = {}
        self._kept: list[Record] = []  # so that no id is given out twice meanwhile

    def _prepared(self, record: Record) -> Prepared:
        found = self._ready.get(id(record))
        if found is None:
            self._kept.append(record)
            found = self._ready[id(record)] = Prepared(record, self._comparer.frequencies)
        return found

    def bits(self, left: Record, right: Record) -> float:
        """The evidence that two records are one person, without any prior."""
        results = self._comparer.compare(self._prepared(left), self._prepared(right))
        return sum(self._comparer.weights.value(one.terms) for one in results)

    def given_differ(self, left: Record, right: Record) -> bool:
        """Whether the given names are of two persons."""
        results = self._comparer.compare(self._prepared(left), self._prepared(right))
        return any(one.field == "given_names" and one.level == "different" for one in results)

    def years_between(self, left: Record, right: Record) -> int | None:
        """By how many years the first was born before the second, as far as both are told."""
        births = [self._prepared(one).birth for one in (left, right)]
        if any(birth is None or not birth.year for birth in births):
            return None
        return births[1].year - births[0].year  # type: ignore[union-attr]  # none of them is None


def families(sought: Record, candidate: Record, asking: Asking, beside: Beside) -> Family:
    """What the two families say of a sought person and a candidate."""
    compared = _Compared()
    levels: list[str] = []
    members = _relatives_beside(compared, candidate, _relatives(sought, asking), beside.members)
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


def _named(name: str, sex: str) -> Record:
    return Record(record_id="", full_name=name, sex=sex)


def _relatives(sought: Record, asking: Asking) -> list[Record]:
    """Everybody of the sought person's family of whom something is told, each once."""
    found = [*([asking.enquirer] if asking.enquirer else []), *asking.beside, *asking.also_sought]
    if sought.mother and asking.relation != "mother":
        found.append(_named(sought.mother, "female"))
    if sought.father and asking.relation != "father":
        found.append(_named(sought.father, "male"))
    return found


def _relatives_beside(
    compared: _Compared,
    candidate: Record,
    relatives: Iterable[Record],
    members: Iterable[Record],
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


def _parents(compared: _Compared, sought: Record, candidate: Record, asking: Asking) -> list[str]:
    """Whether a mother or father who is known on both sides is one person. What both records say themselves is not
    looked at: the engine weighed it."""
    found = set()
    for part, own, theirs in (
        ("mother", sought.mother, candidate.mother),
        ("father", sought.father, candidate.father),
    ):
        told = "" if own else _parent_by(asking, part)
        if told and theirs:
            differ = compared.given_differ(_named(told, ""), _named(theirs, ""))
            found.add("parent_against" if differ else "parent_same")
    return sorted(found) if len(found) == 1 else []  # one for and one against say nothing


def _parent_by(asking: Asking, part: str) -> str:
    """The sought person's mother or father, as it follows from who asks: they are it, or they share it."""
    if asking.enquirer is None:
        return ""
    if asking.relation == part:
        named = " ".join(word for word in (asking.enquirer.given_names, asking.enquirer.surnames) if word)
        return named or asking.enquirer.full_name
    if asking.relation in SIBLINGS:
        return asking.enquirer.mother if part == "mother" else asking.enquirer.father
    return ""


def _seeks_back(compared: _Compared, asking: Asking, beside: Beside) -> bool:
    """Whether somebody beside the candidate seeks, in turn, the one who asks or somebody who came with them."""
    here = [*([asking.enquirer] if asking.enquirer else []), *asking.beside]
    return any(compared.bits(wanted, one) >= SAME_RELATIVE for wanted in beside.wanted for one in here)


def _is_somebody_else(compared: _Compared, sought: Record, candidate: Record, sides: tuple[Asking, Beside]) -> bool:
    """Whether another of the household fits the sought person clearly better, or the candidate somebody else who is
    sought with them: brothers and sisters."""
    own = compared.bits(sought, candidate)
    others = (compared.bits(sought, one) for one in sides[1].members)
    also = (compared.bits(one, candidate) for one in sides[0].also_sought)
    best = max(chain(others, also), default=own)
    return best >= SAME_RELATIVE and best - own >= CLEARLY_BETTER


def _age_is_wrong(compared: _Compared, candidate: Record, asking: Asking) -> bool:
    """Whether the candidate cannot be what the one who asks says: as old as their own mother."""
    if asking.enquirer is None or asking.relation not in PARENTS | CHILDREN:
        return False
    years = compared.years_between(asking.enquirer, candidate)
    if years is None:
        return False
    return (years if asking.relation in PARENTS else -years) < YOUNGEST_PARENT


def counter_request(wanted: Described, asking: Described) -> float:
    """What it adds, in bits, that the other side seeks in turn: `wanted` is whom they seek, `asking` is who asks here.

    Between 0 and MUTUAL_MOST: that the two differ speaks against nobody.
    """
    comparer = Comparer()
    results = comparer.compare(Prepared(wanted, comparer.frequencies), Prepared(asking, comparer.frequencies))
    gain = sum(comparer.weights.value(one.terms) for one in results)
    return min(gain, MUTUAL_MOST) if gain > NEXT_TO_NOTHING else 0.0
