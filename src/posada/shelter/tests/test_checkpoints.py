"""Checkpoints: once in its time, exact counts, no more than needed; the cook sees counts alone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.ground import clock, ids
from posada.people.models import Identity, Person
from posada.people.rules.diets import Diet
from posada.people.services import diets
from posada.records import erasing
from posada.records import services as records
from posada.records.models import What, Why
from posada.shelter import services as beds_services
from posada.shelter.models import (
    Bed,
    CheckCount,
    CheckKind,
    CheckOff,
    Checkpoint,
    CheckRule,
    Meal,
    PostWaiting,
)
from posada.shelter.queries import checkpoints as queries
from posada.shelter.services import checkpoints
from posada.shelter.services.checkpoints import Closed, HadIt, LeftTheHouse, NameTaken, NotCounted, NothingWaits
from posada.shelter.tests.conftest import MakePerson

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]


@pytest.fixture
def browse(browse: Browse) -> Browse:
    """In English."""

    def signed_in(role: Role) -> Client:
        client = browse(role)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return signed_in


Keep = Callable[..., Checkpoint]


@pytest.fixture
def keep(actors: dict[Role, Actor]) -> Keep:
    def kept(rule: CheckRule, kind: CheckKind = CheckKind.MEALS, name: str = "Comedor") -> Checkpoint:
        return checkpoints.keep(by=actors[Role.SITE_MANAGER], name=name, kind=kind, rule=rule)

    return kept


@pytest.mark.parametrize(
    ("rule", "days", "again"),
    [
        (CheckRule.DAY, 0, False),
        (CheckRule.DAY, 1, True),
        (CheckRule.WEEK, 3, False),
        (CheckRule.WEEK, 7, True),
        (CheckRule.EVER, 300, False),
    ],
)
def test_once_in_its_time_and_refused_with_when_it_was(
    actors: dict[Role, Actor],
    person: Person,
    keep: Keep,
    rule: CheckRule,
    days: int,
    again: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place, helper = keep(rule), actors[Role.HELPER]
    monday = datetime(2026, 3, 2, 17, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: monday)
    checkpoints.check_off(by=helper, checkpoint=place, person=person)
    monkeypatch.setattr(clock, "now", lambda: monday + timedelta(days=days))
    if again:
        checkpoints.check_off(by=helper, checkpoint=place, person=person)
        return
    with pytest.raises(HadIt) as refused:
        checkpoints.check_off(by=helper, checkpoint=place, person=person)
    assert vars(refused.value) == {"on": monday.date(), "meal": Meal.NONE}
    assert CheckOff.objects.count() == 1


def test_each_meal_once_and_a_slip_is_taken_back(actors: dict[Role, Actor], person: Person, keep: Keep) -> None:
    place, helper = keep(CheckRule.MEAL), actors[Role.HELPER]
    for meal in (Meal.BREAKFAST, Meal.MIDDAY):
        checkpoints.check_off(by=helper, checkpoint=place, person=person, meal=meal)
    with pytest.raises(HadIt) as refused:
        checkpoints.check_off(by=helper, checkpoint=place, person=person, meal=Meal.MIDDAY)
    assert refused.value.meal is Meal.MIDDAY
    checkpoints.take_back(by=helper, checkpoint=place, person=person, meal=Meal.MIDDAY)
    with pytest.raises(NotCounted):
        checkpoints.take_back(by=helper, checkpoint=place, person=person, meal=Meal.MIDDAY)
    assert queries.counts_today(place) == {Meal.BREAKFAST: 1}


def test_a_scanner_types_the_number_and_a_second_time_is_refused(browse: Browse, person: Person, keep: Keep) -> None:
    page = reverse("shelter:checkpoint", args=[keep(CheckRule.DAY).pk])
    helper = browse(Role.HELPER)
    for said in ("checked off", "Had it already: today. Nothing was counted."):
        answer = helper.post(page, {"once": str(ids.new_id()), "number": f"{person.number}\r\n"}, follow=True)
        assert said in answer.content.decode()
        assert "Inventada" not in answer.content.decode()


def test_a_wrong_number_is_said_and_nothing_is_counted(browse: Browse, person: Person, keep: Keep) -> None:
    page = reverse("shelter:checkpoint", args=[keep(CheckRule.DAY).pk])
    stranger = next(number for number in iter(ids.random_number, 0) if number != person.number)
    slip = person.number + (1 if person.number % 10 < 9 else -1)
    cases = {str(slip): "has a slip in it", str(stranger): "Nobody in this house"}
    cases |= {"abc": "only digits", "": "Write the number"}
    for typed, said in cases.items():
        answer = browse(Role.HELPER).post(page, {"once": str(ids.new_id()), "number": typed})
        assert said in answer.content.decode(), typed
    assert not CheckOff.objects.exists()


def test_who_left_is_sent_to_the_desk(
    actors: dict[Role, Actor], browse: Browse, person: Person, beds: list[Bed], keep: Keep
) -> None:
    place = keep(CheckRule.DAY)
    beds_services.assign_bed(by=actors[Role.DESK], person=person, bed=beds[0])
    beds_services.leave(by=actors[Role.DESK], person=person)
    with pytest.raises(LeftTheHouse):
        checkpoints.check_off(by=actors[Role.HELPER], checkpoint=place, person=person)
    page = reverse("shelter:checkpoint", args=[place.pk])
    answer = browse(Role.HELPER).post(page, {"once": str(ids.new_id()), "number": person.number})
    assert "does not live here any more" in answer.content.decode()
    assert not CheckOff.objects.exists()


def test_counting_needs_no_number_and_never_goes_below_none(actors: dict[Role, Actor], keep: Keep) -> None:
    place, helper = keep(CheckRule.COUNTED, CheckKind.SHOWERS), actors[Role.HELPER]
    assert checkpoints.count(by=helper, checkpoint=place, many=3) == 3
    assert checkpoints.count(by=helper, checkpoint=place, many=-1) == 2
    checkpoints.count(by=helper, checkpoint=place, many=-1)
    assert checkpoints.count(by=helper, checkpoint=place, many=-1) == 0
    with pytest.raises(NotCounted):
        checkpoints.count(by=helper, checkpoint=place, many=-1)
    assert not CheckOff.objects.exists()


def test_post_tells_only_that_something_waits_and_leaves_nothing_behind(
    actors: dict[Role, Actor], browse: Browse, person: Person, keep: Keep
) -> None:
    place, helper = keep(CheckRule.DAY, CheckKind.POST, "Buzón"), actors[Role.HELPER]
    assert checkpoints.post_came(by=helper, checkpoint=place, person=person)
    assert not checkpoints.post_came(by=helper, checkpoint=place, person=person)
    shown = browse(Role.HELPER).get(reverse("shelter:checkpoint", args=[place.pk])).content.decode()
    assert str(person.number) in shown
    checkpoints.hand_out_post(by=helper, checkpoint=place, person=person)
    with pytest.raises(NothingWaits):
        checkpoints.hand_out_post(by=helper, checkpoint=place, person=person)
    assert not PostWaiting.objects.exists()
    assert CheckCount.objects.get().count == 1


def test_what_an_erased_person_had_stays_as_a_count_without_anybody(
    actors: dict[Role, Actor], person: Person, keep: Keep
) -> None:
    place, post = keep(CheckRule.DAY), keep(CheckRule.DAY, CheckKind.POST, "Buzón")
    checkpoints.check_off(by=actors[Role.HELPER], checkpoint=place, person=person)
    checkpoints.post_came(by=actors[Role.HELPER], checkpoint=post, person=person)
    house = system_actor(person.site_id)
    hidden = erasing.hide(by=house, subject=person.subject, what=What.PERSON, why=Why.ASKED)
    erasing.erase(by=house, erasure=hidden)
    assert not CheckOff.objects.exists()
    assert not PostWaiting.objects.exists()
    assert [row.count for row in CheckCount.objects.all()] == [1]


def test_after_two_weeks_a_number_becomes_a_count(
    actors: dict[Role, Actor], make_person: MakePerson, keep: Keep
) -> None:
    place, helper = keep(CheckRule.DAY), actors[Role.HELPER]
    checkpoints.check_off(by=helper, checkpoint=place, person=make_person())
    CheckOff.objects.update(on=clock.today() - timedelta(days=15))
    checkpoints.check_off(by=helper, checkpoint=place, person=make_person())
    assert CheckOff.objects.get().on == clock.today()
    assert CheckCount.objects.get().on == clock.today() - timedelta(days=15)


def test_the_manager_keeps_them_and_a_closed_one_counts_nothing(
    actors: dict[Role, Actor], browse: Browse, person: Person, keep: Keep
) -> None:
    place, manager = keep(CheckRule.DAY), actors[Role.SITE_MANAGER]
    with pytest.raises(NameTaken):
        keep(CheckRule.DAY, name=" comedor ")
    with pytest.raises(Refused):
        checkpoints.keep(by=actors[Role.HELPER], name="Otro", kind=CheckKind.KITS, rule=CheckRule.DAY)
    browse(Role.SITE_MANAGER).post(reverse("shelter:close_checkpoint", args=[place.pk]))
    place.refresh_from_db()
    with pytest.raises(Closed):
        checkpoints.check_off(by=actors[Role.HELPER], checkpoint=place, person=person)
    checkpoints.set_open(by=manager, checkpoint=place, is_open=True)
    place.refresh_from_db()
    checkpoints.check_off(by=actors[Role.HELPER], checkpoint=place, person=person)


def test_the_cook_reads_meal_rights_as_counts_and_nothing_else(
    actors: dict[Role, Actor], browse: Browse, make_person: MakePerson
) -> None:
    year = clock.today().year
    births = (str(year - 40), str(year - 9), str(year), str(year), str(year), "")
    persons = [make_person() for _birth in births]
    house = system_actor(persons[0].site_id)
    for person, birth in zip(persons, births, strict=True):
        records.revise(person.identity, Identity(given_names="Inventada", birth=birth), by=house, act=Act.CORRECT)
    diets.write_diets(by=actors[Role.DESK], person=persons[0], diets=[Diet.NO_MEAT])
    diets.write_diets(by=actors[Role.DESK], person=persons[1], diets=[Diet.NO_MEAT, Diet.SOFT])
    rights = queries.meal_rights(actors[Role.HELPER])
    assert (rights.adults, rights.children, rights.infants, rights.together) == (2, 1, 3, 6)
    assert dict(rights.diets) == {Diet.NO_MEAT: 2, Diet.SOFT: 1}
    shown = browse(Role.HELPER).get(reverse("shelter:kitchen")).content.decode()
    assert "infants under two" in shown
    assert not any(str(person.number) in shown for person in persons)
    assert "Inventada" not in shown
