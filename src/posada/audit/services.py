"""Write to the audit; verify its chains."""

import hashlib
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from posada.audit import chains
from posada.audit.models import AuditEntry
from posada.ground import clock

_here = threading.local()
GENESIS = "0" * 64  # the head of an audit without entries


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


def _genesis(chain: int) -> str:
    """What stands before the first entry: it carries the chain's number into every hash of the chain."""
    return f"{chain:064x}"


def write(*events: Event) -> None:
    """Append entries, in order, in the transaction at hand (or one of their own)."""
    with transaction.atomic():
        chain = chains.take()
        last = AuditEntry.objects.filter(chain=chain).order_by("-sequence").only("hash").first()
        previous = last.hash if last else _genesis(chain)
        rows = []
        for sequence, event in zip(chains.numbers(len(events)), events, strict=True):
            row = AuditEntry(
                sequence=sequence,
                chain=chain,
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
    _here.count = entries_here() + len(events)


def entries_here() -> int:
    """How many entries this thread has written: whether a page wrote any is seen by comparing."""
    return int(getattr(_here, "count", 0))


@dataclass(frozen=True, slots=True)
class Step:
    """One entry on the way through all chains: whether it follows, and the head over all chains up to and with it."""

    entry: AuditEntry
    head: str
    follows: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """What a verification found, over all chains: `broken_at` is the first sequence that does not follow, or none."""

    entries: int
    head: str
    broken_at: int | None


def joined(heads: Mapping[int, str]) -> str:
    """One head over all chains: that of the one there is, or the hash of all of them."""
    if not heads:
        return GENESIS
    if len(heads) == 1:
        return next(iter(heads.values()))
    return hashlib.sha256("|".join(f"{chain}:{heads[chain]}" for chain in sorted(heads)).encode()).hexdigest()


def walk(entries: Iterable[AuditEntry] | None = None) -> Iterator[Step]:
    """Every entry in order of sequence (or the given ones in theirs), ending after the first that does not follow.

    A head noted at any moment is the head of one of these steps, for as long as nothing was changed or removed.
    """
    if entries is None:
        entries = AuditEntry.objects.filter(sequence__lte=chains.settled_end()).order_by("sequence").iterator()
    heads: dict[int, str] = {}
    last = 0
    for row in entries:
        follows = (
            row.sequence > last and row.previous == heads.get(row.chain, _genesis(row.chain)) and row.hash == _hash(row)
        )
        if follows:
            heads[row.chain], last = row.hash, row.sequence
        yield Step(row, joined(heads), follows)
        if not follows:
            return


def verify(entries: Iterable[AuditEntry] | None = None) -> Chain:
    """Walk all chains from their beginning; the head is that of the last entry that follows."""
    count, head = 0, GENESIS
    for step in walk(entries):
        count, head = count + 1, step.head
        if not step.follows:
            return Chain(count, head, step.entry.sequence)
    return Chain(count, head, None)
