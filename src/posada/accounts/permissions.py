"""May this user do this act to this person? What is not granted is refused."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from posada.accounts.acts import GRANTS, READ_BY_URGENCY, Act, Role, Scope
from posada.accounts.models import Assignment, UrgentReach, UrgentReading
from posada.ground import clock


class Refused(Exception):
    """This user may not do this act."""

    def __init__(self, act: Act, subject: "Subject | None" = None) -> None:
        super().__init__(act.value)
        self.act = act
        self.subject = subject


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a user in a site with the roles held there, or the house's own jobs (no user)."""

    user: int | None
    site: int
    roles: frozenset[Role]
    demonstration: bool = False

    def may(self, act: Act) -> bool:
        """Whether any role of theirs is granted the act for somebody."""
        return self.user is None or any(role in GRANTS.get(act, {}) for role in self.roles)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom an act is done to, as far as permissions ask: id, site, and the day of registration."""

    id: uuid.UUID
    site: int
    registered_on: date | None = None


def system_actor(site: int) -> Actor:
    """The house's own jobs: an import at the shell, the readers of the change log."""
    return Actor(user=None, site=site, roles=frozenset())


@dataclass(frozen=True, slots=True)
class Grant:
    """The role by which an act may be done, and whether only because the file stands open by urgency for an hour."""

    role: Role
    by_urgency: bool = False


_remembered: ContextVar[dict[int, frozenset[uuid.UUID]] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """While one page is read, which files are entrusted to its reader is asked once, however many rows it shows."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def forget_remembered() -> None:
    """Who holds what has just changed, within the page that is read."""
    held = _remembered.get()
    if held is not None:
        held.clear()


def _is_entrusted(user: int, subject: uuid.UUID) -> bool:
    held = _remembered.get()
    if held is None:
        return Assignment.objects.filter(user_id=user, subject=subject).exists()
    if user not in held:
        held[user] = frozenset(Assignment.objects.filter(user_id=user).values_list("subject", flat=True))
    return subject in held[user]


def granted(actor: Actor, act: Act, subject: Subject | None = None) -> Grant | None:
    """By what the actor may do the act to the subject, or none."""
    for role, scope in GRANTS.get(act, {}).items():
        if role in actor.roles and (subject is None or _reaches(actor, scope, subject)):
            return Grant(role)
    if subject is not None and act in READ_BY_URGENCY and _stands_open(actor, act, subject):
        return Grant(Role.CASEWORKER, by_urgency=True)
    return None


def granted_role(actor: Actor, act: Act, subject: Subject | None = None) -> Role | None:
    """The role by which the actor may do the act to the subject, or none."""
    grant = granted(actor, act, subject)
    return grant.role if grant else None


def _reaches(actor: Actor, scope: Scope, subject: Subject) -> bool:
    if subject.site != actor.site:
        return False
    if scope is Scope.TODAY:
        return subject.registered_on == clock.today()
    if scope is Scope.ASSIGNED:
        return actor.user is not None and _is_entrusted(actor.user, subject.id)
    return True


def _stands_open(actor: Actor, act: Act, subject: Subject) -> bool:
    """Whether this caseworker opened the file by urgency and the hour is not over. Other roles are opened nothing."""
    if actor.user is None or Role.CASEWORKER not in actor.roles or subject.site != actor.site:
        return False
    if GRANTS.get(act, {}).get(Role.CASEWORKER) is not Scope.ASSIGNED:
        return False
    live = UrgentReading.objects.visible_to(actor).open_at(clock.now()).filter(user_id=actor.user)
    return UrgentReach.objects.filter(subject=subject.id, reading__in=live).exists()


def require(actor: Actor, act: Act, subject: Subject | None = None) -> str:
    """The word for the audit under which the act is allowed; `Refused` otherwise."""
    if actor.user is None:
        return "system"
    role = granted_role(actor, act, subject)
    if role is None:
        raise Refused(act, subject)
    return role.value
