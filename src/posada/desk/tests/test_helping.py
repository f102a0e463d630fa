"""Today of who only helps; marks of the places; a leave taken back from the person's page."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, system_actor
from posada.desk import helping, waiting
from posada.ground import clock
from posada.people import services as people
from posada.people.models import Identity
from posada.shelter import services as shelter
from posada.shelter.models import CheckKind, CheckRule
from posada.shelter.services import checkpoints
from posada.shelter.services.leaving import depart
from posada.ui.pictures.marks import MARKS

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def test_who_helps_finds_the_checkpoints_on_today_and_nothing_else(
    browse: Callable[[Role], Client], actors: dict[Role, Actor], site: Site
) -> None:
    checkpoints.keep(by=system_actor(site.pk), name="Comedor", kind=CheckKind.MEALS, rule=CheckRule.MEAL)
    assert "Comedor" in browse(Role.HELPER).get("/").content.decode()
    assert len(waiting.tasks_for(actors[Role.HELPER])) == 2
    assert waiting.counts_for(actors[Role.HELPER]) == []


@pytest.mark.parametrize("role", [Role.DESK, Role.CASEWORKER, Role.SITE_MANAGER])
def test_who_does_more_finds_them_under_reception(role: Role, actors: dict[Role, Actor]) -> None:
    assert helping.tasks_for(actors[role]) == []


@pytest.mark.parametrize("role", [Role.DESK, Role.SITE_MANAGER])
def test_every_place_has_a_mark_of_its_own(role: Role, browse: Callable[[Role], Client]) -> None:
    client = browse(role)
    for address in ("/", "/house/places/"):
        page = client.get(address).content.decode()
        assert MARKS["today"] in page
        assert MARKS["dot"] not in page


def test_a_leave_of_today_can_be_taken_back_from_the_persons_page(
    browse: Callable[[Role], Client], actors: dict[Role, Actor], site: Site
) -> None:
    person = people.register_person(by=system_actor(site.pk), identity=Identity(given_names="Ana"))
    [bed] = shelter.make_room(by=system_actor(site.pk), name="Cuarto 1", beds=1).beds.all()
    shelter.assign_bed(by=actors[Role.DESK], person=person, bed=bed)
    client, leaving = browse(Role.DESK), reverse("shelter:leave", args=[person.number])
    assert "Se fue hoy" not in client.get(f"/person/{person.number}/").content.decode()
    depart(by=actors[Role.DESK], person=person, on=clock.today())
    page = client.get(f"/person/{person.number}/").content.decode()
    assert leaving in page
    assert "Se fue hoy" in page
    assert reverse("shelter:assign", args=[person.number]) in page
