"""Writes: make a room, give a bed, change it, leave it. Each is one transaction with its audit entry."""

import uuid
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Refused, require
from posada.audit import services as audit
from posada.ground import clock
from posada.people import matching
from posada.people import services as people
from posada.people.matching import Age
from posada.people.models import Person, Source
from posada.records.once import claim
from posada.records.services import note
from posada.shelter import queries, rules
from posada.shelter.models import Bed, Room, Stay, WaitEnded
from posada.shelter.rules.house import RoomRule


class BedTaken(Exception):
    """Somebody has this bed; perhaps another desk was quicker."""


class BedBlocked(BedTaken):
    """The bed is not given tonight."""


class NotBeside(Exception):
    """Only an infant under two sleeps beside somebody, and only beside an adult of its own household."""


class AlreadyLodged(Exception):
    """The person has a bed; a second one is not given."""


class NotLodged(Exception):
    """The person has no bed to move from or to leave."""


class OnlyOnAList(Exception):
    """The person stands on somebody's list and was never registered here."""


class RoomNameTaken(Exception):
    """The house has a room of this name."""


class NotThisRoom(Exception):
    """Somebody sleeps there from whom this person is kept apart. The screen does not say so."""


class NotBesideChild(NotThisRoom):
    """A child without an adult of its own in the room would sleep among unrelated adults; `children` says which."""

    def __init__(self, children: list[Person]) -> None:
        super().__init__()
        self.children = children


def make_room(
    *,
    by: Actor,
    name: str,
    beds: int,
    rule: RoomRule = RoomRule.ANY,
    tenths_m2: int | None = None,
    once: uuid.UUID | None = None,
) -> Room:
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
        place = queries.next_position(by)
        room = Room.objects.create(site_id=by.site, name=neutral, position=place, rule=rule, tenths_m2=tenths_m2)
        add_beds(room, beds)
    return room


def add_beds(room: Room, count: int, *, are_mats: bool = False) -> list[Bed]:
    """So many more beds or mats, numbered on from the house's highest. The caller holds the row of the site."""
    highest = Bed.objects.filter(site=room.site_id).aggregate(highest=Max("number"))["highest"] or 0
    numbers = rules.bed_numbers(highest, count)
    return Bed.objects.bulk_create(Bed(site_id=room.site_id, room=room, number=n, is_mat=are_mats) for n in numbers)


def assign_bed(
    *, by: Actor, person: Person, bed: Bed, once: uuid.UUID | None = None, from_on: date | None = None
) -> Stay:
    """Give a registered person a free bed, from today (or `from_on`).

    `BedTaken`, `AlreadyLodged`, `OnlyOnAList` or `NotThisRoom` if that cannot be; nothing is written then.
    """
    with transaction.atomic():
        claim(once, person.pk)
        _require(by, person, bed, "assign")
        if person.source != Source.HOUSE:
            raise OnlyOnAList
        return _lodge(person, bed, from_on or clock.today())


def assign_beside(*, by: Actor, infant: Person, adult: Person, once: uuid.UUID | None = None) -> Stay:
    """Put an infant under two in the bed of an adult of its household: the one case of two in a bed, by its own press.

    `NotBeside` for anybody else, `BedTaken` if an infant sleeps there already. Nothing is written then.
    """
    with transaction.atomic():
        claim(once, infant.pk)
        note(by, Act.ASSIGN_BED, infant.subject, reason="beside")
        held = Stay.objects.open().filter(person=adult, is_beside=False).select_related("bed").first()
        ages = matching.ages(infant.site_id, [infant.pk, adult.pk], clock.today())
        if held is None or not _is_mothers(infant, adult, ages):
            raise NotBeside
        return _lodge(infant, held.bed, clock.today(), beside=True)


def _is_mothers(infant: Person, adult: Person, ages: dict[uuid.UUID, Age]) -> bool:
    together = infant.household_id is not None and infant.household_id == adult.household_id
    return together and ages.get(infant.pk) is Age.INFANT and ages.get(adult.pk) is Age.ADULT


def move(*, by: Actor, person: Person, bed: Bed, once: uuid.UUID | None = None) -> Stay:
    """Move a person to another free bed: the old stay ends today and a new one begins; an infant beside goes along.

    `NotLodged`, `BedTaken` or `NotThisRoom` if that cannot be; the old bed is kept then.
    """
    with transaction.atomic():
        claim(once, person.pk)
        _require(by, person, bed, "move")
        if queries.stay_in(bed) is not None:
            raise BedTaken
        beside = _beside(person)
        if beside is not None:
            note(by, Act.ASSIGN_BED, beside.person.subject, reason="move")
            _end(beside.person, clock.today())
        _end(person, clock.today())
        stay = _lodge(person, bed, clock.today())
        if beside is not None:
            _lodge(beside.person, bed, clock.today(), beside=True)
        return stay


def _beside(person: Person) -> Stay | None:
    """The stay of the infant in this person's own bed, or none."""
    held = Stay.objects.open().filter(person=person, is_beside=False).values("bed")
    return Stay.objects.open().filter(bed__in=held, is_beside=True).select_related("person").first()


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


def _hindrance(person: Person, bed: Bed, *, beside: bool = False) -> Exception | None:
    if Stay.objects.open().filter(person=person).exists():
        return AlreadyLodged()
    if Stay.objects.open().filter(bed=bed).filter(*([Q(is_beside=True)] if beside else [])).exists():
        return BedTaken()
    if not beside and Bed.objects.filter(pk=bed.pk).exclude(blocked="").exists():
        return BedBlocked()
    apart = queries.kept_apart_from(person)
    if apart and Stay.objects.open().filter(bed__room=bed.room_id, person__in=apart).exists():
        return NotThisRoom()
    children = [] if beside else queries.children_among_strangers(person, bed)
    return NotBesideChild(children) if children else None


def _lodge(person: Person, bed: Bed, on: date, *, beside: bool = False) -> Stay:
    """The constraints of the database have the last word when two desks press at once."""
    hindrance = _hindrance(person, bed, beside=beside)
    if hindrance is not None:
        raise hindrance
    WaitEnded.objects.filter(person=person).delete()
    try:
        with transaction.atomic():
            return Stay.objects.create(person=person, bed=bed, from_on=on, is_beside=beside)
    except IntegrityError as error:
        raise (_hindrance(person, bed, beside=beside) or BedTaken()) from error


def _end(person: Person, on: date) -> Stay:
    """End the open stay; an infant that slept beside has the bed for itself from then on."""
    stay = Stay.objects.open().select_for_update().filter(person=person).first()
    if stay is None:
        raise NotLodged
    stay.until_on = rules.last_day(stay.from_on, on)
    stay.save(update_fields=["until_on"])
    if not stay.is_beside:
        beside = Stay.objects.open().filter(bed=stay.bed_id, is_beside=True).first()
        if beside is not None:
            Stay.objects.filter(pk=beside.pk).update(until_on=rules.last_day(beside.from_on, stay.until_on))
            Stay.objects.create(person_id=beside.person_id, bed_id=stay.bed_id, from_on=stay.until_on)
    return stay
