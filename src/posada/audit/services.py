"""Write to the audit; verify its chain."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from posada.audit.models import AuditEntry
from posada.ground import clock

GENESIS = "0" * 64


class Result(StrEnum):
    """How an act ended."""

    DONE = "done"
    REFUSED = "refused"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Event:
    """One act to be written down. `subject` is a pseudonym, never an id; `reason` a fixed word, never free text."""

    act: str
    actor: int | None = None
    role: str = ""
    site: int | None = None
    subject: str = ""
    reason: str = ""
    result: Result = Result.DONE
    count: int = 1


def _text(entry: AuditEntry) -> str:
    parts = (
        entry.sequence,
        entry.at.isoformat(timespec="microseconds"),
        entry.actor,
        entry.role,
        entry.site,
        entry.act,
        entry.subject,
        entry.reason,
        entry.result,
        entry.count,
    )
    return "|".join("" if part is None else str(part) for part in parts)


def _hash(entry: AuditEntry) -> str:
    return hashlib.sha256(f"{entry.previous}|{_text(entry)}".encode()).hexdigest()


def write(*events: Event) -> None:
    """Append entries, in order, in the transaction at hand (or one of their own)."""
    with transaction.atomic():
        last = AuditEntry.objects.order_by("-sequence").only("sequence", "hash").first()
        sequence, previous = (last.sequence, last.hash) if last else (0, GENESIS)
        rows = []
        for event in events:
            sequence += 1
            row = AuditEntry(
                sequence=sequence,
                at=clock.now(),
                actor=event.actor,
                role=event.role,
                site=event.site,
                act=event.act,
                subject=event.subject,
                reason=event.reason,
                result=event.result,
                count=event.count,
                previous=previous,
            )
            row.hash = previous = _hash(row)
            rows.append(row)
        AuditEntry.objects.bulk_create(rows)


@dataclass(frozen=True, slots=True)
class Chain:
    """What a verification found: `broken_at` is the first sequence that does not follow, or none."""

    entries: int
    head: str
    broken_at: int | None


def verify(entries: Iterable[AuditEntry] | None = None) -> Chain:
    """Walk the chain from its beginning."""
    rows = AuditEntry.objects.order_by("sequence").iterator() if entries is None else entries
    previous, count = GENESIS, 0
    for row in rows:
        count += 1
        if row.sequence != count or row.previous != previous or row.hash != _hash(row):
            return Chain(count, previous, row.sequence)
        previous = row.hash
    return Chain(count, previous, None)
