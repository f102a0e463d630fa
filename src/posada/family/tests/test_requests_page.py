"""Tracing requests: opened as a story, read by few, refused to some, and answered always the same."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.family import services
from posada.family.models import (
    Against,
    Enquirer,
    FoundChoice,
    Proposal,
    ProposalState,
    RequestState,
    Sought,
    TracingRequest,
)
from posada.family.queries import enquirer_answer, open_requests
from posada.family.rules.choices import Choice
from posada.family.rules.kinship import Relation
from posada.family.tests.people_here import SISTER, SOUGHT, entrust, make_person, make_proposal, make_request
from posada.ground import clock, ids
from posada.people.models import Identity
from posada.records import changes
from posada.records.door import Reason, open_record

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
STORY = {
    "who_asks": "family",
    "name": "Marisela",
    "relationship": "sister",
    "given_names": "Yuleisy",
    "surnames": "Ramírez",
    "separation_on": "23/2/2019",
    "cause": "crossing",
}
NEW = "family:open_request"


@pytest.mark.parametrize("role", [Role.DESK, Role.TRACING_OFFICER])
def test_it_opens_a_request(browse: Browse, role: Role, actors: dict[Role, Actor]) -> None:
    answer = browse(role).post(reverse(NEW), STORY, follow=True)
    made = TracingRequest.objects.get()
    assert str(made.number) in answer.content.decode()
    sought = open_record(made.sought, Sought, by=actors[Role.TRACING_OFFICER], reason=Reason.VIEW)
    assert sought.given_names == "Yuleisy"
    assert AuditEntry.objects.filter(act=Act.OPEN_REQUEST, result="done").exists()


def test_a_form_sent_twice_opens_one(browse: Browse) -> None:
    client, key = browse(Role.DESK), str(ids.new_id())
    for _time in range(2):
        assert client.post(reverse(NEW), {**STORY, "once": key}).status_code == 302
    assert TracingRequest.objects.count() == 1


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR])
def test_others_open_none(browse: Browse, role: Role) -> None:
    assert browse(role).post(reverse(NEW), STORY).status_code == 403
    assert not TracingRequest.objects.exists()


@pytest.mark.parametrize("kind", ["state", "army", "police", "employer", "media"])
def test_states_armies_police_employers_and_media_are_refused_and_logged(browse: Browse, kind: str) -> None:
    answer = browse(Role.DESK).post(reverse(NEW), {**STORY, "who_asks": kind})
    assert answer.status_code == 403
    assert "Yuleisy" not in answer.content.decode()
    assert not TracingRequest.objects.exists()
    assert AuditEntry.objects.filter(act=Act.OPEN_REQUEST, result="refused", reason=f"enquiry:{kind}").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"who_asks": ""},
        {"name": ""},
        {"given_names": "", "surnames": ""},
        {"relationship": "boss"},
        {"birth": "300"},
        {"birth": "31/2/1987"},
        {"separation_on": "1/1/2999"},
        {"separation_on": "31"},
        {"given_names": "x" * 500},
        {"who_asks": "resident", "name": "", "resident": "1234"},
        {"who_asks": "resident", "name": ""},
    ],
)
def test_it_says_what_is_wrong(browse: Browse, wrong: dict[str, str]) -> None:
    page = browse(Role.DESK).post(reverse(NEW), {**STORY, **wrong})
    assert page.status_code == 200
    assert "summary" in page.content.decode()
    assert not TracingRequest.objects.exists()


def test_a_number_that_is_nobody_s_is_said(browse: Browse) -> None:
    fields = {**STORY, "who_asks": "resident", "resident": str(ids.random_number())}
    assert browse(Role.DESK).post(reverse(NEW), fields).status_code == 200
    assert not TracingRequest.objects.exists()


def test_a_resident_asks_by_number(site: Site, browse: Browse) -> None:
    resident = make_person(site)
    browse(Role.DESK).post(reverse(NEW), {**STORY, "who_asks": "resident", "resident": str(resident.number)})
    assert TracingRequest.objects.get().resident == resident


def test_the_list_carries_numbers_and_no_names(site: Site, browse: Browse) -> None:
    request = make_request(site)
    page = browse(Role.TRACING_OFFICER).get(reverse("family:requests")).content.decode()
    assert str(request.number) in page
    assert "Yuleisy" not in page
    assert "Marisela" not in page


def test_a_caseworker_sees_only_requests_of_their_residents(
    site: Site, staff: dict[Role, User], actors: dict[Role, Actor], browse: Browse
) -> None:
    stranger, resident = make_request(site), make_person(site)
    entrust(staff[Role.CASEWORKER], resident.pk, site)
    own = services.open_request(by=system_actor(site.pk), sought=SOUGHT, enquirer=SISTER, resident=resident)
    client = browse(Role.CASEWORKER)
    assert list(open_requests(actors[Role.CASEWORKER])) == [own]
    assert client.get(reverse("family:request", args=[own.number])).status_code == 200
    assert client.get(reverse("family:request", args=[stranger.number])).status_code == 403
    assert client.get(reverse("family:answer", args=[stranger.number])).status_code == 403


@pytest.mark.parametrize("name", ["request", "update_request", "close_request", "answer"])
def test_another_house_s_request_does_not_exist(browse: Browse, name: str) -> None:
    request = make_request(cast.make_site(code="otra"))
    client = browse(Role.TRACING_OFFICER)
    assert client.get(reverse(f"family:{name}", args=[request.number])).status_code == 404


def test_it_is_corrected_and_only_what_changed_gets_a_version(site: Site, browse: Browse) -> None:
    request = make_request(site)
    address = reverse("family:update_request", args=[request.number])
    client = browse(Role.TRACING_OFFICER)
    fields = {
        "given_names": "Yuleisy Carolina",
        "surnames": "Ramírez Peña",
        "sex": "female",
        "birth": "14/3/1987",
        "origin": "San Cristóbal",
        "mother": "Carmen Peña",
        "separation_on": "23/2/2019",
        "separation_place": "Puente",
        "circumstances": "Nos soltamos de la mano.",
        "relationship": "sister",
        "name": "Marisela Ramírez Peña",
        "safe_channel": "+57 300 000 0000",
        "versions": "1-1-1",
    }
    assert client.get(address).status_code == 200
    client.post(address, fields)
    request.refresh_from_db()
    versions = (request.enquirer.version, request.sought.version, request.separation and request.separation.version)
    assert versions == (1, 2, 1)
    client.post(address, {**fields, "origin": "Otra"})  # read before the first correction
    request.sought.refresh_from_db()
    assert request.sought.version == 2


def test_it_is_closed_after_a_question_and_opened_again(site: Site, browse: Browse) -> None:
    request = make_request(site)
    client = browse(Role.TRACING_OFFICER)
    assert client.get(reverse("family:close_request", args=[request.number])).status_code == 200
    client.post(reverse("family:close_request", args=[request.number]))
    request.refresh_from_db()
    assert request.state == RequestState.CLOSED
    client.post(reverse("family:renew_request", args=[request.number]), {"why": "opened_again"})
    request.refresh_from_db()
    assert request.state == RequestState.TRACING


def test_it_ends_after_half_a_year_unless_renewed(site: Site) -> None:
    request = make_request(site)
    with time_machine.travel(clock.now() + timedelta(days=181), tick=False):
        make_person(site)
        changes.catch_up()
        assert not Proposal.objects.exists()
        services.renew_request(by=system_actor(site.pk), request=request)
        changes.catch_up()
        assert Proposal.objects.count() == 1


def _answer(client: Client, request: TracingRequest) -> bytes:
    page = client.get(reverse("family:answer", args=[request.number])).content.decode()
    return re.sub(r'(name="csrfmiddlewaretoken" value|x-csrftoken"):? ?"?=?"?[^"]*', "", page).encode()


def test_the_answer_is_the_same_bytes_whatever_is_known(site: Site, browse: Browse) -> None:
    client, by = browse(Role.DESK), system_actor(site.pk)
    request = make_request(site)
    seen = [_answer(client, request)]  # no match
    make_person(site)
    changes.catch_up()
    proposal = Proposal.objects.get()
    seen.append(_answer(client, request))  # a match that nobody decided on
    services.decide(by=by, proposal=proposal, decision=ProposalState.SAME)
    proposal.refresh_from_db()
    seen.append(_answer(client, request))  # the same person, not yet asked
    for choice in Choice:
        services.record_found_decision(by=by, proposal=proposal, content=FoundChoice(choice=choice, at=clock.now()))
        seen.append(_answer(client, request))  # refused, or anything else
    services.close_request(by=by, request=request)
    seen.append(_answer(client, request))
    assert len(set(seen)) == 1
    assert len(seen[0]) > 1000


def _seen(client: Client, name: str, *number: int) -> bytes:
    page = client.get(reverse(f"family:{name}", args=number)).content.decode()
    assert "csrfmiddlewaretoken" in page
    return re.sub(r'(name="csrfmiddlewaretoken" value|x-csrftoken"):? ?"?=?"?[^"]*', "", page).encode()


def test_whoever_accompanies_who_asks_sees_no_trace_of_a_match(
    site: Site, staff: dict[Role, User], actors: dict[Role, Actor], browse: Browse
) -> None:
    by, resident = system_actor(site.pk), make_person(site, Identity(given_names="Marisela", surnames="Ramírez"))
    entrust(staff[Role.CASEWORKER], resident.pk, site)
    entrust(staff[Role.LAWYER], resident.pk, site)
    asked = services.open_request(by=by, sought=SOUGHT, enquirer=SISTER, resident=resident)
    clients = [browse(Role.CASEWORKER), browse(Role.LAWYER)]

    def pages() -> list[bytes]:
        named = [_seen(client, "request", asked.number) for client in clients]
        return named + [_seen(client, "requests") for client in clients]

    before = pages()
    make_person(site)
    other = Enquirer(name="Yuleisy Carolina Ramírez Peña", relationship=Relation.SISTER)
    make_request(site, Sought(given_names="Otro", surnames="Nombre"), other)
    changes.catch_up()
    found = {row.against: row for row in asked.proposals.all()}
    assert set(found) == {Against.PERSON, Against.ENQUIRER}
    assert pages() == before
    for decision in (ProposalState.NOT_YET, ProposalState.DIFFERENT, ProposalState.SAME):
        for row in found.values():
            services.decide(by=by, proposal=row, decision=decision)
        assert pages() == before
    for row in found.values():
        assert clients[0].get(reverse("family:proposal", args=[row.pk])).status_code == 403
    officer = browse(Role.TRACING_OFFICER)
    assert "verificada" in _seen(officer, "request", asked.number).decode()
    here = found[Against.PERSON].person
    assert here is not None
    entrust(staff[Role.CASEWORKER], here.pk, site)  # now the found person's file, too
    assert "verificada" in _seen(clients[0], "request", asked.number).decode()
    assert [getattr(row, "waiting", None) for row in open_requests(actors[Role.CASEWORKER])] == [0]


def test_the_list_counts_what_one_may_decide(site: Site, staff: dict[Role, User], actors: dict[Role, Actor]) -> None:
    resident = make_person(site, Identity(given_names="Marisela", surnames="Ramírez"))
    entrust(staff[Role.CASEWORKER], resident.pk, site)
    services.open_request(by=system_actor(site.pk), sought=SOUGHT, enquirer=SISTER, resident=resident)
    people = [make_person(site), make_person(site)]
    changes.catch_up()

    def counts(role: Role) -> list[int]:
        return [getattr(row, "waiting", -1) for row in open_requests(actors[role])]

    assert (counts(Role.TRACING_OFFICER), counts(Role.CASEWORKER)) == ([2], [0])
    entrust(staff[Role.CASEWORKER], people[0].pk, site)
    assert counts(Role.CASEWORKER) == [1]


def test_the_answer_looks_at_nothing_of_the_request(site: Site) -> None:
    assert enquirer_answer(make_request(site)) == enquirer_answer(TracingRequest())


def test_the_services_ask_for_themselves(site: Site, actors: dict[Role, Actor]) -> None:
    request = make_proposal(site).request
    for role in (Role.DESK, Role.CASEWORKER, Role.SITE_MANAGER, Role.AUDITOR):
        with pytest.raises(Refused):
            services.close_request(by=actors[role], request=request)
    with pytest.raises(Refused):
        services.open_request(by=actors[Role.AUDITOR], sought=SOUGHT, enquirer=SISTER)
