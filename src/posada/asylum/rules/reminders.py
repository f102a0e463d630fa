"""Which deadlines need somebody soon, the most urgent first; for each lawyer, and for each site.

Pure: each deadline was counted as of one day, and that day is today.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from posada.asylum.rules.deadlines import Deadline, State
from posada.asylum.rules.terms import OnWhom


class Kind(StrEnum):
    """What has to be done, in words that say nothing of anybody."""

    FILING = "filing"
    CONFIRMING = "confirming"
    CORRECTING = "correcting"
    ANSWERING = "answering"
    APPEAL = "appeal"
    RENEWAL = "renewal"
    APPOINTMENT = "appointment"
    OTHER = "other"


class Urgency(IntEnum):
    """The groups of a list of what is due, in their order."""

    NOW = 0  # today, or the safe day has passed and it may still be open
    SOON = 1
    ASK = 2  # it cannot be counted until a date is known, or put right
    LATE = 3  # reasons for being late, and legal aid
    AUTHORITY = 4  # the authority's own time has passed


@dataclass(frozen=True, slots=True)
class Followed:
    """A deadline of a case. `number` is the case's, and means nothing; `lawyer` and `site` are ids, empty for none."""

    number: int
    kind: Kind
    deadline: Deadline
    lawyer: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline on the list, and in which group."""

    urgency: Urgency
    followed: Followed


_TO_ASK = {State.ASK, State.NO_RULE, State.ANCHOR_AHEAD, State.OUT_OF_ORDER}


def due_within(cases: Iterable[Followed], working_days: int) -> tuple[Due, ...]:
    """What needs somebody within so many working days of the place, the most urgent first.

    What waits for a date, and what is late, is on the list whatever its day; what is done is not.
    Raises ValueError for a number below nought.
    """
    if working_days < 0:
        raise ValueError("working days ahead are nought or more")
    found = (Due(urgency, one) for one in cases if (urgency := _urgency(one.deadline, working_days)) is not None)
    return tuple(sorted(found, key=_order))


def per_lawyer(dues: Iterable[Due]) -> Mapping[str, tuple[Due, ...]]:
    """The list of each lawyer; first, under an empty id, what no lawyer follows."""
    return _grouped(dues, lambda due: due.followed.lawyer)


def per_site(dues: Iterable[Due]) -> Mapping[str, tuple[Due, ...]]:
    """The list of each site."""
    return _grouped(dues, lambda due: due.followed.site)


def _urgency(deadline: Deadline, ahead: int) -> Urgency | None:
    state = deadline.state
    if deadline.term is not None and deadline.term.on_whom is OnWhom.AUTHORITY:
        return Urgency.AUTHORITY if state is State.PAST else None
    if state in _TO_ASK:
        return Urgency.ASK
    if state in {State.TODAY, State.PERHAPS_PAST}:
        return Urgency.NOW
    if state is State.PAST:
        return Urgency.LATE
    left = deadline.working_days_left
    return Urgency.SOON if state is State.OPEN and left is not None and left <= ahead else None


def _order(due: Due) -> tuple[int, int, float, int, str]:
    """By group, then by day (of what is late, the latest first, for it is the easiest to mend), hour and number."""
    deadline = due.followed.deadline
    day = (deadline.act_on or date.min).toordinal()
    hour = deadline.act_at.timestamp() if deadline.act_at else 0.0
    late = due.urgency in {Urgency.LATE, Urgency.AUTHORITY}
    return due.urgency, -day if late else day, hour, due.followed.number, due.followed.kind


def _grouped(dues: Iterable[Due], key: Callable[[Due], str]) -> Mapping[str, tuple[Due, ...]]:
    groups: dict[str, list[Due]] = {}
    for due in dues:
        groups.setdefault(key(due), []).append(due)
    return {name: tuple(groups[name]) for name in sorted(groups)}
