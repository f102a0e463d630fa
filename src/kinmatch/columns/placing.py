"""Places as in `kinmatch.places`: each distinct cell read once, each distinct place a row of words."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars

from kinmatch.columns.cells import empty_store, number_cells, read_cells
from kinmatch.columns.dictionary import code_points
from kinmatch.frequencies import LEAST_BITS, MOST_BITS, PLACE, TABLE_WEIGHT, UNKNOWN_SHARE
from kinmatch.places import GENERIC, place_words
from kinmatch.sounds import Sounds, sound


@dataclass(frozen=True, slots=True)
class Places:
    """P distinct places and the W distinct words in them.

    The words of place p are `words[words_start[p]:words_start[p + 1]]` in the order of their texts; `letters` (with
    `letters_start`) are the code points of these joined by blanks; `bits` is the rarity of a place in the register.
    """

    texts: list[str]
    word_texts: list[str]
    generic: npt.NDArray[np.bool_]
    words_start: npt.NDArray[np.int64]
    words: npt.NDArray[np.int32]
    letters_start: npt.NDArray[np.int64]
    letters: npt.NDArray[np.int32]
    bits: npt.NDArray[np.float32]


_GENERIC_SOUNDS = frozenset(sound(word) for word in GENERIC)


class PlaceBook:
    """The distinct places met so far, by their words."""

    def __init__(self) -> None:
        self.ids: dict[tuple[str, ...], int] = {}
        self._sounds = Sounds()

    def number(self, text: str) -> int:
        """The place's number, or -1 where it has no words."""
        words = place_words(text, self._sounds)
        return self.ids.setdefault(words, len(self.ids)) if words else -1

    def places(self, birth_place: npt.NDArray[np.int32], place: npt.NDArray[np.int32]) -> Places:
        """The places with their rarity among the rows whose places these are."""
        word_ids = {word: number for number, word in enumerate(sorted({word for words in self.ids for word in words}))}
        start = np.zeros(len(self.ids) + 1, dtype=np.int64)
        np.cumsum([len(words) for words in self.ids], out=start[1:])
        texts = [" ".join(words) for words in self.ids]
        generic = np.array([word in _GENERIC_SOUNDS for word in word_ids], dtype=np.bool_)
        words = np.array([word_ids[word] for words in self.ids for word in words], dtype=np.int32)
        bits = place_bits(*place_counts(birth_place, place, len(texts)))
        return Places(texts, list(word_ids), generic, start, words, *code_points(texts), bits)


def place_counts(
    birth_place: npt.NDArray[np.int32], place: npt.NDArray[np.int32], size: int
) -> tuple[npt.NDArray[np.int64], int]:
    """How many rows name each place, and how many name any."""
    again = np.where(place == birth_place, -1, place)
    counts = np.zeros(size + 1, dtype=np.int64)
    for column in (birth_place, again):
        counts += np.bincount(column + 1, minlength=size + 1)
    return counts[1:], int(((birth_place >= 0) | (place >= 0)).sum())


def place_bits(counts: npt.NDArray[np.int64], total: int) -> npt.NDArray[np.float32]:
    """The rarity of places in bits, as `Frequencies.bits`."""
    weight = TABLE_WEIGHT[PLACE]
    share = (counts + weight * UNKNOWN_SHARE[PLACE]) / (total + weight)
    bits: npt.NDArray[np.float32] = (np.clip(-np.log2(share), LEAST_BITS, MOST_BITS) - LEAST_BITS).astype(np.float32)
    return bits


def read_places(
    birth_place: polars.Series, place: polars.Series
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Places]:
    """The place of each cell of two columns (-1 for none), and the places."""
    book = PlaceBook()
    store = empty_store()
    numbers: list[int] = []
    found = []
    for column in (birth_place, place):
        cells = read_cells(column)
        ids, fresh, store = number_cells(cells.data, cells.start, store)
        numbers += [book.number(cells.text(row)) for row in fresh.tolist()]
        found.append(np.array(numbers, dtype=np.int32)[ids] if len(ids) else ids)
    return found[0], found[1], book.places(found[0], found[1])
