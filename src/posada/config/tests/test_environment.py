"""The addresses of the two databases: both or neither, never the same, and a sentence that holds no password."""

import pytest

from posada.config import environment
from posada.config.environment import BadEnvironment

SECRET = "s3cret-w0rd"
DATA = f"postgresql://posada:{SECRET}@localhost/posada"
KEYRING = f"postgresql://posada:{SECRET}@localhost/keyring"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "KEYRING_URL", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")


def _given(monkeypatch: pytest.MonkeyPatch, data: str, keyring: str) -> None:
    monkeypatch.setenv("DATABASE_URL", data)
    monkeypatch.setenv("KEYRING_URL", keyring)


def test_without_them_the_databases_are_files(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.two_databases() is None
    _given(monkeypatch, "", " ")
    assert environment.two_databases() is None


def test_with_both_they_lie_on_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    _given(monkeypatch, DATA, KEYRING)
    found = environment.two_databases()
    assert found is not None
    assert [one.database for one in found] == ["posada", "keyring"]


@pytest.mark.parametrize(
    ("data", "keyring", "says"),
    [
        (DATA, "", "Set both, or neither"),
        ("", KEYRING, "Set both, or neither"),
        (DATA, DATA, "same database"),
        (DATA, DATA.replace("localhost", "127.0.0.1"), "same database"),
        (f"oracle://x:{SECRET}@y/z", KEYRING, "DATABASE_URL is not the address"),
        (DATA, f"postgresql://posada:{SECRET}@/keyring", "KEYRING_URL must name"),
        (DATA, KEYRING + "?options=-cfsync", "KEYRING_URL holds a word"),
        (DATA.replace("localhost", "db.example.org"), KEYRING, "DATABASE_URL leads to another machine without TLS"),
    ],
)
def test_what_is_wrong_is_said_without_the_password(
    monkeypatch: pytest.MonkeyPatch, data: str, keyring: str, says: str
) -> None:
    _given(monkeypatch, data, keyring)
    with pytest.raises(BadEnvironment) as caught:
        environment.two_databases()
    english = str(caught.value)
    assert says in english
    monkeypatch.setenv("LANG", "es_CO.UTF-8")
    with pytest.raises(BadEnvironment) as again:
        environment.two_databases()
    spanish = str(again.value)
    assert spanish != english
    assert "_URL" in spanish
    assert SECRET not in english + spanish
    assert caught.value.__context__ is None or caught.value.__suppress_context__
