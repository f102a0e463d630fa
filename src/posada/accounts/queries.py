"""Reads: who acts, what they hold."""

import uuid

from posada.accounts.acts import Role
from posada.accounts.models import Assignment, Membership, Site, User
from posada.accounts.permissions import Actor
from posada.vault import keyring


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
