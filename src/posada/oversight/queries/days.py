"""Days of use, for what is unusual and for the summary.

A day that is over does not change any more (the audit is only appended to), so it is read once and held in memory;
never in a table, which somebody could change.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from posada.audit.models import AuditEntry
from posada.audit.services import GENESIS
from posada.ground import clock
from posada.oversight.queries.trail import bounds_of, entries_of
from posada.oversight.rules.usage import Entry, UserDay, by_user_and_day

DAYS: Final = 28
_FIELDS: Final = ("actor", "role", "at", "act", "subject", "reason", "result", "count")
_held: dict[tuple[int, str, date], list[UserDay]] = {}


def _which_audit() -> str:
    """What tells one audit from another (a restored one, a test's): the hash of its first entry."""
    return AuditEntry.objects.order_by("sequence").values_list("hash", flat=True).first() or GENESIS


def _read(site: int, first: date, last: date) -> Iterator[Entry]:
    begins, ends = bounds_of(first)[0], bounds_of(last)[1]
    rows = entries_of(site).filter(at__gte=begins, at__lt=ends).values_list(*_FIELDS)
    return (Entry(*row) for row in rows.iterator(chunk_size=5_000))


def days_of_use(site: int, *, days: int = DAYS) -> list[UserDay]:
    """Every user's days of the last weeks, today included, oldest first."""
    today, audit = clock.today(), _which_audit()
    wanted = [today - timedelta(days=back) for back in range(days, -1, -1)]
    missing = [day for day in wanted if (site, audit, day) not in _held]
    if missing:
        found: dict[date, list[UserDay]] = {day: [] for day in wanted}
        for row in by_user_and_day(_read(site, missing[0], today), clock.house_zone()):
            found[row.day].append(row)
        for day in missing:
            # Yesterday may still grow where a clock was set back, or a transaction lasted over midnight.
            if day < today - timedelta(days=1):
                _held[site, audit, day] = found[day]
        return [row for day in wanted for row in (_held.get((site, audit, day)) or found[day])]
    return [row for day in wanted for row in _held[site, audit, day]]
