"""Tonight: who is in, out and missing; the roll call; a bed freed after some nights; nobody is told."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.desk import lodging
from posada.ground import clock
from posada.people.models import Person
from posada.records.erasing import Gone
from posada.records.models import Change, SealedRecord
from posada.shelter import services as beds_services
from posada.shelter.models import Absence, Bed, Belongings, Departure, RollCall, RollMark, Stay
from posada.shelter.queries import tonight as queries
from posada.shelter.rules import tonight as rules
from posada.shelter.rules.tonight import Gone as Out
from posada.shelter.rules.tonight import Presence
from posada.shelter.services import erasing as shelter_erasing
from posada.shelter.services import tonight as services
from posada.shelter.tests.conftest import MakePerson

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

Browse = Callable[[Role], Client]


@pytest.fixture
def lodged(actors: dict[Role, Actor], person: Person, beds: list[Bed]) -> Person:
    beds_services.assign_bed(by=actors[Role.DESK], person=person, bed=beds[0])
    return person


@pytest.fixture
def three(actors: dict[Role, Actor], make_person: MakePerson, beds: list[Bed]) -> list[Person]:
    people = [make_person() for _bed in beds]
    for one, bed in zip(people, beds, strict=True):
        beds_services.assign_bed(by=actors[Role.DESK], person=one, bed=bed)
    return people


def gone_for(person: Person, nights: int) -> None:
    day = clock.today() - timedelta(days=nights)
    Stay.objects.filter(person=person).update(from_on=day)
    Absence.objects.create(person=person, since_on=day, told=False)


def presence_of(actor: Actor, person: Person) -> Presence:
    everybody = queries.everybody(queries.rooms_tonight(actor))
    return next(one.presence for one in everybody if one.person == person)


def test_out_and_back_by_number_and_no_past_absence_is_kept(
    browse: Browse, actors: dict[Role, Actor], lodged: Person
) -> None:
    client, page = browse(Role.DESK), reverse("shelter:tonight")
    for press, expected in (("out", Presence.OUT), ("back", Presence.IN)):
        answer = client.post(page, {"once": str(uuid.uuid4()), "number": str(lodged.number), "press": press})
        assert answer.status_code == 302
        assert presence_of(actors[Role.DESK], lodged) is expected
    assert not Absence.objects.exists()


def test_the_page_shows_numbers_and_no_name(browse: Browse, lodged: Person, make_person: MakePerson) -> None:
    waiting = make_person()
    page = browse(Role.SITE_MANAGER).get(reverse("shelter:tonight")).content.decode()
    assert str(lodged.number) in page
    assert str(waiting.number) in page
    assert "Inventada" not in page
    assert "Prueba" not in page


def test_who_said_a_day_is_missing_only_after_it() -> None:
    today = clock.today()
    away = Out(today - timedelta(days=5), told=True, back_on=today)
    assert rules.presence(away, today) is Presence.OUT
    assert rules.presence(away, today + timedelta(days=1)) is Presence.MISSING
    assert rules.nights_away(away, today + timedelta(days=2)) == 2
    assert rules.nights_away(away, today - timedelta(days=9)) == 0


@pytest.mark.parametrize(("typed", "said"), [("12", "error"), ("-", "solo tiene dígitos"), ("", "Escriba el número")])
def test_a_number_typed_wrong_is_said_and_changes_nothing(
    browse: Browse, lodged: Person, typed: str, said: str
) -> None:
    answer = browse(Role.DESK).post(
        reverse("shelter:tonight"), {"once": str(uuid.uuid4()), "number": typed, "press": "out"}
    )
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Absence.objects.exists()


@pytest.mark.parametrize("days", [-1, rules.MOST_NIGHTS + 1])
def test_a_day_of_return_that_cannot_be_is_said_in_words(browse: Browse, lodged: Person, days: int) -> None:
    form = {
        "once": str(uuid.uuid4()),
        "number": str(lodged.number),
        "press": "out",
        "back_on": (clock.today() + timedelta(days=days)).isoformat(),
    }
    answer = browse(Role.DESK).post(reverse("shelter:tonight"), form)
    assert "Escriba un día desde hoy" in answer.content.decode()
    assert not Absence.objects.exists()


def test_who_left_is_not_out_of_the_house(actors: dict[Role, Actor], lodged: Person) -> None:
    beds_services.leave(by=actors[Role.DESK], person=lodged)
    with pytest.raises(services.NotOfTheHouse):
        services.go_out(by=actors[Role.DESK], person=lodged)


def press(client: Client, place: int, marks: dict[Person, str]) -> str:
    form = {"once": str(uuid.uuid4()), **{f"p{one.number}": said for one, said in marks.items()}}
    return str(client.post(reverse("shelter:roll_room", args=[place]), form)["Location"])


def test_the_roll_call_resumes_where_it_was_left(browse: Browse, three: list[Person]) -> None:
    client = browse(Role.DESK)
    where = client.post(reverse("shelter:begin_roll"))["Location"]
    assert where == reverse("shelter:roll_room", args=[1])
    press(client, 1, {three[0]: "here"})
    other = browse(Role.CASEWORKER)
    assert other.post(reverse("shelter:begin_roll"))["Location"] == where
    page = other.get(where).content.decode()
    assert len(re.findall(r"<input[^>]*checked", page)) == 1
    assert RollCall.objects.count() == 1


def test_it_finishes_only_when_everybody_was_looked_at_and_says_how_many_are_missing(
    browse: Browse, three: list[Person]
) -> None:
    client = browse(Role.DESK)
    client.post(reverse("shelter:begin_roll"))
    press(client, 1, {three[0]: "here", three[1]: "not"})
    early = client.post(reverse("shelter:finish_roll"), follow=True).content.decode()
    assert "Nada cambió" in early or "No se cambió nada" in early
    assert not RollCall.objects.filter(is_finished=True).exists()
    assert press(client, 1, {three[2]: "here"}) == reverse("shelter:roll")
    page = client.post(reverse("shelter:finish_roll"), follow=True).content.decode()
    assert str(three[1].number) in page
    assert RollCall.objects.get().missing == 1
    assert RollCall.objects.get().here == 2
    assert Absence.objects.get().person == three[1]
    assert not RollMark.objects.exists()


def test_who_said_they_are_out_is_not_missing_at_the_roll_call(actors: dict[Role, Actor], three: list[Person]) -> None:
    desk = actors[Role.DESK]
    services.go_out(by=desk, person=three[0])
    services.begin_roll_call(by=desk)
    marks = {one.number: one != three[0] for one in three}
    services.mark_room(by=desk, room=1, marks=marks)
    call = services.finish_roll_call(by=desk)
    assert (call.here, call.missing) == (2, 0)
    assert presence_of(desk, three[0]) is Presence.OUT


def test_a_roll_call_of_another_day_is_begun_anew(actors: dict[Role, Actor], lodged: Person) -> None:
    call = services.begin_roll_call(by=actors[Role.DESK])
    RollCall.objects.filter(pk=call.pk).update(on=clock.today() - timedelta(days=1))
    assert services.begin_roll_call(by=actors[Role.DESK]).pk != call.pk


def test_a_room_that_is_not_there_is_not_found(browse: Browse, three: list[Person]) -> None:
    client = browse(Role.DESK)
    client.post(reverse("shelter:begin_roll"))
    assert client.get(reverse("shelter:roll_room", args=[99])).status_code == 404


def test_a_bed_is_not_freed_before_its_nights(browse: Browse, lodged: Person, beds: list[Bed]) -> None:
    gone_for(lodged, rules.OUT_NIGHTS - 1)
    page = reverse("shelter:free_bed", args=[lodged.number])
    client = browse(Role.DESK)
    assert "Liberar la cama" not in client.get(page).content.decode()
    client.post(page, {"once": str(uuid.uuid4())})
    assert Stay.objects.open().get().bed == beds[0]


def test_it_stands_on_today_the_day_before_it_may_be_freed(actors: dict[Role, Actor], lodged: Person) -> None:
    gone_for(lodged, rules.OUT_NIGHTS - 2)
    assert lodging.tasks_for(actors[Role.DESK]) == []
    Absence.objects.update(since_on=clock.today() - timedelta(days=rules.OUT_NIGHTS - 1))
    (task,) = lodging.tasks_for(actors[Role.DESK])
    assert str(lodged.number) in task.line
    assert Stay.objects.open().exists()


def test_no_night_frees_a_bed_by_itself(browse: Browse, actors: dict[Role, Actor], lodged: Person) -> None:
    gone_for(lodged, 300)
    for name in ("desk:today", "shelter:tonight", "shelter:roll", "shelter:board"):
        assert browse(Role.DESK).get(reverse(name)).status_code == 200
    assert Stay.objects.open().filter(person=lodged).exists()


def test_left_without_telling_frees_the_bed_keeps_the_bag_and_tells_nobody(
    browse: Browse, lodged: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone_for(lodged, rules.OUT_NIGHTS)
    before = (SealedRecord.objects.count(), Change.objects.count())
    reached: list[object] = []
    monkeypatch.setattr("socket.socket.connect", lambda *args: reached.append(args))
    page = reverse("shelter:free_bed", args=[lodged.number])
    answer = browse(Role.DESK).post(page, {"once": str(uuid.uuid4()), "tag": "12", "place": "store"})
    assert answer["Location"] == reverse("shelter:tonight")
    assert not Stay.objects.open().exists()
    assert Departure.objects.get().untold
    bag = Belongings.objects.get()
    assert (bag.tag, bag.until_on) == (12, clock.today() + timedelta(days=rules.KEEP_DAYS))
    assert not reached
    assert (SealedRecord.objects.count(), Change.objects.count()) == before


def test_the_desk_reads_of_no_consent_and_the_default_is_nothing(browse: Browse, lodged: Person) -> None:
    Person.objects.filter(pk=lodged.pk).update(registered_on=clock.today() - timedelta(days=9))
    gone_for(lodged, rules.OUT_NIGHTS)
    page = browse(Role.DESK).get(reverse("shelter:free_bed", args=[lodged.number])).content.decode()
    assert "No se avisa a nadie" in page
    assert "aceptó antes" not in page


def test_a_bag_tag_taken_changes_nothing(browse: Browse, lodged: Person, make_person: MakePerson, site: Site) -> None:
    services.keep_belongings(by=system_actor(site.pk), person=make_person(), tag=12, place=Belongings.Place.STORE)
    gone_for(lodged, rules.OUT_NIGHTS)
    page = reverse("shelter:free_bed", args=[lodged.number])
    answer = browse(Role.DESK).post(page, {"once": str(uuid.uuid4()), "tag": "12", "place": "store"})
    assert "Otra bolsa" in answer.content.decode()
    assert Stay.objects.open().filter(person=lodged).exists()


def test_a_bag_of_another_house_is_not_handed_over_here(
    browse: Browse, elsewhere: Site, make_person: MakePerson, actors: dict[Role, Actor]
) -> None:
    there = system_actor(elsewhere.pk)
    bag = services.keep_belongings(by=there, person=make_person(at=elsewhere), tag=7, place=Belongings.Place.STORE)
    assert browse(Role.DESK).post(reverse("shelter:give_bag", args=[7])).status_code == 404
    with pytest.raises(Refused):
        services.give_belongings(by=actors[Role.DESK], bag=bag)


@pytest.mark.parametrize("nights", ["1", "31", "x", ""])
def test_nights_beyond_what_can_be_meant_are_refused_in_words(browse: Browse, nights: str) -> None:
    form = {"once": str(uuid.uuid4()), "out_nights": nights, "keep_days": "60"}
    page = browse(Role.SITE_MANAGER).post(reverse("shelter:night_rules"), form).content.decode()
    assert "Escriba un número entero de 2 a 30" in page


def test_what_tonight_keeps_goes_with_the_person(actors: dict[Role, Actor], site: Site, three: list[Person]) -> None:
    desk, person = actors[Role.DESK], three[0]
    gone_for(person, rules.OUT_NIGHTS)
    services.begin_roll_call(by=desk)
    services.mark_room(by=desk, room=1, marks={person.number: False})
    services.free_bed(by=desk, person=person, tag=3, place=Belongings.Place.STORE)
    shelter_erasing.ROOM.remove(Gone(site.pk, frozenset({person.pk}), frozenset()))
    for rows in (Absence, Belongings, Departure, RollMark, Stay):
        assert not rows.objects.filter(person=person).exists()
