"""Reads: who acts, what they hold."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.db.models import Count, Q
from django.utils.timezone import localdate

from posada.accounts import naming
from posada.accounts.acts import ROLE_LABELS, Act, Role
from posada.accounts.models import Assignment, Enrolment, Membership, RecoveryCode, Site, User
from posada.accounts.permissions import Actor
from posada.audit.models import AuditEntry
from posada.ground import clock
from posada.vault import keyring

# To whom files may be entrusted.
HOLDERS: Final = (Role.CASEWORKER.value, Role.LAWYER.value)
UNUSED_AFTER: Final = 90  # days after which a role that was never used asks for a look
SLIP_SAID: Final = timedelta(days=7)  # so long a slip is said at every sign-in: whoever used it cannot use the line up


def sign_in_fingerprint(name: str) -> str:
    """The HMAC under which a sign-in name is kept; case and outer spaces do not matter."""
    return keyring.fingerprint("sign-in", name.strip().casefold())


def the_site() -> Site:
    """The house of this folder (one a folder, for now)."""
    return Site.objects.order_by("pk")[0]


def actor_for(user: User) -> Actor | None:
    """The user as somebody who acts in their site; none if they have no role in any."""
    rows = list(Membership.objects.filter(user=user).select_related("site").order_by("pk"))
    if not rows or not user.is_active:
        return None
    site = rows[0].site
    roles = frozenset(Role(row.role) for row in rows if row.site_id == site.pk)
    return Actor(user=user.pk, site=site.pk, roles=roles, demonstration=site.demonstration)


def assigned_subjects(actor: Actor) -> frozenset[uuid.UUID]:
    """The persons whose files are entrusted to this user."""
    if actor.user is None:
        return frozenset()
    return frozenset(Assignment.objects.filter(user_id=actor.user).values_list("subject", flat=True))


def slip_days(user: User) -> list[date]:
    """The house's days on which a slip was issued for this user: of the last week, or since they last signed in."""
    week = clock.now() - SLIP_SAID
    rows = AuditEntry.objects.filter(act=Act.MANAGE_STAFF, subject=keyring.pseudonym(user.subject))
    rows = rows.filter(at__gte=min(user.last_login or week, week))
    # What was carried out: the way, then what was asked for. What was only asked for begins with it.
    rows = rows.filter(Q(reason__contains=":slip") | Q(reason__contains=":add:"))
    return sorted({localdate(at, clock.house_zone()) for at in rows.values_list("at", flat=True)})


def has_caseworker(subject: uuid.UUID) -> bool:
    """Whether anybody holds this person's file."""
    return Assignment.objects.filter(subject=subject).exists()


def demonstration_user(role: Role) -> User | None:
    """In a demonstration, the invented member of staff with this role; on a real site never anybody."""
    row = (
        Membership.objects.filter(role=role.value, site__demonstration=True)
        .select_related("user")
        .order_by("pk")
        .first()
    )
    return row.user if row else None


def label_of(role: Role) -> str:
    """What a role is called."""
    return str(ROLE_LABELS[role])


class Standing(StrEnum):
    """How a member of staff stands."""

    WAITS = "waits"  # written down, nobody has agreed yet
    ENROLS = "enrols"  # has a slip, has not signed in with it
    WORKS = "works"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff for the page of who works here; days, no hours and no machine's address."""

    pk: int
    subject: uuid.UUID
    name: str
    roles: tuple[Role, ...]
    since: date | None
    left_on: date | None
    last_sign_in: date | None
    files: int
    standing: Standing
    is_locked: bool

    @property
    def role_labels(self) -> str:
        return " · ".join(str(ROLE_LABELS[role]) for role in self.roles)


def staff_of(actor: Actor) -> list[Member]:
    """Everybody who works or has worked in this site, by name; those who left at the end."""
    users = User.objects.filter(memberships__site_id=actor.site).distinct().prefetch_related("memberships")
    slips = set(Enrolment.objects.values_list("user_id", flat=True))
    counted = _files_by_user(actor)
    members = [_member(user, actor.site, counted.get(user.pk, 0), has_slip=user.pk in slips) for user in users]
    return sorted(members, key=lambda one: (one.standing is Standing.LEFT, one.name.casefold()))


def member_of(actor: Actor, pk: int) -> Member | None:
    """One of them; none if nobody of this site has the id."""
    return next((one for one in staff_of(actor) if one.pk == pk), None)


def _files_by_user(actor: Actor) -> dict[int, int]:
    rows = Assignment.objects.filter(site_id=actor.site, follows__isnull=True).values("user_id")
    return {row["user_id"]: row["files"] for row in rows.annotate(files=Count("pk"))}


def _member(user: User, site: int, files: int, *, has_slip: bool) -> Member:
    standing = Standing.WORKS
    if user.left_on is not None:
        standing = Standing.LEFT
    elif not user.is_active:
        standing = Standing.WAITS
    elif has_slip:
        standing = Standing.ENROLS
    return Member(
        pk=user.pk,
        subject=user.subject,
        name=naming.name_of(user.pk),
        roles=tuple(sorted(Role(row.role) for row in user.memberships.all() if row.site_id == site)),
        since=user.since,
        left_on=user.left_on,
        last_sign_in=localdate(user.last_login) if user.last_login else None,
        files=files,
        standing=standing,
        is_locked=user.is_locked(clock.now()),
    )


def roles_used(actor: Actor, *, days: int = UNUSED_AFTER) -> dict[int, frozenset[Role]]:
    """By user: the roles by which they did anything in the last `days` days, as the audit has it."""
    since = clock.now() - timedelta(days=days)
    rows = AuditEntry.objects.filter(site=actor.site, at__gte=since, actor__isnull=False)
    used: dict[int, set[Role]] = {}
    held = {role.value for role in Role}
    for user, word in rows.order_by().values_list("actor", "role").distinct():
        if user is not None and word in held:
            used.setdefault(user, set()).add(Role(word))
    return {user: frozenset(words) for user, words in used.items()}


def unused_grants(actor: Actor, *, days: int = UNUSED_AFTER) -> dict[int, tuple[Role, ...]]:
    """By user who works here for longer than `days`: the roles they hold and never used in that time."""
    used, longest = roles_used(actor, days=days), clock.today() - timedelta(days=days)
    return {
        one.pk: idle
        for one in staff_of(actor)
        if one.standing is Standing.WORKS and (one.since is None or one.since <= longest)
        if (idle := tuple(role for role in one.roles if role not in used.get(one.pk, frozenset())))
    }


def holders_of(subject: uuid.UUID) -> list[Assignment]:
    """Who holds this person's file now, the longest first."""
    return list(Assignment.objects.filter(subject=subject).order_by("since", "pk"))


def is_held_by(actor: Actor, subject: uuid.UUID) -> bool:
    """Whether this user holds the file."""
    return actor.user is not None and Assignment.objects.filter(subject=subject, user_id=actor.user).exists()


def recovery_codes_left(user: User) -> int:
    """How many of the user's recovery codes still work."""
    return RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()


def holders_here(actor: Actor) -> list[tuple[int, str]]:
    """Those of the site to whom files may be entrusted: id and name."""
    rows = Membership.objects.filter(site_id=actor.site, role__in=HOLDERS, user__is_active=True)
    found = ((pk, naming.name_of(pk)) for pk in set(rows.values_list("user_id", flat=True)))
    return sorted(found, key=lambda one: one[1].casefold())
