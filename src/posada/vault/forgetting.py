"""Deleting wrapped keys so that they are gone from the disk, not only from the table: the end of what they sealed."""

import uuid
from collections.abc import Iterable

from django.db import connections, transaction

from posada.vault.keyring import Compartment
from posada.vault.models import WrappedKey
from posada.vault.router import KEYRING

_SOME = 500


def forget(subjects: Iterable[uuid.UUID], compartments: Iterable[Compartment] = ()) -> bool:
    """Delete the keys of these subjects, of all compartments or of the named ones, and wipe where they stood.

    Whether the wiping was done, too: it waits while another connection still reads the keyring, and inside a
    transaction. Whoever calls keeps a note until it was done; doing it again does no harm.
    """
    wanted = list(subjects)
    words = [word for one in compartments for word in (one.value, f"{one.value}/next")]
    with transaction.atomic(using=KEYRING):
        for start in range(0, len(wanted), _SOME):
            rows = WrappedKey.objects.filter(subject__in=wanted[start : start + _SOME])
            (rows.filter(compartment__in=words) if words else rows).delete()
    return wipe()


def wipe(database: str = KEYRING) -> bool:
    """Leave no copy of a deleted row in a database's files; False if that must be tried again later.

    SQLite overwrites deleted rows (`secure_delete`); what remains are older pages in the write-ahead log, which is
    cut to nothing here. PostgreSQL keeps dead rows in the table's file until it is written anew (`VACUUM FULL`); its
    own log goes when the server recycles it, and docs/operators says so.
    """
    connection = connections[database]
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            if database == KEYRING:
                cursor.execute("VACUUM (FULL) vault_wrappedkey")
            return True
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, left, _moved = cursor.fetchone()
    return not busy and left <= 0
