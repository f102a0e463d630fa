"""Fixtures for every test: a site, its staff, a signed-in browser."""

import importlib
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker
from tests import cast

from posada.accounts.acts import Role
from posada.accounts.http import SEEN_AT, SIGNED_IN_AT
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.records import changes
from posada.vault import opening

TRIGGERS = importlib.import_module("posada.audit.migrations.0003_protection")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that is about one kind of database says so, with its reason, and runs there only."""
    for kind, vendor in (("sqlcipher", "sqlite"), ("postgresql", "postgresql")):
        mark = item.get_closest_marker(kind)
        if mark and connection.vendor != vendor:
            pytest.skip(f"only on {kind}: {mark.args[0]}")
    if connection.vendor == "postgresql" and not _touches_the_database(item):
        pytest.skip("asks for no database: it ran with those on SQLCipher")


def _touches_the_database(item: pytest.Item) -> bool:
    """Whether the tests' own databases are made for it, or it starts a server of its own (mark `postgresql`)."""
    asked = {"db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or any(item.get_closest_marker(mark) for mark in ("django_db", "postgresql"))


@pytest.fixture(autouse=True)
def _open_site() -> None:
    """The tests' site is open, as after unlocking."""
    opening.open_already()


@pytest.fixture(autouse=True)
def _nothing_read_yet() -> None:
    """Readers in memory begin at the start: the sequences of an earlier test went back with its transaction."""
    for reader in changes.readers():
        changes.start_at(reader.name, 0)


@pytest.fixture(autouse=True)
def _sealing_ends_no_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sealing kills the process that holds the keys; here that would be the tests' own."""
    monkeypatch.setattr("posada.vault.state.die", lambda: None)


@pytest.fixture(scope="module")
def audit_may_be_emptied(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """For tests that commit, so that their tables are emptied behind them; the audit's triggers would refuse that."""
    with django_db_blocker.unblock():
        _run(TRIGGERS.ALLOW[connection.vendor])
        yield
        _run(TRIGGERS.REFUSE[connection.vendor])


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def site(db: None) -> Site:
    """A house."""
    return cast.make_site()


@pytest.fixture
def staff(site: Site) -> dict[Role, User]:
    """One member of staff for each role."""
    return {role: cast.make_staff(site, role) for role in Role}


@pytest.fixture
def actors(staff: dict[Role, User]) -> dict[Role, Actor]:
    """The same people, as those who act."""
    return {role: cast.actor(user) for role, user in staff.items()}


@pytest.fixture
def browse(staff: dict[Role, User]) -> Callable[[Role], Client]:
    """A browser signed in with a role."""

    def signed_in(role: Role) -> Client:
        client = Client()
        client.force_login(staff[role])
        session = client.session
        session[SIGNED_IN_AT] = session[SEEN_AT] = clock.real_seconds()
        session.save()
        return client

    return signed_in
