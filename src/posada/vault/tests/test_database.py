"""The encrypted databases: their settings are read back, and their files say nothing."""

from pathlib import Path

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from posada.vault import state
from posada.vault.errors import DatabaseDamaged, SiteIsSealed
from posada.vault.sqlcipher import base

pytestmark = [
    pytest.mark.django_db(databases=["default", "keyring"]),
    pytest.mark.sqlcipher("about its files and its settings"),
]


@pytest.mark.parametrize("alias", ["default", "keyring"])
def test_every_connection_has_the_settings_that_lose_nothing(alias: str) -> None:
    connections[alias].ensure_connection()
    assert base.read_back(connections[alias].connection) == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
    }
    assert getattr(connections[alias], "transaction_mode", "") == "IMMEDIATE"


def test_it_uses_the_sqlite_inside_the_wheel() -> None:
    assert base.sqlite_version() >= (3, 51, 3)


@pytest.mark.parametrize("alias", ["default", "keyring"])
def test_the_file_does_not_look_like_a_database(alias: str) -> None:
    data = Path(connections[alias].settings_dict["NAME"]).read_bytes()
    assert not data.startswith(b"SQLite format 3")
    assert b"CREATE TABLE" not in data


def _wrapper(path: Path) -> base.DatabaseWrapper:
    settings = {**connections["default"].settings_dict, "NAME": str(path)}
    return base.DatabaseWrapper(settings, "other")


def test_a_database_of_another_site_does_not_open(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        wrapper = _wrapper(tmp_path / "x.db")
        wrapper.ensure_connection()
        wrapper.connection.execute("CREATE TABLE t (a)")
        wrapper.close()
        held = list(state._master)
        state.open_with(b"\x07" * 32)
        try:
            with pytest.raises(DatabaseDamaged):
                _wrapper(tmp_path / "x.db").ensure_connection()
        finally:
            state.open_with(held[0])


def test_a_sealed_site_opens_no_database(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        held = list(state._master)
        state.forget()
        try:
            with pytest.raises(SiteIsSealed):
                _wrapper(tmp_path / "y.db").ensure_connection()
        finally:
            state.open_with(held[0])
