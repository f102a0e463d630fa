"""Groups of rows that pairs join."""

import numpy as np

from kinmatch.columns.compiled import Array, borrowing, compiled


@borrowing
def _top(above: Array, row: int) -> int:
    while above[row] != row:
        above[row] = above[above[row]]
        row = above[row]
    return row


@compiled
def first_of_groups(left: Array, right: Array, size: int) -> Array:
    """For each of `size` rows the first row of its group, int64; a row that no pair names is a group of its own."""
    above = np.arange(size)
    for k in range(len(left)):
        one, other = _top(above, left[k]), _top(above, right[k])
        above[max(one, other)] = min(one, other)
    for row in range(size):
        above[row] = _top(above, row)
    return above
