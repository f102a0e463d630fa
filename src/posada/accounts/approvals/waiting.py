"""How long an approval has waited, by what setting the clock does not change as far as there is such a thing.

While the machine runs on, its own count of seconds decides. After a restart only times remain, those of the audit: a
gap without any entry counts half a day at most, for nobody could have stopped anything in a house that nobody opened;
and a clock that went backwards begins the wait anew. Somebody who sets the clock forward across several restarts can
still shorten the wait (docs/decisions/0019).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from posada.accounts.models import Approval
from posada.audit import queries as audit
from posada.ground import clock

LONGEST_GAP: Final = timedelta(hours=12)
TOLERANCE: Final = timedelta(minutes=5)
_NONE: Final = timedelta(0)


@dataclass(frozen=True, slots=True)
class Waited:
    """`least` is what surely went by, `most` what may have; `in_doubt` if the clock was seen to jump."""

    least: timedelta
    most: timedelta
    in_doubt: bool


def waited(approval: Approval) -> Waited:
    """How long ago this was asked."""
    running = clock.running()
    by_clock = clock.now() - approval.asked_at
    if running.boot is not None and running.boot == approval.boot:
        ran = timedelta(seconds=running.seconds - approval.uptime)
        return Waited(ran, max(ran, by_clock), abs(ran - by_clock) > TOLERANCE)
    return by_times([approval.asked_at, *audit.times_after(approval.asked_after), clock.now()])


def by_times(times: list[datetime]) -> Waited:
    """What a row of times shows, in the order in which they were written down."""
    least, most, in_doubt = _NONE, _NONE, False
    for before, after in pairwise(times):
        gap = after - before
        if gap < -TOLERANCE:
            least, in_doubt = _NONE, True
        least += min(max(gap, _NONE), LONGEST_GAP)
        most += max(gap, _NONE)
    return Waited(least, most, in_doubt)
