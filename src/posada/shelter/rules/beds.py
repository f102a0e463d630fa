"""Pure decisions about rooms, beds and nights."""

from datetime import date

MOST_BEDS = 60  # in one room: a hall; more than that is a slip of the finger


def bed_numbers(highest: int, count: int) -> range:
    """The numbers of `count` new beds in a house whose highest bed number is `highest` (0: none yet)."""
    return range(highest + 1, highest + 1 + count)


def last_day(from_on: date, wanted: date) -> date:
    """The day on which a stay ends: never before it began, whatever a clock says."""
    return max(from_on, wanted)
