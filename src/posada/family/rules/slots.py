"""The quarters of an hour in which the house's phones are given."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo

LENGTH = timedelta(minutes=15)
LAST_QUARTER = 95
FIRST_HOUR, LAST_HOUR = 6, 21  # the hours that the board always shows; others can be given, too. Our proposal
AHEAD = timedelta(days=31)  # a plan for longer is none


def quarter_of(hour: time) -> int | None:
    """The quarter of the day that begins at this hour; none if none does."""
    return hour.hour * 4 + hour.minute // 15 if hour.minute % 15 == 0 and not hour.second else None


def starts_at(day: date, quarter: int, zone: tzinfo) -> datetime:
    """When a quarter of a day begins, in the house's time."""
    return datetime.combine(day, hour_of(quarter), zone)


def hour_of(quarter: int) -> time:
    """The hour at which a quarter begins."""
    return time(quarter // 4, quarter % 4 * 15)


def moments_of(start: datetime) -> tuple[datetime, datetime]:
    """The first and the last minute of a slot: a call lasts that long, and all of it must be safe."""
    return start, start + LENGTH - timedelta(minutes=1)


def is_past(start: datetime, now: datetime) -> bool:
    """Whether a slot is over. One that has begun can still be given: the phone is free for the rest of it."""
    return start + LENGTH <= now


def hours_shown(quarters: Iterable[int]) -> list[int]:
    """The hours of the board: those of the day, and every other in which a slot is given."""
    return sorted({*range(FIRST_HOUR, LAST_HOUR + 1), *(quarter // 4 for quarter in quarters)})
