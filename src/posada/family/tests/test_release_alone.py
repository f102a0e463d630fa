"""Where nobody is second, a release waits a day by seconds that nobody can set; then a person tells it."""

from datetime import timedelta

import pytest

from posada.accounts.acts import Act, Role
from posada.accounts.approvals import NotAllowed, StaleApproval
from posada.accounts.models import Site
from posada.accounts.permissions import Actor
from posada.accounts.tests.hands import Hands
from posada.audit.models import AuditEntry
from posada.family import services
from posada.family.models import Channel, Release, ReleaseState
from posada.family.rules.choices import Choice
from posada.family.tests.telling_here import choose, make_same
from posada.family.tests.test_release import CHANGES
from posada.ground import clock

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """The hands of the clock and the seconds that the machine has run: only the latter count for a wait."""
    moving = Hands()
    for name in ("now", "running", "real_seconds"):
        monkeypatch.setattr(clock, name, getattr(moving, name))
    return moving


def test_alone_it_waits_a_day_and_then_is_told_by_a_person(hands: Hands, site: Site, actors: dict[Role, Actor]) -> None:
    proposal, officer = make_same(site), actors[Role.TRACING_OFFICER]
    choose(proposal, Choice.ALIVE_AND_WELL)
    approval = services.ask_release(by=officer, proposal=proposal)
    for step in (timedelta(0), timedelta(hours=23)):
        hands.true += step
        with pytest.raises(NotAllowed):
            services.carry_out_release(by=officer, approval=approval)
    hands.wrong += timedelta(days=3)  # a clock set forward shortens nothing
    with pytest.raises(NotAllowed):
        services.carry_out_release(by=officer, approval=approval)
    assert not Release.objects.exists()
    hands.wrong = timedelta(0)
    hands.true += timedelta(hours=1)
    held = services.carry_out_release(by=officer, approval=approval)
    assert held.state == ReleaseState.TO_TELL
    assert AuditEntry.objects.filter(act=Act.RELEASE, reason="release:waited").count() == 1
    services.what_to_say(by=officer, release=held)
    services.note_try(by=officer, release=held, channel=Channel.VOICE, reached=True)
    with pytest.raises((NotAllowed, services.AlreadyReleased)):
        services.carry_out_release(by=officer, approval=approval)


@pytest.mark.parametrize("change", ["taken back", "frozen", "may be forced", "closed"])
def test_what_changed_while_somebody_waited_alone_is_not_told(
    hands: Hands, site: Site, actors: dict[Role, Actor], change: str
) -> None:
    proposal, officer = make_same(site), actors[Role.TRACING_OFFICER]
    choose(proposal, Choice.GIVE_CONTACT)
    approval = services.ask_release(by=officer, proposal=proposal)
    CHANGES[change](proposal)
    hands.true += timedelta(hours=25)
    with pytest.raises(StaleApproval):
        services.carry_out_release(by=officer, approval=approval)
    assert not Release.objects.exists()
