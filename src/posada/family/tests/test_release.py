"""What a found person allowed is told by a person, after two agreed; any change on the way makes it stale."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Act, Role
from posada.accounts.approvals import NotAllowed, StaleApproval
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.family import services
from posada.family.models import (
    Channel,
    Enquirer,
    FoundChoice,
    FoundDecision,
    FoundWords,
    Freeze,
    Proposal,
    ProposalState,
    Release,
    ReleaseState,
    Share,
    Sought,
    TracingRequest,
)
from posada.family.queries import enquirer_answer
from posada.family.queries.found import to_ask
from posada.family.queries.releasing import in_the_way
from posada.family.rules import releasing
from posada.family.rules.answer import neutral_answer
from posada.family.rules.choices import CARRIED_OUT, WITH_WORDS, Choice, Reach
from posada.family.rules.protecting import Flag
from posada.family.rules.releasing import Obstacle
from posada.family.rules.safe_hours import SafeHours, Span
from posada.family.tests.people_here import entrust
from posada.family.tests.telling_here import SECRET, check, choose, fresh, make_same, release
from posada.ground import clock
from posada.people.models import Identity
from posada.records import changes
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.models import SealedRecord
from posada.records.services import Stale

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]


def _officer(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.TRACING_OFFICER]


@pytest.mark.parametrize("choice", [one for one in Choice if one not in CARRIED_OUT])
def test_what_tells_nobody_anything_is_never_released(site: Site, actors: dict[Role, Actor], choice: Choice) -> None:
    proposal = make_same(site)
    choose(proposal, choice)
    with pytest.raises(services.Held) as held:
        services.ask_release(by=_officer(actors), proposal=proposal)
    assert held.value.obstacle is Obstacle.NOTHING_TO_TELL
    assert str(held.value)


def test_nothing_is_released_before_the_found_person_decided(site: Site, actors: dict[Role, Actor]) -> None:
    with pytest.raises(services.Held) as held:
        services.ask_release(by=_officer(actors), proposal=make_same(site))
    assert held.value.obstacle is Obstacle.NOT_ASKED


@pytest.mark.parametrize("choice", sorted(CARRIED_OUT))
def test_two_persons_agree_then_a_person_tells_it_once(site: Site, actors: dict[Role, Actor], choice: Choice) -> None:
    proposal, officer = make_same(site), _officer(actors)
    choose(proposal, choice)
    approval = services.ask_release(by=officer, proposal=proposal)
    for act in (services.agree_release, services.carry_out_release):
        with pytest.raises(NotAllowed):
            act(by=officer, approval=approval)
    assert not Release.objects.exists()
    held = services.agree_release(by=actors[Role.SITE_MANAGER], approval=approval)
    say = services.what_to_say(by=officer, release=held)
    assert say.text == (SECRET if choice in WITH_WORDS else "")
    assert say.to_found is (choice is Choice.RECEIVE_CONTACT)
    services.note_try(by=officer, release=held, channel=Channel.VOICE, reached=True)
    with pytest.raises(services.NotToTell):
        services.note_try(by=officer, release=held, channel=Channel.VOICE, reached=True)
    with pytest.raises(services.NotToTell):
        services.what_to_say(by=officer, release=held)
    with pytest.raises((NotAllowed, services.AlreadyReleased)):
        services.carry_out_release(by=officer, approval=approval)
    with pytest.raises((services.AlreadyReleased, services.Held)):
        services.ask_release(by=officer, proposal=proposal)
    assert AuditEntry.objects.filter(act=Act.RELEASE, reason="release:agreed").count() == 1


def test_of_an_expired_request_nothing_is_told(site: Site, actors: dict[Role, Actor]) -> None:
    proposal = make_same(site)
    choose(proposal, Choice.ALIVE_AND_WELL)
    held = release(proposal, actors)
    with time_machine.travel(clock.now() + timedelta(days=181), tick=False):
        assert in_the_way(fresh(proposal)) is Obstacle.CLOSED
        with pytest.raises(services.Held) as stands:
            services.what_to_say(by=_officer(actors), release=held)
    assert stands.value.obstacle is Obstacle.CLOSED


def test_a_caseworker_asks_for_who_is_entrusted_and_is_never_the_second(
    site: Site, staff: dict[Role, User], actors: dict[Role, Actor]
) -> None:
    proposal, caseworker = make_same(site), actors[Role.CASEWORKER]
    choose(proposal, Choice.ALIVE_AND_WELL)
    assert proposal.person is not None
    with pytest.raises(Refused):
        services.ask_release(by=caseworker, proposal=proposal)
    asked = services.ask_release(by=_officer(actors), proposal=proposal)
    with pytest.raises(Refused):
        services.agree_release(by=caseworker, approval=asked)
    entrust(staff[Role.CASEWORKER], proposal.person.pk, site)
    mine = services.ask_release(by=caseworker, proposal=proposal)
    held = services.agree_release(by=_officer(actors), approval=mine)
    with pytest.raises(Refused):  # who asks is never read by whoever holds only the found person's file
        services.what_to_say(by=caseworker, release=held)


def _frozen(proposal: Proposal) -> None:
    Freeze.objects.create(site_id=proposal.request.site_id, resident=proposal.person, since=clock.today())


def _other_asker(proposal: Proposal) -> None:
    """The name of who asks is corrected."""
    services.update_request(
        by=system_actor(proposal.request.site_id),
        request=proposal.request,
        contents=(Enquirer(name="Otra", safe_channel="+1"), _sought(proposal), None),
        expected=(1, 1, 1),
    )


def _sought(proposal: Proposal) -> Sought:
    by = system_actor(proposal.request.site_id)
    return open_record(proposal.request.sought, Sought, by=by, reason=Reason.SYSTEM)


CHANGES: dict[str, Callable[[Proposal], object]] = {
    "taken back": lambda one: services.withdraw_found_decision(by=system_actor(one.request.site_id), proposal=one),
    "another choice": lambda one: choose(one, Choice.SEND_MESSAGE),
    "the same choice again": lambda one: choose(one, Choice.GIVE_CONTACT),
    "frozen": _frozen,
    "may be forced": lambda one: check(one, may_be_forced=True),
    "counsel noted": lambda one: check(one, may_be_forced=True, counsel="La abogada"),
    "closed": lambda one: services.close_request(by=system_actor(one.request.site_id), request=one.request),
    "who asks is somebody else": _other_asker,
    "renewed": lambda one: TracingRequest.objects.filter(pk=one.request_id).update(
        expires_on=clock.today() + timedelta(days=300)
    ),
    "no longer the same": lambda one: Proposal.objects.filter(pk=one.pk).update(state=ProposalState.NOT_YET),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_makes_an_agreement_stale(site: Site, actors: dict[Role, Actor], change: str) -> None:
    proposal = make_same(site)
    choose(proposal, Choice.GIVE_CONTACT)
    approval = services.ask_release(by=_officer(actors), proposal=proposal)
    CHANGES[change](proposal)
    with pytest.raises(StaleApproval):
        services.agree_release(by=actors[Role.SITE_MANAGER], approval=approval)
    assert not Release.objects.exists()


def test_an_expired_choice_counts_as_not_asked(site: Site, actors: dict[Role, Actor]) -> None:
    proposal = make_same(site)
    choose(proposal, Choice.ALIVE_AND_WELL, expires_on=clock.today() + timedelta(days=3))
    approval = services.ask_release(by=_officer(actors), proposal=proposal)
    assert not to_ask(_officer(actors)).exists()
    with time_machine.travel(clock.now() + timedelta(days=4), tick=False):
        assert in_the_way(fresh(proposal)) is Obstacle.EXPIRED
        assert to_ask(_officer(actors)).get() == proposal
        with pytest.raises(StaleApproval):
            services.agree_release(by=actors[Role.SITE_MANAGER], approval=approval)


def test_asked_later_comes_back_on_its_day_and_not_before(site: Site, actors: dict[Role, Actor]) -> None:
    proposal = make_same(site)
    assert to_ask(_officer(actors)).get() == proposal
    choose(proposal, Choice.ASK_LATER, ask_again_on=clock.today() + timedelta(days=5))
    assert not to_ask(_officer(actors)).exists()
    with time_machine.travel(clock.now() + timedelta(days=5), tick=False):
        assert to_ask(_officer(actors)).get() == proposal


def test_taken_back_before_it_was_told_nothing_is_told(site: Site, actors: dict[Role, Actor]) -> None:
    proposal, officer = make_same(site), _officer(actors)
    choose(proposal, Choice.GIVE_CONTACT)
    held = release(proposal, actors)
    services.withdraw_found_decision(by=officer, proposal=proposal)
    held.refresh_from_db()
    assert held.state == ReleaseState.STOPPED
    with pytest.raises(services.NotToTell):
        services.what_to_say(by=officer, release=held)
    with pytest.raises(services.NotOpened):
        services.note_try(by=officer, release=held, channel=Channel.VOICE, reached=True)
    assert not SealedRecord.objects.filter(kind=FoundWords.KIND).exists()


def test_a_choice_changed_while_it_waits_to_be_told_stops_it(site: Site, actors: dict[Role, Actor]) -> None:
    proposal = make_same(site)
    choose(proposal, Choice.GIVE_CONTACT)
    held = release(proposal, actors)
    choose(proposal, Choice.REFUSE)
    with pytest.raises(services.NotToTell):
        services.what_to_say(by=_officer(actors), release=held)


def test_what_was_passed_on_is_deleted_with_its_key(site: Site, actors: dict[Role, Actor]) -> None:
    proposal, officer = make_same(site), _officer(actors)
    decision = choose(proposal, Choice.SEND_MESSAGE)
    assert decision.words is not None
    subject = decision.words.subject
    held = release(proposal, actors)
    services.what_to_say(by=officer, release=held)
    services.note_try(by=officer, release=held, channel=Channel.VOICE, reached=False)
    assert SealedRecord.objects.filter(subject=subject).exists()  # not reached: it is still to be told
    services.note_try(by=officer, release=held, channel=Channel.TEXT, reached=True)
    assert not SealedRecord.objects.filter(subject=subject).exists()
    held.refresh_from_db()
    assert (held.state, held.tries) == (ReleaseState.TOLD, 2)


def test_outside_the_safe_hours_the_words_are_not_shown(site: Site, actors: dict[Role, Actor]) -> None:
    hours = SafeHours(zone="America/Bogota", spans=(Span(begins=_at(19), until=_at(20)),))
    proposal = make_same(site, hours=hours)
    choose(proposal, Choice.ALIVE_AND_WELL)
    held = release(proposal, actors)
    noon = clock.now().astimezone(UTC).replace(hour=17, minute=0) + timedelta(days=1)
    with time_machine.travel(noon, tick=False), pytest.raises(services.NotNow) as not_now:
        services.what_to_say(by=_officer(actors), release=held)
    assert not_now.value.reach.not_before == noon.replace(hour=0, second=0, microsecond=0) + timedelta(days=1)
    with time_machine.travel(noon + timedelta(hours=7, minutes=30), tick=False):
        assert services.what_to_say(by=_officer(actors), release=held).choice is Choice.ALIVE_AND_WELL


def _at(hour: int) -> Any:
    return datetime(2000, 1, 1, hour, tzinfo=UTC).time()


def test_frozen_after_two_agreed_it_is_not_told(site: Site, actors: dict[Role, Actor]) -> None:
    proposal = make_same(site)
    choose(proposal, Choice.ALIVE_AND_WELL)
    held = release(proposal, actors)
    _frozen(proposal)
    with pytest.raises(services.Held) as stands:
        services.what_to_say(by=_officer(actors), release=held)
    assert stands.value.obstacle is Obstacle.FROZEN


@pytest.mark.parametrize("flag", [Flag.VIOLENCE_FEARED, Flag.MAY_BE_FORCED, Flag.DISPUTE])
def test_where_violence_or_force_is_feared_nothing_is_told_before_counsel(site: Site, flag: Flag) -> None:
    proposal = make_same(site, flags=(flag,))
    choose(proposal, Choice.ALIVE_AND_WELL)
    assert in_the_way(proposal) is Obstacle.DANGER
    check(proposal, counsel="La psicóloga de la casa")
    assert in_the_way(proposal) is None


@pytest.mark.parametrize("choice", [Choice.GIVE_CONTACT, Choice.RECEIVE_CONTACT])
def test_the_relationship_is_checked_both_ways_before_contact(site: Site, choice: Choice) -> None:
    proposal = make_same(site, checked=False)
    choose(proposal, choice)
    assert in_the_way(proposal) is Obstacle.NOT_CHECKED


@pytest.mark.parametrize("share", [one for one in Share if one is not Share.NAME])
def test_the_contact_of_who_asks_is_given_only_if_they_allowed_it(site: Site, share: Share) -> None:
    proposal = make_same(site, share_with=share)
    choose(proposal, Choice.RECEIVE_CONTACT)
    assert in_the_way(proposal) is Obstacle.NOT_SHARED


def test_never_telephone_is_kept_to(site: Site, actors: dict[Role, Actor]) -> None:
    proposal, officer = make_same(site, flags=(Flag.NEVER_TELEPHONE,)), _officer(actors)
    choose(proposal, Choice.ALIVE_AND_WELL)
    held = release(proposal, actors)
    services.what_to_say(by=officer, release=held)
    with pytest.raises(services.NoCalls):
        services.note_try(by=officer, release=held, channel=Channel.VOICE, reached=True)
    services.note_try(by=officer, release=held, channel=Channel.TEXT, reached=True)


CHILD = Identity(given_names="Yulesi Carolina", surnames="Ramires Peña", birth="2015", mother="Carmen Peña")


@pytest.mark.parametrize("birth", ["2015", ""])
def test_a_minor_s_place_is_never_released_nor_one_s_of_unknown_age(site: Site, birth: str) -> None:
    who = msgspec.structs.replace(CHILD, birth=birth)
    proposal = make_same(site, identity=who) if birth == "" else _same_child(site, who)
    with pytest.raises(services.NotOfAChild):
        choose(proposal, Choice.GIVE_CONTACT, represented_by="Su madre")
    with pytest.raises(services.NotAlone):
        choose(proposal, Choice.ALIVE_AND_WELL)
    decision = choose(proposal, Choice.ALIVE_AND_WELL, represented_by="Su madre")
    assert in_the_way(proposal) is None
    # Even one that stands in the database is not carried out.
    facts = releasing.Facts(same=True, choice=Choice.GIVE_CONTACT, minor=True)
    assert releasing.obstacle(facts) is Obstacle.MINOR
    assert decision.words is None


def _same_child(site: Site, who: Identity) -> Proposal:
    """The records differ too much in age to be proposed: somebody else said it."""
    proposal = make_same(site, identity=msgspec.structs.replace(who, birth=""))
    assert proposal.person is not None
    records.revise(proposal.person.identity, who, by=system_actor(site.pk), act=Act.CORRECT)
    return fresh(proposal)


@pytest.mark.parametrize("choice", list(Choice))
def test_the_answer_to_the_enquirer_is_the_neutral_one_even_after(
    site: Site, actors: dict[Role, Actor], choice: Choice, browse: Browse
) -> None:
    proposal = make_same(site)
    choose(proposal, choice)
    if choice in CARRIED_OUT:
        held = release(proposal, actors)
        services.what_to_say(by=_officer(actors), release=held)
        services.note_try(by=_officer(actors), release=held, channel=Channel.VOICE, reached=True)
        services.note_contact(by=_officer(actors), proposal=proposal)
    assert enquirer_answer(proposal.request) == neutral_answer()
    page = browse(Role.DESK).get(reverse("family:answer", args=[proposal.request.number]))
    assert SECRET not in page.content.decode()


def test_two_officers_write_a_decision_at_once_one_comes_too_late(site: Site, actors: dict[Role, Actor]) -> None:
    proposal = make_same(site)
    first = choose(proposal, Choice.REFUSE)
    with pytest.raises(Stale):
        services.record_found_decision(
            by=_officer(actors),
            proposal=proposal,
            content=FoundChoice(choice=Choice.GIVE_CONTACT, at=clock.now()),
            seen=0,
        )
    assert FoundDecision.objects.get().record.version == first.record.version == 1


def test_what_is_said_of_any_relative_reaches_the_next_only_when_somebody_keeps_to_it(site: Site) -> None:
    one = make_same(site)
    choose(one, Choice.ALIVE_AND_WELL, reach=Reach.ANY_RELATIVE)
    by = system_actor(site.pk)
    services.open_request(by=by, sought=_sought(one), enquirer=Enquirer(name="Tía", safe_channel="+58"))
    changes.catch_up()
    other = Proposal.objects.exclude(pk=one.pk).get(person=one.person)
    services.decide(by=by, proposal=other, decision=ProposalState.SAME)
    other = fresh(other)
    assert in_the_way(other) is Obstacle.NOT_ASKED  # said of another one: it is not told to this one by itself
    services.keep_to_it(by=by, proposal=other)
    assert in_the_way(other) is None
    services.withdraw_found_decision(by=by, proposal=one)
    assert in_the_way(other) is Obstacle.WITHDRAWN
