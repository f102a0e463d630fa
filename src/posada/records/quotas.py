"""How many persons somebody may open in an hour and in a day, and how often they may search.

The figures are our proposal (protection.md) and stand in the settings.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor
from posada.audit import queries as audit_queries
from posada.ground import clock

OPENING_ACTS = (Act.READ_IDENTITY.value, Act.READ_CONTACT.value, Act.READ_KIN.value, Act.READ_REQUEST.value)


class QuotaReached(Exception):
    """This user has opened or searched as much as an hour or a day allows."""

    def __str__(self) -> str:
        return _(
            "You have reached the number of files that can be opened in this time. It protects the people here. "
            "Wait an hour, or ask somebody else on duty."
        )


@dataclass(frozen=True, slots=True)
class Use:
    """What somebody has used of their day."""

    opened: int
    allowed: int


def _limits(actor: Actor) -> tuple[int, int]:
    table: dict[str, tuple[int, int]] = settings.QUOTAS
    held = [table[role.value] for role in actor.roles if role.value in table]
    if actor.demonstration:
        return (100_000, 1_000)
    return (max((hour for hour, _day in held), default=0), max((day for _hour, day in held), default=0))


def use_today(actor: Actor) -> Use | None:
    """How many persons were opened today and how many may be; none for roles that open nobody."""
    _hour, day = _limits(actor)
    if actor.user is None or not day or not (actor.roles & _READERS):
        return None
    since = clock.now() - timedelta(days=1)
    opened = audit_queries.persons_opened(actor=actor.user, acts=OPENING_ACTS, since=since)
    return Use(len(opened), day)


_READERS = frozenset({Role.DESK, Role.CASEWORKER, Role.TRACING_OFFICER, Role.LAWYER})


def check(actor: Actor, more: set[str]) -> None:
    """Raise `QuotaReached` if opening these persons too would pass the hour's or the day's number."""
    if actor.user is None:
        return
    hour, day = _limits(actor)
    now = clock.now()
    for span, limit in ((timedelta(hours=1), hour), (timedelta(days=1), day)):
        opened = audit_queries.persons_opened(actor=actor.user, acts=OPENING_ACTS, since=now - span)
        if more - opened and len(opened | more) > limit:
            raise QuotaReached


def check_search(actor: Actor) -> None:
    """Raise `QuotaReached` if this user has searched as often as an hour allows."""
    if actor.user is None or actor.demonstration:
        return
    since = clock.now() - timedelta(hours=1)
    if audit_queries.acts_done(actor=actor.user, act=Act.SEARCH, since=since) >= settings.SEARCHES_AN_HOUR:
        raise QuotaReached
