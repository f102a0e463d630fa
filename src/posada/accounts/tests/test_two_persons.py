"""Two persons: who asks, who agrees, what it is bound to, and what never waits for anybody."""

import pytest

from posada.accounts import approvals
from posada.accounts.acts import Role
from posada.accounts.approvals import Kind, Question, digest_of
from posada.accounts.permissions import Actor

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

SHOWN = digest_of("file", "abc", 17)


def test_who_asks_carries_out_what_a_second_agreed_to(actors: dict[Role, Actor]) -> None:
    manager, second = actors[Role.SITE_MANAGER], actors[Role.CASEWORKER]
    approval = approvals.ask(by=manager, question=Question(kind=Kind.IMPORT, digest=SHOWN, count=17))
    with pytest.raises(approvals.NotAgreed):
        approvals.use(by=manager, approval=approval, kind=Kind.IMPORT, digest=SHOWN)
    approvals.agree(by=second, approval=approval)
    way = approvals.use(by=manager, approval=approval, kind=Kind.IMPORT, digest=SHOWN)
    assert way == approvals.Way.AGREED
