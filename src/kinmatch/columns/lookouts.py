"""Under which sounds a word is looked for: its own, and those of the commoner words it may be a slip or call-name of.

Every word stands in a few baskets: its sound less one letter, its beginning, the names it is short for, its group of
spellings. In each basket it is held against the commonest words only, so that the work grows with the words.
"""

import numpy as np

from kinmatch.columns.compiled import Array, Number, borrowing, compiled
from kinmatch.columns.grading import LEAST_FOR_SLIP, GradeTables, grade
from kinmatch.compare.grades import NEAR, SOUNDS

MOST_CODES = 3
HEADS = 12
PREFIX = 4
LONGEST_FOR_SLIPS = 24
_FACTOR, _ADD = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03
_BY_SOUND, _BY_BEGINNING, _BY_FORMAL, _BY_GROUP = 1, 2, 3, 4


@borrowing
def mixed(value: np.uint64, part: int) -> np.uint64:
    """A number of 64 bits out of one and another."""
    value = (value ^ np.uint64(part)) * np.uint64(_FACTOR) + np.uint64(_ADD)
    return value ^ (value >> np.uint64(29))


@borrowing
def _less(letters: Array, lo: int, hi: int, without: int) -> np.uint64:
    """A number for letters lo to hi without one of them."""
    value = mixed(np.uint64(0), _BY_SOUND)
    for k in range(lo, hi):
        if k != without:
            value = mixed(value, letters[k])
    return value


@borrowing
def _sound_baskets(tables: GradeTables, token: int, out: Array) -> Number:
    sound = tables.sound[token]
    lo, hi = tables.sound_start[sound], tables.sound_start[sound + 1]
    if hi - lo < LEAST_FOR_SLIP:
        return 0
    out[0] = _less(tables.sound_letters, lo, hi, -1)
    if hi - lo > LONGEST_FOR_SLIPS:
        return 1
    for k in range(lo, hi):
        out[1 + k - lo] = _less(tables.sound_letters, lo, hi, k)
    return 1 + hi - lo


@borrowing
def _other_baskets(tables: GradeTables, token: int, out: Array, count: int) -> int:
    out[count] = mixed(mixed(np.uint64(0), _BY_FORMAL), token)
    count += 1
    for k in range(tables.formal_start[token], tables.formal_start[token + 1]):
        out[count] = mixed(mixed(np.uint64(0), _BY_FORMAL), tables.formal[k])
        count += 1
    for k in range(tables.group_start[token], tables.group_start[token + 1]):
        out[count] = mixed(mixed(np.uint64(0), _BY_GROUP), tables.group[k])
        count += 1
    lo, hi = tables.letters_start[token], tables.letters_start[token + 1]
    if hi - lo >= PREFIX + 2 or hi - lo == PREFIX:
        value = mixed(np.uint64(0), _BY_BEGINNING)
        for k in range(lo, lo + PREFIX):
            value = mixed(value, tables.letters[k])
        out[count] = value
        count += 1
    return count


@compiled
def baskets(tables: GradeTables, lo: int, hi: int) -> tuple[Array, Array]:
    """The baskets of words lo to hi and whose they are (uint64[k], int32[k])."""
    keys = np.empty(16 * (hi - lo) + 128, dtype=np.uint64)
    owners = np.empty(len(keys), dtype=np.int32)
    out = np.empty(128, dtype=np.uint64)
    filled = 0
    for token in range(lo, hi):
        if tables.letters_start[token + 1] - tables.letters_start[token] > 1:
            count = _other_baskets(tables, token, out, _sound_baskets(tables, token, out))
            if filled + count > len(keys):
                keys = np.concatenate((keys, np.empty(len(keys), dtype=np.uint64)))
                owners = np.concatenate((owners, np.empty(len(owners), dtype=np.int32)))
            keys[filled : filled + count] = out[:count]
            owners[filled : filled + count] = token
            filled += count
    return keys[:filled], owners[:filled]


@borrowing
def _commoner(counts: Array, order: Array, one: int, other: int) -> bool:
    return bool(counts[one] > counts[other] or (counts[one] == counts[other] and order[one] < order[other]))


@borrowing
def _heads(members: Array, counts: Array, order: Array, heads: Array) -> int:
    """The commonest members of a basket, commonest first."""
    found = 0
    for member in members:
        at = found
        while at > 0 and _commoner(counts, order, member, heads[at - 1]):
            at -= 1
        if at < len(heads):
            last = min(found, len(heads) - 1)
            for k in range(last, at, -1):
                heads[k] = heads[k - 1]
            heads[at] = member
            found = min(found + 1, len(heads))
    return found


@borrowing
def _offer(best: Array, value: Array, rank: int, sound: int, own: int) -> None:
    """Puts a sound among the best ones of a word, highest rank first, each once."""
    if sound == own:
        return
    at = 0
    while at < len(best) and (best[at] == sound or value[at] >= rank):
        if best[at] == sound:
            return
        at += 1
    if at == len(best):
        return
    end = at
    while end < len(best) - 1 and best[end] != sound:
        end += 1
    for k in range(end, at, -1):
        best[k], value[k] = best[k - 1], value[k - 1]
    best[at], value[at] = sound, rank


@borrowing
def _meet(
    tables: GradeTables, members: Array, heads: Array, counts: Array, order: Array, best: Array, rank: Array
) -> None:
    for member in members:
        for head in heads:
            if head != member and _commoner(counts, order, head, member):
                level = grade(tables, head, member)
                if NEAR <= level < SOUNDS:
                    worth = level * (1 << 40) + counts[head]
                    _offer(best[member], rank[member], worth, tables.sound[head], tables.sound[member])


@compiled
def word_codes(tables: GradeTables, counts: Array, order: Array) -> Array:
    """The sounds under which each word is looked for, int32[T, 3]: its own first, -1 for none.

    `counts` is how many bear each word, `order` the rank of its text.
    """
    size = len(tables.sound)
    best = np.full((size, MOST_CODES - 1), -1, dtype=np.int32)
    rank = np.full((size, MOST_CODES - 1), -1, dtype=np.int64)
    keys, owners = baskets(tables, 0, size)
    by_key = np.argsort(keys)
    heads = np.empty(HEADS, dtype=np.int32)
    lo = 0
    while lo < len(keys):
        hi = lo
        while hi < len(keys) and keys[by_key[hi]] == keys[by_key[lo]]:
            hi += 1
        if hi - lo > 1:
            members = owners[by_key[lo:hi]]
            count = _heads(members, counts, order, heads)
            _meet(tables, members, heads[:count], counts, order, best, rank)
        lo = hi
    codes = np.empty((size, MOST_CODES), dtype=np.int32)
    codes[:, 0] = tables.sound
    codes[:, 1:] = best
    return codes
