"""Households: put together, drawn, and left."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client, override_settings

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor, Refused
from posada.ground import ids
from posada.people import queries, services
from posada.people.models import Household, Identity, Person
from posada.people.rules import household_tree
from posada.people.rules.contents import HouseholdRelation
from posada.people.tests.shared import DATABASES, audited, stranger
from posada.vault import keyring

pytestmark = pytest.mark.django_db(databases=DATABASES)
Browse = Callable[[Role], Client]


@pytest.fixture
def child(register: Callable[..., Person]) -> Person:
    return register(given_names="Daniela", surnames="Contreras Ramírez", birth="2015")


def join(browse: Browse, person: Person, member: object, role: Role = Role.DESK) -> int:
    """Put a person into the household of the one with a number."""
    form = {"member": str(member), "relation": "child"}
    return browse(role).post(f"/people/{person.number}/household/", form).status_code


def test_somebody_joins_by_a_members_number(browse: Browse, desk: Actor, yulesi: Person, child: Person) -> None:
    assert join(browse, child, yulesi.number) == 302
    child.refresh_from_db()
    assert {one.pk for one in queries.members_of(child.household)} == {yulesi.pk, child.pk}
    assert queries.identity_of(child, by=desk).household_relation is HouseholdRelation.CHILD
    assert audited(Act.REGISTER, reason="household")


def test_it_is_drawn_with_a_table_beside_it(browse: Browse, yulesi: Person, child: Person) -> None:
    join(browse, child, yulesi.number)
    page = browse(Role.DESK).get(f"/people/{yulesi.number}/household/").content.decode()
    assert "<svg" in page
    assert "<table" in page
    assert "Daniela" in page


def test_members_who_are_not_theirs_to_read_have_no_name_and_no_number(
    browse: Browse, caseworker: Actor, yulesi: Person, child: Person
) -> None:
    join(browse, child, yulesi.number)
    services.take_on(by=caseworker, person=yulesi)
    page = browse(Role.CASEWORKER).get(f"/people/{yulesi.number}/household/").content.decode()
    assert "Daniela" not in page
    assert str(child.number) not in page
    assert page.count("otra persona del hogar") > 1  # in the picture and in the table


def test_somebody_leaves_and_an_empty_household_goes(browse: Browse, yulesi: Person, child: Person) -> None:
    join(browse, child, yulesi.number)
    for person in (child, yulesi):
        answer = browse(Role.DESK).post(f"/people/{person.number}/household/", {"act": "leave"})
        assert answer.status_code == 302
    assert not Household.objects.exists()


def test_a_number_that_is_nobodys_is_refused(browse: Browse, yulesi: Person, child: Person) -> None:
    for number in ("", "1", "abc", stranger().number, child.number):
        assert join(browse, child, number) == 422
    child.refresh_from_db()
    assert child.household is None


def test_who_may_not_read_does_not_change_it(browse: Browse, caseworker: Actor, yulesi: Person, child: Person) -> None:
    for role in (Role.CASEWORKER, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR):
        assert join(browse, child, yulesi.number, role) == 403
    assert join(browse, child, yulesi.number, Role.TRACING_OFFICER) == 403
    with pytest.raises(Refused):
        services.household_of(by=_tracing(caseworker), member=yulesi)


def _tracing(actor: Actor) -> Actor:
    return Actor(user=actor.user, site=actor.site, roles=frozenset({Role.TRACING_OFFICER}))


def test_households_of_another_house_cannot_be_joined(desk: Actor, yulesi: Person) -> None:
    other = stranger()
    elsewhere = Household.objects.create(site_id=other.site_id)
    with pytest.raises(Refused):
        services.join_household(by=desk, person=yulesi, household=elsewhere)


def test_generations_follow_from_what_each_is() -> None:
    relations = ["grandparent", "parent", "head", "partner", "child", "grandchild", "other"]
    tree = household_tree([(name, HouseholdRelation(name)) for name in relations])
    assert [tree.rows[name] for name in relations] == [0, 1, 2, 2, 3, 4, 2]
    assert {(bond.a, bond.b, bond.kind) for bond in tree.bonds} == {
        ("grandparent", "parent", "parent"),
        ("parent", "head", "parent"),
        ("head", "partner", "partner"),
        ("head", "child", "parent"),
        ("child", "grandchild", "parent"),
    }


def test_whose_child_a_grandchild_is_is_not_guessed() -> None:
    members = [("h", "head"), ("a", "child"), ("b", "child"), ("g", "grandchild")]
    tree = household_tree([(key, HouseholdRelation(name)) for key, name in members])
    assert not [bond for bond in tree.bonds if bond.b == "g"]


@pytest.fixture
def earlier(register: Callable[..., Person]) -> Person:
    """Somebody registered a month ago."""
    person = register(given_names="Omaira", surnames="Prieto Rangel", birth="1970")
    person.registered_on -= timedelta(days=30)
    person.save(update_fields=["registered_on"])
    return person


def test_the_desk_joins_only_a_household_with_one_of_todays(
    browse: Browse, desk: Actor, yulesi: Person, child: Person, earlier: Person
) -> None:
    assert join(browse, child, earlier.number) == 422
    with pytest.raises(Refused):
        services.household_of(by=desk, member=earlier)
    (looked,) = audited(Act.SEARCH)
    assert (looked.reason, looked.subject) == ("number", keyring.pseudonym(earlier.pk))
    household = Household.objects.create(site_id=desk.site)
    Person.objects.filter(pk=earlier.pk).update(household=household)
    with pytest.raises(Refused):
        services.join_household(by=desk, person=child, household=household)
    with pytest.raises(Refused):
        services.register_person(by=desk, identity=Identity(given_names="Rosa"), household=household)
    Person.objects.filter(pk=yulesi.pk).update(household=household)
    assert join(browse, child, earlier.number) == 302


def test_a_caseworker_joins_only_a_household_of_somebody_entrusted(
    browse: Browse, caseworker: Actor, yulesi: Person, child: Person, earlier: Person
) -> None:
    services.take_on(by=caseworker, person=child)
    assert join(browse, child, earlier.number, Role.CASEWORKER) == 422
    services.take_on(by=caseworker, person=earlier)
    assert join(browse, child, earlier.number, Role.CASEWORKER) == 302


def test_the_audit_names_with_whom_somebody_was_put_together(browse: Browse, yulesi: Person, child: Person) -> None:
    join(browse, child, yulesi.number)
    (other,) = audited(Act.REGISTER, reason="household_member")
    assert other.subject == keyring.pseudonym(yulesi.pk)
    assert audited(Act.REGISTER, subject=keyring.pseudonym(child.pk))


@override_settings(SEARCHES_AN_HOUR=2)
def test_a_number_that_nobody_has_counts_as_a_search(browse: Browse, yulesi: Person, child: Person) -> None:
    nobodys = [number for number in range(10_000, 10_400) if ids.is_sound_number(number)]
    free = [number for number in nobodys if number not in {yulesi.number, child.number}]
    for number in free[:3]:
        assert join(browse, child, number) == 422
    assert len(audited(Act.SEARCH, result="nothing")) == 2
    assert join(browse, child, yulesi.number) == 302  # whom they may change is no search
