"""Two persons: who asks, who agrees, what it is bound to, how long it waits, and what never waits for anybody."""

import uuid
from datetime import timedelta

import pytest
from tests import cast

from posada.accounts import approvals
from posada.accounts.acts import GRANTS, Act, Role
from posada.accounts.approvals import Kind, Question, Way, digest_of, queries, waiting
from posada.accounts.approvals.rules import ASKED_FOR, SECONDS, WAITS
from posada.accounts.models import Approval, Membership, Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.accounts.tests.conftest import SHOWN
from posada.accounts.tests.hands import BEGUN, HOUR, Hands
from posada.audit.models import AuditEntry

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def _use(manager: Actor, approval: Approval, kind: Kind = Kind.IMPORT, digest: str = SHOWN) -> Way:
    return approvals.use(by=manager, approval=approval, kind=kind, digest=digest)


def test_who_asks_carries_out_what_a_second_agreed_to_once(
    asked: Approval, manager: Actor, actors: dict[Role, Actor]
) -> None:
    with pytest.raises(approvals.NotAgreed):
        _use(manager, asked)
    approvals.agree(by=actors[Role.CASEWORKER], approval=asked)
    assert _use(manager, asked) == Way.AGREED
    with pytest.raises(approvals.AlreadyUsed):
        _use(manager, asked)
    rows = AuditEntry.objects.filter(reason__startswith="import").order_by("pk")
    assert [(row.act, row.reason, row.count) for row in rows] == [
        ("approvals.ask", "import", 17),
        (Act.AGREE, "import", 17),
        ("approvals.use", "import:agreed", 17),
    ]


def test_who_asks_never_agrees(asked: Approval, manager: Actor) -> None:
    with pytest.raises(approvals.SamePerson):
        approvals.agree(by=manager, approval=asked)
    with pytest.raises(approvals.SamePerson):
        approvals.agree(by=system_actor(manager.site), approval=asked)
    assert not AuditEntry.objects.filter(act=Act.AGREE).exists()


def test_only_who_asks_carries_out(asked: Approval, site: Site, actors: dict[Role, Actor]) -> None:
    other = cast.actor(cast.make_staff(site, Role.SITE_MANAGER, name="Gaspar"))
    approvals.agree(by=other, approval=asked)
    with pytest.raises(approvals.NotTheAsker):
        _use(other, asked)
    with pytest.raises(Refused):
        _use(actors[Role.CASEWORKER], asked)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("role", list(Role))
def test_the_table_says_who_may_be_the_second(kind: Kind, role: Role, site: Site, actors: dict[Role, Actor]) -> None:
    asker_role = next(iter(GRANTS[ASKED_FOR[kind]]))
    asker = cast.actor(cast.make_staff(site, asker_role, name="Gaspar"))
    approval = approvals.ask(by=asker, question=Question(kind=kind, digest=SHOWN))
    if role in SECONDS[kind]:
        assert approval in queries.to_agree(actors[role])
        assert queries.approvals_waiting(actors[role]) == 1
        assert queries.approvals_waiting(asker) == 0, "nobody agrees to what they asked"
        approvals.agree(by=actors[role], approval=approval)
    else:
        assert queries.to_agree(actors[role]) == []
        with pytest.raises(Refused):
            approvals.agree(by=actors[role], approval=approval)


def test_a_caseworker_and_a_desk_are_no_second_for_a_match() -> None:
    assert SECONDS[Kind.SAME_PERSON] == {Role.TRACING_OFFICER, Role.SITE_MANAGER}
    assert all(Role.DESK not in roles and Role.AUDITOR not in roles for roles in SECONDS.values())


def test_what_changed_since_is_not_carried_out(asked: Approval, manager: Actor, actors: dict[Role, Actor]) -> None:
    with pytest.raises(approvals.StaleApproval):
        approvals.agree(by=actors[Role.LAWYER], approval=asked, digest=digest_of("file", "abd", 17))
    approvals.agree(by=actors[Role.LAWYER], approval=asked, digest=SHOWN)
    with pytest.raises(approvals.StaleApproval):
        _use(manager, asked, digest=digest_of("file", "abc", 18))
    with pytest.raises(approvals.NotThis):
        _use(manager, asked, kind=Kind.EXPORT)
    assert _use(manager, asked) == Way.AGREED


def test_asking_twice_is_asking_once_and_asking_for_something_else_stops_the_first(manager: Actor) -> None:
    first = approvals.ask(by=manager, question=Question(kind=Kind.IMPORT, digest=SHOWN))
    assert approvals.ask(by=manager, question=Question(kind=Kind.IMPORT, digest=SHOWN)).pk == first.pk
    other = approvals.ask(by=manager, question=Question(kind=Kind.IMPORT, digest=digest_of("another")))
    first.refresh_from_db()
    assert (first.state, other.state) == (Approval.State.STOPPED, Approval.State.ASKED)


@pytest.mark.parametrize("role", [Role.SITE_MANAGER, Role.CASEWORKER])
def test_either_stops_it_also_after_it_was_agreed(
    role: Role, asked: Approval, manager: Actor, actors: dict[Role, Actor]
) -> None:
    approvals.agree(by=actors[Role.LAWYER], approval=asked)
    approvals.stop(by=actors[role], approval=asked)
    with pytest.raises(approvals.Stopped):
        _use(manager, asked)
    with pytest.raises(approvals.Stopped):
        approvals.agree(by=actors[Role.CASEWORKER], approval=asked)


def test_the_desk_stops_nothing_and_what_is_done_is_not_stopped(
    asked: Approval, manager: Actor, actors: dict[Role, Actor]
) -> None:
    with pytest.raises(Refused):
        approvals.stop(by=actors[Role.DESK], approval=asked)
    approvals.agree(by=actors[Role.LAWYER], approval=asked)
    _use(manager, asked)
    with pytest.raises(approvals.AlreadyUsed):
        approvals.stop(by=manager, approval=asked)


@pytest.mark.parametrize("taken_away", ["role", "site", "account"])
def test_a_second_who_lost_their_role_does_not_count(
    taken_away: str, asked: Approval, manager: Actor, actors: dict[Role, Actor]
) -> None:
    second, another = actors[Role.CASEWORKER], actors[Role.LAWYER]
    assert second.user is not None
    approvals.agree(by=second, approval=asked)
    if taken_away == "account":
        User.objects.filter(pk=second.user).update(is_active=False)
    elif taken_away == "site":
        Membership.objects.filter(user_id=second.user).update(site=cast.make_site(code="otra"))
    else:
        Membership.objects.filter(user_id=second.user).update(role=Role.DESK.value)
    with pytest.raises(approvals.SecondGone):
        _use(manager, asked)
    with pytest.raises(Refused):
        approvals.agree(by=second, approval=asked)
    approvals.agree(by=another, approval=asked)
    assert _use(manager, asked) == Way.AGREED


def test_one_second_is_enough(asked: Approval, actors: dict[Role, Actor]) -> None:
    approvals.agree(by=actors[Role.CASEWORKER], approval=asked)
    with pytest.raises(approvals.AlreadyAgreed):
        approvals.agree(by=actors[Role.LAWYER], approval=asked)


def test_another_house_knows_nothing_of_it(asked: Approval) -> None:
    other = cast.make_site(code="otra")
    stranger = cast.actor(cast.make_staff(other, Role.SITE_MANAGER, name="Gaspar"))
    assert queries.to_agree(stranger) == []
    assert queries.approval_for(stranger, asked.pk) is None
    with pytest.raises(Approval.DoesNotExist):
        approvals.agree(by=stranger, approval=asked)


def test_after_a_day_without_a_second_it_may_be_done_and_not_an_hour_before(
    hands: Hands, asked: Approval, manager: Actor
) -> None:
    hands.true += 23 * HOUR
    with pytest.raises(approvals.NotAgreed):
        _use(manager, asked)
    hands.true += HOUR
    assert _use(manager, asked) == Way.WAITED


def test_a_house_may_say_that_it_stays_refused(hands: Hands, asked: Approval, manager: Actor) -> None:
    Site.objects.update(without_second="refuse")
    hands.true += 30 * HOUR
    with pytest.raises(approvals.NotAgreed):
        _use(manager, asked)


def _asker(kind: Kind, actors: dict[Role, Actor]) -> Actor:
    """Somebody who may ask for this kind of act."""
    return next(actor for actor in actors.values() if actor.may(ASKED_FOR[kind]))


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in WAITS])
def test_no_wait_takes_the_place_of_a_second_for_staff_erasure_and_news_of_a_death(
    hands: Hands, kind: Kind, actors: dict[Role, Actor]
) -> None:
    asker = _asker(kind, actors)
    approval = approvals.ask(by=asker, question=Question(kind=kind, digest=SHOWN))
    hands.true += 30 * HOUR
    with pytest.raises(approvals.NotAgreed):
        _use(asker, approval, kind=kind)


@pytest.mark.parametrize("kind", [kind for kind in Kind if ASKED_FOR[kind] is not Act.DECIDE_PROPOSAL])
def test_the_announced_single_keeper_is_marked_and_what_goes_in_or_out_waits_for_them_too(
    hands: Hands, kind: Kind, actors: dict[Role, Actor]
) -> None:
    Site.objects.update(single_keeper=True)
    asker = _asker(kind, actors)
    approval = approvals.ask(by=asker, question=Question(kind=kind, digest=SHOWN))
    assert queries.standing(approval).alone == (kind not in WAITS)
    if kind in WAITS:
        with pytest.raises(approvals.NotAgreed):
            _use(asker, approval, kind=kind)
    else:
        assert _use(asker, approval, kind=kind) == Way.SINGLE_KEEPER
        assert AuditEntry.objects.get(act="approvals.use").reason == f"{kind}:single_keeper"


def test_what_was_asked_a_week_ago_holds_no_longer(
    hands: Hands, asked: Approval, manager: Actor, actors: dict[Role, Actor]
) -> None:
    approvals.agree(by=actors[Role.LAWYER], approval=asked)
    hands.true += timedelta(days=7)
    with pytest.raises(approvals.Expired):
        _use(manager, asked)
    assert queries.asked_by(manager) == []
    hands.wrong -= timedelta(days=6)  # the clock set back does not bring it back
    with pytest.raises(approvals.Expired):
        _use(manager, asked)


def test_a_clock_set_forward_shortens_no_wait_while_the_machine_runs(
    hands: Hands, asked: Approval, manager: Actor
) -> None:
    hands.true += HOUR
    hands.wrong += 30 * HOUR
    with pytest.raises(approvals.NotAgreed):
        _use(manager, asked)
    assert queries.standing(asked).in_doubt
    hands.true += 23 * HOUR
    assert _use(manager, asked) == Way.WAITED_IN_DOUBT


def _somebody_works(site: Site) -> None:
    cast.make_staff(site, Role.DESK, name=uuid.uuid4().hex)


def test_after_a_restart_a_clock_set_forward_counts_half_a_day_at_most(
    hands: Hands, asked: Approval, manager: Actor, site: Site
) -> None:
    hands.restart()
    hands.wrong += 100 * HOUR
    with pytest.raises(approvals.NotAgreed):
        _use(manager, asked)
    left = queries.standing(asked).left
    assert left is not None
    assert left >= 12 * HOUR
    hands.wrong -= 100 * HOUR  # set back again: the wait begins anew
    _somebody_works(site)
    hands.true += 13 * HOUR
    with pytest.raises(approvals.NotAgreed):
        _use(manager, asked)


def test_nights_count_and_a_house_that_nobody_opens_waits_on(
    hands: Hands, asked: Approval, manager: Actor, site: Site
) -> None:
    for hours in (10, 9, 6):
        hands.restart()
        hands.true += hours * HOUR
        _somebody_works(site)
    assert _use(manager, asked) == Way.WAITED


def test_a_clock_that_went_backwards_begins_the_wait_anew() -> None:
    times = [BEGUN, BEGUN + 20 * HOUR, BEGUN + 2 * HOUR, BEGUN + 5 * HOUR]
    found = waiting.by_times(times)
    assert (found.least, found.in_doubt) == (3 * HOUR, True)
    assert not waiting.by_times([BEGUN, BEGUN + HOUR, BEGUN + HOUR - timedelta(seconds=3)]).in_doubt
