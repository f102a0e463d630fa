"""Which chain a writer appends to, and what stands in all of them up to now.

On SQLCipher there is one writer at a time and one chain. On PostgreSQL several processes (and threads) write at the
same moment. Each takes the first chain that nobody else is writing to and keeps it until its transaction ends, so
that nobody waits, no chain forks, and there are never more chains than writers at one moment.
"""

import itertools

from django.db import OperationalError, connection

from posada.audit.models import AuditEntry
from posada.ground import settling

_LOCKS = 0x617564  # "aud": the first half of the advisory locks of chains; the second is the chain's number
_PATIENCE_SECONDS = 30.0
_TABLE = "audit_auditentry"


def take() -> int:
    """The chain to append to; on PostgreSQL it is kept until the transaction at hand ends."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        # Whoever is about to draw a number says so first: `settled_end` waits for them.
        cursor.execute(f"LOCK TABLE {_TABLE} IN ROW EXCLUSIVE MODE")
        for chain in itertools.count():
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCKS, chain])
            if cursor.fetchone()[0]:
                return chain
    raise AssertionError


def numbers(count: int) -> list[int]:
    """The next sequences, rising; `take` comes first."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('audit_sequence') FROM generate_series(1, %s)", [count])
            return [row[0] for row in cursor.fetchall()]
    last = _last()
    return list(range(last + 1, last + 1 + count))


def _last() -> int:
    last = AuditEntry.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    return last or 0


def settled_end() -> int:
    """The last sequence now, when every writer that may still bring a lower one has ended.

    So the entries up to it are always the same ones, whenever they are read again.
    """
    end = _last()
    if not settling.wait(_TABLE, _PATIENCE_SECONDS):
        raise OperationalError("something long is being written; try again in a minute")
    return end
