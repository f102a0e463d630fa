"""A consistent copy of a database while others write to it, and the proof that the copy is sound.

SQLite's online backup takes all pages inside one read transaction: writers go on, and what they write after it began is
not in the copy. Both ends are keyed by SQLCipher, so that each page is checked when it is read, and encrypted when it
is written.
"""

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from posada.ground.giving_way import gently
from posada.vault import state
from posada.vault.backup.errors import NoRoomToCopy, SourceDamaged
from posada.vault.backup.manifest import Table

PATIENCE_SECONDS = 30.0
_DISK = ("disk is full", "disk I/O error", "unable to open database file", "readonly")


def _is_disk(error: Exception) -> bool:
    """Whether SQLite speaks of the disk, not of the file."""
    return any(words in str(error) for words in _DISK)


@contextmanager
def opened(path: Path, *, attached: Path | None = None) -> Iterator[Any]:
    """A plain connection to a database of the site, keyed by its name; `attached` is there as `keyring`.

    What SQLite complains of inside becomes `SourceDamaged`, or `NoRoomToCopy` when it is the disk.
    """
    connection = dbapi2.connect(str(path), timeout=PATIENCE_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{_key(path)}'\"")
        connection.execute("PRAGMA temp_store = MEMORY")
        if attached is not None:
            connection.execute(f"ATTACH DATABASE ? AS keyring KEY \"x'{_key(attached)}'\"", (str(attached),))
        yield connection
    except dbapi2.Error as error:
        raise (NoRoomToCopy if _is_disk(error) else SourceDamaged(path.name)) from error
    finally:
        connection.close()


def _key(path: Path) -> str:
    return state.key_for(path.name).hex()


def copy(source: Path, target: Path) -> None:
    """Copy one database as it is at this moment; both files bear the name that its key belongs to."""
    with opened(source) as live, opened(target) as fresh:
        fresh.execute("PRAGMA synchronous = OFF")  # read again by `prove`, and gone within minutes
        live.backup(fresh)
        # The mark "WAL" is copied too; a copy is one file.
        fresh.execute("PRAGMA journal_mode = DELETE")


def keys(keyring: Path) -> frozenset[bytes]:
    """Every wrapped key with whose it is, as short digests: a key erased or replaced is not among them any more."""
    with opened(keyring) as connection:
        rows = connection.execute("SELECT subject, compartment, wrapped FROM vault_wrappedkey")
        return frozenset(hashlib.sha256(repr(row).encode()).digest()[:16] for row in gently(rows))


def prove(path: Path) -> None:
    """Every page authentic, every tree sound, every reference kept; `SourceDamaged` otherwise."""
    with opened(path) as connection:
        pages = connection.execute("PRAGMA cipher_integrity_check").fetchone()
        trees = connection.execute("PRAGMA integrity_check(1)").fetchone()
        references = connection.execute("PRAGMA foreign_key_check").fetchone()
    if pages is not None or trees != ("ok",) or references is not None:
        raise SourceDamaged(path.name)


def tables(path: Path) -> list[Table]:
    """Each table with its rows and their digest, in the order of their row ids."""
    key = state.key_for("backup/digest")
    found = []
    with opened(path) as connection:
        names = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ).fetchall()
        for name, shape in names:
            digest, rows = hmac.new(key, str(shape).encode(), "sha256"), 0
            quoted = str(name).replace('"', '""')
            with closing(connection.execute(f'SELECT * FROM "{quoted}" ORDER BY rowid')) as cursor:  # noqa: S608 - a name of the schema
                for row in gently(cursor):
                    digest.update(repr(row).encode())
                    rows += 1
            found.append(Table(path.name, name, rows, digest.hexdigest()))
    return found
