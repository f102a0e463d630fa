"""A rough weight for a pair, from a few numbers per record side by side: hopeless pairs are not compared at all.

The numbers of a record fill two lines of the processor's cache; the amounts are those of the weights in use. What only
the exact comparison knows (slips in dates, call-names, the order of names) is taken for the better.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kinmatch.columns.compiled import Array, Number, borrowing, compiled, inlined
from kinmatch.columns.people import People
from kinmatch.frequencies import MOST_BITS
from kinmatch.weights import Weights

GIVEN_WORDS, SURNAME_WORDS, OTHER_CODES = 3, 4, 2
_YEAR, _DAY, _SEX, _BIRTH_PLACE, _PLACE, _MOTHER, _FATHER, _PHONE, _DOCUMENT = range(9)
_GIVEN = 9
_SURNAMES = _GIVEN + GIVEN_WORDS
_GIVEN_CODES = _SURNAMES + SURNAME_WORDS
_SURNAME_CODES = _GIVEN_CODES + GIVEN_WORDS * OTHER_CODES
_GIVEN_SET = _SURNAME_CODES + SURNAME_WORDS * OTHER_CODES
_SURNAME_SET = _GIVEN_SET + 2
# The most that the names of a record can be worth, in thousandths of a bit.
_MOST_GIVEN = _SURNAME_SET + 2
_MOST_SURNAMES = _MOST_GIVEN + 1
WIDTH = _MOST_SURNAMES + 1
THOUSANDTHS = 1000
NEAR_SHARE = 0.7
# What stands beside the sound of an initial, which may be any name: it has every code.
INITIAL, EVERY_CODE = -2, 0x7FFFFFFF
YEARS_NEAR, YEARS_FAR = 1, 5
DAYS_IN_MONTH = 40


_PLAIN_COLUMNS = (_SEX, _BIRTH_PLACE, _PLACE, _MOTHER, _FATHER, _PHONE, _DOCUMENT)
_PLAIN_WEIGHTS = ("sex", "place", "place", "parent", "parent", "phone", "document")
# What agreement is worth stands in one table: births by years apart, whether both have a day, and whether it is the
# same one; then for each plain column nothing known, other, same; then given names and surnames.
_MOST_APART = 6
_BIRTHS = (_MOST_APART + 1) * 4 + 1
_GIVEN_WORTH = _BIRTHS + 3 * len(_PLAIN_COLUMNS)
_SURNAME_WORTH = _GIVEN_WORTH + 4
_WORD, _RARITY, _PARTIAL, _UNLIKE = 0, 1, 2, 3


class Rough(NamedTuple):
    """`rows` is int32[n, WIDTH] with -1 for unknown, `bits` float32[S] the rarity of each sound, `worth`
    the amounts."""

    rows: npt.NDArray[np.int32]
    bits: npt.NDArray[np.float32]
    worth: npt.NDArray[np.float32]


def read_worth(weights: Weights) -> npt.NDArray[np.float32]:
    """The amounts of a table of weights; what the table does not hold is worth nothing."""

    def of(name: str) -> float:
        return float(weights.table.get(name, 0.0))

    found = [0.0]
    for apart in range(_MOST_APART + 1):
        for both in (False, True):
            found += [of(f"birth_date.{_birth_level(apart, both=both, same=same)}") for same in (False, True)]
    for column, name in zip(_PLAIN_COLUMNS, _PLAIN_WEIGHTS, strict=True):
        found += [0.0, 0.0 if column in {_PHONE, _DOCUMENT} else of(f"{name}.different"), of(f"{name}.same")]
    for role in ("given", "surname"):
        found += [of(f"{role}.{level}") for level in ("same", "rarity", "partial", "different")]
    return np.array(found, dtype=np.float32)


def _birth_level(apart: int, *, both: bool, same: bool) -> str:
    if same or (both and apart == 0):
        return "same" if same and apart == 0 else "swapped"
    if apart <= YEARS_NEAR:
        return "near_year" if both else "month_fits"
    return "different" if apart <= YEARS_FAR else "far"


def make_rough(people: People, codes: npt.NDArray[np.int32], marks: npt.NDArray[np.int32], weights: Weights) -> Rough:
    """The numbers of everybody. `codes` are `word_codes`, `marks` those of `read_marks`."""
    rows = np.full((len(people), WIDTH), -1, dtype=np.int32)
    rows[:, _YEAR] = np.where(people.year > 0, people.year, -1)
    low, high = np.minimum(people.month, people.day), np.maximum(people.month, people.day)
    rows[:, _DAY] = np.where(people.day > 0, low * DAYS_IN_MONTH + high, -1)
    rows[:, _SEX] = np.where(people.sex > 0, people.sex, -1)
    rows[:, _BIRTH_PLACE : _FATHER + 1] = marks[2:6].T
    rows[:, _PHONE] = np.where(people.phone >= 0, people.phone % 10**7, -1)
    rows[:, _DOCUMENT] = people.document
    held = np.concatenate([codes, np.full((1, codes.shape[1]), -1, dtype=np.int32)])
    rows[:, _GIVEN_SET:] = 0
    single = people.tokens.length == 1
    held[:-1, 1][single] = INITIAL
    _fill_words(rows, people.given, people.surnames, people.married, held)
    bits, worth = _sound_bits(people), read_worth(weights)
    _fill_most(rows, bits, worth)
    return Rough(rows, bits, worth)


@compiled
def _fill_words(rows: Array, given: Array, surnames: Array, married: Array, codes: Array) -> None:
    for row in range(len(rows)):
        for k in range(GIVEN_WORDS):
            if given[row, k] >= 0:
                _put(rows[row], _GIVEN + k, _GIVEN_CODES + OTHER_CODES * k, _GIVEN_SET, codes[given[row, k]])
        filled = 0
        for token in surnames[row]:
            filled = _put_surname(rows[row], filled, token, codes)
        for token in married[row]:
            filled = _put_surname(rows[row], filled, token, codes)


@compiled
def _most(row: Array, own: int, words: int, bits: Array, worth: Array) -> Number:
    most = 0.0
    for k in range(own, own + words):
        if row[k] >= 0:
            most += max(worth[_WORD] + worth[_RARITY] * bits[row[k]], 0.0)
    return int(most * THOUSANDTHS) + 1


@compiled
def _fill_most(rows: Array, bits: Array, worth: Array) -> None:
    for row in rows:
        row[_MOST_GIVEN] = _most(row, _GIVEN, GIVEN_WORDS, bits, worth[_GIVEN_WORTH:])
        row[_MOST_SURNAMES] = _most(row, _SURNAMES, SURNAME_WORDS, bits, worth[_SURNAME_WORTH:])


@compiled
def _put_surname(row: Array, filled: int, token: int, codes: Array) -> int:
    if token < 0 or filled == SURNAME_WORDS:
        return filled
    _put(row, _SURNAMES + filled, _SURNAME_CODES + OTHER_CODES * filled, _SURNAME_SET, codes[token])
    return filled + 1


@compiled
def _put(row: Array, own: int, others: int, held: int, codes: Array) -> None:
    """A word's sound and its other codes, and all of them as bits of a set of 62."""
    row[own] = codes[0]
    row[others], row[others + 1] = codes[1], codes[2]
    if codes[1] == INITIAL:
        row[held] = row[held + 1] = EVERY_CODE
    for code in codes:
        if code >= 0:
            bit = code % 62
            row[held + bit // 31] |= 1 << (bit % 31)


def _sound_bits(people: People) -> npt.NDArray[np.float32]:
    held = people.counts.given_sounds + people.counts.surname_sounds
    bits = np.log2(max(len(people), 2) / np.maximum(held, 1))
    found: npt.NDArray[np.float32] = np.clip(bits - 3.0, 0.0, MOST_BITS - 3.0).astype(np.float32)
    return found


@inlined
def _attributes(rows: Array, i: int, j: int, worth: Array) -> Number:
    """Birth, sex, places, parents and numbers; without branches, for nothing here can be foretold."""
    known = (rows[i, _YEAR] | rows[j, _YEAR]) >= 0
    apart = min(abs(rows[i, _YEAR] - rows[j, _YEAR]), _MOST_APART)
    both = (rows[i, _DAY] | rows[j, _DAY]) >= 0
    same = both & (rows[i, _DAY] == rows[j, _DAY])
    total = worth[known * (1 + apart * 4 + both * 2 + same)]
    at = _BIRTHS
    for column in _PLAIN_COLUMNS:
        known = (rows[i, column] | rows[j, column]) >= 0
        total += worth[at + known * (1 + (rows[i, column] == rows[j, column]))]
        at += 3
    return total


@borrowing
def _is_near(rows: Array, i: int, j: int, words: tuple[int, int], codes: tuple[int, int]) -> Number:
    """Whether a word of record i and one of record j, of unlike sounds, have a code in common."""
    for k in range(OTHER_CODES):
        code, other = rows[i, codes[0] + k], rows[j, codes[1] + k]
        if code >= 0 and (code == rows[j, words[1]] or code == rows[j, codes[1]] or code == rows[j, codes[1] + 1]):
            return True
        if other >= 0 and other == rows[i, words[0]]:
            return True
    return False


@borrowing
def _shared(rows: Array, i: int, word: int, codes: int, j: int, role: tuple[int, int, int], bits: Array) -> Number:
    """The rarity that a word of record i shares with one of record j's in that role; below 0 where it shares none."""
    own, first_codes, most = role
    sound = rows[i, word]
    for m in range(most):
        if rows[j, own + m] == sound:
            return bits[sound]
    for m in range(most):
        other = rows[j, own + m]
        if other >= 0 and _is_near(rows, i, j, (word, own + m), (codes, first_codes + OTHER_CODES * m)):
            return np.float32(NEAR_SHARE) * min(bits[sound], bits[other])
    return np.float32(-1.0)


@borrowing
def _may_be_any(rows: Array, i: int, j: int, held: int) -> Number:
    """Whether one side has an initial."""
    return rows[i, held] == EVERY_CODE or rows[j, held] == EVERY_CODE


@borrowing
def _role(rows: Array, i: int, j: int, role: tuple[int, int, int], bits: Array, worth: Array) -> Number:
    """What the words of one role are worth: those in common with their rarity, and what is left over on both sides."""
    own, codes, most = role
    may_be_any = _may_be_any(rows, i, j, _GIVEN_SET if own == _GIVEN else _SURNAME_SET)
    have, there, matched = 0, 0, 0
    total = np.float32(0.0)
    for k in range(most):
        there += rows[j, own + k] >= 0
        if rows[i, own + k] >= 0:
            have += 1
            shared = _shared(rows, i, own + k, codes + OTHER_CODES * k, j, role, bits)
            if shared >= 0.0:
                matched += 1
                total += worth[_WORD] + worth[_RARITY] * shared
    if matched == 0:
        return worth[_UNLIKE] if have and there and not may_be_any else total
    return total + worth[_PARTIAL] if matched < have and matched < there else total


@inlined
def _unlike(rows: Array, i: int, j: int, own: int, held: int) -> Number:
    """Whether both have words in a role and no code in common."""
    if rows[i, own] < 0 or rows[j, own] < 0:
        return False
    return (rows[i, held] & rows[j, held]) == 0 and (rows[i, held + 1] & rows[j, held + 1]) == 0


@inlined
def rough_weight(rows: Array, bits: Array, worth: Array, i: int, j: int, least: float) -> Number:
    """The rough weight of two rows, without the prior; it is not worked out to the end, and below `least`, where the
    names of neither could bring it to `least` any more."""
    total = _attributes(rows, i, j, worth)
    surnames = min(rows[i, _MOST_SURNAMES], rows[j, _MOST_SURNAMES]) / THOUSANDTHS
    if total + min(rows[i, _MOST_GIVEN], rows[j, _MOST_GIVEN]) / THOUSANDTHS + surnames < least:
        return least - 1.0
    if _unlike(rows, i, j, _GIVEN, _GIVEN_SET):
        total += worth[_GIVEN_WORTH + _UNLIKE]
    else:
        total += _role(rows, i, j, (_GIVEN, _GIVEN_CODES, GIVEN_WORDS), bits, worth[_GIVEN_WORTH:])
    if total + surnames < least:
        return least - 1.0
    if _unlike(rows, i, j, _SURNAMES, _SURNAME_SET):
        return total + worth[_SURNAME_WORTH + _UNLIKE]
    role = (_SURNAMES, _SURNAME_CODES, SURNAME_WORDS)
    return total + _role(rows, i, j, role, bits, worth[_SURNAME_WORTH:])
