"""A case goes to another lawyer: at once, whole, to nobody else; and the days go with it."""

from collections.abc import Callable

import msgspec
import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts import services as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.models import Assignment, Site, User
from posada.accounts.permissions import Actor, Refused
from posada.asylum.models import Case, CaseState
from posada.asylum.queries import due as queries
from posada.asylum.queries.cases import case_for, file_of
from posada.asylum.rules.casefile import CaseMember, Dated, Part
from posada.asylum.services import cases, handing
from posada.asylum.tests.accounts_here import begin, make_person
from posada.audit.models import AuditEntry
from posada.desk import legal
from posada.ground import clock, ids
from posada.people import queries as people
from posada.people.models import Person
from posada.records.once import AlreadySent

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def lawyer(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.LAWYER]


@pytest.fixture
def other(site: Site) -> Actor:
    return cast.actor(cast.make_staff(site, Role.LAWYER, name="Otra"))


@pytest.fixture
def stranger(site: Site) -> Person:
    """Somebody in the case whose own file is open to no lawyer."""
    return make_person(site, "Luz")


@pytest.fixture
def case(site: Site, staff: dict[Role, User], lawyer: Actor, stranger: Person) -> Case:
    person = make_person(site)
    accounts.assign(user_id=staff[Role.LAWYER].pk, site_id=site.pk, subject=person.pk)
    made = cases.open_case(by=lawyer, person=person, country="CO")
    file = file_of(made, lawyer)
    members = (*file.members, CaseMember(person=stranger.pk, part=Part.OWN_CLAIM))
    entry = (Dated(event="entry", on=clock.today().isoformat()),)
    changed = msgspec.structs.replace(file, members=members, dates=entry)
    return cases.write(by=lawyer, case=made, changed_file=changed, reason="members")


def _to(actor: Actor) -> int:
    assert actor.user is not None
    return actor.user


def test_file_accounts_and_days_go_with_it_at_once(lawyer: Actor, other: Actor, case: Case) -> None:
    account = begin(lawyer, case)
    before = queries.due_of(lawyer, clock.now())
    assert before.running or before.lines
    with pytest.raises(Http404):
        case_for(other, case.number)
    handing.hand_case(by=lawyer, case=case, to=_to(other))
    assert file_of(case_for(other, case.number), other).members
    assert other.may(Act.READ_STATEMENT)
    assert account.pk in set(Assignment.objects.filter(user_id=_to(other)).values_list("subject", flat=True))
    with pytest.raises(Http404):
        case_for(lawyer, case.number)
    assert not Assignment.objects.filter(user_id=_to(lawyer), subject=account.pk).exists()
    mine, theirs = queries.due_of(lawyer, clock.now()), queries.due_of(other, clock.now())
    assert mine.lines == mine.running == ()
    assert {one.counted for one in theirs.lines} == {one.counted for one in before.lines}
    assert {one.counted for one in theirs.running} == {one.counted for one in before.running}
    assert any(str(case.number) in task.line for task in legal.reminders(other))


def test_the_files_that_were_open_go_with_it_and_no_other(
    lawyer: Actor, other: Actor, case: Case, stranger: Person
) -> None:
    assert not people.may(other, Act.READ_IDENTITY, case.person)
    handing.hand_case(by=lawyer, case=case, to=_to(other))
    assert people.may(other, Act.READ_IDENTITY, case.person)
    assert not people.may(other, Act.READ_IDENTITY, stranger)
    handing.hand_case(by=other, case=case, to=_to(lawyer))
    assert not people.may(other, Act.READ_IDENTITY, case.person)


def test_whoever_stays_goes_on_holding_it(lawyer: Actor, other: Actor, case: Case) -> None:
    handing.hand_case(by=lawyer, case=case, to=_to(other), stays=True)
    assert case_for(lawyer, case.number) == case_for(other, case.number)
    with pytest.raises(handing.HeldAlready):
        handing.hand_case(by=lawyer, case=case, to=_to(other), stays=True)
    handing.hand_case(by=lawyer, case=case, to=_to(other))
    with pytest.raises(Http404):
        case_for(lawyer, case.number)


def test_nobody_but_a_lawyer_of_this_house_who_works_here_gets_it(
    lawyer: Actor, case: Case, staff: dict[Role, User], other: Actor
) -> None:
    elsewhere = cast.make_staff(cast.make_site(code="otra"), Role.LAWYER, name="Lejos")
    User.objects.filter(pk=_to(other)).update(is_active=False)
    for user in (staff[Role.CASEWORKER].pk, staff[Role.SITE_MANAGER].pk, elsewhere.pk, _to(other)):
        with pytest.raises(Refused):
            handing.hand_case(by=lawyer, case=case, to=user)
    assert case_for(lawyer, case.number) == case


def test_only_its_lawyer_and_the_manager_hand_it_over(actors: dict[Role, Actor], other: Actor, case: Case) -> None:
    for role in set(Role) - {Role.LAWYER, Role.SITE_MANAGER}:
        with pytest.raises(Refused):
            handing.hand_case(by=actors[role], case=case, to=_to(other))
    with pytest.raises(Refused):
        handing.hand_case(by=other, case=case, to=_to(other))
    handing.hand_case(by=actors[Role.SITE_MANAGER], case=case, to=_to(other))
    assert case_for(other, case.number) == case
    with pytest.raises(Http404):
        case_for(actors[Role.SITE_MANAGER], case.number)
    row = AuditEntry.objects.filter(act=Act.HAND_CASE).latest("pk")
    assert row.reason == "case_handed_over"


def test_sent_twice_it_is_done_once_and_a_closed_case_waits_for_nobody(lawyer: Actor, other: Actor, case: Case) -> None:
    once = ids.new_id()
    handing.hand_case(by=lawyer, case=case, to=_to(other), stays=True, once=once)
    with pytest.raises(AlreadySent):
        handing.hand_case(by=lawyer, case=case, to=_to(other), once=once)
    cases.set_state(by=lawyer, case=case, state=CaseState.CLOSED)
    with pytest.raises(handing.Closed):
        handing.hand_case(by=lawyer, case=case, to=_to(other))


def test_on_the_page_what_each_lawyer_holds_is_seen_before_it_is_given(
    browse: Callable[[Role], Client], case: Case, other: Actor, lawyer: Actor
) -> None:
    client, address = browse(Role.LAWYER), reverse("asylum:hand_over", args=[case.number])
    page = client.get(address).content.decode()
    assert "Otra" in page
    assert "Dana" in page
    assert "Beatriz" not in page
    loads = {one.name: one.cases for one in queries.lawyers_here(lawyer)}
    assert loads == {"Dana": 1, "Otra": 0}
    assert client.post(address, {"once": ids.new_id(), "to": ""}).status_code == 422
    assert client.post(address, {"once": ids.new_id(), "to": "999999"}).status_code == 422
    answer = client.post(address, {"once": ids.new_id(), "to": _to(other)}, follow=True)
    assert answer.status_code == 200
    assert case_for(other, case.number) == case
    assert client.get(address).status_code == 404
