"""A row of a table, whatever file it came from."""

from typing import NamedTuple


class Row(NamedTuple):
    """The texts of one row, and the line of the file (or the row of the sheet) at which it begins, from 1."""

    line: int
    cells: list[str]
