"""What residents are to each other across households, and which cards are of the same relative."""

import uuid

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.family.models import KinTies, KnownTie, Relative, ResidentTies, WatchCard
from posada.family.rules.kinship import Relation, other_way
from posada.people.models import Person
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason, open_record


class SameResident(Exception):
    """Nobody is their own relative."""


class Themselves(Exception):
    """The two cards belong to the same resident, or are one: they cannot be the same relative twice."""


def tie_residents(*, by: Actor, one: Person, other: Person, relation: Relation, once: uuid.UUID | None = None) -> None:
    """Write down what `other` is to `one`, and the other way round; what stood there before is replaced.

    Only for somebody who accompanies both. `SameResident` for a resident and themself.
    """
    if one.pk == other.pk:
        raise SameResident
    require(by, Act.UPDATE_KIN, one.subject)
    require(by, Act.UPDATE_KIN, other.subject)
    with transaction.atomic():
        sent.claim(once, one.pk)
        _write(by, one, other.pk, relation)
        _write(by, other, one.pk, other_way(relation))


def untie_residents(*, by: Actor, one: Person, other: Person) -> None:
    """They are not family, or do not want to be drawn together."""
    require(by, Act.UPDATE_KIN, one.subject)
    require(by, Act.UPDATE_KIN, other.subject)
    with transaction.atomic():
        _write(by, one, other.pk, None)
        _write(by, other, one.pk, None)


def _write(by: Actor, person: Person, other: uuid.UUID, relation: Relation | None) -> None:
    row = ResidentTies.objects.select_for_update(of=("self",)).select_related("record").filter(person=person).first()
    held = open_record(row.record, KinTies, by=by, reason=Reason.WRITE) if row else KinTies()
    kept = tuple(tie for tie in held.ties if tie.other != other)
    content = KinTies(ties=(*kept, KnownTie(other, relation)) if relation is not None else kept)
    if row is None:
        record = records.seal_new(content, subject=person.pk, by=by, act=Act.UPDATE_KIN)
        ResidentTies.objects.create(person=person, record=record)
    else:
        records.revise(row.record, content, by=by, act=Act.UPDATE_KIN)


def same_relative(*, by: Actor, card: WatchCard, other: WatchCard | None, once: uuid.UUID | None = None) -> None:
    """Two residents left the same relative behind: the cards stay two, the drawing shows one. None parts them again.

    Each keeps its own news and agreements. `Themselves` for two cards of one resident.
    """
    require(by, Act.UPDATE_KIN, card.subject)
    if other is not None:
        require(by, Act.UPDATE_KIN, other.subject)
        if other.resident_id == card.resident_id:
            raise Themselves
    with transaction.atomic():
        sent.claim(once, card.pk)
        held = WatchCard.objects.select_for_update(of=("self",)).select_related("record").get(pk=card.pk)
        version = held.record.version
        content = open_record(held.record, Relative, by=by, reason=Reason.WRITE)
        changed = msgspec.structs.replace(content, same_as=other.pk if other else None)
        held.record = records.revise(held.record, changed, by=by, act=Act.UPDATE_KIN, expected=version)
        held.sequence += 1
        held.save(update_fields=["record", "sequence"])
