"""Whether somebody came after they were parted from whoever seeks them: it fits, or it cannot be."""

from datetime import date
from typing import Literal

Sign = Literal["same", "near", "different", "blank"]


def came_after(parted_on: str, arrived_on: date | None) -> Sign:
    """How a day of arrival fits a separation (2019-02-23, 2019-02 or 2019). Who was here before was not parted then.

    A month or a year that both share is "near": nobody knows which came first.
    """
    parts = [int(part) for part in parted_on.split("-") if part.isdecimal()]
    if not parts or arrived_on is None:
        return "blank"
    arrived = (arrived_on.year, arrived_on.month, arrived_on.day)[: len(parts)]
    if arrived == tuple(parts):
        return "same" if len(parts) == 3 else "near"
    return "same" if arrived > tuple(parts) else "different"
