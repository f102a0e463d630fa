"""Questions of kin, a colleague's opinion, a decision taken back; two officers at once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.desk.waiting import tasks_for
from posada.family import services
from posada.family.models import (
    ColleagueQuestion,
    KinAnswer,
    KinAnswers,
    KinCheck,
    Opinion,
    Proposal,
    ProposalState,
    RequestState,
)
from posada.family.queries.agreeing import without_words
from posada.family.queries.deciding import decisions_of
from posada.family.queries.proposals import asked_of
from posada.family.rules.forcing import AskedSide, Fits, Hold, hold_on_release
from posada.family.tests.people_here import entrust, make_proposal
from posada.records import erasing
from posada.records.models import SealedRecord, What, Why
from posada.records.services import Stale

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
SECRET = "Zyxwiana"


def _page(proposal: Proposal, name: str) -> str:
    return reverse(f"family:{name}", args=[proposal.pk])


def _fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_related("request__sought", "person", "record").get(pk=proposal.pk)


BOTH = {AskedSide.ENQUIRER: [Fits.FITS], AskedSide.FOUND: [Fits.FITS]}


@pytest.mark.parametrize(
    ("fits", "forced", "counsel", "hold"),
    [
        (BOTH, False, "", None),
        ({}, False, "", Hold.ONE_SIDE),
        ({AskedSide.ENQUIRER: [Fits.FITS], AskedSide.FOUND: [Fits.NOT_ASKED]}, False, "", Hold.ONE_SIDE),
        ({**BOTH, AskedSide.FOUND: [Fits.FITS, Fits.DOES_NOT]}, False, "", Hold.DOES_NOT_FIT),
        (BOTH, True, "", Hold.MAY_BE_FORCED),
        (BOTH, True, "La abogada, hoy", None),
    ],
)
def test_a_coerced_parent_who_answers_every_question_is_not_released_without_counsel(
    fits: dict[AskedSide, list[Fits]], forced: bool, counsel: str, hold: Hold | None
) -> None:
    assert hold_on_release(fits, may_be_forced=forced, counsel=counsel) is hold


def test_answers_of_kin_are_noted_sealed_and_shown_to_the_second_without_words(
    site: Site, browse: Browse, actors: dict[Role, Actor]
) -> None:
    proposal, client = make_proposal(site), browse(Role.TRACING_OFFICER)
    page = client.get(_page(proposal, "kin_answers")).content.decode()
    assert page.count("<legend") >= 6
    fields = {"enquirer_0": "fits", "found_0": "fits", "found_1": "does_not", "version": "0"}
    fields |= {"own": f"¿Cómo se llamaba el perro? {SECRET}", "own_enquirer": "fits"}
    assert client.post(_page(proposal, "kin_answers"), fields).status_code == 302
    held = KinCheck.objects.select_related("record").get()
    assert SECRET.encode() not in bytes(held.record.body)
    assert SECRET in client.get(_page(proposal, "proposal")).content.decode()
    found = without_words(_fresh(proposal))
    assert [fit.badge.kind for fit in found.asked] == ["good", "danger"]
    assert found.warning
    assert SECRET not in str(found)


def test_answers_written_meanwhile_are_not_overwritten(site: Site, browse: Browse, actors: dict[Role, Actor]) -> None:
    proposal, by = make_proposal(site), actors[Role.TRACING_OFFICER]
    first = KinAnswers(answers=(KinAnswer("¿Qué?", Fits.FITS),))
    services.note_kin_answers(by=by, proposal=proposal, content=first, expected=0)
    with pytest.raises(Stale):
        services.note_kin_answers(by=by, proposal=proposal, content=KinAnswers(), expected=0)
    answer = browse(Role.TRACING_OFFICER).post(_page(proposal, "kin_answers"), {"version": "0"}, follow=True)
    assert "alert" in answer.content.decode() or "notice" in answer.content.decode()
    assert KinCheck.objects.select_related("record").get().record.version == 1


@pytest.mark.parametrize(
    "wrong", [{"may_be_forced": "on"}, {"own_found": "fits"}, {"version": "x"}, {"found_0": "yes"}]
)
def test_answers_that_are_not_whole_are_not_kept(site: Site, browse: Browse, wrong: dict[str, str]) -> None:
    proposal = make_proposal(site)
    answer = browse(Role.TRACING_OFFICER).post(_page(proposal, "kin_answers"), {"version": "0", **wrong})
    assert answer.status_code == 200
    assert not KinCheck.objects.exists()


def test_whoever_may_be_forced_makes_an_agreement_stale(site: Site, actors: dict[Role, Actor]) -> None:
    proposal, by = make_proposal(site), actors[Role.TRACING_OFFICER]
    services.propose_same(by=by, proposal=proposal)
    assert asked_of(_fresh(proposal)) is not None
    forced = KinAnswers(may_be_forced=True, why_forced="Otra voz")
    services.note_kin_answers(by=by, proposal=proposal, content=forced, expected=0)
    assert asked_of(_fresh(proposal)) is None


def test_a_colleague_is_asked_answers_and_it_is_no_second_s_agreement(
    site: Site, staff: dict[Role, User], browse: Browse, actors: dict[Role, Actor]
) -> None:
    proposal, officer = make_proposal(site), browse(Role.TRACING_OFFICER)
    assert proposal.person is not None
    entrust(staff[Role.CASEWORKER], proposal.person.pk, site)
    colleague = staff[Role.CASEWORKER]
    fields = {"colleague": str(colleague.pk), "question": f"¿Es ella? {SECRET}"}
    assert officer.post(_page(proposal, "ask_colleague"), fields).status_code == 302
    again = officer.post(_page(proposal, "ask_colleague"), fields)
    assert again.status_code == 200  # asked once; the sentence says so
    assert ColleagueQuestion.objects.count() == 1
    assert any(task.act.url == _page(proposal, "opinion") for task in tasks_for(actors[Role.CASEWORKER]))
    asked = browse(Role.CASEWORKER)
    page = asked.get(_page(proposal, "opinion")).content.decode()
    assert SECRET in page
    assert "Marisela" not in page
    assert asked.post(_page(proposal, "opinion"), {"answer": "La conozco", "opinion": "same"}).status_code == 302
    answered = [task.act.url for task in tasks_for(actors[Role.TRACING_OFFICER])]
    assert answered.count(_page(proposal, "proposal")) == 2  # to be read, and still to be decided
    assert "La conozco" in officer.get(_page(proposal, "proposal")).content.decode()
    assert [task.act.url for task in tasks_for(actors[Role.TRACING_OFFICER])].count(_page(proposal, "proposal")) == 1
    held = _fresh(proposal)
    assert held.state == ProposalState.PROPOSED
    assert asked_of(held) is None
    assert AuditEntry.objects.filter(act=Act.DECIDE_PROPOSAL, actor=colleague.pk).exists()


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.DESK, Role.LAWYER, Role.SITE_MANAGER])
def test_nobody_sees_more_by_being_asked(
    site: Site, staff: dict[Role, User], browse: Browse, actors: dict[Role, Actor], role: Role
) -> None:
    proposal = make_proposal(site)
    with pytest.raises(services.NotEntitled):
        services.ask_colleague(
            by=actors[Role.TRACING_OFFICER], proposal=proposal, colleague=staff[role].pk, question="¿?"
        )
    fields = {"colleague": str(staff[role].pk), "question": "¿?"}
    assert browse(Role.TRACING_OFFICER).post(_page(proposal, "ask_colleague"), fields).status_code == 200
    assert not ColleagueQuestion.objects.exists()


def test_only_who_was_asked_answers_and_only_once(site: Site, actors: dict[Role, Actor]) -> None:
    proposal, by = make_proposal(site), actors[Role.TRACING_OFFICER]
    other = cast.make_staff(site, Role.TRACING_OFFICER, name="Gaspar")
    asked = services.ask_colleague(by=by, proposal=proposal, colleague=other.pk, question="¿?")
    with pytest.raises(services.NotEntitled):
        services.answer_colleague(by=by, question=asked, answer="Sí", opinion=Opinion.SAME)
    with pytest.raises(Refused):
        services.answer_colleague(by=actors[Role.DESK], question=asked, answer="Sí", opinion=Opinion.SAME)
    services.answer_colleague(by=cast.actor(other), question=asked, answer="Sí", opinion=Opinion.SAME)
    with pytest.raises(Stale):
        services.answer_colleague(by=cast.actor(other), question=asked, answer="No", opinion=Opinion.DIFFERENT)


def _same(site: Site, actors: dict[Role, Actor]) -> Proposal:
    proposal = make_proposal(site)
    approval = services.propose_same(by=actors[Role.TRACING_OFFICER], proposal=proposal, note="La madre coincide")
    services.agree_same(by=actors[Role.SITE_MANAGER], approval=approval)
    return _fresh(proposal)


def test_a_wrong_same_person_is_taken_back_with_a_reason_and_the_history_stays(
    site: Site, browse: Browse, actors: dict[Role, Actor]
) -> None:
    proposal, client = _same(site, actors), browse(Role.TRACING_OFFICER)
    address = _page(proposal, "take_back")
    seen = client.get(address).context["form"].initial["seen"]
    assert client.post(address, {"why": "", "seen": seen}).status_code == 200
    assert _fresh(proposal).state == ProposalState.SAME
    client.post(address, {"why": "Es su prima", "seen": seen})
    held = _fresh(proposal)
    assert held.state == ProposalState.NOT_YET
    assert held.request.state == RequestState.TRACING
    assert [one.decision for one in decisions_of(held, by=system_actor(site.pk))] == ["taken_back", "same"]
    page = client.get(_page(proposal, "proposal")).content.decode()
    assert "Es su prima" in page
    assert "La madre coincide" in page
    assert AuditEntry.objects.filter(act=Act.DECIDE_PROPOSAL, reason="taken_back").exists()
    with pytest.raises(services.NotTheSame):
        services.take_back_same(by=actors[Role.TRACING_OFFICER], proposal=held, why="Otra vez")


def test_what_two_decided_is_not_decided_over_by_one(site: Site, browse: Browse, actors: dict[Role, Actor]) -> None:
    proposal = _same(site, actors)
    with pytest.raises(services.IsTheSame):
        services.decide(by=actors[Role.TRACING_OFFICER], proposal=proposal, decision=ProposalState.DIFFERENT)
    fields = {"decision": "different", "seen": "1-1-1"}
    assert browse(Role.TRACING_OFFICER).post(_page(proposal, "proposal"), fields)["Location"] == _page(
        proposal, "take_back"
    )
    assert _fresh(proposal).state == ProposalState.SAME


def test_the_slower_officer_keeps_their_words_and_reads_why(site: Site, browse: Browse) -> None:
    proposal, client = make_proposal(site), browse(Role.TRACING_OFFICER)
    by = cast.actor(cast.make_staff(site, Role.TRACING_OFFICER, name="Gaspar"))
    services.decide(by=by, proposal=proposal, decision=ProposalState.NOT_YET, note="Falta la madre")
    fields = {"decision": "different", "note": "No es ella", "seen": "1-1-0"}
    answer = client.post(_page(proposal, "proposal"), fields)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "No es ella" in page
    assert "Falta la madre" in page
    assert _fresh(proposal).state == ProposalState.NOT_YET


def test_what_was_asked_and_answered_goes_with_an_erased_person(site: Site, actors: dict[Role, Actor]) -> None:
    proposal, by = make_proposal(site), actors[Role.TRACING_OFFICER]
    assert proposal.person is not None
    other = cast.make_staff(site, Role.TRACING_OFFICER, name="Gaspar")
    services.ask_colleague(by=by, proposal=proposal, colleague=other.pk, question="¿?")
    services.note_kin_answers(by=by, proposal=proposal, content=KinAnswers(counsel="X"), expected=0)
    kinds = ["family.asked_colleague", "family.kin_answers"]
    assert SealedRecord.objects.filter(kind__in=kinds).count() == 2
    house = system_actor(site.pk)
    held = erasing.hide(by=house, subject=proposal.person.subject, what=What.PERSON, why=Why.ASKED)
    cast.second_agrees(erasing.ask_second(by=actors[Role.SITE_MANAGER], erasure=held))
    erasing.erase(by=actors[Role.SITE_MANAGER], erasure=held)
    assert not SealedRecord.objects.filter(kind__in=kinds).exists()
    assert not ColleagueQuestion.objects.exists()


@pytest.mark.django_db(databases=["default", "keyring"], transaction=True)
@pytest.mark.usefixtures("audit_may_be_emptied")
def test_of_two_officers_at_once_the_second_gets_a_clear_sentence_and_nothing_is_lost(site: Site) -> None:
    proposal = make_proposal(site)
    officers = [cast.actor(cast.make_staff(site, Role.TRACING_OFFICER, name=name)) for name in ("Ana", "Gaspar")]
    start, ended = threading.Barrier(2), []

    def one(by: Actor, decision: ProposalState) -> None:
        start.wait()
        try:
            services.decide(by=by, proposal=proposal, decision=decision, note=str(by.user), seen=(1, 1, 0))
            ended.append(str(by.user))
        except Stale:
            ended.append("stale")
        finally:
            connections.close_all()

    pairs = zip(officers, (ProposalState.DIFFERENT, ProposalState.NOT_YET), strict=True)
    threads = [threading.Thread(target=one, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert ended.count("stale") == 1
    held = _fresh(proposal)
    decided = decisions_of(held, by=system_actor(site.pk))
    assert [one.note for one in decided] == [next(word for word in ended if word != "stale")]
    assert str(held.decided_by) == decided[0].note
