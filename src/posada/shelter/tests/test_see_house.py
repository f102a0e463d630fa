"""The board, one bed, and the counts for Today."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse, reverse_lazy
from pytest_django import DjangoAssertNumQueries

from posada.accounts.acts import Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Refused
from posada.ground import clock
from posada.people.models import Person, Source
from posada.shelter import queries, services
from posada.shelter.models import Bed
from posada.shelter.tests.conftest import MakePerson

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

Browse = Callable[[Role], Client]
Audited = Callable[[], list[tuple[str, str, str, str]]]
BOARD = reverse_lazy("shelter:board")
SEE = [Role.DESK, Role.CASEWORKER, Role.TRACING_OFFICER, Role.SITE_MANAGER]


@pytest.mark.parametrize("role", SEE)
def test_the_board_shows_beds_and_no_person(
    role: Role, browse: Browse, actors: dict[Role, Actor], person: Person, beds: list[Bed]
) -> None:
    services.assign_bed(by=actors[Role.DESK], person=person, bed=beds[0])
    page = browse(role).get(BOARD).content.decode()
    assert "Cuarto 1" in page
    assert "2 de 3 libres" in page
    assert page.count("bed--taken") == 2  # the bed, and its mark in the legend
    assert str(person.number) not in page
    assert "Inventada" not in page


@pytest.mark.parametrize("role", [Role.LAWYER, Role.AUDITOR])
def test_who_has_no_work_in_the_house_does_not_see_it(role: Role, browse: Browse, beds: list[Bed]) -> None:
    assert browse(role).get(BOARD).status_code == 403
    assert browse(role).get(reverse("shelter:bed", args=[beds[0].number])).status_code == 403


def test_the_board_of_another_house_is_not_shown(browse: Browse, their_bed: Bed) -> None:
    page = browse(Role.DESK).get(BOARD).content.decode()
    assert "Cuarto 9" not in page
    assert "todavía no tiene cuartos" in page


def test_the_marks_speak_without_colour(
    browse: Browse, actors: dict[Role, Actor], person: Person, beds: list[Bed]
) -> None:
    services.assign_bed(by=actors[Role.DESK], person=person, bed=beds[0])
    page = browse(Role.DESK).get(BOARD).content.decode()
    assert page.count('<span class="unseen">ocupada</span>') == 1
    assert page.count('<span class="unseen">libre</span>') == 2


def test_the_board_asks_the_database_as_often_for_many_rooms(
    browse: Browse, actors: dict[Role, Actor], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(1, 7):
        services.make_room(by=actors[Role.SITE_MANAGER], name=f"Cuarto {number}", beds=16)
    with django_assert_max_num_queries(1):
        assert len(queries.board(actors[Role.DESK])) == 6


def test_opening_a_taken_bed_shows_the_number_and_is_written_down(
    browse: Browse, actors: dict[Role, Actor], person: Person, beds: list[Bed], audited: Audited
) -> None:
    services.assign_bed(by=actors[Role.DESK], person=person, bed=beds[0])
    answer = browse(Role.CASEWORKER).get(reverse("shelter:bed", args=[beds[0].number]))
    page = answer.content.decode()
    assert str(person.number) in page
    assert "Inventada" not in page
    assert audited()[-1] == ("shelter.see_house", "caseworker", "bed", "done")


@pytest.mark.parametrize("role", [Role.TRACING_OFFICER, Role.SITE_MANAGER])
def test_who_assigns_no_beds_sees_the_board_and_not_who_sleeps_where(
    role: Role, browse: Browse, actors: dict[Role, Actor], person: Person, beds: list[Bed]
) -> None:
    services.assign_bed(by=actors[Role.DESK], person=person, bed=beds[0])
    client = browse(role)
    page = client.get(BOARD).content.decode()
    assert page.count("bed--taken") == 2
    for bed in beds:
        address = reverse("shelter:bed", args=[bed.number])
        assert f'"{address}"' not in page
        assert client.get(address).status_code == 403
        with pytest.raises(Refused):
            services.open_bed(by=actors[role], bed=bed)


def test_who_may_assign_sees_the_acts(
    browse: Browse, actors: dict[Role, Actor], person: Person, beds: list[Bed]
) -> None:
    services.assign_bed(by=actors[Role.DESK], person=person, bed=beds[0])
    page = browse(Role.DESK).get(reverse("shelter:bed", args=[beds[0].number])).content.decode()
    assert reverse("shelter:move", args=[person.number]) in page
    assert reverse("shelter:leave", args=[person.number]) in page
    assert reverse("desk:person", args=[person.number]) in page


def test_looking_at_a_free_bed_is_nobodys_matter(browse: Browse, beds: list[Bed], audited: Audited) -> None:
    before = audited()
    page = browse(Role.DESK).get(reverse("shelter:bed", args=[beds[0].number])).content.decode()
    assert "libre" in page
    assert 'name="number"' in page
    assert audited() == before


def test_a_bed_that_is_not_there_is_a_404(browse: Browse, their_bed: Bed, actors: dict[Role, Actor]) -> None:
    client = browse(Role.DESK)
    for number in (their_bed.number, 4711, 10**30):
        assert client.get(reverse("shelter:bed", args=[number])).status_code == 404
    with pytest.raises(Refused):
        services.open_bed(by=actors[Role.DESK], bed=their_bed)


def test_people_in_the_house_and_free_beds_are_counted(
    actors: dict[Role, Actor], person: Person, beds: list[Bed], their_bed: Bed
) -> None:
    desk = actors[Role.DESK]
    services.assign_bed(by=desk, person=person, bed=beds[0])
    assert queries.people_in_house(desk) == 1
    assert [bed.number for bed in queries.free_beds(desk)] == [2, 3]


def test_arrivals_wait_until_they_have_a_bed(
    browse: Browse,
    actors: dict[Role, Actor],
    make_person: MakePerson,
    elsewhere: Site,
    beds: list[Bed],
) -> None:
    desk, today = actors[Role.DESK], clock.today()
    first = make_person(registered_on=today - timedelta(days=40))
    last = make_person()
    make_person(source=Source.LIST)
    make_person(at=elsewhere)
    gone = make_person()
    services.assign_bed(by=desk, person=gone, bed=beds[0])
    services.leave(by=desk, person=gone)
    assert queries.arrivals_without_bed(desk) == [first, last]
    page = browse(Role.DESK).get(BOARD).content.decode()
    assert reverse("shelter:assign", args=[last.number]) in page
    services.assign_bed(by=desk, person=first, bed=beds[0])
    assert queries.arrivals_without_bed(desk) == [last]
    assert reverse("shelter:assign", args=[last.number]) not in browse(Role.SITE_MANAGER).get(BOARD).content.decode()
