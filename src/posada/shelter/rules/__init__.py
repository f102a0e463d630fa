"""Pure decisions about the house."""

from posada.shelter.rules.beds import (
    MOST_BEDS,
    bed_numbers,
    last_day,
)

__all__ = [
    "MOST_BEDS",
    "bed_numbers",
    "last_day",
]
