"""Thirty simulated days of a house: households arrive, are given the beds that are proposed, move on. No screen.

Everything goes through the services and suggestions that the screens use. What is counted is counted beside them, from
the rows and from the households as they were drawn, so that a fault of theirs shows.
"""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.db.models import F

from posada.accounts import queries as accounts_queries
from posada.accounts import services as accounts
from posada.accounts.acts import Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, system_actor
from posada.ground import clock
from posada.people import services as people
from posada.people.models import Household, Identity, Person, Sex
from posada.shelter import queries, services
from posada.shelter.models import Bed, ChildExceptionWords, Room, Stay
from posada.shelter.rules.house import RoomRule
from posada.shelter.services import BedTaken, NotBesideChild
from posada.shelter.services import house as acts
from posada.shelter.services.exceptions import give_bed_by_exception

ROOMS = ((4, RoomRule.ANY), (4, RoomRule.FAMILIES), (6, RoomRule.FAMILIES), (6, RoomRule.ANY), (8, RoomRule.FAMILIES),
         (8, RoomRule.ANY), (12, RoomRule.ANY), (12, RoomRule.FAMILIES))  # 60 beds  # fmt: skip
SIZES = (1, 2, 3, 4, 5, 6, 9)
WEIGHTS = (38, 18, 15, 13, 9, 5, 2)
ARRIVE_A_DAY = (2, 8)  # households
STAY_DAYS = (2, 9)
ALONE, INFANT, SLOW = 0.06, 0.12, 0.08  # a child alone; an infant among a household; a desk that chose an old page
Choose = Callable[[Actor, list[Person], random.Random], dict[Person, Bed] | None]


@dataclass(slots=True)
class Counts:
    """What a run came to."""

    days: int
    households: int = 0
    persons: int = 0
    lodged: int = 0
    splits: int = 0
    had_to_split: int = 0
    doubles: int = 0
    beside: int = 0
    among_strangers: int = 0
    refused: int = 0
    waiting: int = 0
    fullest: int = 0


@dataclass(slots=True)
class House:
    """The house as it was drawn, apart from what the services keep: who is a child, and who leaves when."""

    site: Site
    children: set[Any] = field(default_factory=set)
    infants: set[Any] = field(default_factory=set)
    leave_on: dict[Any, date] = field(default_factory=dict)
    parties: list[list[Person]] = field(default_factory=list)


def suggested(actor: Actor, party: list[Person], _chance: random.Random) -> dict[Person, Bed] | None:
    """The first proposal, as a desk presses it."""
    found = queries.proposals_for(actor, party)
    if not found:
        return None
    beds = {bed.number: bed for bed in Bed.objects.visible_to(actor)}
    by_person = {guest.key: beds[number] for guest, _room, number in found[0].places}
    return {one: by_person[one.pk] for one in party}


def at_random(actor: Actor, party: list[Person], chance: random.Random) -> dict[Person, Bed] | None:
    """The control: any free beds, by a written exception where the child rule stands in the way."""
    free = list(queries.free_beds(actor))
    return dict(zip(party, chance.sample(free, len(party)), strict=True)) if len(free) >= len(party) else None


def make_rooms(manager: Actor) -> None:
    """Eight rooms, sixty beds."""
    for place, (beds, rule) in enumerate(ROOMS, start=1):
        services.make_room(by=manager, name=f"Cuarto {place}", beds=beds, rule=rule, tenths_m2=beds * 40)


def run(
    days: Sequence[date],
    staff: Sequence[Actor],
    site: Site,
    *,
    seed: int,
    choose: Choose = suggested,
    on: Callable[[date], AbstractContextManager[None]],
) -> Counts:
    """Simulate these days; `on` sets the clock of the house for each of them."""
    chance, house, counts = random.Random(seed), House(site), Counts(len(days))
    for day in days:
        with on(day):
            _leave(day, staff, chance, house)
            for _each in range(chance.randint(*ARRIVE_A_DAY)):
                house.parties.append(_arrive(day, staff, site, chance, house))
                counts.households += 1
                counts.persons += len(house.parties[-1])
            for party in list(house.parties):
                if _lodge(party, staff, chance, house, counts, choose):
                    house.parties.remove(party)
                    until = day + timedelta(days=chance.randint(*STAY_DAYS))
                    house.leave_on.update(dict.fromkeys((one.pk for one in party), until))
            _count_night(house, counts)
            waits = {one.pk for one in queries.arrivals_without_bed(staff[0])}
            if waits != {one.pk for party in house.parties for one in party}:
                raise RuntimeError("somebody vanished from the list of those who wait, or stands on it with a bed")
    counts.waiting = sum(map(len, house.parties))
    counts.doubles = _doubles(site)
    return counts


def _leave(day: date, staff: Sequence[Actor], chance: random.Random, house: House) -> None:
    for stay in list(Stay.objects.open().filter(bed__site=house.site).select_related("person")):
        if house.leave_on[stay.person_id] <= day:
            services.leave(by=chance.choice(staff), person=stay.person)


def _arrive(day: date, staff: Sequence[Actor], site: Site, chance: random.Random, house: House) -> list[Person]:
    size = chance.choices(SIZES, WEIGHTS)[0]
    ages = [chance.randint(18, 70) for _one in range(min(size, chance.choice((1, 2))))]
    ages += [chance.randint(2, 17) for _one in range(size - len(ages))]
    if size == 1 and chance.random() < ALONE:
        ages = [chance.randint(8, 17)]
    if size > 2 and chance.random() < INFANT * 3:
        ages[-1] = 0
    home = Household.objects.create(site=site) if size > 1 else None
    made = []
    for age in ages:
        words = Identity(given_names="Persona", surnames="Inventada", sex=Sex.UNKNOWN, age=age, age_on=day)
        made.append(people.register_person(by=chance.choice(staff), identity=words, household=home))
        house.children.update({made[-1].pk} if age < 18 else ())
        house.infants.update({made[-1].pk} if age < 2 else ())
    return made


def _lodge(
    party: list[Person], staff: Sequence[Actor], chance: random.Random, house: House, counts: Counts, choose: Choose
) -> bool:
    desk = chance.choice(staff)
    could = _could_hold(party, house)
    places = choose(desk, party, chance)
    if places is None:
        return _with_infant_beside(party, desk, chance, house, counts, choose)
    if chance.random() < SLOW:
        _press_old_page(next(iter(places.values())), staff, chance, house, counts)
    try:
        acts.assign_together(by=desk, places=places)
    except BedTaken:
        counts.refused += 1
        return False
    except NotBesideChild:
        if choose is suggested:
            raise
        _by_exception(desk, places)
    counts.lodged += len(party)
    if len({bed.room_id for bed in places.values()}) > 1:
        counts.splits += could
        counts.had_to_split += not could
    return True


def _by_exception(desk: Actor, places: dict[Person, Bed]) -> None:
    """The control breaks the child rule, as far as the house lets anybody: by a written exception for each bed."""
    words = ChildExceptionWords("x", "x", ("A", "B"))
    for person, bed in places.items():
        try:
            services.assign_bed(by=desk, person=person, bed=bed)
        except NotBesideChild:
            give_bed_by_exception(by=desk, person=person, bed=bed, words=words, until_on=clock.today())


def _press_old_page(bed: Bed, staff: Sequence[Actor], chance: random.Random, house: House, counts: Counts) -> None:
    """Another desk, with a page of earlier, presses for a bed that somebody has."""
    taken = Stay.objects.open().filter(bed__site=bed.site_id).select_related("bed").first()
    waits = [one for party in house.parties for one in party if not Stay.objects.open().filter(person=one).exists()]
    if taken is None or not waits:
        return
    try:
        services.assign_bed(by=chance.choice(staff), person=waits[-1], bed=taken.bed)
    except BedTaken:
        counts.refused += 1


def _with_infant_beside(
    party: list[Person], desk: Actor, chance: random.Random, house: House, counts: Counts, choose: Choose
) -> bool:
    """One bed short: the infant sleeps beside an adult of its household, by its own press."""
    infant = next((one for one in party if one.pk in house.infants), None)
    others = [one for one in party if one != infant]
    if infant is None or not others or (places := choose(desk, others, chance)) is None:
        return False
    if len({bed.room_id for bed in places.values()}) > 1:
        return False
    acts.assign_together(by=desk, places=places)
    adult = next(one for one in others if one.pk not in house.children)
    services.assign_beside(by=desk, infant=infant, adult=adult)
    counts.beside += 1
    counts.lodged += len(party)
    return True


def _could_hold(party: list[Person], house: House) -> bool:
    """Counted from the rows: a room with beds for all of them, in which no child would be alone among strangers."""
    alone = not any(one.pk not in house.children for one in party)
    for room in Room.objects.filter(site=house.site):
        beds = Bed.objects.filter(room=room)
        inside = Stay.objects.open().filter(bed__room=room)
        if beds.count() - inside.values("bed").distinct().count() < len(party):
            continue
        groups = _groups(inside)
        has_adult = any(one not in house.children for group in groups for one in group)
        child_alone = any(all(one in house.children for one in group) for group in groups)
        if not (alone and has_adult) and not (child_alone and not alone):
            return True
    return False


def _groups(stays: Any) -> list[set[Any]]:
    groups: dict[Any, set[Any]] = defaultdict(set)
    for stay in stays.select_related("person"):
        groups[stay.person.household_id or stay.person_id].add(stay.person_id)
    return list(groups.values())


def _count_night(house: House, counts: Counts) -> None:
    counts.fullest = max(counts.fullest, Stay.objects.open().filter(bed__site=house.site).count())
    for room in Room.objects.filter(site=house.site):
        groups = _groups(Stay.objects.open().filter(bed__room=room))
        with_adults = [group for group in groups if any(one not in house.children for one in group)]
        counts.among_strangers += sum(len(group) for group in groups if group not in with_adults) if with_adults else 0


def _doubles(site: Site) -> int:
    """Pairs of stays of one bed that share a night, over all days; an infant beside an adult is none."""
    by_bed: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for stay in Stay.objects.filter(is_beside=False, bed__site=site):
        by_bed[stay.bed_id].append((stay.from_on, stay.until_on or date.max))
    pairs = 0
    for nights in by_bed.values():
        ordered = sorted(nights)
        pairs += sum(earlier[1] > later[0] for earlier, later in pairwise(ordered))
    return pairs


def _doubles_with_one_planted(site: Site) -> int:
    """The control of that count: one past stay stands there twice, in a transaction that is taken back."""
    with transaction.atomic():
        past = Stay.objects.filter(is_beside=False, bed__site=site, until_on__gt=F("from_on"))[0]
        Stay.objects.create(person=past.person, bed=past.bed, from_on=past.from_on, until_on=past.until_on)
        found = _doubles(site)
        transaction.set_rollback(True)
    return found


DAYS, CONTROL_DAYS, SEED = 30, 8, 2019


@contextmanager
def _clock_on(day: date) -> Iterator[None]:
    """The house's clock reads three in the afternoon of this day."""
    before, began = clock.now(), time.monotonic()
    clock.start_at(datetime(day.year, day.month, day.day, 18, tzinfo=UTC), since=_real())
    try:
        yield
    finally:
        clock.start_at(before + timedelta(seconds=time.monotonic() - began), since=_real())


def _real() -> datetime:
    return datetime.fromtimestamp(clock.real_seconds(), UTC)


def nights(house: Site) -> list[str]:
    """Thirty days by the proposals, then a few with any free bed as the control; gives lines of text."""
    lines = [f"A house of 60 beds in {len(ROOMS)} rooms, {DAYS} simulated days, three desks, seed {SEED}:"]
    for name, choose, many in (
        ("beds as proposed", suggested, DAYS),
        (f"control, any free beds, {CONTROL_DAYS} days", at_random, CONTROL_DAYS),
    ):
        site = Site.objects.create(code=f"nights-{choose.__name__}"[:12], created_on=clock.today())
        manager = system_actor(site.pk)
        make_rooms(manager)
        staff = [_desk(site, f"{choose.__name__}-{one}") for one in range(3)]
        days = [clock.today() - timedelta(days=left) for left in range(many, 0, -1)]
        began = time.perf_counter()
        found = run(days, staff, site, seed=SEED, choose=choose, on=_clock_on)
        took = time.perf_counter() - began
        gist = f"{found.households} households, {found.persons} people, {found.lodged} given a bed; {took:.0f} s"
        planted = f"with one planted the count says {_doubles_with_one_planted(site)}"
        beside = f"{found.beside} infants beside an adult by its own press"
        split = f"{found.splits} households split while a room could hold them"
        waits = f"{found.waiting} still waiting at the end, none lost from the list"
        lines += [
            f"  {name}: {gist}",
            f"    {found.doubles} double beds; {planted} ({beside}; {found.refused} presses on a taken bed refused)",
            f"    {split}, {found.had_to_split} because none could",
            f"    {found.among_strangers} nights of a child among unrelated adults; {waits}",
        ]
        if choose is suggested and (found.doubles or found.splits or found.among_strangers):
            raise RuntimeError("\n".join(lines))
        if choose is at_random and not (found.splits and found.among_strangers):
            raise RuntimeError("the control split nobody: the count counts nothing")
    return lines


def _desk(site: Site, name: str) -> Actor:
    user = accounts.create_user(name=name, password="x" * 20, site=site, roles=frozenset({Role.DESK}))
    actor = accounts_queries.actor_for(user)
    if actor is None:
        raise RuntimeError("the bench has no desk")
    return actor
