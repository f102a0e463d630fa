"""How many persons somebody may open in an hour and in a day, and how often they may search.

The figures are our proposal (protection.md) and stand in the settings. Persons entrusted to somebody do not count:
their caseworker opens them as often as the work asks. What counts for a caseworker is how many they take on or open
by urgency. An emergency sheet is never stopped by a quota.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from posada.accounts import queries as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.models import Notice, User
from posada.accounts.permissions import Actor
from posada.audit.models import AuditEntry
from posada.audit.services import Event, Result
from posada.ground import clock
from posada.records import notices, undone

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
TAKING_ON = Counted(acts=(Act.TAKE_ON.value, Act.BREAK_GLASS.value), roles=(Role.CASEWORKER.value,))


@dataclass(frozen=True, slots=True)
class Use:
    """What somebody has used of their day: files opened, or taken on by a caseworker."""

    opened: int
    allowed: int


@dataclass(frozen=True, slots=True)
class TeamUse:
    """What one member of staff opened and searched: the last hour, the last day, and what is allowed."""

    user: int
    in_hour: int
    in_day: int
    hour_allowed: int
    day_allowed: int
    searches: int


def _limits(actor: Actor, counted: Counted) -> tuple[int, int]:
    if actor.demonstration:
        return (1_000, 1_000)
    table: dict[str, tuple[int, int]] = settings.QUOTAS
    held = [table[role] for role in counted.roles if role in table and Role(role) in actor.roles]
    return (max((hour for hour, _day in held), default=0), max((day for _hour, day in held), default=0))


def _rows(user: int, counted: Counted, since: datetime) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(
        actor=user, act__in=counted.acts, role__in=counted.roles, at__gt=since, result=Result.DONE
    )


def persons(user: int, counted: Counted, since: datetime) -> set[str]:
    """The pseudonyms of the persons that this user opened, in the sense of a quota, since then."""
    return set(_rows(user, counted, since).values_list("subject", flat=True).distinct())


def _over_weeks(user: int, counted: Counted, now: datetime) -> tuple[int, int]:
    """How many persons this user opened in seven days, and in 28."""
    in_week = Count("subject", distinct=True, filter=Q(at__gt=now - 7 * DAY))
    in_month = Count("subject", distinct=True)
    found = _rows(user, counted, now - 28 * DAY).aggregate(week=in_week, month=in_month)
    return found["week"], found["month"]


def searches(user: int) -> int:
    """How often this user searched in the last hour. A search that was refused tells nothing, and is not one."""
    since = clock.now() - HOUR
    rows = AuditEntry.objects.filter(actor=user, act=Act.SEARCH, at__gt=since)
    return rows.exclude(result=Result.REFUSED).count()


def _counted_for(actor: Actor) -> Counted | None:
    for counted in (OPENING, TAKING_ON):
        if any(role.value in counted.roles for role in actor.roles):
            return counted
    return None


def use_today(actor: Actor) -> Use | None:
    """What was used today and what is allowed; none for roles that no quota concerns."""
    counted = _counted_for(actor)
    if counted is None or actor.user is None:
        return None
    return Use(len(persons(actor.user, counted, clock.now() - DAY)), _limits(actor, counted)[1])


def team_use(site: int) -> list[TeamUse]:
    """What everybody whom a quota concerns has used, for the site manager: numbers, no person."""
    found = []
    for user in User.objects.filter(memberships__site_id=site, is_active=True).distinct().order_by("pk"):
        actor = accounts.actor_for(user)
        counted = _counted_for(actor) if actor else None
        if actor is not None and counted is not None:
            now = clock.now()
            opened = [len(persons(user.pk, counted, now - span)) for span in (HOUR, DAY)]
            found.append(TeamUse(user.pk, opened[0], opened[1], *_limits(actor, counted), searches(user.pk)))
    return found


@contextmanager
def within(actor: Actor, more: set[str], counted: Counted = OPENING) -> Iterator[None]:
    """One transaction for opening these persons (pseudonyms) and writing it down; `QuotaReached` if it is too many.

    Of several requests of one user at the same time, each counts what the one before has opened.
    """
    inside = undone.is_inside()
    over = False
    with transaction.atomic():
        if actor.user is None or not more:
            yield
            return
        _one_at_a_time(actor.user)
        now = clock.now()
        in_hour, in_day = (persons(actor.user, counted, now - span) for span in (HOUR, DAY))
        fresh_hour, fresh_day = more - in_hour, more - in_day
        hour, day = _limits(actor, counted)
        # Whoever opens again what they opened before learns nothing new.
        over = bool(fresh_hour and len(in_hour | more) > hour) or bool(fresh_day and len(in_day | more) > day)
        if not over:
            yield
            if fresh_day and not actor.demonstration:
                long = _over_weeks(actor.user, counted, now)
                notices.watch_opening(actor, notices.Opened(len(in_hour | more), len(in_day | more), *long, hour, day))
            return
    _stop(actor, counted.acts[0], inside=inside)


def check(actor: Actor, more: set[str], counted: Counted = OPENING) -> None:
    """Raise `QuotaReached` if these persons (pseudonyms) too would pass the hour's or the day's number."""
    with within(actor, more, counted):
        return


def check_search(actor: Actor) -> None:
    """Raise `QuotaReached` if this user has searched as often as an hour allows."""
    with searching(actor):
        return


@contextmanager
def searching(actor: Actor) -> Iterator[None]:
    """One transaction for writing down a search; `QuotaReached` if there were too many in this hour."""
    inside = undone.is_inside()
    with transaction.atomic():
        if actor.user is None or actor.demonstration:
            yield
            return
        _one_at_a_time(actor.user)
        if searches(actor.user) < settings.SEARCHES_AN_HOUR:
            yield
            notices.watch_searching(actor)
            return
    _stop(actor, Act.SEARCH, inside=inside)


def _one_at_a_time(user: int) -> None:
    """On PostgreSQL the requests of one user wait for each other here; SQLCipher has one writer anyway."""
    if connection.features.has_select_for_update:
        User.objects.select_for_update().only("pk").get(pk=user)


def _stop(actor: Actor, act: str, *, inside: bool) -> NoReturn:
    """Written down and told, also when the page that was stopped undoes everything else."""

    def tell() -> None:
        if actor.user is not None:
            notices.tell(Notice.Kind.QUOTA, user=actor.user, site=actor.site)

    with transaction.atomic():
        event = Event(act=act, actor=actor.user, site=actor.site, result=Result.REFUSED, reason="quota")
        undone.write(event, inside=inside, again=tell)
        tell()
    raise QuotaReached
