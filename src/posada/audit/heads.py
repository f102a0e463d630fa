"""What stands in the audit now, to be kept elsewhere; and whether what stands there still agrees with what was kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Max

from posada.audit import chains, services
from posada.audit.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Standing:
    """How many entries there are, over all chains, and their head: what is printed and kept elsewhere."""

    entries: int
    head: str


class Verdict(StrEnum):
    """What a verification says."""

    WHOLE = "whole"  # every entry follows; no head kept elsewhere was given
    AS_KEPT = "as_kept"  # and everything up to the kept head is as it was
    BROKEN = "broken"  # an entry does not follow the one before
    OTHER = "other"  # every entry follows, but up to the kept head they are not what they were
    SHORT = "short"  # there are fewer entries than when the head was kept: the end was cut


@dataclass(frozen=True, slots=True)
class Found:
    """What a verification found. `broken_at` is the sequence of the first entry that does not follow."""

    verdict: Verdict
    entries: int
    head: str
    broken_at: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A head kept elsewhere: after how many entries, and whether a head is that one (words hold a part of it)."""

    entries: int
    is_head: Callable[[str], bool]


def standing() -> Standing:
    """What stands now. One look at each chain's end; nothing is verified."""
    rows = AuditEntry.objects.filter(sequence__lte=chains.settled_end())
    ends = list(rows.order_by().values_list("chain").annotate(Max("sequence"), Count("sequence")))
    last = AuditEntry.objects.filter(sequence__in=[sequence for _chain, sequence, _count in ends])
    heads = dict(last.values_list("chain", "hash"))
    return Standing(sum(count for _chain, _sequence, count in ends), services.joined(heads))


def verify(kept: Kept | None = None, entries: Iterable[AuditEntry] | None = None) -> Found:
    """Walk the whole audit; against a head kept elsewhere, if there is one.

    Without one an end that was cut off, or an audit written anew from its beginning, cannot be seen.
    """
    count, head, agrees = 0, services.GENESIS, kept is None or (not kept.entries and kept.is_head(services.GENESIS))
    for step in services.walk(entries):
        count, head = count + 1, step.head
        if not step.follows:
            return Found(Verdict.BROKEN, count, head, step.entry.sequence)
        if kept is not None and count == kept.entries:
            agrees = kept.is_head(head)
    if kept is None:
        return Found(Verdict.WHOLE, count, head)
    if count < kept.entries:
        return Found(Verdict.SHORT, count, head)
    return Found(Verdict.AS_KEPT if agrees else Verdict.OTHER, count, head)
