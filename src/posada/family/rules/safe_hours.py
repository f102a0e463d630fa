"""At which hours a relative may be reached, in the relative's own time: somebody else may hold the telephone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

_AHEAD = 8  # a week and a day: whatever days were agreed, one of them comes by then
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


class Span(msgspec.Struct, frozen=True, omit_defaults=True):
    """From one hour until another, on some days of the week (0 is Monday). Past midnight if `until` is not later."""

    begins: time
    until: time
    days: tuple[int, ...] = EVERY_DAY


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time in which somebody may be reached: from one moment until, not including, another; in UTC."""

    begins: datetime
    until: datetime


def zone_of(name: str) -> ZoneInfo | None:
    """The time zone of this IANA name; none if this computer knows no such zone."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


class SafeHours(msgspec.Struct, frozen=True, omit_defaults=True):
    """Agreed hours in the relative's own zone (an IANA name). Without a span no hour was agreed."""

    zone: str
    spans: tuple[Span, ...] = ()

    def allows(self, moment: datetime) -> bool:
        """Whether a moment lies inside. Where no hour was agreed, none is known to be unsafe; in a zone that this
        computer does not know, none is known to be safe.
        """
        if not self.spans:
            return True
        found = self.window_at(moment)
        return found is not None and found.begins <= moment

    def next_from(self, moment: datetime) -> datetime | None:
        """The first safe moment from this one on; none if no agreed day ever comes."""
        if not self.spans:
            return moment
        found = self.window_at(moment)
        return max(found.begins, moment) if found else None

    def window_at(self, moment: datetime) -> Window | None:
        """The stretch that is open at a moment, or else the next one; none if none ever comes."""
        windows = self._windows(moment)
        return min((one for one in windows if one.until > moment), key=lambda one: one.begins, default=None)

    def _windows(self, moment: datetime) -> list[Window]:
        """Every stretch from the day before a moment until a week and a day after it."""
        zone = zone_of(self.zone)
        if zone is None:
            return []
        first = moment.astimezone(zone).date() - timedelta(days=1)
        found = []
        for day in (first + timedelta(days=ahead) for ahead in range(_AHEAD + 2)):
            for span in self.spans:
                if day.weekday() in span.days:
                    last = day if span.begins < span.until else day + timedelta(days=1)
                    found.append(Window(max(_both(day, span.begins, zone)), min(_both(last, span.until, zone))))
        return [one for one in found if one.begins < one.until]


def _both(day: date, hour: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """An hour of a day in UTC, twice: on the night when clocks are changed an hour comes twice or not at all.

    Whoever takes the later one for a beginning and the earlier one for an end is never outside.
    """
    there = datetime.combine(day, hour, zone)
    return there.astimezone(UTC), there.replace(fold=1).astimezone(UTC)
