"""Alarms: raised once for each user, kind and hour, in the transaction of what raises them, and kept.

They are shown to the site manager and the auditor at once. They say who did what kind of thing and how often, never
to whom: what is written of a person stays where it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from posada.accounts.acts import Act
from posada.accounts.models import Notice, NoticeSeen, OpenForm
from posada.accounts.permissions import Actor, Refused, require
from posada.accounts.services import telling
from posada.audit import services as audit
from posada.audit.models import AuditEntry
from posada.audit.services import Result
from posada.ground import clock

tell = telling.tell  # accounts raise alarms, too
ANSWERED: Final = "alarms.answered"
HOUR: Final = timedelta(hours=1)
SHOWN: Final = 60
# Each of these is an event of its own: one more in the same hour is told again.
_EACH: Final = frozenset(
    {
        Notice.Kind.EXPORT,
        Notice.Kind.BREAK_GLASS,
        Notice.Kind.EMERGENCY,
        Notice.Kind.EVACUATION,
        Notice.Kind.FROZEN,
        Notice.Kind.SLIP,
        Notice.Kind.TAKEN,
    }
)
# What is searched by hand; advice has its own count, and "it is her" is no search.
_BY_HAND: Final = ("name", "number", "card")


@dataclass(frozen=True, slots=True)
class Opened:
    """How many persons somebody opened in an hour, a day, seven days and 28; and how many an hour and a day allow."""

    in_hour: int
    in_day: int
    in_week: int
    in_month: int
    hour: int
    day: int


@dataclass(frozen=True, slots=True)
class Shown:
    """An alarm as its reader sees it: the row, who has seen it, and whether it waits for this reader."""

    row: Notice
    seen: tuple[NoticeSeen, ...]
    waits: bool


def watch_opening(actor: Actor, opened: Opened) -> None:
    """Unusual reading: nearly as many as allowed, many at night, many over a week or over four."""
    if actor.user is None:
        return
    limits = settings.ALARMS
    now = clock.now()
    found: dict[Notice.Kind, int] = {}
    if opened.in_hour >= limits["share"] * opened.hour:
        found[Notice.Kind.MANY] = opened.in_hour
    if opened.in_day >= limits["share"] * opened.day:
        found[Notice.Kind.MANY] = opened.in_day
    if _is_night(now) and opened.in_hour >= limits["night"]:
        found[Notice.Kind.NIGHT] = opened.in_hour
    if opened.in_week >= limits["week_days"] * opened.day:
        found[Notice.Kind.WEEK] = opened.in_week
    if opened.in_month >= limits["month_days"] * opened.day:
        found[Notice.Kind.MONTH] = opened.in_month
    for kind, count in found.items():
        tell(kind, user=actor.user, site=actor.site, count=count)


def _is_night(now: datetime) -> bool:
    hour = now.astimezone(clock.house_zone()).hour
    begins, ends = settings.ALARMS["night_hours"]
    return bool(hour >= begins or hour < ends)


def watch_searching(actor: Actor) -> None:
    """Many searches by hand and hardly anybody opened; or more searches of any kind than a desk in a rush makes."""
    if actor.user is None:
        return
    rows = AuditEntry.objects.filter(actor=actor.user, at__gt=clock.now() - HOUR)
    made = rows.filter(act=Act.SEARCH).exclude(result=Result.REFUSED)
    by_hand, of_any_kind = made.filter(reason__in=_BY_HAND).count(), made.count()
    if by_hand < settings.ALARMS["searches"]:
        is_unusual = of_any_kind >= 2 * settings.ALARMS["searches"]
    else:
        opened = rows.filter(act=Act.READ_IDENTITY, result=Result.DONE).values("subject").distinct().count()
        is_unusual = by_hand >= settings.ALARMS["searches_each"] * max(opened, 1)
    if is_unusual:
        tell(Notice.Kind.SEARCHES, user=actor.user, site=actor.site, count=of_any_kind)


def watch_refusals(actor: Actor) -> None:
    """Many attempts at what is not theirs, or at numbers that nobody has."""
    if actor.user is None:
        return
    of_no_number = Q(act=Act.SEARCH, result=Result.NOTHING, reason="number")
    rows = AuditEntry.objects.filter(actor=actor.user, at__gt=clock.now() - HOUR)
    count = rows.filter(Q(result=Result.REFUSED) | of_no_number).count()
    if count >= settings.ALARMS["refused"]:
        tell(Notice.Kind.REFUSED, user=actor.user, site=actor.site, count=count)


def watch_hiding(actor: Actor) -> None:
    """Many files hidden to be erased, or sentences or false callers erased: a register emptied by one person."""
    if actor.user is None:
        return
    rows = AuditEntry.objects.filter(actor=actor.user, at__gt=clock.now() - HOUR, result=Result.DONE)
    count = rows.filter(act__in=(Act.ASK_ERASURE, Act.ERASE_SENTENCE)).exclude(reason="").count()
    count += rows.filter(act=Act.NOTE_CALLER, reason="mistake").count()
    count += rows.filter(act=Act.WRITE_STATEMENT, reason="sentence_erased").count()
    if count >= settings.ALARMS["hidden"]:
        tell(Notice.Kind.HIDDEN, user=actor.user, site=actor.site, count=count)


def watch_freezing(actor: Actor, *, house: bool = False) -> None:
    """Contact with every family stopped, or with many one by one: it protects, and it could be sabotage."""
    if actor.user is None:
        return
    rows = AuditEntry.objects.filter(actor=actor.user, at__gt=clock.now() - HOUR, result=Result.DONE)
    count = rows.filter(act=Act.FREEZE).count()
    if house or count >= settings.ALARMS["hidden"]:
        tell(Notice.Kind.FROZEN, user=actor.user, site=actor.site, count=count)


def looked_up(actor: Actor, form: OpenForm) -> None:
    """Advice was looked up on a form that counts as a search: many of those, none saved, are told.

    The first look of the form at hand is not counted: it may yet be saved.
    """
    rows = OpenForm.objects.filter(user_id=form.user_id, looked_at__gt=clock.now() - HOUR)
    unsaved = (rows.aggregate(all=Sum("looks"))["all"] or 0) - 1
    if unsaved >= settings.ALARMS["forms"]:
        tell(Notice.Kind.FORMS, user=form.user_id, site=actor.site, count=unsaved)


def waiting(actor: Actor) -> QuerySet[Notice]:
    """The alarms that this site manager or auditor has not answered, newest first; never their own."""
    if not actor.may(Act.SEE_ALARMS) or actor.user is None:
        return Notice.objects.none()
    own_words = NoticeSeen.objects.filter(notice=OuterRef("pk"), user_id=actor.user).exclude(word="")
    answered = own_words.filter(~Q(notice__kind__in=_EACH) | Q(count__gte=OuterRef("count")))
    rows = Notice.objects.visible_to(actor).exclude(user_id=actor.user).filter(~Exists(answered))
    return rows.order_by("-raised_at", "-pk")


def alarms(actor: Actor) -> list[Shown]:
    """What waits for this site manager or auditor, then the newest others, each with who has seen it."""
    require(actor, Act.SEE_ALARMS)
    waits = list(waiting(actor).prefetch_related("seen"))
    others = Notice.objects.visible_to(actor).exclude(pk__in=[row.pk for row in waits])
    rest = others.prefetch_related("seen").order_by("-raised_at", "-pk")[:SHOWN]
    return [
        *(Shown(row, tuple(row.seen.all()), waits=True) for row in waits),
        *(Shown(row, tuple(row.seen.all()), waits=False) for row in rest),
    ]


def see(actor: Actor, rows: Sequence[Notice]) -> None:
    """Keep that this user has seen these alarms."""
    require(actor, Act.SEE_ALARMS)
    if actor.user is None:
        return
    held = set(NoticeSeen.objects.filter(user_id=actor.user, notice__in=rows).values_list("notice_id", flat=True))
    now = clock.now()
    fresh = [NoticeSeen(notice=row, user_id=actor.user, seen_at=now) for row in rows if row.pk not in held]
    NoticeSeen.objects.bulk_create(fresh, ignore_conflicts=True)


def answer(*, by: Actor, notice: Notice, word: NoticeSeen.Word) -> None:
    """Say a fixed word to an alarm. Nobody answers their own."""
    role = require(by, Act.SEE_ALARMS)
    if by.user is None or notice.user_id == by.user or notice.site_id != by.site:
        raise Refused(Act.SEE_ALARMS)
    now = clock.now()
    with transaction.atomic():
        NoticeSeen.objects.get_or_create(notice=notice, user_id=by.user, defaults={"seen_at": now})
        row = NoticeSeen.objects.filter(notice=notice, user_id=by.user)
        row.update(word=word, answered_at=now, count=notice.count)
        audit.write(audit.Event(act=ANSWERED, actor=by.user, role=role, site=by.site, reason=str(word)))
