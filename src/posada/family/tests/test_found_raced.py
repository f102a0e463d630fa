"""Two officers at the same moment: over one decision, over one telling, over a choice that changes while two agree."""

from collections.abc import Callable

import pytest

from posada.accounts.acts import Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, system_actor
from posada.family import services
from posada.family.models import Channel, FoundChoice, FoundDecision, Release, ReleaseState, WatchCard
from posada.family.rules.choices import Choice
from posada.family.tests.at_once import at_once
from posada.family.tests.telling_here import choose, make_same, release
from posada.ground import clock

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "keyring"]),
    pytest.mark.usefixtures("audit_may_be_emptied"),
]


def test_of_two_decisions_at_once_one_is_kept(site: Site) -> None:
    proposal, by = make_same(site), system_actor(site.pk)

    def press(choice: Choice) -> Callable[[], object]:
        content = FoundChoice(choice=choice, at=clock.now())
        return lambda: services.record_found_decision(by=by, proposal=proposal, content=content, seen=0)

    assert at_once(press(Choice.REFUSE), press(Choice.ALIVE_AND_WELL)) == ["Stale", "done"]
    assert FoundDecision.objects.get().record.version == 1


def test_a_release_is_told_once_and_makes_one_card(site: Site, actors: dict[Role, Actor]) -> None:
    proposal, officer = make_same(site), actors[Role.TRACING_OFFICER]
    choose(proposal, Choice.ALIVE_AND_WELL)
    held = release(proposal, actors)
    services.what_to_say(by=officer, release=held)

    def tell() -> object:
        return services.note_try(by=officer, release=held, channel=Channel.TEXT, reached=True)

    assert at_once(tell, tell) == ["NotToTell", "done"]

    def meet() -> object:
        return services.note_contact(by=officer, proposal=proposal)

    assert at_once(meet, meet) == ["AlreadyInContact", "done"]
    assert WatchCard.objects.count() == 1


def test_a_choice_taken_back_while_the_second_agrees_is_never_left_to_be_told(
    site: Site, actors: dict[Role, Actor]
) -> None:
    proposal, officer = make_same(site), actors[Role.TRACING_OFFICER]
    choose(proposal, Choice.ALIVE_AND_WELL)
    approval = services.ask_release(by=officer, proposal=proposal)
    ended = at_once(
        lambda: services.withdraw_found_decision(by=officer, proposal=proposal),
        lambda: services.agree_release(by=actors[Role.SITE_MANAGER], approval=approval),
    )
    assert ended in (["StaleApproval", "done"], ["done", "done"])
    assert not Release.objects.filter(state=ReleaseState.TO_TELL).exists()
