"""Somebody who only stands on a list is not here: the desk reads nothing, nobody asks them or takes them on."""

from collections.abc import Callable

import pytest
from django.test import Client

from posada.accounts.acts import Act, Role
from posada.accounts.models import Assignment
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.people import queries, services
from posada.people.models import Answer, Consent, ConsentPurpose, Identity, Person
from posada.people.tests.shared import DATABASES, audited

pytestmark = pytest.mark.django_db(databases=DATABASES)
Browse = Callable[[Role], Client]


@pytest.fixture
def listed(desk: Actor) -> Person:
    """Somebody whom a list named today."""
    told = Identity(given_names="Norelys", surnames="Duarte Mora", birth="1990")
    return services.register_listed(by=system_actor(desk.site), identity=told, phone="0414 000 00 00")


def test_the_desk_reads_nothing_of_them(browse: Browse, desk: Actor, listed: Person) -> None:
    for read in (queries.identity_of, queries.contact_of, queries.history_of):
        with pytest.raises(Refused):
            read(listed, by=desk)
    assert not queries.may(desk, Act.READ_IDENTITY, listed)
    for page in ("correct", "consent", "history", "household"):
        assert browse(Role.DESK).get(f"/people/{listed.number}/{page}/").status_code == 403
    assert not audited(Act.READ_IDENTITY, result="done")


def test_the_tracing_officer_reads_them_still(actors: dict[Role, Actor], listed: Person) -> None:
    assert queries.identity_of(listed, by=actors[Role.TRACING_OFFICER]).given_names == "Norelys"


def test_nobody_writes_down_a_consent_of_theirs(browse: Browse, actors: dict[Role, Actor], listed: Person) -> None:
    yes = Consent(ConsentPurpose.BE_FOUND, Answer.YES)
    for role in (Role.DESK, Role.TRACING_OFFICER):
        with pytest.raises(Refused):
            services.record_consent(by=actors[role], person=listed, answers=[yes])
        sent = browse(role).post(f"/people/{listed.number}/consent/", {"how": "spoken", "be_found": "yes"})
        assert sent.status_code == 403
        assert browse(role).get(f"/people/{listed.number}/consent/").status_code == 403
    listed.refresh_from_db()
    assert listed.consents is None


def test_a_caseworker_does_not_take_them_on(browse: Browse, caseworker: Actor, listed: Person) -> None:
    address = f"/people/{listed.number}/take-on/"
    assert browse(Role.CASEWORKER).post(address).status_code == 403
    assert browse(Role.CASEWORKER).get(address).status_code == 403
    with pytest.raises(Refused):
        services.take_on(by=caseworker, person=listed)
    assert not Assignment.objects.exists()


def test_they_get_no_relatives_and_no_household(
    browse: Browse, desk: Actor, caseworker: Actor, yulesi: Person, listed: Person
) -> None:
    for actor in (desk, caseworker):
        assert not queries.may(actor, Act.ADD_RELATIVE, listed)
    with pytest.raises(Refused):
        services.household_of(by=desk, member=listed)
    with pytest.raises(Refused):
        services.join_household(by=desk, person=listed, household=services.household_of(by=desk, member=yulesi))
    answer = browse(Role.DESK).post(
        f"/people/{yulesi.number}/household/", {"member": str(listed.number), "relation": "child"}
    )
    assert answer.status_code == 422
    listed.refresh_from_db()
    assert listed.household is None
