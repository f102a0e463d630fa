"""What is past its time: a table as data, a list to review, and never a silent deletion."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, Subject, require
from posada.ground import clock
from posada.records import erasing, services
from posada.records.erasing import Past
from posada.records.models import Erasure, Hidden, Kept, Why

_TABLE: Final = Path(__file__).resolve().parent / "retention.toml"


class Words(msgspec.Struct, frozen=True):
    """The same words in both languages."""

    en: str
    es: str

    def in_language(self, code: str | None) -> str:
        """In the reader's language; Spanish where there is none."""
        return self.en if (code or "es").startswith("en") else self.es


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of record: for what it is kept, how many days after what (none: with something else)."""

    kind: str
    what: Words
    purpose: Words
    anchor: Words
    source: str
    confidence: str
    days: int | None = None
    by_itself: bool = False


class _Table(msgspec.Struct, frozen=True):
    line: tuple[Line, ...]


@lru_cache(maxsize=1)
def table() -> tuple[Line, ...]:
    """The lines of the table, as they stand in its file."""
    return msgspec.toml.decode(_TABLE.read_bytes(), type=_Table).line


@dataclass(frozen=True, slots=True)
class Due:
    """Something past its time: of which line, and since when."""

    past: Past
    line: Line

    @property
    def since(self) -> date:
        """The day on which its time was over."""
        return self.past.anchor + timedelta(days=self.line.days or 0)


def _past(site: int, today: date) -> Iterable[Due]:
    for line in table():
        if line.days is not None and not line.by_itself:
            for room in erasing.rooms():
                for past in room.past(line.kind, site, today - timedelta(days=line.days)):
                    yield Due(past, line)


def to_review(by: Actor) -> list[Due]:
    """What is past its time in the actor's site, longest first; without what is hidden, or kept with a reason."""
    require(by, Act.REVIEW_RETENTION)
    today = clock.today()
    hidden = set(Hidden.all())
    kept = set(Kept.objects.filter(site_id=by.site, until__gt=today).values_list("subject", "kind"))
    found = [
        due
        for due in _past(by.site, today)
        if due.past.subject not in hidden and (due.past.subject, due.line.kind) not in kept
    ]
    return sorted(found, key=lambda due: (due.since, due.past.number))


def keep(*, by: Actor, due: Due, why: str, days: int) -> Kept:
    """Keep it for some days more, with a reason; it stands on the list again after that."""
    with transaction.atomic():
        services.note(by, Act.REVIEW_RETENTION, Subject(due.past.subject, by.site), reason=f"kept:{why}")
        until = clock.today() + timedelta(days=days)
        row, _made = Kept.objects.update_or_create(
            subject=due.past.subject,
            kind=due.line.kind,
            defaults={"site_id": by.site, "until": until, "why": why, "by": by.user},
        )
    return row


def ask_erasure(*, by: Actor, due: Due) -> Erasure:
    """Hide it and ask that it be erased, because its time is over. A second person confirms as always."""
    subject = Subject(due.past.subject, by.site)
    return erasing.hide(by=by, subject=subject, what=due.past.what, why=Why.OVER, act=Act.REVIEW_RETENTION)


def due_of(by: Actor, subject: uuid.UUID, kind: str) -> Due | None:
    """One entry of the list."""
    return next((due for due in to_review(by) if (due.past.subject, due.line.kind) == (subject, kind)), None)
