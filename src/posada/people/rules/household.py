"""A household as a drawing needs it: generations in rows, and who is bound to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from posada.people.rules.contents import HouseholdRelation

GENERATIONS = {
    HouseholdRelation.GRANDPARENT: 0,
    HouseholdRelation.PARENT: 1,
    HouseholdRelation.HEAD: 2,
    HouseholdRelation.PARTNER: 2,
    HouseholdRelation.SIBLING: 2,
    HouseholdRelation.OTHER: 2,
    HouseholdRelation.CHILD: 3,
    HouseholdRelation.GRANDCHILD: 4,
}


@dataclass(frozen=True, slots=True)
class Bond:
    """How two members are bound: `parent` means that `a` is the parent of `b`."""

    a: str
    b: str
    kind: Literal["parent", "partner", "sibling"]


@dataclass(frozen=True, slots=True)
class Tree:
    """The row of each member (0 the eldest) and the bonds that are certain."""

    rows: dict[str, int]
    bonds: tuple[Bond, ...]


def household_tree(members: Sequence[tuple[str, HouseholdRelation]]) -> Tree:
    """The tree of a household, from what each is to the one who speaks for it.

    Only what follows from the words is drawn: a grandchild belongs to the one child, if there is one.
    """
    rows = {key: GENERATIONS[relation] for key, relation in members}
    head = next((key for key, relation in members if relation is HouseholdRelation.HEAD), None)
    if head is None:
        return Tree(rows, ())
    bonds: list[Bond] = []
    for key, relation in members:
        bond = _bond(key, relation, head, members)
        if bond is not None:
            bonds.append(bond)
    return Tree(rows, tuple(bonds))


def _bond(
    key: str, relation: HouseholdRelation, head: str, members: Sequence[tuple[str, HouseholdRelation]]
) -> Bond | None:
    match relation:
        case HouseholdRelation.PARTNER:
            return Bond(head, key, "partner")
        case HouseholdRelation.SIBLING:
            return Bond(head, key, "sibling")
        case HouseholdRelation.CHILD:
            return Bond(head, key, "parent")
        case HouseholdRelation.PARENT:
            return Bond(key, head, "parent")
        case HouseholdRelation.GRANDPARENT:
            parent = _only(members, HouseholdRelation.PARENT)
            return Bond(key, parent, "parent") if parent else None
        case HouseholdRelation.GRANDCHILD:
            child = _only(members, HouseholdRelation.CHILD)
            return Bond(child, key, "parent") if child else None
        case _:
            return None


def _only(members: Sequence[tuple[str, HouseholdRelation]], relation: HouseholdRelation) -> str | None:
    found = [key for key, held in members if held is relation]
    return found[0] if len(found) == 1 else None
