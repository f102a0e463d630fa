"""Deleting wrapped keys so that they are gone from the disk, not only from the table: the end of what they sealed."""

import uuid
from collections.abc import Iterable

from django.db import OperationalError, connections, transaction
from psycopg.errors import LockNotAvailable

from posada.vault.keyring import Compartment
from posada.vault.models import WrappedKey
from posada.vault.router import KEYRING

_SOME = 500
PATIENCE = 20_000  # milliseconds: that of the connection itself


def forget(subjects: Iterable[uuid.UUID], compartments: Iterable[Compartment] = ()) -> bool:
    """Delete the keys of these subjects, of all compartments or of the named ones, and wipe where they stood.

    Whether the wiping was done, too: it waits while another connection still reads the keyring, and inside a
    transaction. Whoever calls keeps a note until it was done; doing it again does no harm.
    """
    delete(subjects, compartments)
    return wipe()


def delete(subjects: Iterable[uuid.UUID], compartments: Iterable[Compartment] = ()) -> None:
    """The first half: the keys open nothing any more. The caller's note stays until `wipe` was done, too."""
    wanted = list(subjects)
    words = [word for one in compartments for word in (one.value, f"{one.value}/next")]
    with transaction.atomic(using=KEYRING):
        for start in range(0, len(wanted), _SOME):
            rows = WrappedKey.objects.filter(subject__in=wanted[start : start + _SOME])
            (rows.filter(compartment__in=words) if words else rows).delete()


def wipe(database: str = KEYRING, *, patience: int = PATIENCE) -> bool:
    """Leave no copy of a deleted row in a database's files; False if that must be tried again later.

    While it waits (`patience`, in milliseconds) for those who read, nobody else can write.

    SQLite overwrites deleted rows (`secure_delete`); what remains are older pages in the write-ahead log, which is
    cut to nothing here. PostgreSQL keeps dead rows in the table's file until it is written anew (`VACUUM FULL`); its
    own log goes when the server recycles it, and docs/operators says so.
    """
    connection = connections[database]
    if connection.in_atomic_block:
        return False
    if connection.vendor == "postgresql":
        return database != KEYRING or _written_anew(patience)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {patience:d}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, left, _moved = cursor.fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE:d}")
    return not busy and left <= 0


def _written_anew(patience: int) -> bool:
    """On PostgreSQL: the table's file without its dead rows; False if somebody (a dump) reads it for too long."""
    with connections[KEYRING].cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{patience:d}ms"])
        try:
            cursor.execute("VACUUM (FULL) vault_wrappedkey")
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            return False
        finally:
            cursor.execute("RESET lock_timeout")
    return True
