"""Compares births, places and numbers as `dates`, `places` and `numbers` do, over numbers."""

from typing import NamedTuple

import numpy as np

from kinmatch.columns.compiled import Array, Number, borrowing, inlined
from kinmatch.columns.grading import within_one
from kinmatch.columns.levels import (
    AGE_FITS,
    AGE_NEAR,
    BIRTH_DIFFERENT,
    BIRTH_DIGIT,
    BIRTH_MONTH,
    BIRTH_SAME,
    BIRTH_SWAPPED,
    BIRTH_YEAR,
    BLANK,
    FAR,
    MONTH_FITS,
    NEAR_YEAR,
    NUMBER_DIFFERENT,
    NUMBER_NEAR,
    NUMBER_SAME,
    PLACE_CONTAINED,
    PLACE_DIFFERENT,
    PLACE_NEAR,
    PLACE_SAME,
    YEAR_FITS,
)
from kinmatch.places import NEAR_RATIO

LONGEST_PLACE = 512
_SEVEN = 10_000_000
LEAST_DOCUMENT = 5


class BirthColumns(NamedTuple):
    """Births by row, as in `Births`."""

    year: Array
    month: Array
    day: Array
    earliest: Array
    latest: Array
    age: Array


class PlaceColumns(NamedTuple):
    """Places by row, as in `Places`; `letter_counts` uint16[P, 32] is how often a place has each kind of letter."""

    generic: Array
    words_start: Array
    words: Array
    letters_start: Array
    letters: Array
    letter_counts: Array
    bits: Array


@borrowing
def _digits_apart(one: int, other: int) -> Number:
    count = 0
    while one or other:
        count += one % 10 != other % 10
        one //= 10
        other //= 10
    return count


@borrowing
def _one_digit(b: BirthColumns, i: int, j: int) -> Number:
    mine = (np.int64(b.year[i]) * 100 + b.month[i]) * 100 + b.day[i]
    other = (np.int64(b.year[j]) * 100 + b.month[j]) * 100 + b.day[j]
    return _digits_apart(mine, other) == 1


@borrowing
def _in_year(b: BirthColumns, i: int, j: int) -> Number:
    same_month = b.month[i] == b.month[j]
    if not b.day[i] or not b.day[j]:
        return MONTH_FITS if same_month else BIRTH_YEAR
    if same_month and b.day[i] == b.day[j]:
        return BIRTH_SAME
    if b.month[i] == b.day[j] and b.day[i] == b.month[j]:
        return BIRTH_SWAPPED
    if _one_digit(b, i, j):
        return BIRTH_DIGIT
    return BIRTH_MONTH if same_month else BIRTH_YEAR


@borrowing
def _day_number(year: int, month: int, day: int) -> Number:
    """The ordinal of a day, as `date.toordinal`."""
    before = np.int64(year) - 1
    days = before * 365 + before // 4 - before // 100 + before // 400
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days += (367 * month - 362) // 12 + day
    return days - (0 if month <= 2 else 1 if leap else 2)


@borrowing
def _span(b: BirthColumns, i: int) -> tuple[Number, Number]:
    if b.latest[i]:
        return np.int64(b.earliest[i]), np.int64(b.latest[i])
    first = np.int64(_day_number(b.year[i], max(b.month[i], 1), max(b.day[i], 1)))
    return first, first + (0 if b.day[i] else 30 if b.month[i] else 365)


@borrowing
def _gap(days: int) -> Number:
    if days <= 0:
        return AGE_FITS
    if days <= 370:
        return AGE_NEAR
    return BIRTH_DIFFERENT if days <= 5 * 366 else FAR


@borrowing
def _with_age(b: BirthColumns, i: int, j: int) -> Number:
    if not b.year[i] or not b.year[j]:
        return BLANK if b.age[i] < 0 or b.age[j] < 0 else _gap(abs(np.int64(b.age[i]) - b.age[j]) * 365)
    first, last = _span(b, i)
    other_first, other_last = _span(b, j)
    return _gap(max(first - other_last, other_first - last))


@borrowing
def compare_births(b: BirthColumns, i: int, j: int) -> Number:
    """The level of two births."""
    if b.age[i] >= 0 or b.age[j] >= 0:
        return _with_age(b, i, j)
    if b.year[i] == b.year[j]:
        return _in_year(b, i, j) if b.month[i] and b.month[j] else YEAR_FITS
    if b.day[i] and b.day[j] and _one_digit(b, i, j):
        return BIRTH_DIGIT
    apart = abs(np.int64(b.year[i]) - b.year[j])
    if apart <= 1:
        return NEAR_YEAR
    return BIRTH_DIFFERENT if apart <= 5 else FAR


@inlined
def _shared_words(p: PlaceColumns, one: int, other: int) -> tuple[Number, Number]:
    """How many words two places share, and how many of these say something."""
    shared, telling = 0, 0
    for k in range(p.words_start[one], p.words_start[one + 1]):
        for m in range(p.words_start[other], p.words_start[other + 1]):
            if p.words[k] == p.words[m]:
                shared += 1
                telling += not p.generic[p.words[k]]
    return shared, telling


@borrowing
def _most_in_common(p: PlaceColumns, one: int, other: int) -> Number:
    """No fewer letters than two places have in common in the same order."""
    most = 0
    for k in range(p.letter_counts.shape[1]):
        most += min(p.letter_counts[one, k], p.letter_counts[other, k])
    return most


@borrowing
def _longest_common(letters: Array, lo: int, hi: int, low: int, high: int, row: Array) -> Number:
    """The length of the longest common subsequence of two runs of letters."""
    row[: high - low + 1] = 0
    for k in range(lo, hi):
        before = 0
        for m in range(low, high):
            above = row[m - low + 1]
            row[m - low + 1] = before + 1 if letters[k] == letters[m] else max(above, row[m - low])
            before = above
    return row[high - low]


@borrowing
def _ratio(common: int, length: int) -> float:
    """The ratio of the letters in common to all, in percent, as rapidfuzz has it."""
    return (1.0 - (length - 2 * common) / length) * 100.0


@borrowing
def _is_spelt_nearly(p: PlaceColumns, one: int, other: int, room: Array) -> bool:
    lo, hi = p.letters_start[one], p.letters_start[one + 1]
    low, high = p.letters_start[other], p.letters_start[other + 1]
    length = (hi - lo) + (high - low)
    if (
        _ratio(min(hi - lo, high - low), length) < NEAR_RATIO
        or _ratio(_most_in_common(p, one, other), length) < NEAR_RATIO
    ):
        return False
    return _ratio(_longest_common(p.letters, lo, hi, low, high, room), length) >= NEAR_RATIO


@inlined
def compare_places(p: PlaceColumns, one: int, other: int, room: Array) -> Number:
    """The level of two places; `room` is int32[512]."""
    if one == other:
        return PLACE_SAME
    shared, telling = _shared_words(p, one, other)
    mine = p.words_start[one + 1] - p.words_start[one]
    there = p.words_start[other + 1] - p.words_start[other]
    if shared in (mine, there):
        return PLACE_CONTAINED if telling else PLACE_NEAR
    if telling:
        return PLACE_NEAR
    return PLACE_NEAR if _is_spelt_nearly(p, one, other, room) else PLACE_DIFFERENT


@borrowing
def _write_digits(phone: int, room: Array) -> Number:
    """Writes the digits of a phone, which has a 1 in front; how many."""
    count = 0
    rest = phone
    while rest >= 10:
        room[count] = rest % 10
        rest //= 10
        count += 1
    return count


@borrowing
def compare_phones(one: int, other: int, room: Array) -> Number:
    """The level of two phones; `room` is int64[2, 20]."""
    if one == other:
        return NUMBER_SAME
    length, there = _write_digits(one, room[0]), _write_digits(other, room[1])
    if min(length, 7) == min(there, 7) and one % 10 ** min(length, 7) == other % 10 ** min(length, 7):
        return NUMBER_SAME
    return NUMBER_NEAR if within_one(room[0], 0, length, room[1], 0, there) else NUMBER_DIFFERENT


@borrowing
def _length(row: Array) -> Number:
    count = 0
    while count < len(row) and row[count]:
        count += 1
    return count


@borrowing
def compare_documents(documents: Array, one: int, other: int) -> Number:
    """The level of two documents by their rows in `documents`."""
    if one == other:
        return NUMBER_SAME
    length, there = _length(documents[one]), _length(documents[other])
    if min(length, there) < LEAST_DOCUMENT:
        return NUMBER_DIFFERENT
    is_near = within_one(documents[one], 0, length, documents[other], 0, there)
    return NUMBER_NEAR if is_near else NUMBER_DIFFERENT
