"""The grade of two words by their ids, compiled: exactly what `TokenGrades.grade` says of their texts.

Nothing is remembered: a letter signature turns away nearly all pairs of words in a few nanoseconds, and a list of
all near words would be longer than the register, for every misspelling of a common name is near every other one.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kinmatch.columns.compiled import Array, Number, borrowing, inlined
from kinmatch.compare.grades import ALIKE, INITIAL, NEAR, NICKNAME, NONE, SAME, SHORT, SOUNDS, VARIANT

# A slip changes at most two letters of the set of letters that a word has.
LETTERS_PER_SLIP = 2
LEAST_FOR_PREFIX, LEAST_FOR_SLIP, LEAST_FOR_TWO_SLIPS = 3, 4, 8


class GradeTables(NamedTuple):
    """What grading needs of T words with S sounds, as arrays, to be passed into compiled functions.

    `letters[letters_start[t]:letters_start[t + 1]]` are the code points of word t, `sound_letters` those of its sound;
    `signature` and `sound_signature` are sets of letters (64 bits); `initial` is the code point of the first letter, or
    -1 where it is none that stands for a name; `formal` lists the words that a call-name stands for, `group` the groups
    of spellings of a word.
    """

    letters_start: Array
    letters: Array
    sound: Array
    sound_start: Array
    sound_letters: Array
    signature: Array
    sound_signature: Array
    is_known: Array
    initial: Array
    formal_start: Array
    formal: Array
    group_start: Array
    group: Array


# The columns of what is known of a word at a glance.
_SOUND, _LENGTH, _SET, _SOUND_LENGTH, _SOUND_SET, _BEGINNING, _LINKS = range(7)
GLANCE_WIDTH = 8
_HAS_GROUP, _HAS_FORMAL = 1, 2
_LETTER_BITS = 21


def glances(tables: GradeTables) -> npt.NDArray[np.int64]:
    """What is known of each word at a glance, int64[T, 8], one line of the processor's cache a word: its sound, its
    length and letters and those of the sound, its first three letters, whether it has spellings or is a call-name."""
    found = np.zeros((len(tables.sound), GLANCE_WIDTH), dtype=np.int64)
    lengths, sound_lengths = np.diff(tables.letters_start), np.diff(tables.sound_start)
    found[:, _SOUND], found[:, _LENGTH], found[:, _SET] = tables.sound, lengths, tables.signature.view(np.int64)
    found[:, _SOUND_LENGTH] = sound_lengths[tables.sound]
    found[:, _SOUND_SET] = tables.sound_signature.view(np.int64)[tables.sound]
    for k in range(LEAST_FOR_PREFIX):
        at = np.minimum(tables.letters_start[:-1] + k, max(len(tables.letters) - 1, 0))
        held = (lengths > k) & (len(tables.letters) > 0)
        found[held, _BEGINNING] |= tables.letters[at[held]].astype(np.int64) << (_LETTER_BITS * k)
    found[:, _LINKS] = _HAS_GROUP * (np.diff(tables.group_start) > 0) + _HAS_FORMAL * (np.diff(tables.formal_start) > 0)
    return found


@borrowing
def _may_slip(glance: Array, a: int, b: int) -> Number:
    """Whether one word may be the beginning of the other one, or a slip in letters or in sound away from it."""
    shorter, longer = min(glance[a, _LENGTH], glance[b, _LENGTH]), max(glance[a, _LENGTH], glance[b, _LENGTH])
    if longer - shorter >= 2 and shorter >= LEAST_FOR_PREFIX and glance[a, _BEGINNING] == glance[b, _BEGINNING]:
        return True
    allowed = 2 if shorter >= LEAST_FOR_TWO_SLIPS else 1
    is_long = shorter >= LEAST_FOR_SLIP and longer - shorter <= allowed
    if is_long and not _apart(glance[a, _SET], glance[b, _SET], LETTERS_PER_SLIP * allowed):
        return True
    if abs(glance[a, _SOUND_LENGTH] - glance[b, _SOUND_LENGTH]) > 1:
        return False
    return not _apart(glance[a, _SOUND_SET], glance[b, _SOUND_SET], LETTERS_PER_SLIP)


@borrowing
def unlike_at_a_glance(glance: Array, a: int, b: int) -> Number:
    """Whether two different words are surely of grade NONE. Words behind the end of `glance` are not known."""
    if max(a, b) >= len(glance) or glance[a, _SOUND] == glance[b, _SOUND]:
        return False
    links = glance[a, _LINKS] | glance[b, _LINKS]
    if links & _HAS_FORMAL or glance[a, _LINKS] & glance[b, _LINKS] & _HAS_GROUP:
        return False
    return min(glance[a, _LENGTH], glance[b, _LENGTH]) > 1 and not _may_slip(glance, a, b)


@inlined
def grade(tables: GradeTables, a: int, b: int) -> int:
    """The grade of words a and b, 0 (NONE) to 8 (SAME); symmetric."""
    if a == b:
        return SAME
    length_a = tables.letters_start[a + 1] - tables.letters_start[a]
    length_b = tables.letters_start[b + 1] - tables.letters_start[b]
    if length_a == 1 or length_b == 1:
        return INITIAL if tables.initial[a] == tables.initial[b] and tables.initial[a] >= 0 else NONE
    if tables.sound[a] == tables.sound[b]:
        return SOUNDS
    if _share(tables.group_start, tables.group, a, b):
        return VARIANT
    if _holds(tables.formal_start, tables.formal, a, b) or _holds(tables.formal_start, tables.formal, b, a):
        return NICKNAME
    return _slip(tables, a, b)


@borrowing
def _share(start: Array, values: Array, a: int, b: int) -> bool:
    for i in range(start[a], start[a + 1]):
        for j in range(start[b], start[b + 1]):
            if values[i] == values[j]:
                return True
    return False


@borrowing
def _holds(start: Array, values: Array, a: int, b: int) -> bool:
    i, end = start[a], start[a + 1]
    while i < end and values[i] != b:
        i += 1
    return bool(i < end)


@inlined
def _slip(tables: GradeTables, a: int, b: int) -> int:
    start_a, end_a = tables.letters_start[a], tables.letters_start[a + 1]
    start_b, end_b = tables.letters_start[b], tables.letters_start[b + 1]
    shorter, longer = min(end_a - start_a, end_b - start_b), max(end_a - start_a, end_b - start_b)
    known = tables.is_known[a] and tables.is_known[b]
    if shorter >= LEAST_FOR_PREFIX and longer - shorter >= 2 and _begins(tables.letters, start_a, start_b, shorter):
        return ALIKE if known else SHORT
    if _near_letters(tables, a, b, shorter, longer) or _near_sounds(tables, tables.sound[a], tables.sound[b]):
        return ALIKE if known else NEAR
    return NONE


@borrowing
def _begins(letters: Array, at: int, other: int, length: int) -> bool:
    k = 0
    while k < length and letters[at + k] == letters[other + k]:
        k += 1
    return k == length


@inlined
def _near_letters(tables: GradeTables, a: int, b: int, shorter: int, longer: int) -> bool:
    if shorter < LEAST_FOR_SLIP:
        return False
    allowed = 2 if shorter >= LEAST_FOR_TWO_SLIPS else 1
    if longer - shorter > allowed or _apart(tables.signature[a], tables.signature[b], LETTERS_PER_SLIP * allowed):
        return False
    start = tables.letters_start
    if allowed == 1:
        return within_one(tables.letters, start[a], start[a + 1], tables.letters, start[b], start[b + 1])
    return within_two(tables.letters, start[a], start[a + 1], tables.letters, start[b], start[b + 1])


@inlined
def _near_sounds(tables: GradeTables, a: int, b: int) -> bool:
    start = tables.sound_start
    length_a, length_b = start[a + 1] - start[a], start[b + 1] - start[b]
    if min(length_a, length_b) < LEAST_FOR_SLIP or abs(length_a - length_b) > 1:
        return False
    if _apart(tables.sound_signature[a], tables.sound_signature[b], LETTERS_PER_SLIP):
        return False
    letters = tables.sound_letters
    return within_one(letters, start[a], start[a + 1], letters, start[b], start[b + 1])


@borrowing
def _apart(one: Number, other: Number, most: int) -> bool:
    """Whether two sets of letters differ in more than `most` letters."""
    rest = np.uint64(one) ^ np.uint64(other)
    count = 0
    while rest:
        count += 1
        if count > most:
            return True
        rest &= rest - np.uint64(1)
    return False


@borrowing
def _equal(left: Array, i: int, m: int, right: Array, j: int, n: int) -> bool:
    if m - i != n - j:
        return False
    while i < m and left[i] == right[j]:
        i += 1
        j += 1
    return i == m


@borrowing
def within_one(left: Array, i: int, m: int, right: Array, j: int, n: int) -> bool:
    """Whether left[i:m] and right[j:n] are at most one slip apart: one letter more, less, other, or two exchanged."""
    while i < m and j < n and left[i] == right[j]:
        i += 1
        j += 1
    if i == m or j == n:
        return (m - i) + (n - j) <= 1
    if _equal(left, i + 1, m, right, j + 1, n) or _equal(left, i + 1, m, right, j, n):
        return True
    if _equal(left, i, m, right, j + 1, n):
        return True
    return _exchanged(left, i, m, right, j, n) and _equal(left, i + 2, m, right, j + 2, n)


@borrowing
def within_two(left: Array, i: int, m: int, right: Array, j: int, n: int) -> bool:
    """Whether left[i:m] and right[j:n] are at most two slips apart."""
    while i < m and j < n and left[i] == right[j]:
        i += 1
        j += 1
    if i == m or j == n:
        return (m - i) + (n - j) <= 2
    if within_one(left, i + 1, m, right, j + 1, n) or within_one(left, i + 1, m, right, j, n):
        return True
    if within_one(left, i, m, right, j + 1, n):
        return True
    return _exchanged(left, i, m, right, j, n) and within_one(left, i + 2, m, right, j + 2, n)


@borrowing
def _exchanged(left: Array, i: int, m: int, right: Array, j: int, n: int) -> bool:
    return i + 1 < m and j + 1 < n and left[i] == right[j + 1] and left[i + 1] == right[j]
