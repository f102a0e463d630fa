"""Fixtures of what needs two persons."""

import pytest

from posada.accounts import approvals
from posada.accounts.acts import Role
from posada.accounts.approvals import Kind, Question, digest_of
from posada.accounts.models import Approval
from posada.accounts.permissions import Actor
from posada.accounts.tests.hands import Hands
from posada.ground import clock

SHOWN = digest_of("file", "abc", 17)


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    moving = Hands()
    monkeypatch.setattr(clock, "now", moving.now)
    monkeypatch.setattr(clock, "running", moving.running)
    monkeypatch.setattr(clock, "real_seconds", moving.real_seconds)
    return moving


@pytest.fixture
def manager(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.SITE_MANAGER]


@pytest.fixture
def asked(manager: Actor) -> Approval:
    return approvals.ask(by=manager, question=Question(kind=Kind.IMPORT, digest=SHOWN, count=17))
