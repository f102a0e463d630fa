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
from posada.shelter.models import Apart, Bed, ChildAlone, ChildException, HouseFigures, Room, Stay, WaitEnded
from posada.shelter.rules.house import RoomRule
from posada.shelter.rules.ratios import Measured
from posada.shelter.rules.suggesting import Guest, Proposal, RoomNow, among_strangers, propose

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


def children_among_strangers(person: Person, bed: Bed) -> list[Person]:
    """The children who would sleep among unrelated adults if this person took this bed, and no exception stands.

    Every minor counts; somebody whose age nobody knows if they came as a child alone, for others refuse to say it and
    are given a bed all the same. Beside a child they count as an adult. An adult of the own household in the room is
    enough; for a child who came alone only once that relation was checked.
    """
    stays = Stay.objects.open().filter(bed__room=bed.room_id).exclude(person=person).select_related("person")
    there = [stay.person for stay in stays]
    guest, *others = _guests(person.site_id, [person, *there])
    found = {child.key for child in among_strangers([guest], others) if not child.may_be_adult}
    excepted = ChildException.objects.standing().filter(room=bed.room_id, person__in=found)
    bare = found - set(excepted.values_list("person", flat=True))
    return [one for one in (person, *there) if one.pk in bare]


def has_exception(person: Person) -> bool:
    """Whether this child sleeps among unrelated adults by an exception that nobody ended."""
    return ChildException.objects.open().filter(person=person).exists()


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
    guests: dict[int, list[Guest]] = {}
    for stay, guest in zip(held, _guests(actor.site, [stay.person for stay in held], ages), strict=True):
        guests.setdefault(stay.bed.room_id, []).append(guest)
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


def _guests(site: int, persons: list[Person], ages: dict[uuid.UUID, Age] | None = None) -> list[Guest]:
    """Each as the beds see them. A child who came alone has no family here until the relation was checked."""
    keys, today = [one.pk for one in persons], clock.today()
    known = ages if ages is not None else matching.ages(site, keys, today)
    minors = matching.surely_minors(site, keys, today)
    alone = dict(ChildAlone.objects.filter(person__in=keys).values_list("person", "verified_on"))
    made = []
    for one in persons:
        is_adult, came_alone = known.get(one.pk, Age.CHILD) is Age.ADULT, one.pk in alone
        household = None if came_alone and alone[one.pk] is None else one.household_id
        may_be_adult = is_adult if came_alone else not is_adult and one.pk not in minors
        made.append(Guest(one.pk, household, came_alone or not is_adult, may_be_adult))
    return made


def proposals_for(actor: Actor, party: list[Person]) -> tuple[Proposal, ...]:
    """Beds for a party, the best first; none when the free beds do not suffice for all of it."""
    apart = frozenset[uuid.UUID]().union(*(kept_apart_from(one) for one in party))
    return propose(_guests(actor.site, party), rooms_now(actor), apart)


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
