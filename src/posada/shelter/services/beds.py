"""Writes: make a room, give a bed, change it, leave it. Each is one transaction with its audit entry."""

import uuid
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Refused, require
from posada.audit import services as audit
from posada.ground import clock
from posada.people import services as people
from posada.people.models import Person, Source
from posada.records.once import claim
from posada.records.services import note
from posada.shelter import queries, rules
from posada.shelter.models import Bed, Room, Stay


class BedTaken(Exception):
    """Somebody has this bed; perhaps another desk was quicker."""


class AlreadyLodged(Exception):
    """The person has a bed; a second one is not given."""


class NotLodged(Exception):
    """The person has no bed to move from or to leave."""


class OnlyOnAList(Exception):
    """The person stands on somebody's list and was never registered here."""


class RoomNameTaken(Exception):
    """The house has a room of this name."""


def make_room(*, by: Actor, name: str, beds: int, once: uuid.UUID | None = None) -> Room:
    """A new room with so many beds (1 to `rules.MOST_BEDS`), numbered on from the house's highest."""
    if not 1 <= beds <= rules.MOST_BEDS:
        raise ValueError("A room has between one bed and the most that fit.")
    role = require(by, Act.MAKE_ROOM)
    neutral = " ".join(name.split())
    with transaction.atomic():
        claim(once)
        Site.objects.select_for_update().get(pk=by.site)
        if Room.objects.visible_to(by).filter(name__iexact=neutral).exists():
            raise RoomNameTaken
        audit.write(audit.Event(act=Act.MAKE_ROOM, actor=by.user, role=role, site=by.site, count=beds))
        room = Room.objects.create(site_id=by.site, name=neutral, position=queries.next_position(by))
        highest = Bed.objects.visible_to(by).aggregate(highest=Max("number"))["highest"] or 0
        Bed.objects.bulk_create(
            Bed(site_id=by.site, room=room, number=number) for number in rules.bed_numbers(highest, beds)
        )
    return room


def assign_bed(
    *, by: Actor, person: Person, bed: Bed, once: uuid.UUID | None = None, from_on: date | None = None
) -> Stay:
    """Give a registered person a free bed, from today (or `from_on`).

    `BedTaken`, `AlreadyLodged` or `OnlyOnAList` if that cannot be; nothing is written then.
    """
    with transaction.atomic():
        claim(once, person.pk)
        _require(by, person, bed, "assign")
        if person.source != Source.HOUSE:
            raise OnlyOnAList
        return _lodge(person, bed, from_on or clock.today())


def move(*, by: Actor, person: Person, bed: Bed, once: uuid.UUID | None = None) -> Stay:
    """Move a person to another free bed: the old stay ends today and a new one begins.

    `NotLodged` or `BedTaken` if that cannot be; the old bed is kept then.
    """
    with transaction.atomic():
        claim(once, person.pk)
        _require(by, person, bed, "move")
        if queries.stay_in(bed) is not None:
            raise BedTaken
        _end(person, clock.today())
        return _lodge(person, bed, clock.today())


def leave(*, by: Actor, person: Person, once: uuid.UUID | None = None, on: date | None = None) -> Stay:
    """A person left the house today (or `on`): their bed is free. `NotLodged` if they have none."""
    with transaction.atomic():
        claim(once, person.pk)
        note(by, Act.ASSIGN_BED, person.subject, reason="leave")
        return _end(person, on or clock.today())


def open_bed(*, by: Actor, bed: Bed) -> Stay | None:
    """Who has this bed tonight, or none, for those who assign beds; that somebody looked is written down."""
    require(by, Act.ASSIGN_BED)
    if bed.site_id != by.site:
        raise Refused(Act.ASSIGN_BED)
    stay = queries.stay_in(bed)
    if stay is not None:
        people.note_bed(by, stay.person)
    return stay


def look_up_bed(*, by: Actor, person: Person) -> Bed | None:
    """Where a person sleeps tonight, or none, for those who assign beds; that somebody looked is written down."""
    require(by, Act.ASSIGN_BED, person.subject)
    held = queries.bed_of(person)
    if held is not None:
        people.note_bed(by, person)
    return held


def _require(by: Actor, person: Person, bed: Bed, reason: str) -> None:
    if bed.site_id != by.site or person.site_id != by.site:
        raise Refused(Act.ASSIGN_BED)
    note(by, Act.ASSIGN_BED, person.subject, reason=reason)


def _hindrance(person: Person, bed: Bed) -> BedTaken | AlreadyLodged | None:
    if Stay.objects.open().filter(person=person).exists():
        return AlreadyLodged()
    return BedTaken() if queries.stay_in(bed) is not None else None


def _lodge(person: Person, bed: Bed, on: date) -> Stay:
    """The constraints of the database have the last word when two desks press at once."""
    hindrance = _hindrance(person, bed)
    if hindrance is not None:
        raise hindrance
    try:
        with transaction.atomic():
            return Stay.objects.create(person=person, bed=bed, from_on=on)
    except IntegrityError as error:
        raise (_hindrance(person, bed) or BedTaken()) from error


def _end(person: Person, on: date) -> Stay:
    stay = Stay.objects.open().select_for_update().filter(person=person).first()
    if stay is None:
        raise NotLodged
    stay.until_on = rules.last_day(stay.from_on, on)
    stay.save(update_fields=["until_on"])
    return stay
