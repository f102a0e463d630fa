"""The cells of a column as bytes: each distinct cell, or each distinct word in them, numbered in one pass.

Two hashes of 64 bits stand for a text; that two texts share both is not to be met with in any register.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars

from kinmatch.columns.compiled import Array, compiled

BLANK, COMMA = 0x20, 0x2C
LONGEST_CELL = 2000
_SEED, _PRIME = 0xCBF29CE484222325, 0x100000001B3
_OTHER, _FACTOR = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93
_SMALLEST = 1 << 12


class Cells(NamedTuple):
    """n texts as UTF-8, one after the other: cell i is data[start[i]:start[i + 1]]; `start` is int64[n + 1]."""

    data: npt.NDArray[np.uint8]
    start: npt.NDArray[np.int64]

    def text(self, row: int) -> str:
        """One cell as text."""
        return bytes(self.data[self.start[row] : self.start[row + 1]]).decode()


class Store(NamedTuple):
    """A hash table: both hashes of a text and its number (-1 where the place is free); its size a power of 2."""

    one: Array
    other: Array
    number: Array
    held: int


def empty_store() -> Store:
    """A store without a text."""
    zeros = np.zeros(_SMALLEST, dtype=np.uint64)
    return Store(zeros, zeros.copy(), np.full(_SMALLEST, -1, dtype=np.int32), 0)


def read_cells(column: polars.Series) -> Cells:
    """The cells of a String column; nothing is an empty cell, and of a cell the first 2,000 signs are read."""
    column = column.fill_null("")
    lengths = column.str.len_bytes().to_numpy().astype(np.int64)
    if len(lengths) and lengths.max() > LONGEST_CELL:
        column = column.str.head(LONGEST_CELL)
        lengths = column.str.len_bytes().to_numpy().astype(np.int64)
    start = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=start[1:])
    data = np.frombuffer((column.str.join("")[0] or "").encode(), dtype=np.uint8)
    return Cells(data, start)


@compiled
def _rooms(store: Store) -> Store:
    """The store, twice as large where it is half full."""
    size = len(store.number)
    if store.held * 2 < size:
        return store
    one, other = np.zeros(size * 2, dtype=np.uint64), np.zeros(size * 2, dtype=np.uint64)
    number = np.full(size * 2, -1, dtype=np.int32)
    for old in range(size):
        if store.number[old] >= 0:
            at = store.one[old] & np.uint64(size * 2 - 1)
            while number[at] >= 0:
                at = (at + np.uint64(1)) & np.uint64(size * 2 - 1)
            one[at], other[at], number[at] = store.one[old], store.other[old], store.number[old]
    return Store(one, other, number, store.held)


@compiled
def _place(store: Store, one: np.uint64, other: np.uint64) -> np.uint64:
    """Where a text stands in the store, or the free place where it would."""
    mask = np.uint64(len(store.number) - 1)
    at = one & mask
    while store.number[at] >= 0 and (store.one[at] != one or store.other[at] != other):
        at = (at + np.uint64(1)) & mask
    return at


@compiled
def _hashes(data: Array, lo: int, hi: int) -> tuple[np.uint64, np.uint64]:
    one, other = np.uint64(_SEED), np.uint64(_OTHER)
    for k in range(lo, hi):
        one = (one ^ np.uint64(data[k])) * np.uint64(_PRIME)
        other = (other + np.uint64(data[k]) + np.uint64(1)) * np.uint64(_FACTOR)
        other ^= other >> np.uint64(29)
    one ^= one >> np.uint64(31)
    return one * np.uint64(_FACTOR) ^ (one >> np.uint64(17)), other


@compiled
def _word_end(data: Array, at: int, end: int) -> int:
    while at < end and data[at] > BLANK and data[at] != COMMA:
        at += 1
    return at


@compiled
def _number(data: Array, lo: int, hi: int, store: Store) -> tuple[int, Store]:
    """The number of one text, and the store with it."""
    store = _rooms(store)
    one, other = _hashes(data, lo, hi)
    at = _place(store, one, other)
    if store.number[at] < 0:
        store.one[at], store.other[at], store.number[at] = one, other, store.held
        store = Store(store.one, store.other, store.number, store.held + 1)
    return store.number[at], store


@compiled
def number_cells(data: Array, start: Array, store: Store) -> tuple[Array, Array, Store]:
    """The number of each cell (int32[n]), the rows of the cells that were new to the store, and the store."""
    size = len(start) - 1
    ids = np.empty(size, dtype=np.int32)
    fresh = np.empty(size, dtype=np.int64)
    known = store.held
    for row in range(size):
        before = store.held
        ids[row], store = _number(data, start[row], start[row + 1], store)
        if store.held > before:
            fresh[before - known] = row
    return ids, fresh[: store.held - known].copy(), store


@compiled
def _count_words(data: Array) -> int:
    """No fewer than there are words and commas."""
    count = 1
    for sign in data:
        count += sign <= BLANK or sign == COMMA
    return count


@compiled
def number_words(data: Array, start: Array, store: Store) -> tuple[Array, Array, Array, Store]:
    """The words of all cells: their numbers (int32, -1 for a cell's first comma), where each cell's begin
    (int64[n + 1]), start and end in `data` of the words that were new to the store (int64[new, 2]), and the store.

    Words end at blanks and commas; what else ends a word is found by folding it.
    """
    size = len(start) - 1
    words = np.empty(2 * _count_words(data) + size, dtype=np.int32)
    cell_start = np.zeros(size + 1, dtype=np.int64)
    fresh = np.empty((1024, 2), dtype=np.int64)
    known, filled = store.held, 0
    for row in range(size):
        k, end, comma = start[row], start[row + 1], False
        while k < end:
            lo, k = k, _word_end(data, k, end)
            if k > lo:
                before = store.held
                words[filled], store = _number(data, lo, k, store)
                filled += 1
                if store.held > before:
                    fresh = _longer(fresh, before - known)
                    fresh[before - known, 0], fresh[before - known, 1] = lo, k
            if k < end and data[k] == COMMA and not comma:
                words[filled], comma = -1, True
                filled += 1
            k += 1
        cell_start[row + 1] = filled
    return words[:filled].copy(), cell_start, fresh[: store.held - known].copy(), store


@compiled
def _longer(rows: Array, wanted: int) -> Array:
    if wanted < len(rows):
        return rows
    longer = np.empty((2 * len(rows), rows.shape[1]), dtype=rows.dtype)
    longer[: len(rows)] = rows
    return longer
