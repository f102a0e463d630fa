"""The two databases on a server: addresses are read strictly, its settings are read back, and sealed it is closed."""

import copy
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.db import connections
from django.db.models import Model
from pytest_django import DjangoDbBlocker

from posada.vault import keyring, state, stores
from posada.vault.errors import SiteIsSealed
from posada.vault.postgresql import address, base
from posada.vault.postgresql.address import BadAddress, Problem
from posada.vault.postgresql.errors import DatabaseInUse, SameDatabase, UnsafeServer

SECRET = "s3cret-w0rd"
LOCAL = f"postgresql://posada:{SECRET}@localhost/posada"
REMOTE = f"postgresql://posada:{SECRET}@db.example.org:5433/posada?sslmode=verify-full&sslrootcert=/etc/ca.pem"
on_server = pytest.mark.postgresql("about a server")
both = pytest.mark.django_db(databases=["default", "keyring"])


def test_an_address_says_all_that_is_needed() -> None:
    found = address.read(REMOTE).as_django()
    assert (found["HOST"], found["PORT"], found["NAME"], found["USER"]) == (
        "db.example.org",
        "5433",
        "posada",
        "posada",
    )
    assert found["PASSWORD"] == SECRET
    assert found["OPTIONS"]["sslmode"] == "verify-full"
    assert found["OPTIONS"]["sslrootcert"] == "/etc/ca.pem"


@pytest.mark.parametrize(
    "url",
    [
        LOCAL,
        "postgres://posada@127.0.0.1/posada",
        "postgresql://posada@[::1]/posada",
        "postgresql://posada@/posada?host=/run/postgresql",
        "postgresql://posada@db.example.org/posada?sslmode=require",
        "postgresql://posada@192.0.2.7/posada?sslmode=verify-ca",
    ],
)
def test_this_machine_needs_no_tls_and_another_has_it(url: str) -> None:
    assert address.read(url).database == "posada"


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        (f"mysql://posada:{SECRET}@localhost/posada", Problem.NOT_AN_ADDRESS),
        (f"postgresql://posada:%zz{SECRET}@localhost/posada", Problem.NOT_AN_ADDRESS),
        (f"postgresql://posada:{SECRET}@localhost/posada?{SECRET}=1", Problem.NOT_AN_ADDRESS),
        (f"host=localhost user=posada password={SECRET} dbname=posada", Problem.NOT_AN_ADDRESS),
        (f"postgresql://posada:{SECRET}@localhost/posada?options=-csynchronous_commit%3Doff", Problem.UNKNOWN_WORD),
        (f"postgresql://posada:{SECRET}@localhost/posada?service=other", Problem.UNKNOWN_WORD),
        (f"postgresql://posada:{SECRET}@localhost/posada?hostaddr=192.0.2.7", Problem.UNKNOWN_WORD),
        (f"postgresql://posada:{SECRET}@/posada", Problem.INCOMPLETE),
        (f"postgresql://:{SECRET}@localhost/posada", Problem.INCOMPLETE),
        (f"postgresql://posada:{SECRET}@localhost/", Problem.INCOMPLETE),
        (f"postgresql://posada:{SECRET}@localhost,db.example.org/posada", Problem.INCOMPLETE),
        (f"postgresql://posada:{SECRET}@db.example.org/posada", Problem.NO_TLS),
        (f"postgresql://posada:{SECRET}@db.example.org/posada?sslmode=prefer", Problem.NO_TLS),
        (f"postgresql://posada:{SECRET}@192.0.2.7/posada?sslmode=disable", Problem.NO_TLS),
        (f"postgresql://posada:{SECRET}@localhost.example.org/posada", Problem.NO_TLS),
    ],
)
def test_a_bad_address_is_refused_without_its_words(url: str, problem: Problem) -> None:
    with pytest.raises(BadAddress) as caught:
        address.read(url)
    assert caught.value.problem is problem
    shown: list[BaseException | None] = [caught.value, caught.value.__cause__]
    assert SECRET not in " ".join(map(repr, shown))
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_an_address_never_shows_its_password() -> None:
    assert SECRET not in repr(address.read(LOCAL))


@pytest.mark.parametrize("other", ["127.0.0.1", "[::1]", "localhost"])
def test_one_database_is_known_under_several_names(other: str) -> None:
    first = address.read(LOCAL)
    assert first.is_same_database(address.read(f"postgresql://other@{other}:5432/posada"))
    assert not first.is_same_database(replace(first, database="posada_keyring"))


@on_server
@both
@pytest.mark.parametrize("alias", ["default", "keyring"])
def test_every_connection_has_the_settings_that_lose_nothing(alias: str) -> None:
    assert base.read_back(connections[alias]) == {
        "synchronous_commit": "on",
        "fsync": "on",
        "full_page_writes": "on",
    }


@pytest.fixture
def wrapper(django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:
    settings = copy.deepcopy(connections["default"].settings_dict)
    made = base.DatabaseWrapper(settings, "other")
    with django_db_blocker.unblock():
        yield made
        made.close()


@on_server
@both
def test_a_server_that_may_lose_what_it_confirmed_is_refused(wrapper: Any) -> None:
    wrapper.settings_dict["OPTIONS"]["options"] = "-c synchronous_commit=off"
    with pytest.raises(UnsafeServer):
        wrapper.ensure_connection()
    assert wrapper.connection is None


@on_server
@both
def test_a_sealed_site_opens_no_database(wrapper: Any) -> None:
    held = list(state._master)
    state.forget()
    try:
        with pytest.raises(SiteIsSealed):
            wrapper.ensure_connection()
    finally:
        state.open_with(held[0])


@on_server
@both
def test_one_database_under_two_addresses_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    stores.check_apart()
    monkeypatch.setattr(stores, "KEYRING", "default")
    with pytest.raises(SameDatabase):
        stores.check_apart()


@on_server
@both
def test_no_site_is_made_over_another() -> None:
    with pytest.raises(DatabaseInUse):
        stores.check_new()


@both
def test_a_keyring_of_another_site_is_known_by_its_keys() -> None:
    assert keyring.opens()
    keyring.ensure_key(uuid.uuid4(), keyring.Compartment.IDENTITY)
    assert keyring.opens()
    held = list(state._master)
    state.open_with(b"\x07" * 32)
    try:
        assert not keyring.opens()
    finally:
        state.open_with(held[0])


@both
@pytest.mark.parametrize("alias", ["default", "keyring"])
def test_the_database_holds_no_column_that_the_closed_list_does_not_know(alias: str) -> None:
    """tests/structure/test_columns.py reads the models: this shows that there is nothing beside them."""
    known = {model._meta.db_table: {field.column for field in model._meta.local_fields} for model in _tables()}
    introspection = connections[alias].introspection
    with connections[alias].cursor() as cursor:
        tables = set(introspection.table_names(cursor)) - {"django_migrations"}
        found = {name: {row.name for row in introspection.get_table_description(cursor, name)} for name in tables}
    assert tables <= known.keys()
    assert found == {name: known[name] for name in tables}


def _tables() -> list[type[Model]]:
    return list(apps.get_models(include_auto_created=True))
