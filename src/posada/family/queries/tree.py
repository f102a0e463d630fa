"""A family as it is known here: residents by household and across households, and the relatives of each.

Everything is opened for the one who looks, and only what they may read. Of a resident whom they do not accompany the
drawing says that somebody is here, neither who nor by which number.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.family.models import KinTies, Relative, ResidentTies, WatchCard
from posada.family.queries.relatives import OpenCard, cards_of
from posada.family.rules.kinship import OWN_GENERATION, Relation, generation_of
from posada.people.models import HouseholdRelation, Identity, Person, Source
from posada.people.queries import may, members_of
from posada.people.rules.household import Bond, household_tree
from posada.records.door import Reason, open_records

MOST_RESIDENTS = 40  # more are no drawing that anybody reads


@dataclass(frozen=True, slots=True)
class Here:
    """A resident in the drawing: the row, and what the one who looks may know of them."""

    person: Person
    generation: int
    is_readable: bool
    same_household: bool
    cards: tuple[OpenCard, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """Residents and their relatives, and how residents are bound to each other."""

    residents: tuple[Here, ...]
    bonds: tuple[Bond, ...]
    is_cut: bool = False

    @property
    def cards(self) -> list[OpenCard]:
        """The cards of everybody in it."""
        return [card for one in self.residents for card in one.cards]


def family_of(actor: Actor, person: Person, now: datetime, *, across: bool) -> Family:
    """The family of a resident's household; `across`, with the households of those who are bound to it."""
    rows: dict[uuid.UUID, int] = {person.pk: OWN_GENERATION}
    found: dict[uuid.UUID, Person] = {person.pk: person}
    bonds: dict[frozenset[str], Bond] = {}
    waiting, looked_at = [person], set[uuid.UUID]()
    while waiting and len(found) < MOST_RESIDENTS:
        one = waiting.pop(0)
        if one.pk in looked_at or not may(actor, Act.READ_KIN, one):
            continue
        looked_at.add(one.pk)
        beside = _household(actor, one, rows, bonds)
        if across:
            beside += _tied(actor, one, rows, bonds)
        for other in beside:
            if other.pk not in found and len(found) < MOST_RESIDENTS:
                found[other.pk] = other
                waiting.append(other)
    known = {pk.hex for pk in found}
    kept = tuple(bond for bond in bonds.values() if bond.a in known and bond.b in known)
    here = tuple(_here(actor, one, rows[one.pk], person, now) for one in found.values())
    return Family(here, kept, is_cut=bool(waiting))


def _here(actor: Actor, one: Person, row: int, person: Person, now: datetime) -> Here:
    readable = may(actor, Act.READ_KIN, one)
    same = one.pk == person.pk or (one.household_id is not None and one.household_id == person.household_id)
    cards = tuple(cards_of(actor, one, now)) if readable else ()
    return Here(one, row, readable, same, cards)


def _household(
    actor: Actor, person: Person, rows: dict[uuid.UUID, int], bonds: dict[frozenset[str], Bond]
) -> list[Person]:
    """Those who came with somebody; their places follow from what each is to the one who speaks for the household."""
    members = members_of(person.household)
    if len(members) < 2:
        return []
    readable = [one for one in members if may(actor, Act.READ_IDENTITY, one)]
    opened = open_records([one.identity for one in readable], Identity, by=actor, reason=Reason.VIEW)
    relations = {row.subject: row.content.household_relation for row in opened}
    tree = household_tree([(one.pk.hex, relations.get(one.pk, HouseholdRelation.OTHER)) for one in members])
    shift = rows[person.pk] - tree.rows[person.pk.hex]
    for one in members:
        rows.setdefault(one.pk, tree.rows[one.pk.hex] + shift)
    for bond in tree.bonds:
        bonds.setdefault(frozenset((bond.a, bond.b)), bond)
    return [one for one in members if one.pk != person.pk]


def _tied(actor: Actor, person: Person, rows: dict[uuid.UUID, int], bonds: dict[frozenset[str], Bond]) -> list[Person]:
    """Those of other households who are family of somebody."""
    ties = ties_of(actor, person)
    wanted = Person.objects.visible_to(actor).filter(pk__in=ties, source=Source.HOUSE)
    others = list(wanted.select_related("household", "identity"))
    for other in others:
        relation = ties[other.pk]
        rows.setdefault(other.pk, rows[person.pk] + generation_of(relation) - OWN_GENERATION)
        bond = _bond(person.pk.hex, other.pk.hex, relation)
        bonds.setdefault(frozenset((bond.a, bond.b)), bond)
    return others


def ties_of(actor: Actor, person: Person) -> dict[uuid.UUID, Relation]:
    """What other residents are to this one, by their ids, as somebody wrote it down."""
    row = ResidentTies.objects.select_related("record").filter(person=person).first()
    if row is None:
        return {}
    content = open_records([row.record], KinTies, by=actor, reason=Reason.VIEW)[0].content
    return {tie.other: tie.relation for tie in content.ties}


def _bond(one: str, other: str, relation: Relation) -> Bond:
    row = generation_of(relation)
    if row < OWN_GENERATION:
        return Bond(other, one, "parent")
    if row > OWN_GENERATION:
        return Bond(one, other, "parent")
    return Bond(one, other, "partner" if relation is Relation.PARTNER else "sibling")


def same_relatives(cards: Iterable[OpenCard]) -> dict[uuid.UUID, uuid.UUID]:
    """For each card the one that stands for all cards of the same relative; a loop of them ends somewhere."""
    known = {card.row.pk: card.content for card in cards}
    return {pk: _first(pk, known) for pk in known}


def _first(card: uuid.UUID, known: dict[uuid.UUID, Relative]) -> uuid.UUID:
    """The least of all that can be reached from a card, in either direction."""
    group, waiting = {card}, [card]
    while waiting:
        at = waiting.pop()
        beside = {pk for pk, content in known.items() if content.same_as == at}
        named = known[at].same_as
        if named is not None and named in known:
            beside.add(named)
        waiting += beside - group
        group |= beside
    return min(group)


def cards_beside(actor: Actor, card: WatchCard, now: datetime) -> list[OpenCard]:
    """The cards of other residents of the family, which might be of the same relative."""
    family = family_of(actor, card.resident, now, across=True)
    return [one for one in family.cards if one.row.resident_id != card.resident_id]
