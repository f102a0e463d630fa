"""Who did what: a page of sentences, newest first, narrowed by user, act, day or pseudonym."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Max, Min, Q, QuerySet
from django.utils.translation import gettext as _

from posada.accounts.acts import ROLE_LABELS, Role
from posada.audit.models import AuditEntry
from posada.audit.services import Result
from posada.ground import clock
from posada.oversight.rules.sentences import Done, beside, sentence_of, short_pseudonym
from posada.records.staff import name_of
from posada.ui.parts import Badge

PAGE: Final = 50
ALARM: Final = "alarms.raised"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the list is narrowed to; none or empty: not narrowed."""

    user: int | None = None
    act: str = ""
    day: date | None = None
    subject: str = ""
    own: bool = False  # as the user themselves may see it: not that an alarm was raised about them


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is read: the sentence, what stands beside it, when, and whom it was about."""

    sequence: int
    at: datetime
    sentence: str
    beside: str
    role: str
    subject: str
    subject_words: str
    badge: Badge | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, and the sequence before which the next page begins (none: this is the last)."""

    lines: tuple[Line, ...]
    before: int | None


def who_did(actor: int | None, role: str) -> str:
    """What people call whoever did it; of those who were not signed in nobody knows."""
    if actor is None and role != "system":
        return _("somebody who was not signed in")
    return name_of(actor)


def role_label(role: str) -> str:
    """A role in words; empty for the house's own jobs and where none is written."""
    return str(ROLE_LABELS[Role(role)]) if role in set(Role) else ""


def entries_of(site: int) -> QuerySet[AuditEntry]:
    """The entries of a house, with those that belong to no house (a wrong sign-in, the unlocking)."""
    return AuditEntry.objects.filter(Q(site=site) | Q(site__isnull=True))


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """The first moment of a day where the house stands, and that of the next."""
    zone = clock.house_zone()
    return (
        datetime.combine(day, time.min, tzinfo=zone),
        datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone),
    )


def _narrow(rows: QuerySet[AuditEntry], to: Narrowed) -> QuerySet[AuditEntry]:
    if to.user is not None:
        rows = rows.filter(actor=to.user)
    if to.own:
        rows = rows.exclude(act=ALARM)
    if to.act:
        rows = rows.filter(act=to.act)
    if to.subject:
        rows = rows.filter(subject__startswith=to.subject) if len(to.subject) < 16 else rows.filter(subject=to.subject)
    if to.day is not None:
        begins, ends = bounds_of(to.day)
        # The first and last sequence of the day, so that the list is read along its own order.
        ends_of = AuditEntry.objects.filter(at__gte=begins, at__lt=ends).aggregate(Min("sequence"), Max("sequence"))
        first, last = ends_of["sequence__min"] or 0, ends_of["sequence__max"] or 0
        rows = rows.filter(sequence__gte=first, sequence__lte=last, at__gte=begins, at__lt=ends)
    return rows


def page(site: int, to: Narrowed, *, before: int | None = None, most: int = PAGE) -> Page:
    """At most `most` lines, newest first, older than `before`. Stable: new entries never move older ones."""
    rows = _narrow(entries_of(site), to).order_by("-sequence")
    if before is not None:
        rows = rows.filter(sequence__lt=before)
    found = list(rows[: most + 1])
    lines = tuple(line_of(row) for row in found[:most])
    return Page(lines, lines[-1].sequence if len(found) > most else None)


def line_of(row: AuditEntry) -> Line:
    """An entry in words."""
    done = Done(row.act, row.result, who_did(row.actor, row.role), row.subject, row.reason, row.count)
    return Line(
        sequence=row.sequence,
        at=row.at.astimezone(clock.house_zone()),
        sentence=sentence_of(done),
        beside=beside(done),
        role=role_label(row.role),
        subject=row.subject,
        subject_words=short_pseudonym(row.subject),
        badge=_badge(row.result),
    )


def _badge(result: str) -> Badge | None:
    if result == Result.REFUSED:
        return Badge(_("refused"), "danger")
    if result == Result.NOTHING:
        return Badge(_("nothing found"), "note")
    return None
