"""Reads of the audit that other rooms need."""

from datetime import datetime

from posada.audit.models import AuditEntry
from posada.audit.services import Result


def persons_opened(*, actor: int, acts: tuple[str, ...], since: datetime, roles: tuple[str, ...]) -> set[str]:
    """The pseudonyms of the persons that this user opened since then."""
    rows = AuditEntry.objects.filter(actor=actor, act__in=acts, at__gte=since, result=Result.DONE, role__in=roles)
    return set(rows.values_list("subject", flat=True).distinct())


def acts_done(*, actor: int, act: str, since: datetime) -> int:
    """How often this user did this act since then."""
    return AuditEntry.objects.filter(actor=actor, act=act, at__gte=since).count()


def last_sequence() -> int:
    """The sequence of the newest entry."""
    return AuditEntry.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0


def times_after(sequence: int) -> list[datetime]:
    """The times of the entries after this one, in the order in which they were written."""
    rows = AuditEntry.objects.filter(sequence__gt=sequence).order_by("sequence")
    return list(rows.values_list("at", flat=True))
