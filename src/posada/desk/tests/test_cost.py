"""What a page asks of the database; and that the numbers in its frame are not stale for whoever acts."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from tests import cast

from posada.accounts import permissions
from posada.accounts import services as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Subject, granted_role, system_actor
from posada.audit.models import AuditEntry
from posada.desk import frame
from posada.ground import clock, ids
from posada.people import matching
from posada.people import services as people
from posada.people.models import ContactDetails, Identity
from posada.records import door
from posada.records.door import Reason
from posada.vault.errors import Unreadable

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
MOST_QUESTIONS = 20


def test_a_persons_page_asks_few_questions_and_writes_one_audit(
    site: Site, staff: dict[Role, User], browse: Callable[[Role], Client], settings: Settings
) -> None:
    settings.COUNTS_SECONDS = 60
    matching.build(lambda _done, _total: None)
    person = people.register_person(by=system_actor(site.pk), identity=Identity(given_names="Ana"), phone="0412")
    accounts.assign(user_id=staff[Role.CASEWORKER].pk, site_id=site.pk, subject=person.pk)
    client = browse(Role.CASEWORKER)
    frame.forget_all_counts()
    client.get(f"/person/{person.number}/")
    before = AuditEntry.objects.count()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/person/{person.number}/").status_code == 200
    assert len(asked) <= MOST_QUESTIONS, [query["sql"][:90] for query in asked]
    acts = AuditEntry.objects.order_by("sequence")[before:].values_list("act", flat=True)
    assert sorted(acts) == sorted([Act.READ_IDENTITY, Act.READ_IDENTITY, Act.READ_CONTACT])
    frame.forget_all_counts()


def test_only_what_was_written_down_is_opened(site: Site, actors: dict[Role, Actor]) -> None:
    house = system_actor(site.pk)
    one = people.register_person(by=house, identity=Identity(given_names="Ana"), phone="0412")
    other = people.register_person(by=house, identity=Identity(given_names="Eva"))
    written = door.write_down((one.identity, Identity), by=house, reason=Reason.VIEW)
    assert written.open(one.identity, Identity).given_names == "Ana"
    assert one.contact is not None
    with pytest.raises(Unreadable):
        written.open(other.identity, Identity)
    with pytest.raises(Unreadable):
        written.open(one.contact, ContactDetails)
    count = AuditEntry.objects.count()
    with pytest.raises(permissions.Refused):
        door.write_down(
            (one.identity, Identity), (one.contact, ContactDetails), by=actors[Role.DESK], reason=Reason.VIEW
        )
    assert AuditEntry.objects.count() == count, "of several none is written down if one may not be read"


def test_who_accompanies_whom_is_asked_once_a_page_and_never_remembered_after(
    site: Site, actors: dict[Role, Actor]
) -> None:
    caseworker = actors[Role.CASEWORKER]
    subject = Subject(ids.new_id(), site.pk, clock.today())
    with permissions.remembering():
        assert granted_role(caseworker, Act.READ_IDENTITY, subject) is None
        with CaptureQueriesContext(connection) as asked:
            granted_role(caseworker, Act.READ_KIN, subject)
        assert not [one for one in asked if "accounts_assignment" in one["sql"]]
    assert caseworker.user is not None
    accounts.assign(user_id=caseworker.user, site_id=site.pk, subject=subject.id)
    assert granted_role(caseworker, Act.READ_IDENTITY, subject) is Role.CASEWORKER


def test_whoever_acts_sees_the_numbers_as_they_are_now(
    site: Site, staff: dict[Role, User], browse: Callable[[Role], Client], settings: Settings
) -> None:
    settings.COUNTS_SECONDS = 60
    frame.forget_all_counts()
    client = browse(Role.CASEWORKER)
    person = people.register_person(by=system_actor(site.pk), identity=Identity(given_names="Ana"))
    assert "1 of" not in _quota(client)
    accounts.take_on(cast.actor(staff[Role.CASEWORKER]), person.subject)
    assert "1 of" not in _quota(client), "another's act shows after a few seconds"
    client.post("/people/find/", {"line": "Nadie Conocido"})
    assert "1 of" in _quota(client)
    frame.forget_all_counts()


def _quota(client: Client) -> str:
    client.cookies["posada_language"] = "en"
    page = client.get("/").content.decode()
    found = re.search(r"Files taken on today: [^<]*", page)
    assert found is not None
    return found[0]
