"""Misuse that stands in the way of tracing: each has its answer, at the services themselves."""

import uuid
from collections.abc import Callable

import msgspec
import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts import approvals
from posada.accounts.acts import Act, Role
from posada.accounts.approvals import StaleApproval
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, system_actor
from posada.family import services
from posada.family.models import (
    AskedColleague,
    Channel,
    ColleagueQuestion,
    DeathNews,
    DeathWords,
    Enquirer,
    FoundDecision,
    KinAnswers,
    KinCheck,
    Proposal,
    ProposalState,
    Relative,
    ReleaseState,
    Said,
    Saying,
)
from posada.family.queries.deaths import About, confirmed_death_of
from posada.family.queries.found import chosen, to_ask
from posada.family.queries.releasing import in_the_way, release_without_words
from posada.family.rules.choices import Choice
from posada.family.rules.deaths import Knows
from posada.family.rules.kinship import Relation
from posada.family.rules.releasing import OBSTACLE_LABELS, Obstacle
from posada.family.services import deaths
from posada.family.tests.people_here import SISTER, SOUGHT, YULESI, make_card, make_person, make_proposal, make_request
from posada.family.tests.telling_here import check, choose, fresh, make_same, release
from posada.ground import clock
from posada.people.models import Identity, Person
from posada.records import changes
from posada.records import services as records
from posada.records.models import SealedRecord

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
SEEN = DeathWords(source="la hermana", knows=Knows.SAW, first_hand=True, checked="Beatriz habló con ella")


def _person(proposal: Proposal) -> Person:
    assert proposal.person is not None
    return proposal.person


def _confirmed(news: DeathNews, actors: dict[Role, Actor]) -> DeathNews:
    officer = actors[Role.TRACING_OFFICER]
    asked = deaths.ask_to_confirm(by=officer, news=news)
    approvals.agree(by=actors[Role.SITE_MANAGER], approval=asked)
    return deaths.confirm(by=officer, approval=asked)


@pytest.mark.parametrize("choice", [Choice.GIVE_CONTACT, Choice.ALIVE_AND_WELL, Choice.SEND_MESSAGE])
def test_a_coerced_parent_who_answers_every_question_is_told_nothing_without_counsel(
    site: Site, actors: dict[Role, Actor], choice: Choice
) -> None:
    """All of it fits, on both sides; the voice that asks may be forced. A second who agrees does not help either."""
    proposal, officer = make_same(site, name="Carmen Peña", relationship=Relation.MOTHER), actors[Role.TRACING_OFFICER]
    choose(proposal, choice)
    asked = services.ask_release(by=officer, proposal=proposal)
    check(proposal, may_be_forced=True, why_forced="Alguien le dictaba")
    with pytest.raises(StaleApproval):
        services.agree_release(by=actors[Role.SITE_MANAGER], approval=asked)
    with pytest.raises(services.Held) as stands:
        services.ask_release(by=officer, proposal=fresh(proposal))
    assert stands.value.obstacle is Obstacle.FORCED
    check(proposal, may_be_forced=True, why_forced="Alguien le dictaba", counsel="La abogada, hoy")
    assert release(fresh(proposal), actors).state == ReleaseState.TO_TELL, "the control: after counsel it may be told"


@pytest.mark.parametrize("about", ["sought", "found", "who asks"])
def test_a_person_both_sought_and_deceased_is_never_told_to_be_alive_and_well(
    site: Site, actors: dict[Role, Actor], about: str
) -> None:
    """Agreed to, then the news comes: the words are shown to nobody, and nothing says to a second what it is."""
    proposal, officer = make_same(site), actors[Role.TRACING_OFFICER]
    asks = make_person(site, Identity(given_names="Marisela", birth="1980"))
    proposal.request.resident = asks
    proposal.request.save(update_fields=["resident"])
    choose(proposal, Choice.ALIVE_AND_WELL)
    held = release(fresh(proposal), actors)
    sides: dict[str, About] = {"sought": proposal.request, "found": _person(proposal), "who asks": asks}
    news = deaths.note_death(by=officer, about=sides[about], content=SEEN)
    assert in_the_way(fresh(proposal)) is None, "what was only noted changes nothing"
    news = _confirmed(news, actors)
    with pytest.raises(services.Held) as stands:
        services.what_to_say(by=officer, release=held)
    assert stands.value.obstacle is Obstacle.NEWS
    shown = release_without_words(fresh(proposal)).obstacle
    assert shown == str(OBSTACLE_LABELS[Obstacle.NEWS])
    assert "death" not in shown
    assert "muer" not in shown
    deaths.withdraw_news(by=officer, news=news, why="Era otra.")
    assert services.what_to_say(by=officer, release=held).choice is Choice.ALIVE_AND_WELL


def test_news_on_the_card_of_which_a_request_was_made_holds_up_its_release_and_no_other_s(
    site: Site, actors: dict[Role, Actor]
) -> None:
    proposal, house = make_same(site), system_actor(site.pk)
    asks = make_person(site, Identity(given_names="Marisela", birth="1980"))
    proposal.request.resident = asks
    proposal.request.save(update_fields=["resident"])
    choose(proposal, Choice.ALIVE_AND_WELL)
    other, behind = (
        make_card(site, asks, Relative(who="C. P.", request=request)) for request in (None, proposal.request_id)
    )
    for card, obstacle in ((other, None), (behind, Obstacle.NEWS)):
        news = deaths.note_death(by=house, about=card, content=SEEN)
        DeathNews.objects.filter(pk=news.pk).update(state="confirmed")
        assert in_the_way(fresh(proposal)) is obstacle


def test_a_person_both_sought_and_deceased_warns_where_two_requests_meet(site: Site, actors: dict[Role, Actor]) -> None:
    first, second = make_request(site), make_request(site, enquirer=Enquirer(name="Rosa", safe_channel="+1"))
    officer = actors[Role.TRACING_OFFICER]
    assert not confirmed_death_of(officer, request=first, other=second)
    _confirmed(deaths.note_death(by=officer, about=second, content=SEEN), actors)
    assert confirmed_death_of(officer, request=first, other=second)
    assert not confirmed_death_of(officer, request=first)


def test_a_resident_who_asks_is_told_face_to_face_where_no_other_way_is_known(
    site: Site, actors: dict[Role, Actor], browse: Callable[[Role], Client]
) -> None:
    proposal = make_same(site, safe_channel="")
    choose(proposal, Choice.ALIVE_AND_WELL)
    assert in_the_way(fresh(proposal)) is Obstacle.NO_CHANNEL, "the control: of somebody outside no way is known"
    asks = make_person(site, Identity(given_names="Marisela", birth="1980"))
    proposal.request.resident = asks
    proposal.request.save(update_fields=["resident"])
    choose(proposal, Choice.RECEIVE_CONTACT)
    assert in_the_way(fresh(proposal)) is Obstacle.NO_CHANNEL, "there is no contact of theirs to give"
    choose(proposal, Choice.ALIVE_AND_WELL)
    held = release(fresh(proposal), actors)
    page = browse(Role.TRACING_OFFICER).post(reverse("family:release", args=[held.pk])).content.decode()
    assert f"residente {asks.number}" in page
    services.note_try(by=actors[Role.TRACING_OFFICER], release=held, channel=Channel.IN_PERSON, reached=True)


def _asked_about(proposal: Proposal, staff: dict[Role, User], actors: dict[Role, Actor]) -> None:
    """A question to a colleague and answers of kin, on which nobody has decided."""
    officer = actors[Role.TRACING_OFFICER]
    services.note_kin_answers(by=officer, proposal=proposal, content=KinAnswers(why_forced="?"), expected=0)
    record = records.seal_new(
        AskedColleague(question="?"),
        subject=proposal.request.sought.subject,
        by=system_actor(proposal.request.site_id),
        act=Act.DECIDE_PROPOSAL,
    )
    ColleagueQuestion.objects.create(
        proposal=proposal,
        asked_by=staff[Role.TRACING_OFFICER],
        asked_of=staff[Role.CASEWORKER],
        asked_on=clock.today(),
        record=record,
    )


def _sealed_without_a_row() -> set[uuid.UUID]:
    """Sealed answers of kin and questions that no row holds any longer."""
    kinds = [KinAnswers.KIND, AskedColleague.KIND]
    sealed: set[uuid.UUID] = set(SealedRecord.objects.filter(kind__in=kinds).values_list("pk", flat=True))
    for rows in (KinCheck.objects, ColleagueQuestion.objects):
        sealed -= set(rows.values_list("record", flat=True))
    return sealed


def test_objecting_leaves_nothing_sealed_behind_and_nothing_to_agree_to(
    site: Site, staff: dict[Role, User], actors: dict[Role, Actor]
) -> None:
    proposal, officer = make_proposal(site), actors[Role.TRACING_OFFICER]
    _asked_about(proposal, staff, actors)
    asked = services.propose_same(by=officer, proposal=proposal)
    saying = Saying(at=clock.now(), said=Said.OBJECT)
    services.note_saying(by=officer, person=_person(proposal), saying=saying)
    changes.catch_up()
    assert not Proposal.objects.visible_to(officer).exists()
    assert _sealed_without_a_row() == set()
    with pytest.raises(StaleApproval):
        services.agree_same(by=actors[Role.SITE_MANAGER], approval=asked)
    assert not Proposal.objects.filter(state=ProposalState.SAME).exists()


def test_a_request_found_out_to_be_no_familys_leaves_nothing_sealed_behind_and_nothing_to_agree_to(
    site: Site, staff: dict[Role, User], actors: dict[Role, Actor]
) -> None:
    proposal, officer = make_proposal(site), actors[Role.TRACING_OFFICER]
    _asked_about(proposal, staff, actors)
    asked = services.propose_same(by=officer, proposal=proposal)
    services.refuse_request(by=officer, request=proposal.request, kind="army")
    assert not Proposal.objects.visible_to(officer).exists()
    assert _sealed_without_a_row() == set()
    with pytest.raises(StaleApproval):
        services.agree_same(by=actors[Role.SITE_MANAGER], approval=asked)
    changes.catch_up()
    assert not Proposal.objects.visible_to(officer).exists()


def test_never_asked_again_holds_over_corrections_and_lists(site: Site) -> None:
    """Who asks is read in again, both records are corrected: nobody stands to be asked once more."""
    house = system_actor(site.pk)
    services.import_request(by=house, sought=SOUGHT, enquirer=SISTER, external_id="list/7")
    person = make_person(site)
    changes.catch_up()
    proposal = Proposal.objects.get(person=person)
    services.decide(by=house, proposal=proposal, decision=ProposalState.SAME)
    proposal = fresh(proposal)
    assert to_ask(house).get() == proposal, "the control: before, they are to be asked"
    choose(proposal, Choice.NEVER_ASK)
    said = msgspec.structs.replace(SOUGHT, nickname="Yuli", marks="cicatriz")
    services.import_request(by=house, sought=said, enquirer=SISTER, external_id="list/7")
    corrected = msgspec.structs.replace(YULESI, birth="1987-03-14")
    records.revise(person.identity, corrected, by=house, act=Act.CORRECT)
    changes.catch_up()
    assert not to_ask(house).exists()
    assert Proposal.objects.count() == FoundDecision.objects.count() == 1
    assert chosen(house, fresh(proposal)).rests


@pytest.mark.parametrize("same", [True, False])
def test_never_asked_again_holds_for_a_new_request_of_the_same_enquirer(site: Site, same: bool) -> None:
    """A resident who asks anew for the same person does not begin anew; another resident does."""
    house = system_actor(site.pk)
    residents = [make_person(site, Identity(given_names=name, birth="1960")) for name in ("Marisela", "Otto")]
    services.open_request(by=house, sought=SOUGHT, enquirer=SISTER, resident=residents[0])
    found = make_person(site)
    changes.catch_up()
    first = Proposal.objects.get(person=found)
    services.decide(by=house, proposal=first, decision=ProposalState.SAME)
    choose(fresh(first), Choice.NEVER_ASK)
    services.open_request(by=house, sought=SOUGHT, enquirer=SISTER, resident=residents[0 if same else 1])
    changes.catch_up()
    second = Proposal.objects.exclude(pk=first.pk).get(person=found)
    services.decide(by=house, proposal=second, decision=ProposalState.SAME)
    assert chosen(house, fresh(second)).rests is same
