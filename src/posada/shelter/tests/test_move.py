"""Somebody changes their bed."""

import uuid
from collections.abc import Callable

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
from posada.shelter.services import BedTaken, NotLodged
from posada.shelter.tests.conftest import MakePerson

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

Browse = Callable[[Role], Client]
Audited = Callable[[], list[tuple[str, str, str, str]]]


@pytest.fixture
def lodged(actors: dict[Role, Actor], person: Person, beds: list[Bed]) -> Person:
    services.assign_bed(by=actors[Role.DESK], person=person, bed=beds[0])
    return person


def page_of(person: Person) -> str:
    return reverse("shelter:move", args=[person.number])


def sent(bed: Bed) -> dict[str, str]:
    return {"once": str(uuid.uuid4()), "bed": str(bed.number)}


def test_it_ends_one_stay_and_begins_another(browse: Browse, lodged: Person, beds: list[Bed], audited: Audited) -> None:
    answer = browse(Role.CASEWORKER).post(page_of(lodged), sent(beds[2]))
    assert answer.status_code == 302
    assert queries.bed_of(lodged) == beds[2]
    old = Stay.objects.get(bed=beds[0])
    assert old.until_on == clock.today()
    assert ("shelter.assign_bed", "caseworker", "move", "done") in audited()


def test_a_taken_bed_is_refused_and_the_old_one_kept(
    browse: Browse, actors: dict[Role, Actor], lodged: Person, make_person: MakePerson, beds: list[Bed]
) -> None:
    services.assign_bed(by=actors[Role.DESK], person=make_person(), bed=beds[1])
    answer = browse(Role.DESK).post(page_of(lodged), sent(beds[1]))
    assert "está ocupada" in answer.content.decode()
    assert queries.bed_of(lodged) == beds[0]
    for bed in beds[:2]:
        with pytest.raises(BedTaken):
            services.move(by=actors[Role.DESK], person=lodged, bed=bed)


def test_who_has_no_bed_is_given_one_first(
    browse: Browse, actors: dict[Role, Actor], person: Person, beds: list[Bed]
) -> None:
    for answer in (browse(Role.DESK).get(page_of(person)), browse(Role.DESK).post(page_of(person), sent(beds[0]))):
        assert answer.status_code == 302
        assert answer["Location"] == reverse("shelter:assign", args=[person.number])
    with pytest.raises(NotLodged):
        services.move(by=actors[Role.DESK], person=person, bed=beds[0])


def test_a_page_sent_twice_moves_once(browse: Browse, lodged: Person, beds: list[Bed]) -> None:
    client, form = browse(Role.DESK), sent(beds[1])
    for _ in range(2):
        answer = client.post(page_of(lodged), form)
        assert answer["Location"] == reverse("shelter:bed", args=[beds[1].number])
    assert Stay.objects.count() == 2


@pytest.mark.parametrize("role", [Role.TRACING_OFFICER, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR])
def test_other_roles_move_nobody(role: Role, browse: Browse, lodged: Person, beds: list[Bed]) -> None:
    assert browse(role).get(page_of(lodged)).status_code == 403
    assert browse(role).post(page_of(lodged), sent(beds[1])).status_code == 403
    assert queries.bed_of(lodged) == beds[0]


def test_another_house_is_not_there(
    browse: Browse,
    actors: dict[Role, Actor],
    make_person: MakePerson,
    elsewhere: Site,
    lodged: Person,
    their_bed: Bed,
) -> None:
    assert browse(Role.DESK).get(page_of(make_person(at=elsewhere))).status_code == 404
    assert "Elija una" in browse(Role.DESK).post(page_of(lodged), sent(their_bed)).content.decode()
    with pytest.raises(Refused):
        services.move(by=actors[Role.DESK], person=lodged, bed=their_bed)
