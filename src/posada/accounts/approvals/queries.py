"""Reads: what waits for my agreement, how mine stand, what I agreed to by a code."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from posada.accounts.acts import Act, Role
from posada.accounts.approvals.rules import (
    LASTS,
    SECONDS,
    WAIT,
    Kind,
    WithoutSecond,
    goes_alone,
    may_be_second,
    may_wait,
)
from posada.accounts.approvals.waiting import Waited, waited
from posada.accounts.models import Approval, Membership
from posada.accounts.permissions import Actor

State = Approval.State


def holds_role_of_second(approval: Approval, user: int) -> bool:
    """Whether this user, here and now, may be the second for it."""
    rows = Membership.objects.filter(user_id=user, user__is_active=True, site_id=approval.site_id)
    roles = frozenset(Role(role) for role in rows.values_list("role", flat=True))
    return user != approval.asked_by_id and may_be_second(Kind(approval.kind), roles)


def _kinds(actor: Actor) -> list[Kind]:
    return [kind for kind in Kind if SECONDS[kind] & actor.roles]


def to_agree(actor: Actor) -> list[Approval]:
    """What others asked and this user may agree to."""
    if actor.user is None or not actor.may(Act.AGREE):
        return []
    rows = Approval.objects.visible_to(actor).filter(_asked_of(actor))
    return [row for row in rows.order_by("asked_at") if not has_expired(row)]


def _asked_of(actor: Actor) -> Q:
    return Q(state=State.ASKED, kind__in=_kinds(actor)) & ~Q(asked_by_id=actor.user)


def _unseen_by(actor: Actor) -> Q:
    return Q(agreed_by_id=actor.user, told=False)


def approvals_waiting(actor: Actor) -> int:
    """How many, for the mark beside the place in the navigation: one question for both kinds."""
    if actor.user is None or not actor.may(Act.AGREE):
        return 0
    rows = Approval.objects.visible_to(actor).filter(_asked_of(actor) | _unseen_by(actor))
    return sum(row.agreed_by_id == actor.user or not has_expired(row) for row in rows)


def asked_by(actor: Actor) -> list[Approval]:
    """What this user asked for and neither carried out nor stopped."""
    rows = Approval.objects.visible_to(actor).open().filter(asked_by_id=actor.user).select_related("site")
    return [row for row in rows.order_by("asked_at") if not has_expired(row)]


def agreed_unseen(actor: Actor) -> list[Approval]:
    """What was agreed to in this user's name by a code, and they have not seen since."""
    rows = Approval.objects.visible_to(actor).filter(_unseen_by(actor))
    return list(rows.order_by("agreed_at"))


def approval_for(actor: Actor, approval_id: uuid.UUID) -> Approval | None:
    """An approval that this user asked, agreed to, or may agree to; of anybody else's there is no trace."""
    found = Approval.objects.visible_to(actor).filter(pk=approval_id).first()
    if found is None or actor.user is None:
        return None
    mine = actor.user in {found.asked_by_id, found.agreed_by_id}
    return found if mine or holds_role_of_second(found, actor.user) else None


def open_for(actor: Actor, kind: Kind, subject: uuid.UUID | None) -> Approval | None:
    """What this user asked of a subject and is still open; the newest."""
    rows = Approval.objects.visible_to(actor).open().filter(kind=kind, subject=subject, asked_by_id=actor.user)
    return next((row for row in rows.order_by("-asked_at") if not has_expired(row)), None)


def has_expired(approval: Approval) -> bool:
    """Whether it was asked too long ago."""
    return waited(approval).most >= LASTS


@dataclass(frozen=True, slots=True)
class Standing:
    """How an open approval stands: agreed or alone, it can be carried out; or it waits for `left`, or for ever."""

    agreed: bool
    alone: bool
    left: timedelta | None
    in_doubt: bool

    @property
    def is_ready(self) -> bool:
        """Whether it can be carried out now."""
        return self.agreed or self.alone or (self.left is not None and self.left <= timedelta(0))


def standing(approval: Approval) -> Standing:
    """How an open approval stands now."""
    site, kind = approval.site, Kind(approval.kind)
    so_far: Waited = waited(approval)
    second = approval.agreed_by_id
    return Standing(
        agreed=second is not None and holds_role_of_second(approval, second),
        alone=goes_alone(kind, single_keeper=site.single_keeper),
        left=WAIT - so_far.least if may_wait(kind, WithoutSecond(site.without_second)) else None,
        in_doubt=so_far.in_doubt,
    )
