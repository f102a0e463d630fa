"""Pairs of a whole register that share a rare key and are, by a rough weight, worth comparing.

Keys are shared out among partitions by their first bits. Each partition is sorted by itself; the records of one key are
a list, and who meets in a list is weighed roughly at once, while its rows are at hand. So only keys and the pairs that
are worth it are ever held whole. A list longer than the cap is cut up by what its records have in common besides.
"""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from os import sched_getaffinity
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kinmatch.columns.compiled import Array, Number, compiled
from kinmatch.columns.keying import MOST_KEYS, Keyed, keys_of
from kinmatch.columns.rough import rough_weight

PARTITION_BITS = 6
PARTITIONS = 1 << PARTITION_BITS
# Keys are made anew for each round, so that only a part of them is ever held.
ROUNDS = 2
DIGIT_BITS = 11
MOST_WORKERS = 8
_ROW = 0xFFFFFFFF
# The first two marks are pairs of years, the one and the other way.
YEAR_MARKS = 2


class Meeting(NamedTuple):
    """How pairs are judged: the rough rows and bits, the least rough weight of a pair, the row at which the
    second register begins (0 within one register), the marks by which long lists are cut, the cap."""

    rows: Array
    bits: Array
    worth: Array
    least: Number
    border: int
    marks: Array
    cap: int


class Found(NamedTuple):
    """Pairs found so far, as lower row * 2**32 + higher row, and how many; and room for the rows of one list."""

    pairs: Array
    held: int
    room: Array


def workers() -> int:
    """How many threads work at once: one for each processor this process may use, eight at most."""
    return max(1, min(MOST_WORKERS, len(sched_getaffinity(0))))


@compiled
def _count_keys(people: Keyed, lo: int, hi: int) -> Array:
    counts = np.zeros(PARTITIONS, dtype=np.int64)
    out = np.empty(MOST_KEYS, dtype=np.uint64)
    for row in range(lo, hi):
        for key in out[: keys_of(people, row, out)]:
            counts[key >> np.uint64(64 - PARTITION_BITS)] += 1
    return counts


@compiled
def _fill_keys(people: Keyed, lo: int, hi: int, at: Array, keys: Array, owners: Array) -> None:
    """Writes the keys of rows lo to hi into their partitions, from `at` on; those of partitions that begin below 0 are
    of another round."""
    out = np.empty(MOST_KEYS, dtype=np.uint64)
    for row in range(lo, hi):
        for key in out[: keys_of(people, row, out)]:
            part = key >> np.uint64(64 - PARTITION_BITS)
            if at[part] >= 0:
                keys[at[part]], owners[at[part]] = key, row
                at[part] += 1


@compiled
def _by_digit(keys: Array, owners: Array, shift: int, sorted_keys: Array, sorted_owners: Array) -> None:
    """Sorts by eleven bits of the key and keeps the order of the rest."""
    counts = np.zeros((1 << DIGIT_BITS) + 1, dtype=np.int64)
    mask = np.uint64((1 << DIGIT_BITS) - 1)
    for key in keys:
        counts[((key >> np.uint64(shift)) & mask) + np.uint64(1)] += 1
    counts = np.cumsum(counts)
    for k in range(len(keys)):
        digit = (keys[k] >> np.uint64(shift)) & mask
        sorted_keys[counts[digit]], sorted_owners[counts[digit]] = keys[k], owners[k]
        counts[digit] += 1


@compiled
def _settle(keys: Array, owners: Array) -> None:
    """Puts keys that are nearly in order wholly in order; equal ones stay as they are."""
    for k in range(1, len(keys)):
        key, owner = keys[k], owners[k]
        at = k
        while at > 0 and keys[at - 1] > key:
            keys[at], owners[at] = keys[at - 1], owners[at - 1]
            at -= 1
        keys[at], owners[at] = key, owner


@compiled
def _sort(keys: Array, owners: Array) -> None:
    """Sorts the keys of one partition with their owners, in place; owners of one key stay in rising order."""
    other_keys, other_owners = np.empty_like(keys), np.empty_like(owners)
    low = 64 - PARTITION_BITS - 2 * DIGIT_BITS
    _by_digit(keys, owners, low, other_keys, other_owners)
    _by_digit(other_keys, other_owners, low + DIGIT_BITS, keys, owners)
    _settle(keys, owners)


@compiled
def _order_by(mark: Array, held: Array) -> Array:
    """Records with their mark above them in one number, by mark and then by row; those without a mark are left out."""
    joined = np.empty(len(held), dtype=np.int64)
    filled = 0
    for row in held:
        if mark[row] >= 0:
            joined[filled] = (np.int64(mark[row]) << 32) | row
            filled += 1
    joined = joined[:filled]
    joined.sort()
    return joined


@compiled
def _run_end(joined: Array, lo: int) -> int:
    hi = lo + 1
    while hi < len(joined) and joined[hi] >> 32 == joined[lo] >> 32:
        hi += 1
    return hi


@compiled
def _meet(joined: Array, lo: int, hi: int, how: Meeting, found: Found) -> Found:
    """Weighs all pairs of a list roughly and keeps those that are worth it."""
    size = hi - lo
    pairs, count, room = _roomy(found.pairs, found.held + size * size), found.held, found.room
    for k in range(size):
        room[k] = how.rows[joined[lo + k] & _ROW]
    for a in range(size):
        left = joined[lo + a] & _ROW
        for b in range(a + 1, size):
            right = joined[lo + b] & _ROW
            if how.border == 0 or left < how.border <= right:
                weight = rough_weight(room, how.bits, how.worth, a, b, how.least)
                if weight >= how.least:
                    pairs[count] = (left << 32) | right
                    count += 1
    return Found(pairs, count, room)


@compiled
def _cut_again(held: Array, how: Meeting, first: int, found: Found) -> Found:
    """The lists of those who agree in one of the marks from `first` on, as far as they are not too many."""
    for one in range(first, len(how.marks)):
        joined = _order_by(how.marks[one], held)
        lo = 0
        while lo < len(joined):
            hi = _run_end(joined, lo)
            if 2 <= hi - lo <= how.cap:
                found = _meet(joined, lo, hi, how, found)
            lo = hi
    return found


@compiled
def _cut(held: Array, how: Meeting, found: Found) -> Found:
    """The lists of those who agree in one of the marks, or where these are still too many, in one and in a later one;
    who agree in two marks and are still too many meet in other lists."""
    for one in range(len(how.marks)):
        joined = _order_by(how.marks[one], held)
        lo = 0
        while lo < len(joined):
            hi = _run_end(joined, lo)
            if 2 <= hi - lo <= how.cap:
                found = _meet(joined, lo, hi, how, found)
            elif hi - lo > how.cap:
                found = _cut_again(joined[lo:hi] & _ROW, how, max(one + 1, YEAR_MARKS), found)
            lo = hi
    return found


@compiled
def _roomy(values: Array, wanted: int) -> Array:
    if wanted <= len(values):
        return values
    longer = np.empty(max(wanted, 2 * len(values)), dtype=values.dtype)
    longer[: len(values)] = values
    return longer


@compiled
def _meet_all(keys: Array, owners: Array, how: Meeting) -> Array:
    """The pairs of one partition, each once: int64[k], lower row * 2**32 + higher row."""
    _sort(keys, owners)
    found = Found(np.empty(1 << 16, dtype=np.int64), 0, np.empty((how.cap, how.rows.shape[1]), dtype=np.int32))
    held = owners.astype(np.int64)
    lo = 0
    while lo < len(keys):
        hi = lo + 1
        while hi < len(keys) and keys[hi] == keys[lo]:
            hi += 1
        if hi - lo > how.cap:
            found = _cut(held[lo:hi], how, found)
        elif hi - lo > 1:
            found = _meet(held, lo, hi, how, found)
        lo = hi
    return found.pairs[: found.held].copy()


def pairs_in_lists(people: Keyed, how: Meeting, more: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The pairs that share a key and are worth comparing, and some more, each once and in order: lower row * 2**32 +
    higher row."""
    threads = workers()
    edges = np.linspace(0, len(people.year), threads + 1).astype(np.int64).tolist()
    found: list[Array] = [np.sort(more)]
    with ThreadPoolExecutor(threads) as pool:
        counts = np.array(list(pool.map(lambda k: _count_keys(people, edges[k], edges[k + 1]), range(threads))))
        for first in range(0, PARTITIONS, PARTITIONS // ROUNDS):
            wanted = np.zeros_like(counts)
            part = slice(first, first + PARTITIONS // ROUNDS)
            wanted[:, part] = counts[:, part]
            found += _round(people, how, pool, edges, wanted)
        return _united(found, [edge << 32 for edge in edges], pool)


def _united(found: list[Array], edges: list[int], pool: ThreadPoolExecutor) -> npt.NDArray[np.int64]:
    """Sorted pairs in one row, each once; every thread unites those between two edges."""

    def unite(lo: int, hi: int) -> Array:
        joined = np.concatenate([pairs[slice(*pairs.searchsorted([lo, hi]))] for pairs in found])
        joined.sort()
        return joined[np.concatenate([[True], joined[1:] != joined[:-1]])] if len(joined) else joined

    united: npt.NDArray[np.int64] = np.concatenate(list(pool.map(unite, edges[:-1], edges[1:])))
    return united


def _round(
    people: Keyed, how: Meeting, pool: ThreadPoolExecutor, edges: list[int], counts: npt.NDArray[np.int64]
) -> list[Array]:
    """The pairs of the partitions that have counts here; `counts` is int64[threads, PARTITIONS]."""
    threads = len(counts)
    ends = np.cumsum(counts.T.reshape(-1)).reshape(PARTITIONS, threads).T
    begin = ends - counts
    at = np.where(counts.sum(axis=0) > 0, begin, -1)
    keys = np.empty(int(counts.sum()), dtype=np.uint64)
    owners = np.empty(len(keys), dtype=np.int32)
    list(pool.map(lambda k: _fill_keys(people, edges[k], edges[k + 1], at[k].copy(), keys, owners), range(threads)))
    bounds = [*begin[0].tolist(), len(keys)]
    parts = [slice(lo, hi) for lo, hi in pairwise(bounds) if hi > lo]
    return list(pool.map(lambda part: np.unique(_meet_all(keys[part], owners[part], how)), parts))
