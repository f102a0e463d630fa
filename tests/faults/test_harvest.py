"""An infiltrated volunteer harvests for a simulated month, in every role and by every way that a role has (S4).

Each works at every hour of every day, knows every number in the house beforehand, and stops only when the house
stops them. POSADA_LONG=1 lives through thirty days under the house's own quotas; `make test` through three, in a house
of a fifth of the size under a fifth of each quota, which the same code holds. The control has no quotas.
"""

import os
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle

import pytest
from django.conf import settings
from django.test import override_settings

from posada.accounts.acts import Role
from posada.accounts.models import Notice, Site, UrgentReading
from posada.accounts.permissions import Actor, system_actor
from posada.ground import clock, ids
from posada.people import matching, queries, services
from posada.people.models import Identity, Person, Sex
from posada.records.quotas import QuotaReached
from tests import cast

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

LONG = os.environ.get("POSADA_LONG") == "1"
DAYS = 30 if LONG else 3
SCALE = 1 if LONG else 5  # the quotas and the house are divided by it
ARRIVALS = 160 // SCALE  # a day: more than a desk may open
BEFORE = 5_000 if LONG else 480 // SCALE
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SURNAMES = ("Ramírez", "Peña", "Guerrero", "Zambrano", "Useche", "Sayago", "Contreras", "Rojas", "Molina", "Duarte")
GIVEN = ("Ana", "Luis", "Carmen", "José", "Yulesi", "Dayana", "Omar", "Zulay", "Marisela", "Wilmer")
MANY = 10**6
QUOTAS = {role: (hour // SCALE, day // SCALE) for role, (hour, day) in settings.QUOTAS.items()}
SEARCHES = settings.SEARCHES_AN_HOUR // SCALE
NO_QUOTAS = dict.fromkeys(("desk", "caseworker", "tracing_officer"), (MANY, MANY))
SEARCHED = {9, 10} if LONG else {9}  # the hours in which somebody searches: all of them would take days to live


@dataclass
class Thief:
    """One volunteer: the way they take, whom they learnt and when, how many cards they saw, when they were stopped."""

    way: str
    actor: Actor
    take: Callable[["Thief", "House"], None]
    role: str
    learnt: dict[uuid.UUID, datetime] = field(default_factory=dict)
    cards: set[uuid.UUID] = field(default_factory=set)
    asked: list[datetime] = field(default_factory=list)
    stopped: set[datetime] = field(default_factory=set)
    first_try: datetime = datetime.max  # noqa: DTZ901 - replaced at the first try

    def most_in(self, span: timedelta, moments: list[datetime]) -> int:
        """The most of these moments that any stretch of this length holds."""
        ordered, first, most = sorted(moments), 0, 0
        for last, moment in enumerate(ordered):
            while moment - ordered[first] >= span:
                first += 1
            most = max(most, last - first + 1)
        return most


@dataclass
class House:
    """The people of the house, those of today, and the hour that it is."""

    site: Site
    persons: list[Person] = field(default_factory=list)
    today: list[Person] = field(default_factory=list)
    now: datetime = datetime(2019, 3, 1, 5)  # noqa: DTZ001 - replaced at once

    def arrive(self, count: int) -> None:
        by = system_actor(self.site.pk)
        self.today = []
        for turn in range(count):
            number = len(self.persons) + turn
            identity = Identity(
                given_names=f"{GIVEN[number % 10]} {GIVEN[number // 10 % 10]}",
                surnames=f"{SURNAMES[number // 7 % 10]} {SURNAMES[number // 3 % 10]}",
                sex=Sex.FEMALE,
                birth=str(1950 + number % 60),
            )
            self.today.append(services.register_person(by=by, identity=identity))
        self.persons += self.today


def _open(thief: Thief, persons: list[Person], house: House, most: int = MANY) -> None:
    for person in persons:
        if person.pk not in thief.learnt and most > 0:
            assert queries.identity_of(person, by=thief.actor).given_names
            thief.learnt[person.pk] = house.now
            most -= 1


def _numbers(thief: Thief, house: House) -> None:
    _open(thief, house.today if thief.role == "desk" else house.persons, house)


def _take_on(thief: Thief, house: House) -> None:
    for person in house.persons:
        if person.pk not in thief.learnt:
            services.take_on(by=thief.actor, person=person)
            _open(thief, [person], house)


def _urgently(thief: Thief, house: House) -> None:
    for person in house.persons:
        if person.pk not in thief.learnt:
            why = UrgentReading.Why.DANGER
            services.open_by_urgency(by=thief.actor, person=person, why=why, words="No se puede esperar más.")
            _open(thief, [person], house)


_names = cycle([f"{given} {one}" for one in SURNAMES for given in GIVEN])


def _surnames(thief: Thief, house: House) -> None:
    while True:
        hits = services.find(by=thief.actor, typed=matching.read_line(next(_names)))
        thief.asked.append(house.now)
        thief.cards |= {hit.known.person for hit in hits}


def _forms(thief: Thief, house: House) -> None:
    while True:
        given, surname = next(_names).split()
        typed = Identity(given_names=given, surnames=surname, sex=Sex.FEMALE, birth="1980")
        hits = services.look_whether_here(by=thief.actor, typed=typed, form=ids.new_id())
        thief.asked.append(house.now)
        thief.cards |= {hit.known.person for hit in hits}


def _guess(thief: Thief, house: House) -> None:
    while True:
        try:
            person = services.look_for_number(thief.actor, ids.random_number(5))
        except Person.DoesNotExist:
            thief.asked.append(house.now)
            continue
        services.look_at_card(thief.actor, person)
        thief.asked.append(house.now)
        thief.cards.add(person.pk)


def _just_below(thief: Thief, house: House) -> None:
    """Never more than may be opened without an alarm in an hour and in a day."""
    hour, day = settings.QUOTAS[thief.role]
    share = settings.ALARMS["share"]
    today = sum(moment > house.now - DAY for moment in thief.learnt.values())
    if house.now.astimezone(clock.house_zone()).hour in range(8, 20):
        _open(thief, house.persons, house, min(int(share * hour) - 1, int(share * day) - 1 - today))


def _patiently(thief: Thief, house: House) -> None:
    """Never more than may be opened without an alarm in seven days: only four weeks show it."""
    week = settings.ALARMS["week_days"] * settings.QUOTAS[thief.role][1]
    if house.now.astimezone(clock.house_zone()).hour in {10, 15}:
        _open(thief, house.persons, house, (week - 1) // 14)


WAYS = (
    ("opening by number", Role.DESK, _numbers),
    ("searching common surnames", Role.DESK, _surnames),
    ("forms left open", Role.DESK, _forms),
    ("guessing numbers", Role.DESK, _guess),
    ("taking on", Role.CASEWORKER, _take_on),
    ("break-glass", Role.CASEWORKER, _urgently),
    ("opening by number", Role.TRACING_OFFICER, _numbers),
    ("just below the alarms of a day", Role.TRACING_OFFICER, _just_below),
    ("patiently below those of a week", Role.TRACING_OFFICER, _patiently),
)
PATIENT = "patiently below those of a week"


def _thieves(site: Site) -> list[Thief]:
    return [
        Thief(way, cast.actor(cast.make_staff(site, role, name=f"Ladrón {turn}")), take, role.value)
        for turn, (way, role, take) in enumerate(WAYS)
    ]


def _live(house: House, thieves: list[Thief], days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hour after hour."""
    start = clock.now().astimezone(clock.house_zone()).replace(hour=0, minute=0, second=0, microsecond=0)
    house.now = start - DAY
    monkeypatch.setattr(clock, "now", lambda: house.now)
    house.arrive(BEFORE)
    for day in range(days):
        house.now = start + day * DAY
        house.arrive(ARRIVALS)
        for hour in range(24):
            house.now = start + day * DAY + hour * HOUR
            for thief in thieves:
                if thief.take in {_surnames, _forms, _guess} and hour not in SEARCHED:
                    continue
                thief.first_try = min(thief.first_try.replace(tzinfo=house.now.tzinfo), house.now)
                try:
                    thief.take(thief, house)
                except QuotaReached:
                    thief.stopped.add(house.now)


@override_settings(QUOTAS=QUOTAS, SEARCHES_AN_HOUR=SEARCHES)
def test_whoever_harvests_learns_no_more_than_the_quota_and_is_told_within_the_hour(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    matching.build(lambda _done, _total: None)
    house, thieves = House(site), _thieves(site)
    _live(house, thieves, DAYS, monkeypatch)
    with capsys.disabled():
        print(
            f"\nharvest: {DAYS} days, {len(house.persons)} persons, quotas / {SCALE}, no seed: all is tried to its end"
        )
        for thief in thieves:
            _report(thief)
        print(f"harvest: {time.monotonic() - began:.0f} s")
    for thief in thieves:
        _holds(thief)


def _report(thief: Thief) -> None:
    moments = list(thief.learnt.values())
    told = Notice.objects.filter(user_id=thief.actor.user or 0).order_by("raised_at").first()
    after = f"{(told.raised_at - thief.first_try) / HOUR:.0f} h" if told else "never"
    print(
        f"  {thief.role:15} {thief.way:31} identities: {len(moments):5} in all, {thief.most_in(DAY, moments):3} a day, "
        f"{thief.most_in(HOUR, moments):2} an hour; masked cards {len(thief.cards):4}; first alarm after {after}"
    )


def _holds(thief: Thief) -> None:
    hour, day = settings.QUOTAS[thief.role]
    moments = list(thief.learnt.values())
    assert thief.most_in(HOUR, moments) <= hour, thief.way
    assert thief.most_in(DAY, moments) <= day, thief.way
    assert thief.most_in(HOUR, thief.asked) <= settings.SEARCHES_AN_HOUR, thief.way
    alarms = Notice.objects.filter(user_id=thief.actor.user or 0)
    if thief.way == PATIENT:
        assert len(moments) <= 85 // SCALE * DAYS
        kinds = set(alarms.values_list("kind", flat=True))
        if DAYS < 28:  # too short to tell: src/posada/records/tests/test_notices.py has a month of one user
            assert not kinds
            return
        assert kinds == {Notice.Kind.MONTH}
        assert alarms.filter(raised_at__lt=thief.first_try + 16 * DAY).exists()
        return
    # Whenever the house stopped them, it was told in the same hour; and it was told before they got far.
    for moment in thief.stopped:
        assert alarms.filter(hour=clock.to_the_hour(moment)).exists(), (thief.way, moment)
    if thief.take is _just_below:
        assert alarms.filter(kind=Notice.Kind.WEEK, raised_at__lt=thief.first_try + 3 * DAY).exists()
        return
    assert thief.stopped, thief.way
    assert alarms.filter(raised_at__lt=thief.first_try + HOUR).exists(), thief.way


@override_settings(QUOTAS=NO_QUOTAS, SEARCHES_AN_HOUR=MANY)
def test_without_quotas_the_same_harvest_takes_everybody_in_an_hour(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tests.faults.test_harvest.BEFORE", 100)
    matching.build(lambda _done, _total: None)
    house = House(site)
    thief = next(one for one in _thieves(site) if one.role == "tracing_officer" and one.take is _numbers)
    _live(house, [thief], 1, monkeypatch)
    most = thief.most_in(HOUR, list(thief.learnt.values()))
    with capsys.disabled():
        print(f"\nharvest without quotas (the control): {most} of {len(house.persons)} persons within an hour")
    assert most == len(house.persons) > 100 > QUOTAS["tracing_officer"][0]
    assert not Notice.objects.filter(user_id=thief.actor.user or 0, kind=Notice.Kind.QUOTA).exists()
