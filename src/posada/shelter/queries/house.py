"""Reads: what the ratios need, and which beds to propose. Ages come from the house's memory; no name is read."""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby

from django.db.models import Count, Q, Sum

from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people import matching
from posada.people.matching import Age
from posada.people.models import Person, PersonQuerySet, Source
from posada.people.queries.files import files_of
from posada.shelter.models import Apart, Bed, ChildAlone, HouseFigures, Room, Stay, WaitEnded
from posada.shelter.rules.house import RoomRule
from posada.shelter.rules.ratios import Measured
from posada.shelter.rules.suggesting import Guest, Proposal, RoomNow, propose

SHOWN_DAYS, MOST_ENDED = 7, 60


def kept_apart_from(person: Person) -> frozenset[uuid.UUID]:
    """Those with whom this person must not share a room."""
    pairs = Apart.objects.filter(Q(first=person) | Q(second=person)).values_list("first", "second")
    return frozenset(one for pair in pairs for one in pair if one != person.pk)


def alone_of(persons: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of these who are children alone: nobody here counts as their family until a relation was checked."""
    rows = ChildAlone.objects.unverified().filter(person__in=list(persons))
    return frozenset(rows.values_list("person", flat=True))


def child_files(held: ChildAlone) -> list[ChildAlone]:
    """This record, and those of the files that were put together with the child's."""
    beside = files_of(held.person_id) - {held.person_id}
    return [held, *ChildAlone.objects.filter(person__in=beside).select_related("person", "words").order_by("pk")]


def is_among_strangers(person: Person, bed: Bed) -> bool:
    """Whether a child who came alone would sleep among unrelated adults if this person took this bed.

    Whose age nobody knows counts as an adult beside a child. A relation counts only once it was checked, and then only
    with an adult of that household in the same room.
    """
    stays = Stay.objects.open().filter(bed__room=bed.room_id).exclude(person=person).select_related("person")
    there = [stay.person for stay in stays]
    together = [person, *there]
    rows = ChildAlone.objects.filter(person__in=together).values_list("person", "verified_on")
    if not rows:
        return False
    minors = matching.surely_minors(person.site_id, [one.pk for one in together], clock.today())
    adults = [one for one in together if one.pk not in minors]
    children = {one.pk: one for one in together}
    for pk, verified_on in rows:
        child = children[pk]
        others = [one for one in adults if one.pk != pk and (one.pk == person.pk or pk == person.pk)]
        theirs = verified_on is not None and child.household_id is not None
        with_family = theirs and any(one.pk != pk and one.household_id == child.household_id for one in adults)
        if others and not with_family:
            return True
    return False


def measured(actor: Actor) -> Measured:
    """What the house has. The floor counts only if every room was measured: half a house would plan for too few."""
    figures = HouseFigures.objects.filter(site_id=actor.site).first() or HouseFigures()
    rooms = Room.objects.visible_to(actor).aggregate(
        floor=Sum("tenths_m2"), unmeasured=Count("pk", filter=Q(tenths_m2__isnull=True))
    )
    floor = None if rooms["unmeasured"] else rooms["floor"]
    beds = Bed.objects.visible_to(actor).standing().filter(is_mat=False).count()
    return Measured(beds, floor, figures.toilets, figures.litres_a_day)


def party_of(person: Person) -> list[Person]:
    """Those of the person's household who are here and have no bed, the person first."""
    if person.household_id is None:
        return [person]
    rows = Person.objects.filter(household=person.household_id, site=person.site_id, source=Source.HOUSE).shown()
    waiting = rows.exclude(stays__in=Stay.objects.open()).filter(Q(wait_ended__isnull=True) | Q(pk=person.pk))
    return sorted(waiting, key=lambda one: (one.pk != person.pk, one.number))


def rooms_now(actor: Actor, ages: dict[uuid.UUID, Age] | None = None) -> list[RoomNow]:
    """Each room with its free beds and who sleeps in it, as numbers and ages."""
    stays = Stay.objects.visible_to(actor).open().select_related("person", "bed")
    held = list(stays)
    known = ages or matching.ages(actor.site, [stay.person_id for stay in held], clock.today())
    alone = alone_of(stay.person_id for stay in held)
    guests: dict[int, list[Guest]] = {}
    for stay in held:
        guests.setdefault(stay.bed.room_id, []).append(_guest(stay.person, known, alone))
    free = Bed.objects.visible_to(actor).free().in_order()
    return [_room(room, list(beds), guests.get(room.pk, ())) for room, beds in groupby(free, key=lambda bed: bed.room)]


def _room(room: Room, beds: list[Bed], guests: Iterable[Guest]) -> RoomNow:
    return RoomNow(
        room.position,
        room.name,
        RoomRule(room.rule),
        tuple(bed.number for bed in beds if not bed.is_mat),
        tuple(bed.number for bed in beds if bed.is_mat),
        tuple(guests),
    )


def _guest(person: Person, ages: dict[uuid.UUID, Age], alone: frozenset[uuid.UUID]) -> Guest:
    if person.pk in alone:
        return Guest(person.pk, None, is_child=True)
    return Guest(person.pk, person.household_id, ages.get(person.pk, Age.CHILD) is not Age.ADULT)


def proposals_for(actor: Actor, party: list[Person]) -> tuple[Proposal, ...]:
    """Beds for a party, the best first; none when the free beds do not suffice for all of it."""
    known = matching.ages(actor.site, [one.pk for one in party], clock.today())
    apart = frozenset[uuid.UUID]().union(*(kept_apart_from(one) for one in party))
    alone = alone_of(one.pk for one in party)
    return propose([_guest(one, known, alone) for one in party], rooms_now(actor), apart)


def who_may_take_in(infant: Person) -> PersonQuerySet:
    """Those of the infant's household who have a bed for themselves. The service asks their age."""
    if infant.household_id is None:
        return Person.objects.none()
    free = Stay.objects.open().filter(is_beside=False, person__household=infant.household_id)
    shared = Stay.objects.open().filter(is_beside=True).values("bed")
    return Person.objects.shown().filter(pk__in=free.exclude(bed__in=shared).values("person")).exclude(pk=infant.pk)


def waits_ended(actor: Actor) -> list[WaitEnded]:
    """Those who waited and of whom somebody said what became, the last first; so that a slip can be taken back."""
    rows = WaitEnded.objects.visible_to(actor).filter(on__gte=clock.today() - timedelta(days=SHOWN_DAYS))
    return list(rows.select_related("person").order_by("-on", "person__number")[:MOST_ENDED])
