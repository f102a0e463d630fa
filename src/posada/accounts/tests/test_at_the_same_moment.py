"""S10, raced: several try at the door at the same moment."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections
from tests import cast

from posada.accounts import services
from posada.accounts.acts import Role
from posada.accounts.models import User
from posada.accounts.tests.signing import code_of
from posada.ground import clock

pytestmark = [
    pytest.mark.django_db(databases=["default", "keyring"], transaction=True),
    pytest.mark.usefixtures("audit_may_be_emptied"),
]


@pytest.fixture
def amaru(staff: dict[Role, User]) -> User:
    user = staff[Role.DESK]
    services.add_authenticator(user)
    return user


def _at_once(tries: int, act: Callable[[], object]) -> list[object]:
    found: list[object] = []
    gate = threading.Barrier(tries)

    def run() -> None:
        try:
            gate.wait()
            found.append(act())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _number in range(tries)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_of_tries_at_the_same_moment_each_counts(amaru: User) -> None:
    _at_once(services.FREE_TRIES, lambda: services.check_sign_in(name="Amaru", password="x", code="000000"))
    amaru.refresh_from_db()
    assert amaru.is_locked(clock.now())


def test_of_the_same_code_at_the_same_moment_one_enters(amaru: User) -> None:
    code = code_of(amaru)
    found = _at_once(4, lambda: services.check_sign_in(name="Amaru", password=cast.PASSWORD, code=code))
    assert sum(user is not None for user in found) == 1


def test_of_the_same_recovery_code_at_the_same_moment_one_enters(amaru: User) -> None:
    code = services.new_recovery_codes(amaru)[0]
    found = _at_once(4, lambda: services.check_sign_in(name="Amaru", password=cast.PASSWORD, code=code))
    assert sum(user is not None for user in found) == 1
