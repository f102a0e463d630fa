"""A file taken on for a reason, handed back, handed over by number, and left without anybody."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests import cast

from posada.accounts import queries as accounts
from posada.accounts import services as accounts_services
from posada.accounts.acts import Role
from posada.accounts.models import Assignment, Site, User
from posada.accounts.permissions import Actor, Refused
from posada.accounts.services import staffing
from posada.audit.models import AuditEntry
from posada.people import queries, services
from posada.people.models import Identity, Person

Browse = Callable[[Role], Client]
pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def yulesi(actors: dict[Role, Actor]) -> Person:
    return services.register_person(by=actors[Role.DESK], identity=Identity(given_names="Yulesi"))


@pytest.fixture
def hugo(site: Site) -> User:
    return cast.make_staff(site, Role.CASEWORKER, name="Hugo")


def test_a_file_that_somebody_holds_is_taken_on_only_with_a_reason(
    browse: Browse, actors: dict[Role, Actor], yulesi: Person, hugo: User
) -> None:
    services.take_on(by=cast.actor(hugo), person=yulesi)
    with pytest.raises(accounts_services.ReasonNeeded):
        services.take_on(by=actors[Role.CASEWORKER], person=yulesi)
    client, address = browse(Role.CASEWORKER), f"/people/{yulesi.number}/take-on/"
    page = client.get(address).content.decode()
    assert "Hugo" not in page
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"why": "because"}).status_code == 422
    assert len(accounts.holders_of(yulesi.pk)) == 1
    assert client.post(address, {"why": "emergency"}).status_code == 302
    assert AuditEntry.objects.filter(act="people.take_on", reason="emergency").count() == 1
    assert Assignment.objects.get(user_id=actors[Role.CASEWORKER].user or 0).why == "emergency"


def test_what_was_handed_back_is_kept_as_history_and_may_be_taken_on_again(
    actors: dict[Role, Actor], yulesi: Person
) -> None:
    caseworker = actors[Role.CASEWORKER]
    services.take_on(by=caseworker, person=yulesi)
    assert services.hand_back(by=caseworker, person=yulesi)
    with pytest.raises(Refused):
        services.hand_back(by=caseworker, person=yulesi)
    services.take_on(by=caseworker, person=yulesi)
    rows = Assignment.everything.filter(subject=yulesi.pk).order_by("pk")
    assert [(row.until is None, row.end) for row in rows] == [(False, "handed_back"), (True, "")]
    assert AuditEntry.objects.filter(act="people.hand_back").count() == 1


def test_what_hangs_on_a_file_ends_with_it(actors: dict[Role, Actor], yulesi: Person) -> None:
    caseworker = actors[Role.CASEWORKER]
    services.take_on(by=caseworker, person=yulesi)
    card = accounts_services.assign
    other = services.register_person(by=actors[Role.DESK], identity=Identity(given_names="Otra"))
    card(user_id=caseworker.user or 0, site_id=caseworker.site, subject=other.pk, follows=yulesi.pk)
    services.hand_back(by=caseworker, person=yulesi)
    assert not accounts.assigned_subjects(caseworker)


def test_the_manager_hands_over_by_number_and_sees_no_name(
    browse: Browse, actors: dict[Role, Actor], yulesi: Person, hugo: User
) -> None:
    services.take_on(by=actors[Role.CASEWORKER], person=yulesi)
    client = browse(Role.SITE_MANAGER)
    typed = {"number": yulesi.number, "to": hugo.pk, "ends_others": "on"}
    assert client.post("/people/entrust/", typed).status_code == 302
    assert [row.user_id for row in accounts.holders_of(yulesi.pk)] == [hugo.pk]
    assert "Yulesi" not in client.get("/people/entrust/").content.decode()
    assert AuditEntry.objects.filter(act="accounts.entrust", reason="handed_over").count() == 1


def test_a_wrong_number_or_somebody_without_files_gets_a_sentence(
    browse: Browse, staff: dict[Role, User], yulesi: Person, hugo: User
) -> None:
    client = browse(Role.SITE_MANAGER)
    wrong = [
        {"number": yulesi.number + 1, "to": hugo.pk},
        {"number": yulesi.number, "to": staff[Role.DESK].pk},
        {"number": "", "to": hugo.pk},
        {"number": yulesi.number},
    ]
    assert [client.post("/people/entrust/", typed).status_code for typed in wrong] == [422] * 4
    assert not Assignment.objects.exists()


def test_only_who_may_hold_files_is_entrusted_one(
    actors: dict[Role, Actor], staff: dict[Role, User], yulesi: Person
) -> None:
    with pytest.raises(Refused):
        services.hand_over(by=actors[Role.SITE_MANAGER], person=yulesi, to=staff[Role.AUDITOR].pk, ends_others=False)


def test_the_files_of_somebody_taken_away_come_on_the_managers_list(
    browse: Browse, actors: dict[Role, Actor], staff: dict[Role, User], yulesi: Person
) -> None:
    manager = actors[Role.SITE_MANAGER]
    services.take_on(by=actors[Role.CASEWORKER], person=yulesi)
    assert (queries.left_alone(manager), queries.without_caseworker(manager).total) == (0, 0)
    staffing.take_away(by=manager, user_id=staff[Role.CASEWORKER].pk)
    files = queries.without_caseworker(manager)
    assert [(file.number, file.held_until is not None) for file in files.rows] == [(yulesi.number, True)]
    client = browse(Role.SITE_MANAGER)
    assert str(yulesi.number) in client.get("/people/entrust/").content.decode()
    assert "/people/entrust/" in client.get("/").content.decode()
