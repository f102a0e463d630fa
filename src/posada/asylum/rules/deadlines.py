"""The last day of a time, from a rule and a person's date, together with everything that says why.

Pure: the present moment comes in. How each unit is counted, and from what source, stands in `counting`. Whatever is
not certain is given as a span of days: `act_on` is the earliest last day there can be, the one to act on, and
`possible_until` the latest; each reason for the difference stands in `doubts`. A day that has passed never means that
somebody cannot ask: the answer to it is a reason for being late, and legal aid.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from posada.asylum.rules import counting
from posada.asylum.rules.counting import CountingRule
from posada.asylum.rules.known import Known
from posada.asylum.rules.terms import Confidence, Standing, Term, Unit
from posada.ground import public_holidays, working_days
from posada.ground.public_holidays import Holiday

_LAST_MINUTE = time(23, 59)


class State(StrEnum):
    """How a deadline stands. Each has its sentence in `deadline_words`."""

    ASK = "ask"  # the date from which it runs is not known
    NO_RULE = "no_rule"  # no source covers that date
    ANCHOR_AHEAD = "anchor_ahead"  # the date from which it runs has not come yet
    OUT_OF_ORDER = "out_of_order"  # done before the date from which it runs
    OPEN = "open"
    TODAY = "today"
    PERHAPS_PAST = "perhaps_past"  # the day to act on has passed, the latest possible one has not
    PAST = "past"
    DONE_IN_TIME = "done_in_time"
    DONE_PERHAPS_LATE = "done_perhaps_late"
    DONE_LATE = "done_late"


class Doubt(StrEnum):
    """Why the last day is not certain. Each has its sentence in `deadline_words`."""

    INTERVAL = "interval"  # the date is known by month or year, or about
    HOUR_UNKNOWN = "hour_unknown"  # counted in hours from a day
    CLOCK_CHANGE = "clock_change"  # clocks are changed in between
    CLOSED_DAY = "closed_day"  # it ends when offices are closed
    HOLIDAYS_UNKNOWN = "holidays_unknown"
    TWO_VERSIONS = "two_versions"  # the law changed within the days on which it can have begun
    NOT_COVERED = "not_covered"  # for a part of those days no source says which law held


class Coverage(StrEnum):
    """Whether a source says that this version was the law on the date."""

    COVERED = "covered"
    START_UNKNOWN = "start_unknown"  # a version without its first day: whether it held already is not verified
    UNVERIFIED = "unverified"


class Law(StrEnum):
    """Under which law a case is looked at."""

    OF_ITS_DATES = "of_its_dates"
    OF_TODAY = "of_today"


@dataclass(frozen=True, slots=True)
class Place:
    """The country whose holidays count (two letters), and the time zone (IANA) in which its days begin and end."""

    country: str
    zone: str

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as reason:
            raise ValueError(f"no time zone is called {self.zone!r}") from reason

    @property
    def clock(self) -> ZoneInfo:
        """The zone, to reckon with."""
        return ZoneInfo(self.zone)

    def day_of(self, moment: datetime) -> date:
        """The day there at a moment. Raises ValueError for a moment without a zone."""
        if moment.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return moment.astimezone(self.clock).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The answer. Days are days at the place; moments (for hours only) are in UTC.

    `term` is none where no rule covers the date. `office_until` is the last day up to `act_on` on which offices are
    open. `skipped` are the holidays left out on the way to `act_on`. `counting` is the law of counting, always to be
    confirmed. `others` are the answers of the other versions of the rule that can have held.
    """

    state: State
    place: Place
    today: date
    anchor: Known
    term: Term | None = None
    act_on: date | None = None
    possible_until: date | None = None
    office_until: date | None = None
    act_at: datetime | None = None
    possible_at: datetime | None = None
    skipped: tuple[Holiday, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    counting: CountingRule | None = None
    coverage: Coverage = Coverage.COVERED
    law: Law = Law.OF_ITS_DATES
    others: tuple["Deadline", ...] = ()

    @property
    def holidays_known(self) -> bool:
        """Whether the holidays on the way were known; otherwise weekends alone were left out."""
        return Doubt.HOLIDAYS_UNKNOWN not in self.doubts

    @property
    def to_confirm(self) -> bool:
        """Whether it may not be shown as a fact: the rule, or that it held on this date, is not sure."""
        if self.term is None or self.coverage is not Coverage.COVERED:
            return True
        return self.term.confidence is Confidence.D or self.term.standing is not Standing.IN_FORCE

    @property
    def days_left(self) -> int | None:
        """Days from today to the day to act on; negative when that has passed."""
        return (self.act_on - self.today).days if self.act_on else None

    @property
    def working_days_left(self) -> int | None:
        """Working days of the place from today to the day to act on; negative when that has passed."""
        return working_days.between(self.today, self.act_on, self.place.country) if self.act_on else None


def due(term: Term, anchor: Known, place: Place, now: datetime, done: Known | None = None) -> Deadline:
    """The last day of a rule's time that runs from a date.

    `done` is when the thing was done; a day that has not come yet, or is not known, counts as not done.
    Raises ValueError for a moment without a zone.
    """
    today = place.day_of(now)
    rule = counting.RULES.get(place.country)
    found = Deadline(state=State.ASK, place=place, today=today, anchor=anchor, term=term, counting=rule)
    if not anchor.is_known:
        return found
    # What has happened has not happened tomorrow: a month that still runs ends today.
    begun = anchor.within(None, today) or anchor
    ends = _hour_ends(found, term, begun) if term.unit is Unit.HOUR else _day_ends(found, term, begun)
    return replace(ends, state=_state(ends, now, done))


def _day_ends(found: Deadline, term: Term, begun: Known) -> Deadline:
    country = found.place.country
    first = counting.days_counted(begun.first, term.value, term.unit, country)
    last = counting.days_counted(begun.last, term.value, term.unit, country)
    carried = last.last if term.paper else counting.next_open_day(last.last, country).last
    closed = not term.paper and not working_days.is_working_day(first.last, country)
    known = first.holidays_known and last.holidays_known
    named = public_holidays.of_year(country, first.last.year) is not None
    doubts = {
        Doubt.INTERVAL: not begun.is_exact,
        Doubt.CLOSED_DAY: closed,
        Doubt.HOLIDAYS_UNKNOWN: not (known and named),
    }
    return replace(
        found,
        act_on=first.last,
        possible_until=carried,
        office_until=counting.last_open_day(first.last, country),
        skipped=first.skipped,
        doubts=tuple(doubt for doubt, holds in doubts.items() if holds),
    )


def _hour_ends(found: Deadline, term: Term, begun: Known) -> Deadline:
    place = found.place
    first = counting.hours_after(_opens(begun, place), term.value, place.clock)
    last = counting.hours_after(_closes(begun, place), term.value, place.clock)
    doubts = {
        Doubt.INTERVAL: not begun.is_exact,
        Doubt.HOUR_UNKNOWN: begun.is_exact and begun.hour is None,
        Doubt.CLOCK_CHANGE: first.earlier != first.later,
    }
    return replace(
        found,
        act_on=place.day_of(first.earlier),
        possible_until=place.day_of(last.later),
        office_until=place.day_of(first.earlier),
        act_at=first.earlier,
        possible_at=last.later,
        doubts=tuple(doubt for doubt, holds in doubts.items() if holds),
    )


def _opens(known: Known, place: Place) -> datetime:
    return counting.moment_of(known.first, known.hour or time.min, place.clock)


def _closes(known: Known, place: Place) -> datetime:
    """The last moment that is meant: the hour if it is known (the later one, where it came twice), else the end."""
    there = datetime.combine(known.last, known.hour or _LAST_MINUTE, place.clock)
    return max(there.replace(fold=fold).astimezone(UTC) for fold in (0, 1))


def _state(ends: Deadline, now: datetime, done: Known | None) -> State:
    if ends.anchor.first > ends.today:
        return State.ANCHOR_AHEAD
    if done is not None and done.is_known and done.first <= ends.today:
        return _done_state(ends, done)
    if ends.act_at is not None and ends.possible_at is not None:
        before, perhaps = now <= ends.act_at, now <= ends.possible_at
    else:
        act_on, until = _days(ends)
        before, perhaps = ends.today <= act_on, ends.today <= until
    if before:
        return State.TODAY if ends.today == ends.act_on else State.OPEN
    return State.PERHAPS_PAST if perhaps else State.PAST


def _done_state(ends: Deadline, done: Known) -> State:
    if done.last < ends.anchor.first:
        return State.OUT_OF_ORDER
    if ends.act_at is not None and ends.possible_at is not None:
        in_time = _closes(done, ends.place) <= ends.act_at
        late = _opens(done, ends.place) > ends.possible_at
    else:
        act_on, until = _days(ends)
        in_time, late = done.last <= act_on, done.first > until
    if in_time:
        return State.DONE_IN_TIME
    return State.DONE_LATE if late else State.DONE_PERHAPS_LATE


def _days(ends: Deadline) -> tuple[date, date]:
    if ends.act_on is None or ends.possible_until is None:
        raise ValueError("a deadline without its days has no state")
    return ends.act_on, ends.possible_until
