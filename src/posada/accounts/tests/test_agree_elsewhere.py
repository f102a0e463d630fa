"""The second is away and reads a code from their telephone: what it counts for, and that it counts once."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from tests import cast

from posada.accounts import approvals
from posada.accounts.acts import Act, Role
from posada.accounts.approvals import Kind, Question, codes, digest_of, queries
from posada.accounts.models import AgreeingCode, Approval
from posada.accounts.permissions import Actor, Refused
from posada.accounts.tests.conftest import SHOWN
from posada.accounts.tests.hands import Hands
from posada.audit.models import AuditEntry
from posada.ground import clock

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def away(actors: dict[Role, Actor]) -> Callable[[], str]:
    """The second is away with their telephone: reads out the present code."""
    second = actors[Role.CASEWORKER]
    codes.enrol(by=second, kind=Kind.IMPORT)
    codes.enrol(by=second, kind=Kind.EXPORT)
    return lambda: _code(second)


def _code(second: Actor, kind: Kind = Kind.IMPORT) -> str:
    return codes.code_at(AgreeingCode.objects.get(user_id=second.user or 0, kind=kind), clock.real_seconds())


def _elsewhere(manager: Actor, approval: Approval, code: str, name: str = cast.STAFF[Role.CASEWORKER]) -> Approval:
    return approvals.agree_elsewhere(by=manager, approval=approval, name=name, code=code)


def test_a_code_by_phone_agrees_and_the_second_is_told_and_may_still_stop(
    hands: Hands, away: Callable[[], str], asked: Approval, manager: Actor, actors: dict[Role, Actor]
) -> None:
    second = actors[Role.CASEWORKER]
    _elsewhere(manager, asked, away())
    asked.refresh_from_db()
    assert (asked.agreed_by_id, asked.elsewhere) == (second.user, True)
    assert queries.agreed_unseen(second) == [asked]
    assert queries.approvals_waiting(second) == 1
    assert AuditEntry.objects.get(act=Act.AGREE, reason="import:elsewhere").actor == manager.user
    approvals.stop(by=second, approval=asked)
    approvals.heard(by=second, approval=asked)
    assert queries.agreed_unseen(second) == []
    assert queries.approvals_waiting(second) == 0
    with pytest.raises(approvals.Stopped):
        approvals.use(by=manager, approval=asked, kind=Kind.IMPORT, digest=SHOWN)


def test_a_code_counts_once_and_for_one_kind_only(
    hands: Hands, away: Callable[[], str], asked: Approval, manager: Actor, actors: dict[Role, Actor]
) -> None:
    for_export = _code(actors[Role.CASEWORKER], Kind.EXPORT)
    code = away()
    assert for_export != code
    with pytest.raises(approvals.WrongCode):
        _elsewhere(manager, asked, for_export)
    _elsewhere(manager, asked, code)
    other = approvals.ask(
        by=manager, question=Question(kind=Kind.IMPORT, digest=digest_of("other"), subject=uuid.uuid4())
    )
    with pytest.raises(approvals.WrongCode):
        _elsewhere(manager, other, code)
    hands.true += timedelta(minutes=1)
    assert _elsewhere(manager, other, away()).state == Approval.State.AGREED


def test_an_old_code_a_wrong_name_and_ones_own_code_do_not_count(
    hands: Hands, away: Callable[[], str], asked: Approval, manager: Actor
) -> None:
    old = away()
    hands.true += timedelta(minutes=5)
    codes.enrol(by=manager, kind=Kind.IMPORT)
    for name, code in (
        (cast.STAFF[Role.CASEWORKER], old),
        (cast.STAFF[Role.LAWYER], away()),
        ("nobody", away()),
        (cast.STAFF[Role.SITE_MANAGER], _code(manager)),
    ):
        with pytest.raises(approvals.WrongCode):
            _elsewhere(manager, asked, code, name)


def test_after_five_wrong_codes_no_code_is_taken(
    hands: Hands, away: Callable[[], str], asked: Approval, manager: Actor, actors: dict[Role, Actor]
) -> None:
    for _try in range(5):
        with pytest.raises(approvals.WrongCode):
            _elsewhere(manager, asked, "000000")
    with pytest.raises(approvals.WrongCode):
        _elsewhere(manager, asked, away())
    assert AuditEntry.objects.filter(act="approvals.wrong_code", result="refused").count() == 6
    other = approvals.ask(by=manager, question=Question(kind=Kind.IMPORT, digest=SHOWN, subject=uuid.uuid4()))
    with pytest.raises(approvals.WrongCode):
        _elsewhere(manager, other, away())
    codes.enrol(by=actors[Role.CASEWORKER], kind=Kind.IMPORT)
    assert _elsewhere(manager, other, away()).elsewhere


def test_the_desk_has_no_code_and_the_database_no_secret(actors: dict[Role, Actor]) -> None:
    with pytest.raises(Refused):
        codes.enrol(by=actors[Role.DESK], kind=Kind.IMPORT)
    with pytest.raises(Refused):
        codes.enrol(by=actors[Role.CASEWORKER], kind=Kind.SAME_PERSON)
    held = codes.enrol(by=actors[Role.CASEWORKER], kind=Kind.IMPORT)
    columns = [str(value) for value in AgreeingCode.objects.values_list().get()]
    assert not [value for value in columns if value == codes.secret_of(held)]
    assert codes.secret_of(held) in codes.address_of(held, "traer una lista")
