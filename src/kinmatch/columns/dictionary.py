"""The distinct words of a register, each folded, sounded and looked up once."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars

from kinmatch.columns.compiled import Array
from kinmatch.columns.grading import GradeTables
from kinmatch.compare.grades import nicknames, variants
from kinmatch.frequencies import GIVEN, SURNAME, UNKNOWN_SHARE, shares, sound_shares
from kinmatch.names import PARTICLES, TITLES
from kinmatch.sounds import sound_all

PARTICLE, TITLE, OF = 1, 2, 4
FIRST_IDEOGRAM = 0x3000
LEAST_LEAN = 2e-6


@dataclass(frozen=True, slots=True)
class Tokens:
    """T distinct words with S distinct sounds, one row each.

    `kind` has PARTICLE, TITLE and OF as bits; `lean` is positive for a given name and negative for a surname; the
    `..._base` columns are shares of bearers in the shipped table (by word, and below 0 by sound for words that it does
    not hold); the `..._bits` are the rarity in a register, once counted. `order` is the rank of the text, `first` its
    first letter (-1 where an initial stands for nothing), `length` its letters.
    """

    texts: list[str]
    sound_texts: list[str]
    sound: npt.NDArray[np.int32]
    order: npt.NDArray[np.int32]
    first: npt.NDArray[np.int16]
    length: npt.NDArray[np.int16]
    is_known: npt.NDArray[np.bool_]
    kind: npt.NDArray[np.uint8]
    lean: npt.NDArray[np.float64]
    given_base: npt.NDArray[np.float64]
    surname_base: npt.NDArray[np.float64]
    given_bits: npt.NDArray[np.float32]
    surname_bits: npt.NDArray[np.float32]
    tables: GradeTables

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def sound_start(self) -> Array:
        """Where the letters of each sound begin in `sound_letters`, int64[S + 1]."""
        return self.tables.sound_start

    @property
    def sound_letters(self) -> Array:
        """The code points of the sounds, int32."""
        return self.tables.sound_letters


def make_tokens(texts: Sequence[str]) -> Tokens:
    """The dictionary of these distinct, folded words; ids are their positions."""
    words = list(texts)
    sound_texts, sound = _sounds(words)
    letters_start, letters = code_points(words)
    known, lean, given_base, surname_base = _shares(words, sound_texts, sound)
    first = _initials(letters, letters_start)
    tables = GradeTables(
        letters_start,
        letters,
        sound,
        *(sound_columns := code_points(sound_texts)),
        _signatures(letters_start, letters),
        _signatures(*sound_columns),
        known,
        first.astype(np.int32),
        *_links(words),
    )
    kind = np.array([_kind(word) for word in words], dtype=np.uint8)
    bits = np.zeros((2, len(words)), dtype=np.float32)
    return Tokens(
        words,
        sound_texts,
        sound,
        _ranks(words),
        first,
        np.diff(letters_start).astype(np.int16),
        known,
        kind,
        lean,
        given_base,
        surname_base,
        bits[0],
        bits[1],
        tables,
    )


def code_points(texts: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Where each text begins (int64[n + 1]) and the code points of all, one after the other."""
    start = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)), out=start[1:])
    return start, np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.int32).copy()


def _sounds(words: list[str]) -> tuple[list[str], npt.NDArray[np.int32]]:
    keys = sound_all(words)
    numbers: dict[str, int] = {}
    sound = np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int32)
    return list(numbers), sound


def _shares(
    words: list[str], sound_texts: list[str], sound: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Whether a table holds each word, its lean, and its base share as a given name and as a surname.

    A word that the table does not hold is as frequent as all that sound like it: its base is below 0, to tell.
    """
    columns = []
    known = np.zeros(len(words), dtype=np.bool_)
    shipped = []
    for role in (GIVEN, SURNAME):
        table, by_sound = shares()[role], sound_shares(role)
        own = np.array([table.get(word, 0.0) for word in words], dtype=np.float64)
        heard = np.array([by_sound.get(text, 0.0) for text in sound_texts], dtype=np.float64)
        known |= np.array([word in table for word in words], dtype=np.bool_)
        columns.append(np.where(own > 0, own, -np.maximum(heard[sound], UNKNOWN_SHARE[role])))
        shipped.append(own)
    lean = np.array([math.log2((g + LEAST_LEAN) / (s + LEAST_LEAN)) for g, s in zip(*shipped, strict=True)])
    return known, lean, columns[0], columns[1]


def _initials(letters: npt.NDArray[np.int32], start: npt.NDArray[np.int64]) -> npt.NDArray[np.int16]:
    """The first letter of each word, or -1 where it is no letter of an alphabet."""
    if not len(letters):
        return np.empty(0, dtype=np.int16)
    first = letters[start[:-1]]
    known = {int(point): chr(point).isalpha() and point < FIRST_IDEOGRAM for point in np.unique(first)}
    return np.array([point if known[point] else -1 for point in first.tolist()], dtype=np.int16)


def _signatures(start: npt.NDArray[np.int64], letters: npt.NDArray[np.int32]) -> npt.NDArray[np.uint64]:
    """The set of each word's letters as 64 bits; far letters may share a bit."""
    bits = np.left_shift(np.uint64(1), (letters % 61).astype(np.uint64))
    found = np.zeros(len(start) - 1, dtype=np.uint64)
    filled = np.flatnonzero(np.diff(start))
    if len(filled):
        found[filled] = np.bitwise_or.reduceat(bits, start[:-1][filled])
    return found


def _links(words: list[str]) -> tuple[Array, Array, Array, Array]:
    """For each word the words that it is a call-name of, and its groups of spellings, each as starts and values."""
    ids = {word: number for number, word in enumerate(words)}
    formals = {
        ids[short]: sorted(ids[name] for name in names if name in ids)
        for short, names in nicknames().items()
        if short in ids
    }
    groups = {ids[spelling]: sorted(found) for spelling, found in variants().items() if spelling in ids}
    return (*_rows(formals, len(words)), *_rows(groups, len(words)))


def _rows(lists: dict[int, list[int]], size: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    start = np.zeros(size + 1, dtype=np.int64)
    for row, values in lists.items():
        start[row + 1] = len(values)
    np.cumsum(start, out=start)
    return start, np.array([value for row in sorted(lists) for value in lists[row]], dtype=np.int32)


def _kind(word: str) -> int:
    return PARTICLE * (word in PARTICLES) + TITLE * (word in TITLES) + OF * (word == "de")


def _ranks(words: list[str]) -> npt.NDArray[np.int32]:
    order = polars.Series(words, dtype=polars.String).arg_sort().to_numpy()
    ranks = np.empty(len(words), dtype=np.int32)
    ranks[order] = np.arange(len(words), dtype=np.int32)
    return ranks
