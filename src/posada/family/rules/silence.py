"""When has a relative been silent too long, and how it is said in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NEAR = timedelta(hours=12)  # a call that falls due within half a day is said to be due
TWO_DAYS = 48


class Watch(StrEnum):
    """How a card stands, as far as a clear column may say."""

    WATCHED = "watched"
    WORRYING = "worrying"
    STOPPED = "stopped"


class Urgency(IntEnum):
    """The order of the cards: what worries most comes first."""

    WORRYING = 0
    SILENT = 1
    DUE = 2
    UNKNOWN = 3
    QUIET = 4
    STOPPED = 5


@dataclass(frozen=True, slots=True)
class Silence:
    """How urgent a card is, and for how long nothing was heard: exactly, if it is known, and in days as people count.

    Both are none for somebody who was never heard since.
    """

    urgency: Urgency
    unheard: timedelta | None = None
    past: timedelta = timedelta(0)
    days: int | None = None

    @property
    def is_past(self) -> bool:
        """Whether somebody should act on it now."""
        return self.urgency <= Urgency.SILENT


def silent_from(heard_at: datetime, interval_hours: int) -> datetime:
    """From when a silence counts, to the hour."""
    return _cut(heard_at + timedelta(hours=interval_hours))


def rises_at(heard_at: datetime, interval_hours: int | None, next_call_at: datetime | None) -> datetime | None:
    """From when a card rises, to the hour: the end of the interval or the agreed call, whichever comes first."""
    ends = [silent_from(heard_at, interval_hours)] if interval_hours else []
    return min([*ends, *([_cut(next_call_at)] if next_call_at else [])], default=None)


def _cut(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def silence(
    *,
    state: Watch,
    unheard_since: datetime | None,
    silent_from: datetime | None,
    now: datetime,
    days: int | None = None,
    next_call_at: datetime | None = None,
) -> Silence:
    """How a card stands at a moment. A silence begins at the very hour that was agreed, not after it."""
    unheard = now - unheard_since if unheard_since else None
    past = now - silent_from if silent_from and now >= silent_from else timedelta(0)
    if state is Watch.STOPPED:
        return Silence(Urgency.STOPPED, unheard, days=days)
    if state is Watch.WORRYING:
        return Silence(Urgency.WORRYING, unheard, past, days)
    if silent_from and now >= silent_from:
        return Silence(Urgency.SILENT, unheard, past, days)
    missed = bool(next_call_at and next_call_at <= now and (not unheard_since or unheard_since < next_call_at))
    if missed or (silent_from and silent_from - now <= NEAR):
        return Silence(Urgency.DUE, unheard, days=days)
    return Silence(Urgency.QUIET if unheard is not None else Urgency.UNKNOWN, unheard, days=days)


def length(found: Silence) -> str:
    """How long nothing was heard, in words: hours up to two days, then days as people count them."""
    if found.unheard is not None:
        hours = max(int(found.unheard.total_seconds() // 3600), 0)
        if hours < TWO_DAYS:
            return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    days = found.days if found.days is not None else (found.unheard or timedelta(0)).days
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days} if days else ""


def span_of_hours(hours: int) -> str:
    """An agreed interval in words: hours below two days, days from there on, and one day for 24 hours."""
    if hours % 24 == 0:
        days = hours // 24
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}


def days_between(earlier: datetime, later: datetime) -> int:
    """How many nights lie between two local moments: Saturday to Tuesday is three days."""
    return (later.date() - earlier.date()).days


def words(found: Silence) -> str:
    """The badge of a card: 'silence of 3 days', '5 hours ago', 'not known'."""
    if found.urgency is Urgency.STOPPED:
        return _("stopped")
    if found.urgency is Urgency.WORRYING:
        return _("worrying")
    if found.urgency is Urgency.SILENT:
        span = length(found)
        return _("silence of %(length)s") % {"length": span} if span else _("silence")
    if found.urgency is Urgency.DUE:
        return _("call due")
    if found.unheard is None:
        return _("quiet") if found.urgency is Urgency.QUIET else _("not known")
    if found.unheard < timedelta(hours=1):
        return _("just now")
    return _("%(length)s ago") % {"length": length(found)}


KIND_OF_BADGE = {
    Urgency.WORRYING: "danger",
    Urgency.SILENT: "danger",
    Urgency.DUE: "wait",
    Urgency.UNKNOWN: "wait",
    Urgency.QUIET: "good",
    Urgency.STOPPED: "neutral",
}
