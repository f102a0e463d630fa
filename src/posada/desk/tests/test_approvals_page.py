"""The pages on which two persons agree: what a second sees, and what they never see."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts import approvals
from posada.accounts.acts import Role
from posada.accounts.approvals import Kind, Question, codes, digest_of
from posada.accounts.models import AgreeingCode, Approval, Site
from posada.accounts.permissions import Actor, system_actor
from posada.family import services as family
from posada.family.models import Enquirer, Proposal, ProposalState, Sought
from posada.ground import clock
from posada.people import services as people
from posada.people.models import Identity
from posada.records import agreeing
from posada.records.agreeing import AskedWords

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

Browse = Callable[[Role], Client]


@pytest.fixture
def asked(actors: dict[Role, Actor]) -> Approval:
    """The manager asks to write 17 people out."""
    question = Question(kind=Kind.EXPORT, digest=digest_of("x"), count=17, terms="tracing:date_of_birth")
    return agreeing.ask(by=actors[Role.SITE_MANAGER], question=question, words=AskedWords(why="Para la Cruz Roja"))


def _url(name: str, approval: Approval) -> str:
    return reverse(f"desk:{name}", args=[approval.pk])


def test_the_second_finds_it_on_today_sees_what_and_why_and_agrees(asked: Approval, browse: Browse) -> None:
    second = browse(Role.CASEWORKER)
    assert _url("approval", asked) in second.get("/").content.decode()
    page = second.get(_url("approval", asked)).content.decode()
    for words in ("17", "Para la Cruz Roja", cast.STAFF[Role.SITE_MANAGER], _url("agree", asked), _url("stop", asked)):
        assert words in page
    assert second.post(_url("agree", asked)).status_code == 302
    asked.refresh_from_db()
    assert asked.state == Approval.State.AGREED
    assert reverse("interop:export") in browse(Role.SITE_MANAGER).get(_url("approval", asked)).content.decode()


def test_who_asked_has_no_press_to_agree_and_one_sent_anyway_is_refused(asked: Approval, browse: Browse) -> None:
    manager = browse(Role.SITE_MANAGER)
    assert _url("agree", asked) not in manager.get(_url("approval", asked)).content.decode()
    answer = manager.post(_url("agree", asked), follow=True)
    assert str(approvals.SamePerson()) in answer.content.decode()
    asked.refresh_from_db()
    assert asked.state == Approval.State.ASKED


@pytest.mark.parametrize("role", [Role.DESK, Role.AUDITOR])
def test_desk_and_auditor_see_nothing_of_it(role: Role, asked: Approval, browse: Browse) -> None:
    client = browse(role)
    assert client.get(_url("approval", asked)).status_code == 403
    assert client.get(reverse("desk:approvals")).status_code == 403
    assert _url("approval", asked) not in client.get("/").content.decode()


def test_a_stop_is_one_press_and_says_so(asked: Approval, browse: Browse, actors: dict[Role, Actor]) -> None:
    browse(Role.LAWYER).post(_url("stop", asked))
    asked.refresh_from_db()
    assert (asked.state, asked.stopped_by_id) == (Approval.State.STOPPED, actors[Role.LAWYER].user)
    answer = browse(Role.CASEWORKER).post(_url("agree", asked), follow=True)
    assert str(approvals.Stopped()) in answer.content.decode()


def _proposal(site: Site) -> Proposal:
    house = system_actor(site.pk)
    identity = Identity(given_names="Yulesi", surnames="Ramirez", birth="1987", mother="Carmen")
    person = people.register_person(by=house, identity=identity)
    sought = Sought(given_names="Yulesi", surnames="Ramires", birth="1987", mother="Carmen")
    request = family.open_request(by=house, enquirer=Enquirer(name="Hermana Roa"), sought=sought)
    return Proposal.objects.create(
        id=uuid.uuid4(),
        request=request,
        person=person,
        against="person",
        band="likely",
        sought_version=1,
        candidate_version=1,
        proposed_on=clock.today(),
    )


def test_the_site_manager_agrees_to_a_match_by_numbers_and_fit_and_sees_no_content(site: Site, browse: Browse) -> None:
    proposal = _proposal(site)
    fields = {"decision": "same", "note": "Coincide la madre", "seen": "1-1-0"}
    where = browse(Role.TRACING_OFFICER).post(reverse("family:proposal", args=[proposal.pk]), fields)["Location"]
    manager = browse(Role.SITE_MANAGER)
    page = manager.get(where).content.decode()
    assert proposal.person is not None
    assert str(proposal.request.number) in page
    assert str(proposal.person.number) in page
    assert "badge--good" in page
    hidden = ("Yulesi", "Ramire", "1987", "Carmen", "Hermana", "Coincide")
    assert not [word for word in hidden if word in page]
    assert manager.get(reverse("family:proposal", args=[proposal.pk])).status_code == 403
    manager.post(where + "agree/")
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.SAME


def test_a_second_officer_is_led_to_compare_for_themselves(
    site: Site, browse: Browse, actors: dict[Role, Actor]
) -> None:
    proposal, other = _proposal(site), cast.make_staff(site, Role.TRACING_OFFICER, name="Gaspar")
    approval = family.propose_same(by=cast.actor(other), proposal=proposal)
    page = browse(Role.TRACING_OFFICER).get(_url("approval", approval)).content.decode()
    assert reverse("family:proposal", args=[proposal.pk]) in page
    shown = browse(Role.TRACING_OFFICER).get(reverse("family:proposal", args=[proposal.pk])).content.decode()
    assert _url("approval", approval) in shown


def test_a_code_is_made_with_the_password_again_and_shown_once(browse: Browse) -> None:
    client, url = browse(Role.CASEWORKER), reverse("desk:agreeing_codes")
    assert client.get(url).status_code == 200
    assert client.post(url, {"kind": "export", "password": "wrong"}).status_code == 422
    assert client.post(url, {"kind": "same_person", "password": cast.PASSWORD}).status_code == 422
    assert not AgreeingCode.objects.exists()
    page = client.post(url, {"kind": "export", "password": cast.PASSWORD}).content.decode()
    secret = codes.secret_of(AgreeingCode.objects.get())
    assert secret in page.replace(" ", "")
    assert secret not in client.get(url).content.decode().replace(" ", "")


def test_a_code_typed_by_who_asked_agrees_and_the_second_reads_it_at_the_next_sign_in(
    asked: Approval, browse: Browse, actors: dict[Role, Actor]
) -> None:
    held = codes.enrol(by=actors[Role.CASEWORKER], kind=Kind.EXPORT)
    manager, second = browse(Role.SITE_MANAGER), browse(Role.CASEWORKER)
    fields = {"name": cast.STAFF[Role.CASEWORKER], "code": "000000"}
    wrong = manager.post(_url("code", asked), fields)
    assert wrong.status_code == 422
    assert str(approvals.WrongCode()) in wrong.content.decode()
    assert manager.post(_url("code", asked), {}).status_code == 422
    right = {**fields, "code": codes.code_at(held, clock.real_seconds())}
    assert manager.post(_url("code", asked), right).status_code == 302
    assert _url("stop", asked) in second.get(reverse("desk:approvals")).content.decode()
    second.post(_url("heard", asked))
    assert _url("heard", asked) not in second.get(reverse("desk:approvals")).content.decode()


def test_in_a_demonstration_the_other_one_is_one_press_away(site: Site, browse: Browse, asked: Approval) -> None:
    manager = browse(Role.SITE_MANAGER)
    assert manager.post(_url("enter_for", asked), {"role": "caseworker"}).status_code == 404
    Site.objects.update(demonstration=True)
    assert 'value="caseworker"' in manager.get(_url("approval", asked)).content.decode()
    assert manager.post(_url("enter_for", asked), {"role": "cook"}).status_code == 404
    assert manager.post(_url("enter_for", asked), {"role": "caseworker"})["Location"] == _url("approval", asked)
    assert manager.post(_url("agree", asked)).status_code == 302
    assert manager.post(_url("enter_for", asked), {"role": ""}).status_code == 302
    assert reverse("interop:export") in manager.get(_url("approval", asked)).content.decode()
