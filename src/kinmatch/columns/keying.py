"""The keys of a record: two words, or a word and a date, or a number, each as 64 bits (`blocking.keys_of`)."""

from typing import NamedTuple

import numpy as np

from kinmatch.columns.compiled import Array, borrowing, compiled
from kinmatch.columns.lookouts import mixed

MOST_WORDS, MOST_KEYS = 5, 192
WITH_MOTHER = 3
_SEED = 0x243F6A8885A308D3
_TWO_WORDS, _WITH_DAY, _WITH_MOTHER, _PHONE, _DOCUMENT, _THREE_WORDS = 1, 2, 3, 4, 5, 6
_SEVEN_DIGITS = 10_000_000


class Keyed(NamedTuple):
    """What keys are made of: the columns of `People` and the codes of its words; `mother` is a sound or -1."""

    given: Array
    surnames: Array
    married: Array
    nickname: Array
    codes: Array
    year: Array
    month: Array
    day: Array
    mother: Array
    phone: Array
    document: Array


@borrowing
def _take(row: Array, groups: Array, count: int, most: int) -> int:
    for token in row:
        if token >= 0 and count < most:
            groups[count] = token
            count += 1
    return count


@borrowing
def _words_of(people: Keyed, row: int, groups: Array) -> int:
    """The words of a record that make keys, six at most."""
    count = _take(people.given[row], groups, 0, MOST_WORDS)
    count = _take(people.surnames[row], groups, count, MOST_WORDS)
    count = _take(people.married[row], groups, count, MOST_WORDS)
    return _take(people.nickname[row, :1], groups, count, MOST_WORDS + 1)


@borrowing
def _add(out: Array, count: int, key: np.uint64) -> int:
    """Adds a key, each once."""
    for k in range(count):
        if out[k] == key:
            return count
    if count < len(out):
        out[count] = key
        count += 1
    return count


@borrowing
def _two(one: int, other: int) -> np.uint64:
    return mixed(mixed(mixed(np.uint64(_SEED), _TWO_WORDS), min(one, other)), max(one, other))


@borrowing
def _pairs_of_words(codes: Array, groups: Array, out: Array, count: int) -> int:
    for a in range(len(groups)):
        for b in range(a + 1, len(groups)):
            for one in codes[groups[a]]:
                for other in codes[groups[b]]:
                    if one >= 0 and other >= 0:
                        count = _add(out, count, _two(one, other))
    return count


@borrowing
def _three(one: int, two: int, three: int) -> np.uint64:
    low, high = min(one, two, three), max(one, two, three)
    return mixed(mixed(mixed(mixed(np.uint64(_SEED), _THREE_WORDS), low), one + two + three - low - high), high)


@borrowing
def _triples_of_words(codes: Array, groups: Array, out: Array, count: int) -> int:
    for a in range(len(groups)):
        for b in range(a + 1, len(groups)):
            for c in range(b + 1, len(groups)):
                key = _three(codes[groups[a], 0], codes[groups[b], 0], codes[groups[c], 0])
                count = _add(out, count, key)
    return count


@borrowing
def _with_day(people: Keyed, row: int, groups: Array, out: Array, count: int) -> int:
    """A word with a birth day, whichever of day and month was written first."""
    month, day = people.month[row], people.day[row]
    if day:
        when = mixed(
            mixed(mixed(np.uint64(_SEED), _WITH_DAY), people.year[row]), 40 * min(month, day) + max(month, day)
        )
        for token in groups:
            count = _add(out, count, mixed(when, people.codes[token, 0]))
    return count


@compiled
def keys_of(people: Keyed, row: int, out: Array) -> int:
    """Writes the keys of one record into `out`; how many."""
    groups = np.empty(MOST_WORDS + 1, dtype=np.int32)
    groups = groups[: _words_of(people, row, groups)]
    count = _with_day(people, row, groups, out, 0)
    if people.mother[row] >= 0:
        start = mixed(mixed(np.uint64(_SEED), _WITH_MOTHER), people.mother[row])
        for token in groups[:WITH_MOTHER]:
            count = _add(out, count, mixed(start, people.codes[token, 0]))
    if people.phone[row] >= 0:
        count = _add(out, count, mixed(mixed(np.uint64(_SEED), _PHONE), people.phone[row] % _SEVEN_DIGITS))
    if people.document[row] >= 0:
        count = _add(out, count, mixed(mixed(np.uint64(_SEED), _DOCUMENT), people.document[row]))
    count = _triples_of_words(people.codes, groups, out, count)
    return _pairs_of_words(people.codes, groups, out, count)
