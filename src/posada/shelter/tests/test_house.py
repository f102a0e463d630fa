"""Rooms, proposals, mats, blocked beds, who waits, an infant beside an adult, the ratios, and days of a house."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from bench import sleeping
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from posada.accounts.acts import Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people import services as people
from posada.people.models import Household, Identity, Person
from posada.records.erasing import Gone
from posada.shelter import queries, services
from posada.shelter.models import Bed, HouseFigures, Room, Stay, WaitEnded
from posada.shelter.rules import ratios
from posada.shelter.rules.house import Became, Blocked, RoomRule, telling_word
from posada.shelter.rules.ratios import Measured
from posada.shelter.rules.suggesting import Guest, RoomNow, Why, may_sleep, propose
from posada.shelter.services import BedBlocked, BedTaken, NotBeside
from posada.shelter.services import house as acts
from posada.shelter.tests.conftest import MakePerson

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

Browse = Callable[[Role], Client]
SetDay = Callable[[date], AbstractContextManager[None]]


def aged(by: Actor, age: int | None, home: Household | None = None) -> Person:
    words = Identity(
        given_names="Inventada", surnames="Prueba", age=age, age_on=clock.today() if age is not None else None
    )
    return people.register_person(by=by, identity=words, household=home)


def adult(key: str, home: str | None = None) -> Guest:
    return Guest(key, home, is_child=False)


def child(key: str, home: str | None = None) -> Guest:
    return Guest(key, home, is_child=True)


def room_of(place: int, beds: int, *guests: Guest, mats: int = 0, rule: RoomRule = RoomRule.ANY) -> RoomNow:
    first = place * 100
    mat_numbers = tuple(range(first + beds, first + beds + mats))
    return RoomNow(place, f"Cuarto {place}", rule, tuple(range(first, first + beds)), mat_numbers, guests)


@pytest.mark.parametrize(
    "name", ["Mujeres", "cuarto de niños", "NIÑAS 2", "Soldados", "Women", "men's room", "Wayuu", "Familias", "Kids"]
)
def test_a_room_name_that_tells_who_sleeps_there_is_refused(name: str, browse: Browse) -> None:
    sent = {"once": str(uuid.uuid4()), "name": name, "beds": "2"}
    page = browse(Role.SITE_MANAGER).post(reverse("shelter:add_room"), sent).content.decode()
    assert "dice quién duerme ahí" in page
    assert not Room.objects.exists()


def test_neutral_room_names_are_taken() -> None:
    names = ["Cuarto 4", "Room 4", "Azul", "Ceiba", "Al lado del patio", "Mano derecha", "Menta", "Violeta", "Tránsito"]
    assert [name for name in names if telling_word(name)] == []


def test_a_household_is_proposed_one_room_and_leaves_the_large_one() -> None:
    party = [adult("a", "h"), child("b", "h")]
    first, *_others = propose(party, [room_of(1, 9), room_of(2, 3), room_of(3, 1)], frozenset())
    assert first.rooms == ("Cuarto 2",)
    assert Why.ONE_ROOM in first.why
    assert Why.LEAVES_LARGE in first.why


def test_who_is_kept_apart_is_never_proposed_one_room() -> None:
    rooms = [room_of(1, 5, adult("x")), room_of(2, 1)]
    assert [one.rooms for one in propose([adult("a")], rooms, frozenset({"x"}))] == [("Cuarto 2",)]
    assert propose([adult("a")], rooms[:1], frozenset({"x"})) == ()


def test_a_child_alone_never_sleeps_among_unrelated_adults_and_no_adult_comes_to_one() -> None:
    assert not may_sleep([child("c")], room_of(1, 3, adult("x")), frozenset())
    assert not may_sleep([adult("x")], room_of(1, 3, child("c")), frozenset())
    assert may_sleep([child("c", "h")], room_of(1, 3, adult("x", "h")), frozenset())
    assert may_sleep([child("c")], room_of(1, 3, child("d")), frozenset())


def test_a_household_of_sixty_is_spread_over_the_fewest_rooms_each_with_an_adult() -> None:
    party = [adult(f"a{n}", "h") for n in range(20)] + [child(f"c{n}", "h") for n in range(40)]
    (found,) = propose(party, [room_of(1, 12), room_of(2, 24), room_of(3, 30), room_of(4, 4)], frozenset())
    assert len({bed for _one, _room, bed in found.places}) == 60
    assert len(found.rooms) == 3
    for name in found.rooms:
        assert any(not one.is_child for one, room, _bed in found.places if room.name == name)
    assert propose(party, [room_of(1, 59)], frozenset()) == ()


def test_mats_are_proposed_only_where_beds_do_not_suffice() -> None:
    party = [adult("a", "h"), adult("b", "h")]
    assert propose(party, [room_of(1, 1, mats=4), room_of(2, 2)], frozenset())[0].rooms == ("Cuarto 2",)
    assert Why.MATS in propose(party, [room_of(1, 1, mats=4)], frozenset())[0].why


def test_the_least_ratio_binds_and_what_nobody_read_never_does() -> None:
    rows = {row.ratio.key: row for row in ratios.planned(Measured(60, 2100, 2, 600))}
    assert (rows["floor"].people, rows["water"].people, rows["toilets"].people) == (60, 40, 40)
    assert {key for key, row in rows.items() if row.is_binding} == {"water", "toilets"}
    unread = {row.ratio.key: row for row in ratios.planned(Measured(60, 2100, None, None))}
    assert unread["floor_cold"].people == 46
    assert [key for key, row in unread.items() if row.is_binding] == ["floor"]


def test_an_infant_sleeps_beside_an_adult_of_its_household_and_nobody_else_does(
    actors: dict[Role, Actor], site: Site, beds: list[Bed]
) -> None:
    desk, home = actors[Role.DESK], Household.objects.create(site=site)
    mother, infant, second = aged(desk, 30, home), aged(desk, 0, home), aged(desk, 1, home)
    stranger, older = aged(desk, 1), aged(desk, 2, home)
    services.assign_bed(by=desk, person=mother, bed=beds[0])
    for other in (stranger, older):
        with pytest.raises(NotBeside):
            services.assign_beside(by=desk, infant=other, adult=mother)
    services.assign_beside(by=desk, infant=infant, adult=mother)
    with pytest.raises(BedTaken):
        services.assign_beside(by=desk, infant=second, adult=mother)
    with pytest.raises(BedTaken):
        services.assign_bed(by=desk, person=stranger, bed=beds[0])
    for beside in (False, True):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stay.objects.create(person=second, bed=beds[0], from_on=clock.today(), is_beside=beside)
    services.move(by=desk, person=mother, bed=beds[1])
    assert set(Stay.objects.open().values_list("person", "bed")) == {(mother.pk, beds[1].pk), (infant.pk, beds[1].pk)}
    services.leave(by=desk, person=mother)
    assert not Stay.objects.open().get(person=infant).is_beside


def test_a_blocked_bed_is_not_given_and_a_taken_one_not_blocked(
    browse: Browse, actors: dict[Role, Actor], person: Person, beds: list[Bed]
) -> None:
    desk = actors[Role.DESK]
    page = reverse("shelter:block", args=[beds[0].number])
    browse(Role.DESK).post(page, {"once": str(uuid.uuid4()), "why": "repair"})
    with pytest.raises(BedBlocked):
        services.assign_bed(by=desk, person=person, bed=beds[0])
    assert "Por reparar" in browse(Role.DESK).get(reverse("shelter:board")).content.decode()
    services.assign_bed(by=desk, person=person, bed=beds[1])
    with pytest.raises(BedTaken):
        acts.block(by=desk, bed=beds[1], why=Blocked.CLEANING)
    browse(Role.DESK).post(page, {"again": "1"})
    assert Bed.objects.get(pk=beds[0].pk).blocked == ""


def test_a_full_house_lays_mats_that_show_as_mats_and_over_the_ratio(
    browse: Browse, actors: dict[Role, Actor], make_person: MakePerson, beds: list[Bed], site: Site
) -> None:
    desk = actors[Role.DESK]
    HouseFigures.objects.create(site=site, litres_a_day=45)
    for bed in beds:
        services.assign_bed(by=desk, person=make_person(), bed=bed)
    client = browse(Role.DESK)
    assert "Desde aquí cada colchoneta" in client.get(reverse("shelter:mats")).content.decode()
    client.post(reverse("shelter:mats"), {"once": str(uuid.uuid4()), "room": "1", "mats": "2"})
    assert list(Bed.objects.filter(is_mat=True).values_list("number", flat=True)) == [4, 5]
    assert "colchoneta" in client.get(reverse("shelter:board")).content.decode()
    assert queries.measured(desk).beds == 3
    acts.block(by=desk, bed=Bed.objects.get(number=5), why=Blocked.AWAY)
    assert [bed.number for bed in queries.board(desk)[0].beds] == [1, 2, 3, 4]
    assert [bed.number for bed in acts.lay_mats(by=desk, room=beds[0].room, count=1)] == [5]


def test_who_waits_stays_on_the_list_until_somebody_says_what_became_of_them(
    browse: Browse, actors: dict[Role, Actor], make_person: MakePerson, site: Site
) -> None:
    desk = actors[Role.DESK]
    person = make_person(registered_on=clock.today() - timedelta(days=90))
    client = browse(Role.CASEWORKER)
    assert str(person.number) in client.get(reverse("shelter:waiting")).content.decode()
    page = reverse("shelter:end_wait", args=[person.number])
    assert "Elija una de las respuestas" in client.post(page, {"once": str(uuid.uuid4())}).content.decode()
    acts.end_wait(by=desk, person=person, became=Became.RELATIVES)
    assert queries.arrivals_without_bed(desk) == []
    acts.wait_again(by=desk, person=person)
    assert queries.arrivals_without_bed(desk) == [person]
    acts.end_wait(by=desk, person=person, became=Became.LEFT)
    acts.forget(Gone(site.pk, frozenset({person.pk}), frozenset()))
    assert not WaitEnded.objects.exists()


def test_one_press_gives_a_household_its_beds_or_none_of_them(
    browse: Browse, actors: dict[Role, Actor], site: Site, beds: list[Bed], person: Person
) -> None:
    desk, home = actors[Role.DESK], Household.objects.create(site=site)
    members = [aged(desk, 40, home), aged(desk, 8, home)]
    client, page = browse(Role.DESK), reverse("shelter:together", args=[members[0].number])
    assert "Cuarto 1" in client.get(page).content.decode()
    services.assign_bed(by=desk, person=aged(desk, 50), bed=beds[1])
    refused = client.post(page, {"once": str(uuid.uuid4()), "beds": "1,2"}).content.decode()
    assert "otra mesa fue más rápida" in refused
    assert not Stay.objects.filter(person__in=members).exists()
    assert "Elija una de las propuestas" in client.post(page, {"once": str(uuid.uuid4()), "beds": "x"}).content.decode()
    client.post(page, {"once": str(uuid.uuid4()), "beds": "1,3"})
    assert Stay.objects.open().filter(person__in=members).count() == 2


def test_dragging_moves_and_a_taken_bed_refuses(
    browse: Browse, actors: dict[Role, Actor], make_person: MakePerson, beds: list[Bed]
) -> None:
    desk, one, other = actors[Role.DESK], make_person(), make_person()
    services.assign_bed(by=desk, person=one, bed=beds[0])
    services.assign_bed(by=desk, person=other, bed=beds[1])
    client = browse(Role.DESK)

    def drag(origin: int, target: int) -> str:
        sent = {"once": str(uuid.uuid4()), "origin": origin, "target": target}
        return client.post(reverse("shelter:shift"), sent, follow=True).content.decode()

    assert "Esa cama no se puede asignar" in drag(1, 2)
    assert "Nadie duerme en la cama 3" in drag(3, 2)
    drag(1, 3)
    assert queries.bed_of(one) == beds[2]


def test_no_page_of_the_house_asks_more_for_more_rows(
    browse: Browse,
    actors: dict[Role, Actor],
    make_person: MakePerson,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for place in range(1, 6):
        services.make_room(by=actors[Role.SITE_MANAGER], name=f"Cuarto {place}", beds=6)
    waits = [make_person() for _each in range(30)]
    for bed in Bed.objects.select_related("room")[:10]:
        services.assign_bed(by=actors[Role.DESK], person=waits.pop(), bed=bed)
    client = browse(Role.DESK)
    for page in ("shelter:board", "shelter:waiting", "shelter:capacity"):
        with django_assert_max_num_queries(20):
            assert client.get(reverse(page)).status_code == 200
    page = reverse("shelter:together", args=[waits[0].number])
    client.get(page)  # the index in memory reads whom it has not read yet, once
    with django_assert_max_num_queries(20):
        client.get(page)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> SetDay:
    @contextmanager
    def set_to(day: date) -> Iterator[None]:
        with monkeypatch.context() as patched:
            patched.setattr(clock, "today", lambda: day)
            patched.setattr(clock, "now", lambda: datetime(day.year, day.month, day.day, 15, tzinfo=UTC))
            yield

    return set_to


@pytest.mark.parametrize(("choose", "is_control"), [(sleeping.suggested, False), (sleeping.at_random, True)])
def test_days_of_a_house_split_no_household_that_a_room_could_hold(
    choose: sleeping.Choose, is_control: bool, actors: dict[Role, Actor], site: Site, on: SetDay
) -> None:
    sleeping.make_rooms(actors[Role.SITE_MANAGER])
    days = [clock.today() - timedelta(days=left) for left in range(5, 0, -1)]
    found = sleeping.run(days, [actors[Role.DESK]] * 3, site, seed=7, choose=choose, on=on)
    assert found.doubles == 0
    assert found.lodged > 20
    assert (found.splits > 0) is is_control
    assert (found.among_strangers > 0) is is_control
