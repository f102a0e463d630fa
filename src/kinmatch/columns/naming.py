"""The words of names as in `kinmatch.names`, over numbers: given names, surnames and a married name per cell."""

from typing import NamedTuple

import numpy as np

from kinmatch.columns.compiled import Array, compiled
from kinmatch.columns.dictionary import OF, PARTICLE, TITLE
from kinmatch.names import MOST_TOKENS

MOST_MARRIED, MOST_CALL_NAMES = 2, 3
NOBODY = -1
_SMALL = PARTICLE | TITLE


class Words(NamedTuple):
    """The raw words of a column's cells, and what they are: word r is the tokens
    `tokens[token_start[r]:token_start[r + 1]]`; `raw` has -1 for a cell's first comma."""

    raw: Array
    start: Array
    token_start: Array
    tokens: Array
    kind: Array
    lean: Array


@compiled
def _put(out: Array, count: int, token: int) -> int:
    if count < len(out):
        out[count] = token
        return count + 1
    return count


@compiled
def _read(words: Words, lo: int, hi: int, out: Array, dropped: int) -> int:
    """Fills `out` with the tokens of raw words lo to hi that are of none of the `dropped` kinds; how many."""
    count = 0
    for at in range(lo, hi):
        raw = words.raw[at]
        if raw >= 0:
            for k in range(words.token_start[raw], words.token_start[raw + 1]):
                if not words.kind[words.tokens[k]] & dropped:
                    count = _put(out, count, words.tokens[k])
    return count


@compiled
def read_words(words: Words, lo: int, hi: int, out: Array) -> int:
    """`names.words`: without particles and titles, or all of them where nothing else is there."""
    return _read(words, lo, hi, out, _SMALL) or _read(words, lo, hi, out, 0)


@compiled
def _own_and_married(words: Words, lo: int, hi: int, own: Array, married: Array) -> tuple[int, int]:
    """`names.surname_words`: the surnames, and apart from them what follows 'de' after another surname."""
    count, wed, after_of = 0, 0, False
    for at in range(lo, hi):
        raw = words.raw[at]
        if raw >= 0:
            for k in range(words.token_start[raw], words.token_start[raw + 1]):
                token = words.tokens[k]
                kind = words.kind[token]
                if kind & _SMALL:
                    after_of = after_of or (kind & OF > 0 and count > 0)
                elif after_of:
                    wed = _put(married, wed, token)
                else:
                    count = _put(own, count, token)
    if count == 0 and wed == 0:
        count = read_words(words, lo, hi, own)
    return count, wed


@compiled
def _comma(words: Words, lo: int, hi: int) -> int:
    at = lo
    while at < hi and words.raw[at] != -1:
        at += 1
    return at


@compiled
def _given_of(words: Words, tokens: Array, count: int) -> int:
    """How many of the first words are given names (`names._cut`)."""
    lean = words.lean
    if count == 0:
        return 0
    if count == 1:
        return 0 if lean[tokens[0]] < -2 else 1
    if count == 2:
        return 2 if lean[tokens[1]] > 4 else 1
    if count == 3:
        return 2 if lean[tokens[1]] > 0 else 1
    return count - 2


@compiled
def _fill(out: Array, tokens: Array, lo: int, hi: int) -> None:
    out[:] = NOBODY
    out[: hi - lo] = tokens[lo:hi]


@compiled
def _split_at_comma(words: Words, lo: int, comma: int, hi: int, names: "NameRows", row: int) -> bool:
    """'Surnames, Given'; whether there are words on both sides."""
    tokens = np.empty(MOST_TOKENS, dtype=np.int32)
    wed = np.empty(MOST_MARRIED, dtype=np.int32)
    if comma == hi or not read_words(words, lo, comma, tokens):
        return False
    count = read_words(words, comma + 1, hi, tokens)
    if not count:
        return False
    _fill(names.given[row], tokens, 0, count)
    own, married = _own_and_married(words, lo, comma, tokens, wed)
    _fill(names.surnames[row], tokens, 0, own)
    _fill(names.married[row], wed, 0, married)
    return True


class NameRows(NamedTuple):
    """The columns that hold names, filled row by row: int32[n, 6], int32[n, 6], int32[n, 2], bool[n]; -1 is none."""

    given: Array
    surnames: Array
    married: Array
    guessed: Array


@compiled
def split(words: Words, lo: int, hi: int, names: NameRows, row: int) -> None:
    """`names.split`: fills one row from the raw words lo to hi of a full name."""
    names.guessed[row] = True
    if _split_at_comma(words, lo, _comma(words, lo, hi), hi, names, row):
        return
    tokens = np.empty(MOST_TOKENS, dtype=np.int32)
    wed = np.empty(MOST_MARRIED, dtype=np.int32)
    count = read_words(words, lo, hi, tokens)
    names.married[row] = NOBODY
    if count > 1 and words.lean[tokens[0]] < -2 and words.lean[tokens[count - 1]] > 2:
        given = _given_of(words, tokens[:count][::-1].copy(), count)
        _fill(names.given[row], tokens, count - given, count)
        _fill(names.surnames[row], tokens, 0, count - given)
        return
    given = _given_of(words, tokens, count)
    _fill(names.given[row], tokens, 0, given)
    _, married = _own_and_married(words, lo, hi, np.empty(MOST_TOKENS, dtype=np.int32), wed)
    if count - given > 1 and tokens[count - 1] in wed[:married]:
        names.married[row, 0] = tokens[count - 1]
        count -= 1
    _fill(names.surnames[row], tokens, given, count)


@compiled
def split_all(words: Words, rows: Array, names: NameRows) -> None:
    """Splits the full names of the cells `rows`, into rows 0, 1, 2 ... of `names`."""
    for row, cell in enumerate(rows):
        split(words, words.start[cell], words.start[cell + 1], names, row)


@compiled
def read_names(given: Words, surnames: Words, full: Words, names: NameRows) -> None:
    """Everybody's name from the two name columns, or from the full name where both say nothing."""
    tokens = np.empty(MOST_TOKENS, dtype=np.int32)
    own = np.empty(MOST_TOKENS, dtype=np.int32)
    wed = np.empty(MOST_MARRIED, dtype=np.int32)
    for row in range(len(names.guessed)):
        count = read_words(given, given.start[row], given.start[row + 1], tokens)
        kept, married = _own_and_married(surnames, surnames.start[row], surnames.start[row + 1], own, wed)
        if count or kept:
            _fill(names.given[row], tokens, 0, count)
            _fill(names.surnames[row], own, 0, kept)
            _fill(names.married[row], wed, 0, married)
            names.guessed[row] = False
        else:
            split(full, full.start[row], full.start[row + 1], names, row)


@compiled
def read_call_names(words: Words, out: Array) -> None:
    """Fills `out` (int32[n, 3]) with the words of a column, at most three a cell."""
    tokens = np.empty(MOST_TOKENS, dtype=np.int32)
    for row in range(len(out)):
        count = read_words(words, words.start[row], words.start[row + 1], tokens)
        _fill(out[row], tokens, 0, min(count, MOST_CALL_NAMES))
