"""Lists on paper: which there are, what can have become of one, and when it is asked for."""

from datetime import date, timedelta
from enum import StrEnum


class ListKind(StrEnum):
    """Which list it is."""

    EVACUATION = "evacuation"
    PRESENCE = "presence"
    MEALS = "meals"


class Fate(StrEnum):
    """What became of a printed list."""

    BURNT = "burnt"
    SHREDDED = "shredded"
    NOT_PRINTED = "not_printed"
    LOST = "lost"
    IN_USE = "in_use"  # still kept: the power is still out
    FOR_COUNTS = "for_counts"  # still kept: its ticks are still to be typed in


STILL_KEPT = frozenset({Fate.IN_USE, Fate.FOR_COUNTS})
BOXES = {ListKind.EVACUATION: 1, ListKind.PRESENCE: 2, ListKind.MEALS: 3}


def next_asking(day: date) -> date:
    """The morning on which a list that is on paper on this day is asked for."""
    return day + timedelta(days=1)
