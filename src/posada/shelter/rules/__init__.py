"""Pure decisions about the house."""

from posada.shelter.rules.beds import (
    ARRIVAL_DAYS,
    MOST_BEDS,
    arrivals_since,
    bed_numbers,
    last_day,
)

__all__ = [
    "ARRIVAL_DAYS",
    "MOST_BEDS",
    "arrivals_since",
    "bed_numbers",
    "last_day",
]
