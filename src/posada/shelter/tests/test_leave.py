"""Somebody leaves the house and their bed is free."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Refused
from posada.ground import clock
from posada.people.models import Person
from posada.shelter import queries, services
from posada.shelter.models import Bed, Stay
from posada.shelter.services import NotLodged
from posada.shelter.tests.conftest import MakePerson

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

Browse = Callable[[Role], Client]
Audited = Callable[[], list[tuple[str, str, str, str]]]


@pytest.fixture
def lodged(actors: dict[Role, Actor], person: Person, beds: list[Bed]) -> Person:
    services.assign_bed(by=actors[Role.DESK], person=person, bed=beds[0])
    return person


def today() -> str:
    return clock.today().isoformat()


def page_of(person: Person) -> str:
    return reverse("shelter:leave", args=[person.number])


def test_it_asks_first_and_says_what_will_happen(browse: Browse, lodged: Person, beds: list[Bed]) -> None:
    page = browse(Role.DESK).get(page_of(lodged)).content.decode()
    assert "La cama queda libre" in page
    assert "No se avisa a nadie" in page
    assert queries.bed_of(lodged) == beds[0]


def test_it_frees_the_bed_and_is_written_down(
    browse: Browse, lodged: Person, beds: list[Bed], audited: Audited
) -> None:
    answer = browse(Role.DESK).post(page_of(lodged), {"once": str(uuid.uuid4()), "left_on": today()})
    assert answer["Location"] == page_of(lodged)  # which says how to take it back
    assert queries.bed_of(lodged) is None
    assert Stay.objects.get().until_on == clock.today()
    assert audited()[-1] == ("shelter.assign_bed", "desk", "leave", "done")


def test_the_bed_can_be_given_again(
    actors: dict[Role, Actor], lodged: Person, make_person: MakePerson, beds: list[Bed]
) -> None:
    services.leave(by=actors[Role.DESK], person=lodged)
    second = make_person()
    services.assign_bed(by=actors[Role.DESK], person=second, bed=beds[0])
    assert queries.bed_of(second) == beds[0]


def test_a_stay_never_ends_before_it_began(actors: dict[Role, Actor], lodged: Person) -> None:
    stay = services.leave(by=actors[Role.DESK], person=lodged, on=clock.today() - timedelta(days=9))
    assert stay.until_on == stay.from_on


def test_a_page_sent_twice_leaves_once(browse: Browse, lodged: Person, audited: Audited) -> None:
    client, form = browse(Role.DESK), {"once": str(uuid.uuid4()), "left_on": today()}
    for _ in range(2):
        assert client.post(page_of(lodged), form)["Location"] == page_of(lodged)
    assert audited().count(("shelter.assign_bed", "desk", "leave", "done")) == 1


def test_who_has_no_bed_has_none_to_leave(browse: Browse, actors: dict[Role, Actor], person: Person) -> None:
    client = browse(Role.DESK)
    for answer in (
        client.get(page_of(person), follow=True),
        client.post(page_of(person), {"once": str(uuid.uuid4()), "left_on": today()}, follow=True),
    ):
        assert "no tiene cama aquí" in answer.content.decode()
    with pytest.raises(NotLodged):
        services.leave(by=actors[Role.DESK], person=person)


@pytest.mark.parametrize("role", [Role.TRACING_OFFICER, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR])
def test_other_roles_send_nobody_away(role: Role, browse: Browse, lodged: Person, beds: list[Bed]) -> None:
    assert browse(role).get(page_of(lodged)).status_code == 403
    assert browse(role).post(page_of(lodged), {"once": str(uuid.uuid4()), "left_on": today()}).status_code == 403
    assert queries.bed_of(lodged) == beds[0]


def test_somebody_of_another_house_is_not_there(
    browse: Browse, actors: dict[Role, Actor], make_person: MakePerson, elsewhere: Site
) -> None:
    stranger = make_person(at=elsewhere)
    assert browse(Role.DESK).get(page_of(stranger)).status_code == 404
    with pytest.raises(Refused):
        services.leave(by=actors[Role.DESK], person=stranger)
