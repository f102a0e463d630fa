"""A month as a page of weeks, Monday first, and what lies on each day of it."""

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from posada.asylum.rules.known import EARLIEST, LATEST

T = TypeVar("T")
_WEEKDAYS = 7


@dataclass(frozen=True, slots=True)
class Box(Generic[T]):
    """One day. `inside`: it is of this month, not of the one before or after."""

    day: date
    inside: bool
    is_today: bool
    things: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Month(Generic[T]):
    """A month: its first day, its weeks, and the first days of the months beside it, where there are any."""

    first: date
    weeks: tuple[tuple[Box[T], ...], ...]
    before: date | None
    after: date | None

    @property
    def things(self) -> tuple[T, ...]:
        """What lies on the days of its weeks, in their order: also on those of the month before or after."""
        return tuple(thing for week in self.weeks for box in week for thing in box.things)


def month_of(year: int, month: int, today: date, things: Iterable[T], on: Callable[[T], date | None]) -> Month[T]:
    """The month, with what falls on each of its days. Raises ValueError for a month that nobody alive can mean."""
    if not (EARLIEST <= year <= LATEST and 1 <= month <= 12):
        raise ValueError("no such month")
    by_day: dict[date, list[T]] = {}
    for thing in things:
        if (day := on(thing)) is not None:
            by_day.setdefault(day, []).append(thing)
    days = list(calendar.Calendar().itermonthdates(year, month))
    boxes = [Box(day, day.month == month, day == today, tuple(by_day.get(day, ()))) for day in days]
    weeks = tuple(tuple(boxes[at : at + _WEEKDAYS]) for at in range(0, len(boxes), _WEEKDAYS))
    first = date(year, month, 1)
    before, after = (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=31)).replace(day=1)
    return Month(first, weeks, before if before.year >= EARLIEST else None, after if after.year <= LATEST else None)
