"""An account whose case is erased is handed to another lawyer like a case; nobody else sees a word of it by that."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts.acts import Act, Role
from posada.accounts.models import Assignment, Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.asylum.models import Statement
from posada.asylum.queries.statement import account_by_id
from posada.asylum.services import handing
from posada.asylum.tests.accounts_here import GOES, begin, make_case, make_person
from posada.audit.models import AuditEntry
from posada.desk import legal
from posada.ground import clock
from posada.records import erasing
from posada.records.models import What, Why

pytestmark = [
    pytest.mark.django_db(databases=["default", "keyring"], transaction=True),
    pytest.mark.usefixtures("audit_may_be_emptied"),
]


@pytest.fixture
def lawyer(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.LAWYER]


@pytest.fixture
def other(site: Site) -> User:
    return cast.make_staff(site, Role.LAWYER, name="Otra")


@pytest.fixture
def loose(site: Site, staff: dict[Role, User], lawyer: Actor) -> Statement:
    """What a daughter told in her mother's case, which is erased."""
    daughter = make_person(site, "Hija")
    case = make_case(site, make_person(site), daughter, lawyer=staff[Role.LAWYER])
    made, by = begin(lawyer, case, person=daughter), system_actor(site.pk)
    erasing.erase(by=by, erasure=erasing.hide(by=by, subject=case.subject, what=What.CASE, why=Why.ASKED))
    return Statement.objects.get(pk=made.pk)


def test_it_is_handed_over_on_a_page_that_shows_no_word_of_it(
    loose: Statement, other: User, lawyer: Actor, browse: Callable[[Role], Client]
) -> None:
    page, client = reverse("asylum:hand_account", args=[loose.pk]), browse(Role.LAWYER)
    assert page in client.get(reverse("asylum:account", args=[loose.pk])).content.decode()
    shown = client.get(page).content.decode()
    assert GOES not in shown
    assert str(loose.person.number) not in shown
    assert client.post(page, {"once": str(uuid.uuid4())}).status_code == 422
    assert client.post(page, {"to": other.pk, "once": str(uuid.uuid4())}).status_code == 302
    assert account_by_id(lawyer, loose.pk) is None
    assert account_by_id(cast.actor(other), loose.pk) is not None
    assert client.get(page).status_code == 404
    assert AuditEntry.objects.filter(act=Act.HAND_CASE).latest("pk").reason == "account_handed_over"


def test_only_to_a_lawyer_and_by_whoever_may(
    loose: Statement, other: User, lawyer: Actor, actors: dict[Role, Actor], staff: dict[Role, User]
) -> None:
    with pytest.raises(Refused):
        handing.hand_account(by=lawyer, statement=loose, to=staff[Role.CASEWORKER].pk)
    with pytest.raises(Refused):
        handing.hand_account(by=cast.actor(other), statement=loose, to=other.pk)
    with pytest.raises(Refused):
        handing.hand_account(by=actors[Role.CASEWORKER], statement=loose, to=other.pk)
    with pytest.raises(handing.HeldAlready):
        handing.hand_account(by=lawyer, statement=loose, to=staff[Role.LAWYER].pk)
    handing.hand_account(by=lawyer, statement=loose, to=other.pk, stays=True)
    assert account_by_id(lawyer, loose.pk) is not None
    assert account_by_id(cast.actor(other), loose.pk) is not None


def test_one_that_belongs_to_a_case_goes_with_that(
    site: Site, staff: dict[Role, User], lawyer: Actor, other: User, browse: Callable[[Role], Client]
) -> None:
    account = begin(lawyer, make_case(site, make_person(site), lawyer=staff[Role.LAWYER]))
    assert browse(Role.LAWYER).get(reverse("asylum:hand_account", args=[account.pk])).status_code == 404
    with pytest.raises(handing.InCase):
        handing.hand_account(by=lawyer, statement=account, to=other.pk)


def test_what_nobody_holds_stands_on_the_managers_today_without_a_number(
    loose: Statement, other: User, actors: dict[Role, Actor], browse: Callable[[Role], Client]
) -> None:
    manager = actors[Role.SITE_MANAGER]
    assert legal.without_lawyer(manager) == []
    Assignment.objects.filter(subject=loose.pk).update(until=clock.today(), end="left")
    (task,) = legal.without_lawyer(manager)
    assert str(loose.person.number) not in f"{task.title} {task.line}"
    client = browse(Role.SITE_MANAGER)
    assert client.get(reverse("asylum:account", args=[loose.pk])).status_code in {403, 404}
    page = reverse("asylum:hand_account", args=[loose.pk])
    assert client.post(page, {"to": other.pk, "once": str(uuid.uuid4())}).status_code == 302
    assert legal.without_lawyer(manager) == []
