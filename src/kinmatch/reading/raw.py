"""What every reader gives: a heading, the cells as text, and where each row stands in its file."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars

from kinmatch.register import Problem


class TableError(ValueError):
    """A file that cannot be read or written as a whole; the message is a sentence for its user."""


class Raw(NamedTuple):
    """A file's wanted columns.

    `frame` has one String column per wanted column, called by its place in the heading ("0", "1", …), without nulls;
    `lines` int64[n] is each row's line (CSV; 1 is the heading) or its number from 1; `problems` are rows left out.
    """

    frame: polars.DataFrame
    lines: npt.NDArray[np.int64]
    problems: list[Problem]


def columns_said(heading: list[str]) -> str:
    """The columns of a file for a message, cut where there are too many."""
    said = ", ".join(heading)
    return said if len(said) <= 300 else f"{said[:299]}…"
