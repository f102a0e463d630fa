"""How rare each word is in a register: the counts and the bits of `kinmatch.frequencies`, over numbers."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kinmatch.columns.compiled import Array, compiled
from kinmatch.columns.dictionary import Tokens
from kinmatch.frequencies import GIVEN, LEAST_BITS, MOST_BITS, SURNAME, TABLE_WEIGHT


class Counts(NamedTuple):
    """How many rows bear each word (int64[T]) and each sound (int64[S]) as a given name and as a surname, and how many
    have any."""

    given: npt.NDArray[np.int64]
    given_sounds: npt.NDArray[np.int64]
    givens: int
    surname: npt.NDArray[np.int64]
    surname_sounds: npt.NDArray[np.int64]
    surnames: int


@compiled
def _is_again(row: Array, at: int) -> bool:
    k = 0
    while k < at and row[k] != row[at]:
        k += 1
    return k < at


@compiled
def _count(rows: Array, sound: Array, words: Array, sounds: Array) -> int:
    total = 0
    for row in rows:
        total += row[0] >= 0
        for at in range(len(row)):
            if row[at] >= 0 and not _is_again(row, at):
                words[row[at]] += 1
                sounds[sound[row[at]]] += 1
    return total


def count_names(given: npt.NDArray[np.int32], surnames: npt.NDArray[np.int32], tokens: Tokens) -> Counts:
    """Counts the words of given names (int32[n, 6]) and of surnames, each once a row."""
    found = []
    for rows in (given, surnames):
        words = np.zeros(len(tokens), dtype=np.int64)
        sounds = np.zeros(len(tokens.sound_texts), dtype=np.int64)
        found.append((words, sounds, int(_count(rows, tokens.sound, words, sounds))))
    return Counts(*found[0], *found[1])


def name_bits(counts: Counts, tokens: Tokens) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """The rarity of every word as a given name and as a surname, in bits (`Frequencies.bits`)."""
    sound = tokens.sound
    return (
        _bits(GIVEN, tokens.given_base, counts.given, counts.given_sounds[sound], counts.givens),
        _bits(SURNAME, tokens.surname_base, counts.surname, counts.surname_sounds[sound], counts.surnames),
    )


def _bits(
    role: str,
    base: npt.NDArray[np.float64],
    words: npt.NDArray[np.int64],
    sounds: npt.NDArray[np.int64],
    total: int,
) -> npt.NDArray[np.float32]:
    """A word of the table (base above 0) has its own share; another one that of all which sound like it."""
    weight = TABLE_WEIGHT[role]
    share = (np.where(base > 0, words, sounds) + weight * np.abs(base)) / (total + weight)
    return (np.clip(-np.log2(share), LEAST_BITS, MOST_BITS) - LEAST_BITS).astype(np.float32)
