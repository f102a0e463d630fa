"""A named person decides; then the found person does. Nobody is told anything."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests import cast

from posada.accounts import services as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.approvals import NotAgreed, NotAllowed, StaleApproval
from posada.accounts.models import Approval, Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.family import services
from posada.family.models import FoundChoice, FoundDecision, PersonNote, Proposal, ProposalState, RequestState
from posada.family.queries import proposals_to_decide, proposals_waiting
from posada.family.queries.comparison import comparison
from posada.family.rules.choices import Choice, Reach
from posada.family.tests.people_here import SISTER, SOUGHT, YULESI, entrust, make_person, make_proposal
from posada.ground import clock
from posada.people.models import Identity
from posada.records import changes
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.services import Stale

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]


def _page(proposal: Proposal, name: str = "proposal") -> str:
    return reverse(f"family:{name}", args=[proposal.pk])


def test_it_shows_both_sides_and_why(site: Site, browse: Browse) -> None:
    page = browse(Role.TRACING_OFFICER).get(_page(make_proposal(site))).content.decode()
    for words in ("Yuleisy Carolina", "Yulesi Carolina", "Carmen Peña", "waterfall", "Marisela"):
        assert (words in page) == (words != "Marisela")
    assert AuditEntry.objects.filter(act=Act.READ_IDENTITY, reason=Reason.COMPARE).exists()


def test_the_steps_add_up_from_the_prior(site: Site) -> None:
    found = comparison(make_proposal(site), by=system_actor(site.pk))
    weights = [float(bits.replace("−", "-").replace(",", ".")) for _words, bits, _sum in found.picture.steps]
    assert weights[0] < 0
    assert sum(weights[:-1]) == pytest.approx(weights[-1])
    assert "<svg" in found.picture.svg
    assert {row.sign for row in found.rows} <= {"same", "near", "different", "blank"}
    assert next(row for row in found.rows if row.field == "mother").sign == "blank"


def test_the_reasons_are_said_in_both_languages(site: Site) -> None:
    proposal = make_proposal(site)
    said = []
    for language in ("es", "en"):
        with translation.override(language):
            said.append(comparison(proposal, by=system_actor(site.pk)).picture.sentences)
    assert said[0]
    assert said[0] != said[1]


@pytest.mark.parametrize(
    ("decision", "state"),
    [
        (ProposalState.SAME, RequestState.VERIFIED),
        (ProposalState.DIFFERENT, RequestState.TRACING),
        (ProposalState.NOT_YET, RequestState.TRACING),
    ],
)
def test_it_is_decided_by_name(
    site: Site, browse: Browse, actors: dict[Role, Actor], decision: ProposalState, state: RequestState
) -> None:
    proposal = make_proposal(site)
    fields = {"decision": decision.value, "note": "El lugar coincide.", "seen": "1-1-0"}
    assert browse(Role.TRACING_OFFICER).post(_page(proposal), fields, follow=True).status_code == 200
    proposal.refresh_from_db()
    if decision == ProposalState.SAME:
        assert proposal.state == ProposalState.PROPOSED
        assert proposals_to_decide(actors[Role.TRACING_OFFICER]) == []
        services.agree_same(by=actors[Role.SITE_MANAGER], approval=Approval.objects.get())
        proposal.refresh_from_db()
    assert proposal.state == decision
    assert proposal.decided_by == actors[Role.TRACING_OFFICER].user
    assert proposal.request.state == state
    assert AuditEntry.objects.filter(act=Act.DECIDE_PROPOSAL, result="done").exists()


def test_nobody_alone_decides_that_it_is_the_same_person(site: Site, actors: dict[Role, Actor]) -> None:
    proposal, officer = make_proposal(site), actors[Role.TRACING_OFFICER]
    with pytest.raises(NotAgreed):
        services.decide(by=officer, proposal=proposal, decision=ProposalState.SAME)
    approval = services.propose_same(by=officer, proposal=proposal)
    for act in (services.agree_same, services.carry_out_same):
        with pytest.raises(NotAllowed):
            act(by=officer, approval=approval)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.PROPOSED


def test_a_caseworker_proposes_and_another_caseworker_is_no_second(site: Site, actors: dict[Role, Actor]) -> None:
    proposal, manager = make_proposal(site), actors[Role.SITE_MANAGER]
    assert proposal.person is not None
    first, second = actors[Role.CASEWORKER], cast.make_staff(site, Role.CASEWORKER, name="Gaspar")
    for user in (first.user, second.pk):
        accounts.assign(user_id=user or 0, site_id=site.pk, subject=proposal.person.pk)
    approval = services.propose_same(by=first, proposal=proposal)
    with pytest.raises(services.AlreadyAsked):
        services.propose_same(by=cast.actor(second), proposal=proposal)
    assert services.agree_same(by=manager, approval=approval).decided_by == first.user


def test_a_second_officer_who_says_the_same_agrees_by_it(site: Site, actors: dict[Role, Actor]) -> None:
    proposal, other = make_proposal(site), cast.make_staff(site, Role.TRACING_OFFICER, name="Gaspar")
    services.propose_same(by=actors[Role.TRACING_OFFICER], proposal=proposal)
    services.propose_same(by=cast.actor(other), proposal=proposal)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SAME


@pytest.mark.parametrize("after", ["changed", "not yet"])
def test_what_changed_or_was_decided_since_is_not_agreed_to(after: str, site: Site, actors: dict[Role, Actor]) -> None:
    proposal, officer, manager = make_proposal(site), actors[Role.TRACING_OFFICER], actors[Role.SITE_MANAGER]
    assert proposal.person is not None
    approval = services.propose_same(by=officer, proposal=proposal)
    if after == "changed":
        records.revise(proposal.person.identity, YULESI, by=system_actor(site.pk), act=Act.CORRECT)
    else:
        services.decide(by=officer, proposal=proposal, decision=ProposalState.NOT_YET)
    with pytest.raises(StaleApproval):
        services.agree_same(by=manager, approval=approval)
    proposal.refresh_from_db()
    assert proposal.state != ProposalState.SAME
    assert len(proposals_to_decide(officer)) == 1


def test_same_person_tells_nobody_anything(site: Site) -> None:
    proposal = make_proposal(site)
    services.decide(by=system_actor(site.pk), proposal=proposal, decision=ProposalState.SAME)
    assert not FoundDecision.objects.exists()
    other = make_person(site, Identity(given_names="Otra"))
    loose = Proposal(request=proposal.request, person=other)
    content = FoundChoice(choice=Choice.REFUSE, at=clock.now())
    with pytest.raises(services.NotTheirs):
        services.record_found_decision(by=system_actor(site.pk), proposal=loose, content=content)


def test_what_changed_meanwhile_must_be_looked_at_again(site: Site, browse: Browse) -> None:
    proposal = make_proposal(site)
    assert proposal.person is not None
    with pytest.raises(Stale):
        services.decide(by=system_actor(site.pk), proposal=proposal, decision=ProposalState.DIFFERENT, seen=(1, 7, 0))
    records.revise(proposal.person.identity, YULESI, by=system_actor(site.pk), act=Act.CORRECT)
    browse(Role.TRACING_OFFICER).post(_page(proposal), {"decision": "different", "seen": "1-1-0"})
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.PROPOSED


@pytest.mark.parametrize("fields", [{"decision": "perhaps", "seen": "1-1-0"}, {"decision": "same", "seen": "x"}])
def test_a_wrong_decision_decides_nothing(site: Site, browse: Browse, fields: dict[str, str]) -> None:
    proposal = make_proposal(site)
    assert browse(Role.TRACING_OFFICER).post(_page(proposal), fields).status_code == 200
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.PROPOSED


@pytest.mark.parametrize("role", [Role.DESK, Role.CASEWORKER, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR])
def test_others_neither_see_nor_decide(site: Site, browse: Browse, actors: dict[Role, Actor], role: Role) -> None:
    proposal = make_proposal(site)
    client = browse(role)
    for name in ("proposal", "found_decision"):
        assert client.get(_page(proposal, name)).status_code == 403
    with pytest.raises(Refused):
        services.decide(by=actors[role], proposal=proposal, decision=ProposalState.SAME)
    assert proposals_to_decide(actors[role]) == []
    assert proposals_waiting(actors[role]) == 0


def test_another_house_s_proposal_does_not_exist(site: Site, browse: Browse) -> None:
    proposal = make_proposal(cast.make_site(code="otra"))
    assert browse(Role.TRACING_OFFICER).get(_page(proposal)).status_code == 404


def test_whoever_holds_the_found_person_s_file_decides_and_does_not_read_who_asks(
    site: Site, staff: dict[Role, User], browse: Browse
) -> None:
    proposal = make_proposal(site)
    assert proposal.person is not None
    entrust(staff[Role.CASEWORKER], proposal.person.pk, site)
    client = browse(Role.CASEWORKER)
    assert client.get(_page(proposal)).status_code == 200
    assert client.get(reverse("family:request", args=[proposal.request.number])).status_code == 403


def test_today_gets_a_number_and_a_band(site: Site, actors: dict[Role, Actor]) -> None:
    proposal = make_proposal(site)
    row = proposals_to_decide(actors[Role.TRACING_OFFICER])[0]
    assert row.number == proposal.request.number
    assert row.band_words
    assert proposals_waiting(actors[Role.TRACING_OFFICER]) == 1


def test_nobody_is_asked_before_somebody_decided(site: Site, browse: Browse) -> None:
    proposal = make_proposal(site)
    assert browse(Role.TRACING_OFFICER).get(_page(proposal, "found_decision")).status_code == 302


def _same(site: Site) -> Proposal:
    proposal = make_proposal(site)
    services.decide(by=system_actor(site.pk), proposal=proposal, decision=ProposalState.SAME)
    proposal.refresh_from_db()
    return proposal


def test_the_found_person_chooses_and_may_change_it(site: Site, browse: Browse, actors: dict[Role, Actor]) -> None:
    proposal, client = _same(site), browse(Role.TRACING_OFFICER)
    page = client.get(_page(proposal, "found_decision")).content.decode()
    assert "page--turned" in page
    assert "Marisela" not in page  # she was not asked what may be told of her
    fields = {"choice": "check_first", "reach": "this_enquirer", "lasts": "180", "how": "spoken"}
    client.post(_page(proposal, "found_decision"), fields)
    client.post(_page(proposal, "found_decision"), {**fields, "choice": "refuse", "lasts": ""})
    held = FoundDecision.objects.get()
    said = open_record(held.record, FoundChoice, by=actors[Role.TRACING_OFFICER], reason=Reason.VIEW)
    assert said.choice is Choice.REFUSE
    assert said.expires_on is None
    assert held.record.version == 2
    assert AuditEntry.objects.filter(act=Act.RECORD_DECISION, result="done").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [{"choice": ""}, {"choice": "give_contact"}, {"choice": "send_message"}, {"how": "mark"}, {"reach": "everybody"}],
)
def test_a_choice_that_is_not_whole_is_not_kept(site: Site, browse: Browse, wrong: dict[str, str]) -> None:
    fields = {"choice": "refuse", "reach": "this_enquirer", "lasts": "30", "how": "spoken", **wrong}
    assert browse(Role.TRACING_OFFICER).post(_page(_same(site), "found_decision"), fields).status_code == 200
    assert not FoundDecision.objects.exists()


def test_never_ask_me_again_holds(site: Site, browse: Browse) -> None:
    proposal = _same(site)
    content = FoundChoice(choice=Choice.NEVER_ASK, reach=Reach.ANY_RELATIVE, at=clock.now())
    services.record_found_decision(by=system_actor(site.pk), proposal=proposal, content=content)
    client, address = browse(Role.TRACING_OFFICER), _page(proposal, "found_decision")
    assert "choice-refuse" not in client.get(address).content.decode()
    assert "choice-refuse" in client.get(f"{address}?changed=1").content.decode()


def test_never_ask_me_again_has_no_end_whatever_duration_is_sent(
    site: Site, browse: Browse, actors: dict[Role, Actor]
) -> None:
    proposal = _same(site)
    address = _page(proposal, "found_decision")
    fields = {"choice": "never_ask", "reach": "any_relative", "lasts": "30", "how": "spoken"}
    assert "no tiene fin" in browse(Role.TRACING_OFFICER).get(address).content.decode()
    browse(Role.TRACING_OFFICER).post(address, fields)
    held = FoundDecision.objects.get()
    said = open_record(held.record, FoundChoice, by=actors[Role.TRACING_OFFICER], reason=Reason.VIEW)
    assert said.expires_on is None
    with time_machine.travel(clock.now() + timedelta(days=400), tick=False):
        assert "choice-refuse" not in browse(Role.TRACING_OFFICER).get(address).content.decode()


def test_a_child_s_place_is_never_released(site: Site, browse: Browse) -> None:
    proposal = _same_of_unknown_age(site)
    client, address = browse(Role.TRACING_OFFICER), _page(proposal, "found_decision")
    assert 'value="give_contact"' not in client.get(address).content.decode()
    fields = {
        "reach": "this_enquirer",
        "lasts": "30",
        "how": "spoken",
        "represented_by": "Su madre",
        "represents": "parent",
        "child_heard": "Sí",
    }
    assert client.post(address, {**fields, "choice": "give_contact"}).status_code == 200
    assert not FoundDecision.objects.exists()
    client.post(address, {**fields, "choice": "alive_and_well"})
    assert FoundDecision.objects.exists()


def test_a_grown_person_may_release_theirs(site: Site, browse: Browse) -> None:
    page = browse(Role.TRACING_OFFICER).get(_page(_same(site), "found_decision")).content.decode()
    assert 'value="give_contact"' in page


def _same_of_unknown_age(site: Site) -> Proposal:
    services.open_request(by=system_actor(site.pk), sought=SOUGHT, enquirer=SISTER)
    make_person(site, Identity(given_names="Yuleisy Carolina", surnames="Ramírez Peña", mother="Carmen Peña"))
    changes.catch_up()
    proposal = Proposal.objects.get()
    services.decide(by=system_actor(site.pk), proposal=proposal, decision=ProposalState.SAME)
    proposal.refresh_from_db()
    return proposal


def test_an_unknown_age_is_treated_as_a_child_s(site: Site, browse: Browse) -> None:
    proposal = _same_of_unknown_age(site)
    fields = {"choice": "refuse", "reach": "this_enquirer", "lasts": "30", "how": "spoken"}
    client = browse(Role.TRACING_OFFICER)
    client.post(_page(proposal, "found_decision"), fields)
    assert not FoundDecision.objects.exists()
    child = {"represented_by": "Su madre", "represents": "parent", "child_heard": "Prefiere no hablar."}
    client.post(_page(proposal, "found_decision"), {**fields, **child})
    assert FoundDecision.objects.exists()


def test_an_unverified_note_changes_nobody_s_status(site: Site, browse: Browse) -> None:
    proposal = make_proposal(site)
    assert proposal.person is not None
    note = PersonNote(author="Una lista", text="La vieron ayer", status="believed_dead", found=True)
    for _time in range(2):
        services.import_note(by=system_actor(site.pk), person=proposal.person, content=note, external_id="a/1")
    assert proposal.person.imported_notes.count() == 1
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.PROPOSED
    assert "La vieron ayer" in browse(Role.TRACING_OFFICER).get(_page(proposal)).content.decode()


def test_a_request_read_in_again_says_nothing_new(site: Site) -> None:
    by = system_actor(site.pk)
    made = services.import_request(by=by, sought=SOUGHT, enquirer=SISTER, external_id="a/2")
    same = services.import_request(by=by, sought=SOUGHT, enquirer=SISTER, external_id="a/2")
    assert made is not None
    assert same is not None
    assert made == same
    same.sought.refresh_from_db()
    assert same.sought.version == 1
