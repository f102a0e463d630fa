"""Whose file is entrusted to whom: taken on, handed back, handed over. The person is named by a random id only."""

import uuid

from django.db import transaction
from django.db.models import Q

from posada.accounts.acts import Act
from posada.accounts.models import Assignment, Membership, User
from posada.accounts.permissions import Actor, Refused, Subject, forget_remembered, require
from posada.accounts.queries import HOLDERS
from posada.audit import services as audit
from posada.ground import clock
from posada.vault import keyring

Why, End = Assignment.Why, Assignment.End


class ReasonNeeded(Exception):
    """Somebody holds this file already: whoever takes it on as well says why."""


def assign(
    *,
    user_id: int,
    site_id: int,
    subject: uuid.UUID,
    why: Assignment.Why = Why.APPOINTMENT,
    follows: uuid.UUID | None = None,
) -> None:
    """Entrust a person's file to a user (the caller has checked that this may be)."""
    Assignment.objects.get_or_create(
        user_id=user_id,
        subject=subject,
        until=None,
        defaults={"site_id": site_id, "since": clock.today(), "why": why, "follows": follows},
    )
    forget_remembered()


def take_on(actor: Actor, subject: Subject, why: Assignment.Why | None = None) -> None:
    """A caseworker takes a person's file on; it is written down like any act.

    `ReasonNeeded` if somebody else holds it and no reason is given.
    """
    role = require(actor, Act.TAKE_ON, subject)
    if actor.user is None:
        return
    with transaction.atomic():
        if why is None and Assignment.objects.filter(subject=subject.id).exclude(user_id=actor.user).exists():
            raise ReasonNeeded
        assign(user_id=actor.user, site_id=actor.site, subject=subject.id, why=why or Why.APPOINTMENT)
        _note(actor, Act.TAKE_ON, role, subject.id, reason=why or "")


def hand_back(*, by: Actor, subject: Subject) -> bool:
    """End one's own assignment: the file is closed to them from now on. False if they did not hold it."""
    role = require(by, Act.HAND_BACK, subject)
    with transaction.atomic():
        ended = end_assignments(Q(user_id=by.user), [subject.id], End.HANDED_BACK)
        if ended:
            _note(by, Act.HAND_BACK, role, subject.id, reason=End.HANDED_BACK)
    return bool(ended)


def hand_over(*, by: Actor, subject: Subject, to: int, ends_others: bool) -> None:
    """The manager entrusts a file to a caseworker or a lawyer of this house; `Refused` for anybody else.

    `ends_others`: whoever held it until now holds it no more.
    """
    role = require(by, Act.ENTRUST, subject)
    if not may_hold_files(to, by.site):
        raise Refused(Act.ENTRUST, subject)
    with transaction.atomic():
        if ends_others:
            end_assignments(~Q(user_id=to), [subject.id], End.HANDED_OVER)
        assign(user_id=to, site_id=by.site, subject=subject.id, why=Why.HANDED_OVER)
        _note(by, Act.ENTRUST, role, subject.id, reason=Why.HANDED_OVER)


def may_hold_files(user_id: int, site_id: int) -> bool:
    """Whether files may be entrusted to this user: somebody active who is a caseworker or a lawyer here."""
    rows = Membership.objects.filter(user_id=user_id, site_id=site_id, role__in=HOLDERS)
    return rows.filter(user__is_active=True).exists()


def end_assignments(whose: Q, subjects: list[uuid.UUID], end: Assignment.End) -> int:
    """End what these users hold of these subjects and of what hangs on them. Gives how many ended."""
    held = Assignment.objects.filter(whose).filter(Q(subject__in=subjects) | Q(follows__in=subjects))
    return held.update(until=clock.today(), end=end)


def end_all_of(user: User) -> int:
    """End everything that somebody who leaves holds."""
    return Assignment.objects.filter(user=user).update(until=clock.today(), end=End.LEFT)


def _note(by: Actor, act: Act, role: str, subject: uuid.UUID, *, reason: str) -> None:
    audit.write(
        audit.Event(act=act, actor=by.user, role=role, site=by.site, subject=keyring.pseudonym(subject), reason=reason)
    )
