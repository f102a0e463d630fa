"""Who may do what: roles, files entrusted, when they were last used, and which grants nobody used."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, OuterRef, Subquery

from posada.accounts.models import Assignment, Membership, User
from posada.audit.models import AuditEntry
from posada.ground import clock
from posada.oversight.models import AccessReview
from posada.oversight.queries.trail import role_label
from posada.records.staff import name_of

UNUSED_AFTER: Final = timedelta(days=90)
REVIEW_EVERY: Final = timedelta(days=90)  # our proposal


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds, and when they last did something by it."""

    label: str
    last_used: datetime | None
    is_unused: bool


@dataclass(frozen=True, slots=True)
class Access:
    """One member of staff: what they hold and when they used it."""

    user: int
    name: str
    is_active: bool
    roles: tuple[Held, ...]
    files: int
    last_act: datetime | None
    reviewed_on: date | None
    reviewed_by: str
    is_due: bool


def _roles_of(site: int) -> dict[int, list[Held]]:
    """Every user's roles; each role's last act is found along the index of that user's entries, newest first."""
    zone, since = clock.house_zone(), clock.now() - UNUSED_AFTER
    by_it = AuditEntry.objects.filter(actor=OuterRef("user_id"), role=OuterRef("role")).order_by("-sequence")
    rows = Membership.objects.filter(site_id=site).annotate(last=Subquery(by_it.values("at")[:1])).order_by("role")
    held: dict[int, list[Held]] = {}
    for user, role, last in rows.values_list("user_id", "role", "last"):
        local = last.astimezone(zone) if last else None
        held.setdefault(user, []).append(Held(role_label(role), local, last is None or last < since))
    return held


def staff_to_review(site: int) -> list[Access]:
    """Everybody who works in the house, those whose review is due first."""
    held, zone = _roles_of(site), clock.house_zone()
    files = dict(Assignment.objects.filter(site_id=site).values_list("user_id").annotate(Count("pk")))
    marks = AccessReview.objects.filter(site_id=site).order_by("reviewed_on", "pk")
    reviews = {mark.user_id: mark for mark in marks}
    newest = AuditEntry.objects.filter(actor=OuterRef("pk")).exclude(role="system").order_by("-sequence")
    people = User.objects.filter(pk__in=held).annotate(last=Subquery(newest.values("at")[:1]))
    rows = []
    for person in people:
        review = reviews.get(person.pk)
        rows.append(
            Access(
                user=person.pk,
                name=name_of(person.pk),
                is_active=person.is_active,
                roles=tuple(held[person.pk]),
                files=files.get(person.pk, 0),
                last_act=person.last.astimezone(zone) if person.last else None,
                reviewed_on=review.reviewed_on if review else None,
                reviewed_by=name_of(review.by_id) if review else "",
                is_due=review is None or clock.today() - review.reviewed_on > REVIEW_EVERY,
            )
        )
    return sorted(rows, key=lambda row: (not row.is_due, row.name))


def names_of_staff(site: int) -> list[tuple[int, str]]:
    """Everybody who holds a role in the house, by name: for a choice."""
    users = Membership.objects.filter(site_id=site).values_list("user_id", flat=True).distinct()
    return sorted(((user, name_of(user)) for user in users), key=lambda row: row[1])


def due_for_review(site: int) -> int:
    """How many have not been reviewed for a quarter of a year, or never."""
    since = clock.today() - REVIEW_EVERY
    users = set(Membership.objects.filter(site_id=site).values_list("user_id", flat=True))
    done = AccessReview.objects.filter(site_id=site, reviewed_on__gte=since).values_list("user_id", flat=True)
    return len(users - set(done))
