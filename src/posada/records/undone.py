"""What must outlive the transaction in which it was written down.

A page that changes something reads inside its own transaction, and may be stopped there by a quota. If that
transaction is undone, its audit entries and alarms go with it, though somebody's words were read or somebody was
stopped. So whatever was written inside a larger transaction is kept in mind until the request ends; what is not in
the audit by then is written again, before the answer leaves.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, transaction

from posada.audit import services as audit
from posada.audit.models import AuditEntry


@dataclass(frozen=True, slots=True)
class _Kept:
    events: tuple[audit.Event, ...]
    written: dict[int, str]
    again: Callable[[], None] | None


_kept: ContextVar[list[_Kept] | None] = ContextVar("kept", default=None)


def is_inside() -> bool:
    """Whether a transaction stands open that somebody else will end. Those that a test stands in do not count."""
    blocks = getattr(connection, "atomic_blocks", [])
    return bool(blocks) and not getattr(blocks[-1], "_from_testcase", False)


def write(*events: audit.Event, inside: bool, again: Callable[[], None] | None = None) -> None:
    """Write entries down; `inside` another transaction they, and `again`, are done once more should it be undone."""
    with transaction.atomic():
        audit.write(*events)
        kept = _kept.get()
        if inside and kept is not None:
            newest = AuditEntry.objects.filter(actor=events[0].actor).order_by("-sequence")[: len(events)]
            kept.append(_Kept(events, dict(newest.values_list("sequence", "hash")), again))


@contextmanager
def settled() -> Iterator[None]:
    """Around a request: when it ends, what was undone stands in the audit all the same."""
    token = _kept.set([])
    try:
        yield
    finally:
        kept = _kept.get() or []
        _kept.reset(token)
        for one in kept:
            _settle(one)


def _settle(kept: _Kept) -> None:
    # The sequence alone does not tell: after an undone transaction the next entry carries it again.
    held = AuditEntry.objects.filter(sequence__in=list(kept.written)).values_list("sequence", "hash")
    if dict(held) == kept.written:
        return
    with transaction.atomic():
        audit.write(*kept.events)
        if kept.again is not None:
            kept.again()
