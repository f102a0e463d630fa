"""Which pairs of a whole register are worth comparing: those that share two words, or a word and a date, or
a number.

Keys are whole numbers; pairs are made where a key's list is short, and a long list is cut up by the birth
year first.
So the work grows with the register and not with its square.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from kinmatch.compare.comparer import Comparer
from kinmatch.compare.grades import NEAR, SOUNDS
from kinmatch.dates import Birth
from kinmatch.prepare import Prepared
from kinmatch.tokenbook import TokenBook

Numbers = npt.NDArray[np.int64]
CAP = 60
FEWEST_BITS = 11.0
MOST_CODES, MOST_WORDS = 3, 5
_MIX = 0x9E3779B97F4A7C15
_MASK = (1 << 63) - 1


class WordCodes:
    """A word's codes: its sound, and the sound of the commoner words it may be a misspelling or call-name
    of."""

    def __init__(self, book: TokenBook, comparer: Comparer) -> None:
        self._book = book
        self._sounds = comparer.frequencies.sounds
        self._numbers: dict[str, int] = {}
        self._codes: dict[str, tuple[int, ...]] = {}

    def codes(self, word: str) -> tuple[int, ...]:
        """At most three numbers; words that may be the same name share one."""
        found = self._codes.get(word)
        if found is None:
            found = self._codes[word] = self._work_out(word)
        return found

    def _work_out(self, word: str) -> tuple[int, ...]:
        own = self._sounds[word]
        sounds = [own]
        if len(word) > 1:
            count = self._book.counts[word]
            for near, grade in self._book.near(word):
                commoner = self._book.counts[near] > count or (self._book.counts[near] == count and near < word)
                if NEAR <= grade < SOUNDS and commoner and self._sounds[near] not in sounds:
                    sounds.append(self._sounds[near])
        return tuple(self._numbers.setdefault(each, len(self._numbers) + 1) for each in sounds[:MOST_CODES])


def _mixed(*parts: int) -> int:
    value = 0x243F6A8885A308D3
    for part in parts:
        value = ((value ^ part) * _MIX + (value >> 29)) & _MASK
    return value


def keys_of(person: Prepared, words: WordCodes) -> Iterator[int]:
    """The keys of one person."""
    groups = [words.codes(word) for word in person.name.tokens[:MOST_WORDS]]
    groups += [words.codes(word) for word in person.nickname[:1]]
    for first, second in combinations(groups, 2):
        for one in first:
            for other in second:
                yield _mixed(1, min(one, other), max(one, other))
    yield from _keys_with_birth(person.birth, groups)
    if person.mother and person.mother.given and groups:
        for group in groups[:3]:
            yield _mixed(3, group[0], words.codes(person.mother.given[0])[0])
    if person.phone:
        yield _mixed(4, int(person.phone[-7:]))
    if person.document:
        yield _mixed(5, hash_text(person.document))


def _keys_with_birth(birth: Birth | None, groups: list[tuple[int, ...]]) -> Iterator[int]:
    """A word with a birth day, whichever of day and month was written first."""
    if birth and birth.day:
        month_day = 40 * min(birth.month, birth.day) + max(birth.month, birth.day)
        for group in groups:
            yield _mixed(2, group[0], birth.year, month_day)


def hash_text(text: str) -> int:
    """A number for a text, the same in every process."""
    return int.from_bytes(text.encode()[:24], "little") % _MASK


def candidate_pairs(
    people: Sequence[Prepared],
    words: WordCodes,
    split_at: int | None = None,
    told: Callable[[int], None] | None = None,
    *,
    thorough: bool = False,
) -> tuple[Numbers, Numbers]:
    """Positions (left, right), left < right, of the pairs worth comparing; with `split_at` only across that
    border. `thorough` keeps also the pairs that share so little that they are hardly worth it.
    """
    keys, owners = _table(people, words, told)
    years = np.array([person.birth.year if person.birth else 0 for person in people], dtype=np.int64)
    long_lists = _group_sizes(keys) > CAP
    dated = long_lists & (years[owners] > 0)
    # A year and the one after it: two records born a year apart still meet in one list.
    split_keys = [keys[dated] * 31 + (years[owners[dated]] + shift) // 2 * 2 + shift * 7919 for shift in (0, 1)]
    keys = np.concatenate([keys[~long_lists], *split_keys])
    owners = np.concatenate([owners[~long_lists], owners[dated], owners[dated]])
    pairs, bits = _pairs_in_lists(keys, owners, len(people), split_at)
    if thorough:
        return pairs // max(len(people), 1), pairs % max(len(people), 1)
    return _worth(pairs, bits, years, len(people))


def _table(people: Sequence[Prepared], words: WordCodes, told: Callable[[int], None] | None) -> tuple[Numbers, Numbers]:
    keys: list[int] = []
    counts = np.zeros(len(people), dtype=np.int64)
    for number, person in enumerate(people):
        before = len(keys)
        keys.extend(set(keys_of(person, words)))
        counts[number] = len(keys) - before
        if told and number % 1000 == 0:
            told(number)
    return np.array(keys, dtype=np.int64), np.repeat(np.arange(len(people), dtype=np.int64), counts)


def _group_sizes(keys: Numbers) -> Numbers:
    _, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    sizes: Numbers = counts[inverse].astype(np.int64)
    return sizes


def _pairs_in_lists(
    keys: Numbers, owners: Numbers, people: int, split_at: int | None
) -> tuple[Numbers, npt.NDArray[np.float64]]:
    order = np.argsort(keys, kind="stable")
    keys, owners = keys[order], owners[order]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.empty(0, np.int64)
    sizes = np.diff(np.append(starts, len(keys)))
    pieces: list[Numbers] = []
    weights: list[npt.NDArray[np.float64]] = []
    for size, left, right in _meetings(owners, starts, sizes):
        kept = left != right if split_at is None else (left < split_at) & (right >= split_at)
        pieces.append(left[kept] * people + right[kept])
        weights.append(np.full(int(kept.sum()), np.log2(max(people, 2) / size)))
    if not pieces:
        return np.empty(0, np.int64), np.empty(0, np.float64)
    pairs, inverse = np.unique(np.concatenate(pieces), return_inverse=True)
    bits: npt.NDArray[np.float64] = np.bincount(inverse, weights=np.concatenate(weights)).astype(np.float64)
    return pairs, bits


def _meetings(owners: Numbers, starts: Numbers, sizes: Numbers) -> Iterator[tuple[int, Numbers, Numbers]]:
    """Who meets in the lists: everybody in a list up to the cap, only neighbours in a longer one.

    So a thousand identical rows still hang together, with a thousand pairs and not half a million.
    """
    for size in range(2, CAP + 1):
        chosen = starts[sizes == size]
        if len(chosen):
            members = np.sort(owners[chosen[:, None] + np.arange(size)], axis=1)
            for i, j in combinations(range(size), 2):
                yield size, members[:, i], members[:, j]
    for start, size in zip(starts[sizes > CAP].tolist(), sizes[sizes > CAP].tolist(), strict=True):
        members = owners[start : start + size]
        yield CAP, members[:-1], members[1:]


def _worth(pairs: Numbers, bits: npt.NDArray[np.float64], years: Numbers, people: int) -> tuple[Numbers, Numbers]:
    """Leaves out pairs that share little and were born years apart, before anything dear is done with
    them."""
    left, right = pairs // people, pairs % people
    both = (years[left] > 0) & (years[right] > 0)
    apart = np.where(both, np.abs(years[left] - years[right]), 1)
    kept = bits >= np.where(apart > 2, 2.0 * np.log2(max(people, 2)), min(FEWEST_BITS, np.log2(max(people, 2)) - 4))
    return left[kept], right[kept]
