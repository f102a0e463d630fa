"""A date as somebody knows it: to the day, the month or the year, about, or not at all."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Self

EARLIEST, LATEST = 1900, 2200
_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_ABOUT = {"day": timedelta(days=15), "month": timedelta(days=31), "year": timedelta(days=366)}


class Precision(StrEnum):
    """How finely a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Known:
    """The first and the last day on which something can have happened, and how that is known.

    "About" widens it on both sides by fifteen days, a month or a year, whichever was said: a choice of this program,
    no rule of any law, so that the day to act on is rather too early than too late. `hour` is the time on the clock
    there, for what is counted in hours.
    """

    precision: Precision = Precision.UNKNOWN
    first: date = date.min
    last: date = date.max
    about: bool = False
    hour: time | None = None

    @classmethod
    def on(cls, day: date, hour: time | None = None, *, about: bool = False) -> Self:
        """A day, perhaps with the hour. Raises ValueError for a day that nobody alive can mean."""
        if not EARLIEST <= day.year <= LATEST:
            raise ValueError(f"a year is {EARLIEST} to {LATEST}")
        return cls._wide(Precision.DAY, day, day, hour=hour, about=about)

    @classmethod
    def read(cls, written: str, *, about: bool = False) -> Self:
        """A date as files keep it: 2026-03-14, 2026-03, 2026, or nothing. Raises ValueError for anything else."""
        if not written:
            return cls()
        match = _WRITTEN.fullmatch(written)
        if match is None:
            raise ValueError("a date is written 2026-03-14, 2026-03 or 2026")
        year, month, day = (int(part) if part else 0 for part in match.groups())
        exact = cls.on(date(year, month or 1, day or 1), about=about)
        if match[3]:
            return exact
        if match[2]:
            end = calendar.monthrange(year, month)[1]
            return cls._wide(Precision.MONTH, date(year, month, 1), date(year, month, end), about=about)
        return cls._wide(Precision.YEAR, date(year, 1, 1), date(year, 12, 31), about=about)

    @classmethod
    def _wide(cls, precision: Precision, first: date, last: date, *, about: bool, hour: time | None = None) -> Self:
        margin = _ABOUT[precision.value] if about else timedelta(0)
        return cls(precision, first - margin, last + margin, about, None if about else hour)

    @property
    def is_known(self) -> bool:
        """Whether anything is known of it."""
        return self.precision is not Precision.UNKNOWN

    @property
    def is_exact(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last

    def within(self, first: date | None, last: date | None) -> "Known | None":
        """The part of it from one day to another (no bound where none is given); none where they do not meet."""
        low, high = max(self.first, first or date.min), min(self.last, last or date.max)
        return Known(self.precision, low, high, self.about, self.hour) if low <= high else None
