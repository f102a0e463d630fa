"""Inverted lists of a register: who bears each word, which words are near one another, who has each number."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kinmatch.columns.compiled import Array, borrowing, compiled
from kinmatch.columns.dictionary import Tokens
from kinmatch.columns.kernels import Table
from kinmatch.columns.lookouts import baskets
from kinmatch.columns.people import People

MOST_WORDS = 20
YEAR, DAY_OF_YEAR, SEX, BIRTH_PLACE, PLACE, MOTHER, FATHER = range(7)
MARKS = 8
_SEED, _PRIME = 0xCBF29CE484222325, 0x100000001B3


class Lists(NamedTuple):
    """Values by number: those of k are `values[start[k]:start[k + 1]]`."""

    start: npt.NDArray[np.int64]
    values: npt.NDArray[np.int32]


class Shelves(NamedTuple):
    """Values by key: sorted keys (uint64) with a value beside each."""

    keys: npt.NDArray[np.uint64]
    values: npt.NDArray[np.int32]


class Bearers(NamedTuple):
    """The lists of a register: rows by word, words by sound and by basket, rows by phone and by document."""

    rows: Lists
    of_sound: Lists
    baskets: Shelves
    phones: Shelves
    documents: Shelves


@borrowing
def _words_of_row(given: Array, surnames: Array, married: Array, nickname: Array, row: int, out: Array) -> int:
    """The distinct words of a row's name and call-name."""
    count = 0
    for columns in (given[row], surnames[row], married[row], nickname[row]):
        for token in columns:
            known = token < 0
            for k in range(count):
                known = known or out[k] == token
            if not known:
                out[count] = token
                count += 1
    return count


@compiled
def _bearers(given: Array, surnames: Array, married: Array, nickname: Array, size: int) -> tuple[Array, Array]:
    start = np.zeros(size + 1, dtype=np.int64)
    out = np.empty(MOST_WORDS, dtype=np.int32)
    for row in range(len(given)):
        for k in range(_words_of_row(given, surnames, married, nickname, row, out)):
            start[out[k] + 1] += 1
    for token in range(size):
        start[token + 1] += start[token]
    rows, at = np.empty(start[size], dtype=np.int32), start[:-1].copy()
    for row in range(len(given)):
        for k in range(_words_of_row(given, surnames, married, nickname, row, out)):
            rows[at[out[k]]] = row
            at[out[k]] += 1
    return start, rows


def _sorted(keys: npt.NDArray[np.uint64], values: npt.NDArray[np.int32]) -> Shelves:
    order = np.argsort(keys, kind="stable")
    return Shelves(keys[order], values[order])


def _by_sound(tokens: Tokens) -> Lists:
    start = np.zeros(len(tokens.sound_texts) + 1, dtype=np.int64)
    np.cumsum(np.bincount(tokens.sound, minlength=len(tokens.sound_texts)), out=start[1:])
    return Lists(start, np.argsort(tokens.sound, kind="stable").astype(np.int32))


def read_bearers(people: People) -> Bearers:
    """The lists of a register."""
    phones, documents = np.flatnonzero(people.phone >= 0), np.flatnonzero(people.document >= 0)
    return Bearers(
        Lists(*_bearers(people.given, people.surnames, people.married, people.nickname, len(people.tokens))),
        _by_sound(people.tokens),
        _sorted(*baskets(people.tokens.tables, 0, len(people.tokens))),
        _sorted((people.phone[phones] % 10**7).astype(np.uint64), phones.astype(np.int32)),
        _sorted(people.document[documents].astype(np.uint64), documents.astype(np.int32)),
    )


def rows_with(shelves: Shelves, key: int) -> npt.NDArray[np.int32]:
    """The values under a key."""
    wanted = np.uint64(key)
    low = np.searchsorted(shelves.keys, wanted, "left")
    return shelves.values[int(low) : int(np.searchsorted(shelves.keys, wanted, "right"))]


def codes_of(documents: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint64]:
    """A number for each document code (uint8[d, 20])."""
    found = np.full(len(documents), _SEED, dtype=np.uint64)
    for letters in documents.T:
        found = (found ^ letters) * np.uint64(_PRIME)
    return found


def by_code(documents: npt.NDArray[np.uint8]) -> Shelves:
    """Documents by their codes."""
    return _sorted(codes_of(documents), np.arange(len(documents), dtype=np.int32))


def read_marks(columns: Table, rows: slice) -> npt.NDArray[np.int32]:
    """A few plain numbers for each of these rows side by side (`YEAR` to `FATHER`), int32[n, 8]; below 0 or
    0 is unknown."""
    births, others = columns.births, columns.others
    found = np.full((rows.stop - rows.start, MARKS), -1, dtype=np.int32)
    month, day = births.month[rows].astype(np.int32), births.day[rows].astype(np.int32)
    found[:, YEAR] = births.year[rows]
    found[:, DAY_OF_YEAR] = np.where(day > 0, 40 * np.minimum(month, day) + np.maximum(month, day), 0)
    found[:, SEX] = np.where(others.sex[rows] > 0, others.sex[rows], -1)
    found[:, BIRTH_PLACE], found[:, PLACE] = others.birth_place[rows], others.place[rows]
    for mark, parent in ((MOTHER, others.mother[rows]), (FATHER, others.father[rows])):
        found[:, mark] = np.where(parent >= 0, columns.names.given[np.maximum(parent, 0), 0], -1)
    return found


def count_words(people: People) -> npt.NDArray[np.float32]:
    """How many words the name of each row has, without the married one and the call-name."""
    counted: npt.NDArray[np.float32] = ((people.given >= 0).sum(axis=1) + (people.surnames >= 0).sum(axis=1)).astype(
        np.float32
    )
    return counted
