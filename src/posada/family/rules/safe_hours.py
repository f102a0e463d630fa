"""At which hours a relative may be reached, in the relative's own time: somebody else may hold the telephone."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

_STEP = timedelta(minutes=15)
_AHEAD = timedelta(days=8)  # a week and a day: whatever days were agreed, one of them comes by then
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)


class Span(msgspec.Struct, frozen=True, omit_defaults=True):
    """From one hour until another, on some days of the week (0 is Monday). Past midnight if `until` is not later."""

    begins: time
    until: time
    days: tuple[int, ...] = EVERY_DAY


class SafeHours(msgspec.Struct, frozen=True, omit_defaults=True):
    """Agreed hours in the relative's own zone (an IANA name). Without a span no hour was agreed."""

    zone: str
    spans: tuple[Span, ...] = ()

    def allows(self, moment: datetime) -> bool:
        """Whether a moment lies inside. Where no hour was agreed, none is known to be unsafe."""
        if not self.spans:
            return True
        there = moment.astimezone(ZoneInfo(self.zone))
        return any(_inside(span, there) for span in self.spans)

    def next_from(self, moment: datetime) -> datetime | None:
        """The first safe moment, to the quarter of an hour, from this one on; none if no agreed day ever comes."""
        if self.allows(moment):
            return moment
        quarter = moment.replace(minute=moment.minute - moment.minute % 15, second=0, microsecond=0)
        end = moment + _AHEAD
        while quarter < end:
            quarter += _STEP
            if self.allows(quarter):
                return quarter
        return None


def _inside(span: Span, there: datetime) -> bool:
    hour, today, yesterday = there.time(), there.weekday(), (there.weekday() - 1) % 7
    if span.begins < span.until:
        return today in span.days and span.begins <= hour < span.until
    return (today in span.days and hour >= span.begins) or (yesterday in span.days and hour < span.until)
