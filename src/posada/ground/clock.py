"""The one place that knows what time it is.

A demonstration has a clock of its own: it starts on a fixed day and runs on from there.
"""

import time
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

_shift = timedelta(0)
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")  # proc_sys_kernel(5), Linux


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC) + _shift  # noqa: TID251 - the one reader of the machine's clock


def today() -> date:
    """The present day where the house stands."""
    return timezone.localdate(now())


def start_at(moment: datetime, *, since: datetime) -> None:
    """Let the clock read `moment` at the real time `since`, and run on from there."""
    global _shift
    _shift = moment - since


def house_zone() -> ZoneInfo:
    """The time zone in which the house lives."""
    return ZoneInfo(settings.TIME_ZONE)


def to_the_hour(moment: datetime) -> datetime:
    """The moment cut to its hour: what may stand in a clear column."""
    return moment.replace(minute=0, second=0, microsecond=0)


def real_seconds() -> float:
    """Seconds since 1970 by the machine's clock, for waits: a demonstration's clock does not shift it."""
    return time.time()


@dataclass(frozen=True, slots=True)
class Running:
    """Which start of the machine this is (None where it cannot be known), and for how many seconds it has run."""

    boot: uuid.UUID | None
    seconds: int


def running() -> Running:
    """What setting the clock does not change: the kernel's id of this start, and the seconds since, sleep included."""
    try:
        boot = uuid.UUID(_BOOT_ID.read_text().strip())
        return Running(boot, int(time.clock_gettime(time.CLOCK_BOOTTIME)))
    except (OSError, ValueError, AttributeError):
        return Running(None, 0)


def running_seconds() -> float:
    """Seconds since the machine was started, sleep included: nobody can set it."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)
