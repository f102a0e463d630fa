"""Rows that carry rising numbers, written by several processes at once.

PostgreSQL gives out a number before the row that carries it can be seen: a lower number may come into view after a
higher one, when its transaction ends later. Whoever reads by number must know who is still writing.
"""

import time

from django.db import connection

_LOOK_AGAIN_SECONDS = 0.02
_WRITERS = """
SELECT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND relation = %s::regclass AND mode = 'RowExclusiveLock' AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND pid <> pg_backend_pid()
"""


def writers(table: str) -> frozenset[str]:
    """The transactions of others that are writing to a table now, each under a name of its own.

    An INSERT locks its table in this mode before it draws a number and keeps the lock until what it wrote can be
    seen. On SQLCipher there is one writer at a time, and a reader never sees between: none.
    """
    if connection.vendor != "postgresql":
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_WRITERS, [table])
        return frozenset(row[0] for row in cursor.fetchall())


def wait(table: str, seconds: float) -> bool:
    """Wait until everybody who is writing to a table now has ended; whether that came about within the time."""
    began, writing = time.monotonic(), writers(table)
    while writing:
        if time.monotonic() - began > seconds:
            return False
        time.sleep(_LOOK_AGAIN_SECONDS)
        writing &= writers(table)
    return True
