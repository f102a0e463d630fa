"""Where the two databases lie: in files of the site folder (SQLCipher), or on a server (PostgreSQL)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections

from posada.vault.errors import CannotWrite, DatabaseDamaged
from posada.vault.folder import SiteFolder, Store
from posada.vault.postgresql.errors import DatabaseInUse, LiesInFiles, LiesOnServer, SameDatabase, ServerAway
from posada.vault.router import KEYRING

BOTH = (KEYRING, "default")
_TURN = 0x706F7361  # "posa": the advisory lock of whoever changes the shape of a database
_WHICH = "SELECT pg_postmaster_start_time(), oid FROM pg_database WHERE datname = current_database()"
_LEFT = {
    "TABLE": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
    "SEQUENCE": "SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema()",
    "ROUTINE": "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace",
}


def present() -> Store:
    """Where this process looks for its databases."""
    on_server = settings.DATABASES["default"]["ENGINE"] == "posada.vault.postgresql"
    return Store.POSTGRESQL if on_server else Store.FILES


def missing_files(folder: SiteFolder) -> Sequence[Path]:
    """The database files that are not there; a site on a server has none."""
    if present() is Store.POSTGRESQL:
        return []
    return [path for path in (folder.main, folder.keyring) if not path.is_file()]


def check_place(folder: SiteFolder) -> None:
    """Raise what is wrong if this process looks for the databases elsewhere than where the site was made."""
    made = folder.settings().store
    if made is not present():
        raise LiesOnServer if made is Store.POSTGRESQL else LiesInFiles
    if missing_files(folder):
        raise DatabaseDamaged


@contextmanager
def troubles() -> Iterator[None]:
    """Faults of a database while the site opens, as the sentence that fits where it lies."""
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        raise (ServerAway if present() is Store.POSTGRESQL else DatabaseDamaged) from error


def sentence_of_failure() -> str:
    """What a command at the shell says when the database failed under it."""
    return str(ServerAway() if present() is Store.POSTGRESQL else CannotWrite())


def answers() -> bool:
    """Whether the database answers at all now."""
    try:
        return bool(_rows("default", "SELECT 1"))
    except (DatabaseError, InterfaceError):
        return False


def _rows(alias: str, statement: str, *values: int | str) -> list[tuple[Any, ...]]:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def check_apart() -> None:
    """Raise `SameDatabase` if the server says that both addresses lead to one database, whatever they look like."""
    if present() is Store.POSTGRESQL and _rows("default", _WHICH) == _rows(KEYRING, _WHICH):
        raise SameDatabase


def check_new() -> None:
    """Raise what is wrong if a new site cannot be made on the server; in files, the folder was looked at."""
    if present() is Store.FILES:
        return
    with troubles():
        check_apart()
        if any(connections[alias].introspection.table_names() for alias in BOTH):
            raise DatabaseInUse


def empty_again() -> None:
    """Take away what the unfinished making of a site left on the server. `check_new` came first."""
    if present() is Store.FILES:
        return
    for alias in BOTH:
        quote = connections[alias].ops.quote_name
        for what, statement in _LEFT.items():
            for (name,) in _rows(alias, statement):
                with connections[alias].cursor() as cursor:
                    cursor.execute(f"DROP {what} IF EXISTS {quote(name)} CASCADE")


@contextmanager
def one_at_a_time(alias: str) -> Iterator[None]:
    """Only one process changes the shape of a database; another waits until it is done."""
    if present() is Store.FILES:
        yield
        return
    _rows(alias, "SELECT pg_advisory_lock(%s)", _TURN)
    try:
        yield
    finally:
        _rows(alias, "SELECT pg_advisory_unlock(%s)", _TURN)
