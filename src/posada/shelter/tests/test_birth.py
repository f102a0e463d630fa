"""A birth in the house, at night: whoever is there registers it; the mother's bed is shared by a press of its own."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, system_actor
from posada.audit.models import AuditEntry
from posada.family.tests.people_here import entrust
from posada.ground import ids
from posada.people import matching
from posada.people import queries as people_queries
from posada.people import services as people
from posada.people.models import HouseholdRelation, Identity, Person
from posada.records import changes
from posada.shelter import services
from posada.shelter.models import Stay

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]


@pytest.fixture
def mother(site: Site) -> Person:
    by = system_actor(site.pk)
    matching.build(lambda _done, _total: None)
    room = services.make_room(by=by, name="Cuarto 1", beds=2)
    made = people.register_person(by=by, identity=Identity(given_names="Nair", birth="1995"))
    changes.catch_up()
    services.assign_bed(by=by, person=made, bed=room.beds.order_by("number")[0])
    return made


@pytest.mark.parametrize("role", [Role.DESK, Role.CASEWORKER])
def test_it_is_registered_and_the_mothers_bed_is_shared_by_a_press_of_its_own(
    role: Role, mother: Person, staff: dict[Role, User], actors: dict[Role, Actor], browse: Browse
) -> None:
    entrust(staff[Role.CASEWORKER], mother.pk, mother.site)
    client = browse(role)
    assert reverse("people:find") in client.get(reverse("desk:night")).content.decode()
    page = reverse("people:birth", args=[mother.number])
    assert page in client.get(reverse("desk:person", args=[mother.number])).content.decode()
    answer = client.post(page, {"once": str(ids.new_id()), "sex": "female"})
    child = Person.objects.exclude(pk=mother.pk).get()
    beside = reverse("shelter:beside", args=[child.number])
    assert answer["Location"] == beside
    assert not Stay.objects.filter(person=child).exists()  # never by itself
    shown = client.get(beside).content.decode()
    assert str(mother.number) in shown
    client.post(beside, {"adult": str(mother.number), "once": str(ids.new_id())})
    stay = Stay.objects.open().get(person=child)
    assert (stay.is_beside, stay.bed) == (True, Stay.objects.open().get(person=mother).bed)
    mother.refresh_from_db()
    assert mother.household_id is not None
    assert child.household_id == mother.household_id
    known = people_queries.identity_of(child, by=actors[Role.CASEWORKER])  # theirs to accompany, as the mother is
    assert (known.mother, known.household_relation) == ("Nair", HouseholdRelation.CHILD)
    assert AuditEntry.objects.filter(act="people.note_birth", reason="birth", role=role).count() == 1


def test_a_caseworker_who_does_not_read_the_mother_registers_no_more_than_they_know(
    mother: Person, actors: dict[Role, Actor], browse: Browse
) -> None:
    answer = browse(Role.CASEWORKER).post(
        reverse("people:birth", args=[mother.number]), {"once": str(ids.new_id()), "sex": ""}
    )
    child = Person.objects.exclude(pk=mother.pk).get()
    assert answer["Location"] == reverse("shelter:beside", args=[child.number])
    assert people_queries.identity_of(child, by=system_actor(child.site_id)).mother == ""
    assert not people_queries.may(actors[Role.CASEWORKER], Act.READ_IDENTITY, child)
