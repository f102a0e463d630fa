"""How many persons somebody may open in an hour and in a day, and how often they may search.

The figures are our proposal (protection.md) and stand in the settings. Persons entrusted to somebody do not count:
their caseworker opens them as often as the work asks. What counts for a caseworker is how many they take on.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import NoReturn

from django.conf import settings
from django.utils.translation import gettext as _

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor
from posada.audit import queries as audit_queries
from posada.audit import services as audit
from posada.ground import clock

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class QuotaReached(Exception):
    """This user has opened or searched as much as an hour or a day allows."""

    def __str__(self) -> str:
        return _(
            "You have reached the number of files that can be opened in this time. It protects the people here. "
            "Wait an hour, or ask somebody else on duty."
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts against a quota: these acts, done by these roles."""

    acts: tuple[str, ...]
    roles: tuple[str, ...]


OPENING = Counted(
    acts=(Act.READ_IDENTITY.value, Act.READ_CONTACT.value, Act.READ_KIN.value, Act.READ_REQUEST.value),
    roles=(Role.DESK.value, Role.TRACING_OFFICER.value),
)
TAKING_ON = Counted(acts=(Act.TAKE_ON.value,), roles=(Role.CASEWORKER.value,))


@dataclass(frozen=True, slots=True)
class Use:
    """What somebody has used of their day: files opened, or taken on by a caseworker."""

    opened: int
    allowed: int


def _limits(actor: Actor, counted: Counted) -> tuple[int, int]:
    if actor.demonstration:
        return (100_000, 1_000)
    table: dict[str, tuple[int, int]] = settings.QUOTAS
    held = [table[role] for role in counted.roles if role in table and Role(role) in actor.roles]
    return (max((hour for hour, _day in held), default=0), max((day for _hour, day in held), default=0))


def _used(actor: Actor, counted: Counted, span: timedelta) -> set[str]:
    if actor.user is None:
        return set()
    since = clock.now() - span
    return audit_queries.persons_opened(actor=actor.user, acts=counted.acts, roles=counted.roles, since=since)


def use_today(actor: Actor) -> Use | None:
    """What was used today and what is allowed; none for roles that no quota concerns."""
    for counted in (OPENING, TAKING_ON):
        if any(role.value in counted.roles for role in actor.roles):
            return Use(len(_used(actor, counted, DAY)), _limits(actor, counted)[1])
    return None


def check(actor: Actor, more: set[str], counted: Counted = OPENING) -> None:
    """Raise `QuotaReached` if these persons (pseudonyms) too would pass the hour's or the day's number."""
    if actor.user is None or not more:
        return
    for span, limit in zip((HOUR, DAY), _limits(actor, counted), strict=True):
        used = _used(actor, counted, span)
        if more - used and len(used | more) > limit:
            _refuse(actor, counted.acts[0])


def check_search(actor: Actor) -> None:
    """Raise `QuotaReached` if this user has searched as often as an hour allows."""
    if actor.user is None or actor.demonstration:
        return
    since = clock.now() - HOUR
    if audit_queries.acts_done(actor=actor.user, act=Act.SEARCH, since=since) >= settings.SEARCHES_AN_HOUR:
        _refuse(actor, Act.SEARCH)


def _refuse(actor: Actor, act: str) -> NoReturn:
    audit.write(audit.Event(act=act, actor=actor.user, site=actor.site, result=audit.Result.REFUSED, reason="quota"))
    raise QuotaReached
