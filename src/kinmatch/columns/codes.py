"""Telephones and document numbers as in `kinmatch.numbers`, over the bytes of a column."""

import numpy as np
import numpy.typing as npt
import polars

from kinmatch.columns.cells import empty_store, number_cells, read_cells
from kinmatch.columns.compiled import Array, compiled
from kinmatch.numbers import document_code

PHONE_DIGITS, LEAST_PHONE, LEAST_DIGITS, LONGEST_DOCUMENT = 8, 6, 5, 20
_ZERO, _NINE, _A, _Z, _CAPITAL_A, _CAPITAL_Z, _PLAIN = 48, 57, 97, 122, 65, 90, 127


@compiled
def _phones(data: Array, start: Array) -> Array:
    found = np.full(len(start) - 1, -1, dtype=np.int64)
    for row in range(len(found)):
        value, power, count = 0, 1, 0
        at = start[row + 1] - 1
        while at >= start[row] and count < PHONE_DIGITS:
            if _ZERO <= data[at] <= _NINE:
                value += (data[at] - _ZERO) * power
                power *= 10
                count += 1
            at -= 1
        if count >= LEAST_PHONE:
            found[row] = value + power
    return found


def read_phones(column: polars.Series) -> npt.NDArray[np.int64]:
    """The last eight digits with a 1 in front, so that zeros stay; -1 below six digits."""
    cells = read_cells(column)
    found: npt.NDArray[np.int64] = _phones(cells.data, cells.start)
    return found


@compiled
def _count_digits(data: Array, lo: int, hi: int) -> int:
    count = 0
    for k in range(lo, hi):
        count += _ZERO <= data[k] <= _NINE
    return count


@compiled
def _letter(sign: int) -> int:
    """A digit or a small letter for its sign, or 0."""
    if _ZERO <= sign <= _NINE or _A <= sign <= _Z:
        return sign
    return sign + 32 if _CAPITAL_A <= sign <= _CAPITAL_Z else 0


@compiled
def _code(data: Array, lo: int, hi: int, out: Array) -> int:
    """Writes one document's code into `out`; how many letters, or -1 where a sign is not plain."""
    only_digits = _count_digits(data, lo, hi) >= LEAST_DIGITS
    count = 0
    for k in range(lo, hi):
        if data[k] > _PLAIN:
            return -1
        letter = _letter(data[k])
        wanted = _ZERO <= letter <= _NINE and (count > 0 or letter != _ZERO) if only_digits else letter > 0
        if wanted and count < LONGEST_DOCUMENT:
            out[count] = letter
            count += 1
    return count


@compiled
def _documents(data: Array, start: Array) -> tuple[Array, Array]:
    size = len(start) - 1
    codes = np.zeros((size, LONGEST_DOCUMENT), dtype=np.uint8)
    length = np.zeros(size, dtype=np.int8)
    for row in range(size):
        if start[row + 1] > start[row]:
            length[row] = _code(data, start[row], start[row + 1], codes[row])
    return codes, length


def read_documents(column: polars.Series) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.uint8]]:
    """The number of each cell's document code (-1 for none) and the d distinct codes, uint8[d, 20] padded with 0."""
    cells = read_cells(column)
    codes, length = _documents(cells.data, cells.start)
    for row in np.flatnonzero(length < 0).tolist():
        code = document_code(cells.text(row)).encode()
        codes[row] = 0
        codes[row, : len(code)] = list(code)
        length[row] = len(code)
    filled = np.flatnonzero(length > 0)
    start = np.arange(len(filled) + 1, dtype=np.int64) * LONGEST_DOCUMENT
    held = codes[filled]
    numbers, fresh, _ = number_cells(held.reshape(-1), start, empty_store())
    found = np.full(len(length), -1, dtype=np.int32)
    found[filled] = numbers
    return found, held[fresh]
