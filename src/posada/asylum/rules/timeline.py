"""A case on a line of days: what happened, today, and each deadline with what is left; and the same as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from posada.asylum.rules.deadline_words import day_in_words, state_in_words
from posada.asylum.rules.deadlines import Deadline, State
from posada.asylum.rules.known import Known
from posada.ui.pictures.timeline import Look, Strip

_DONE = {State.DONE_IN_TIME, State.DONE_PERHAPS_LATE, State.DONE_LATE}
_LATE = {State.PAST, State.PERHAPS_PAST}


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of the case, in words, as it is known."""

    label: str
    when: Known


@dataclass(frozen=True, slots=True)
class Awaited:
    """A deadline of the case, in words."""

    label: str
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line of the table beside the drawing."""

    label: str
    day: str
    left: str
    article: str
    state: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Positions are days from `start`; `length` is at least one day."""

    start: date
    length: int
    today: int
    strips: tuple[Strip, ...]
    rows: tuple[TimelineRow, ...]


def timeline_of(events: Sequence[Happened], deadlines: Sequence[Awaited], today: date) -> Timeline:
    """The line of a case: events by their day, then deadlines by theirs; what has no day comes last, undrawn."""
    happened = sorted(events, key=lambda one: one.when.first if one.when.is_known else date.max)
    awaited = sorted(deadlines, key=lambda one: one.deadline.act_on or date.max)
    days = [today]
    for event in (one.when for one in happened if one.when.is_known):
        days += [event.first, event.last]
    for deadline in (one.deadline for one in awaited if one.deadline.act_on):
        days += [deadline.anchor.first, *(day for day in (deadline.act_on, deadline.possible_until) if day)]
    start = min(days)
    strips = [_event_strip(one, start) for one in happened] + [_deadline_strip(one, start) for one in awaited]
    rows = [_event_row(one) for one in happened] + [_deadline_row(one) for one in awaited]
    return Timeline(start, max((max(days) - start).days, 1), (today - start).days, tuple(strips), tuple(rows))


def left_in_words(deadline: Deadline) -> str:
    """Days left to the day to act on, or since it; nothing where there is no such day or it is done."""
    left = deadline.days_left
    if left is None or deadline.state in _DONE:
        return ""
    if left == 0:
        return _("today")
    if left > 0:
        return ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}
    return ngettext("%(count)s day ago", "%(count)s days ago", -left) % {"count": -left}


def known_in_words(known: Known) -> str:
    """A date as exactly as it is known, and no more."""
    if not known.is_known:
        return _("not known")
    if known.is_exact:
        return date_format(known.first, "DATE_FORMAT")
    span = {"first": date_format(known.first, "DATE_FORMAT"), "last": date_format(known.last, "DATE_FORMAT")}
    return _("between %(first)s and %(last)s") % span


def _event_strip(event: Happened, start: date) -> Strip:
    known = event.when
    if not known.is_known:
        return Strip(event.label, known_in_words(known), Look.UNDRAWN)
    first, last = (known.first - start).days, (known.last - start).days
    return Strip(event.label, known_in_words(known), Look.EVENT, first, last, last)


def _deadline_strip(awaited: Awaited, start: date) -> Strip:
    deadline = awaited.deadline
    if deadline.act_on is None or deadline.possible_until is None:
        return Strip(awaited.label, state_in_words(deadline), Look.UNDRAWN)
    look = Look.DONE if deadline.state in _DONE else Look.LATE if deadline.state in _LATE else Look.OPEN
    day = date_format(deadline.act_on, "DATE_FORMAT")
    said = [part for part in (day, left_in_words(deadline), _article(deadline)) if part]
    ends = (deadline.anchor.first, deadline.act_on, deadline.possible_until)
    begins, act_on, until = ((one - start).days for one in ends)
    return Strip(awaited.label, " · ".join(said), look, begins, act_on, until)


def _event_row(event: Happened) -> TimelineRow:
    return TimelineRow(event.label, known_in_words(event.when), "", "", "")


def _deadline_row(awaited: Awaited) -> TimelineRow:
    deadline = awaited.deadline
    day = day_in_words(deadline.act_on) if deadline.act_on else _("not known")
    return TimelineRow(awaited.label, day, left_in_words(deadline), _article(deadline), state_in_words(deadline))


def _article(deadline: Deadline) -> str:
    return deadline.term.article if deadline.term is not None else ""
