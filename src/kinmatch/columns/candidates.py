"""Which pairs of a whole register are worth comparing: those that share a rare key and are no hopeless pair.

The work grows with the register and not with its square: a key's list is short or is cut up, and rows that are all the
same in name and birth hang together as a chain.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from kinmatch.columns.keying import Keyed
from kinmatch.columns.lookouts import word_codes
from kinmatch.columns.meeting import Meeting, pairs_in_lists
from kinmatch.columns.people import People
from kinmatch.columns.rough import make_rough
from kinmatch.weights import Weights

CAP = 60
# A pair whose rough weight lies so many bits below the threshold is not compared.
MARGIN = 7.0
_ROW_BITS, _ROW = 32, 0xFFFFFFFF
Pairs = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]


def candidate_pairs(
    people: People, weights: Weights, wanted: float, border: int = 0, *, thorough: bool = False
) -> Pairs:
    """Rows (left, right), left < right, of the pairs worth comparing; int32[k] each, in order, each pair once.

    `wanted` is how many bits a pair needs beside the prior to be told; with a `border` above 0 only pairs across that
    row are made. `thorough` keeps also hopeless pairs.
    """
    if len(people) < 2:
        return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32)
    tokens = people.tokens
    with ThreadPoolExecutor(1) as pool:
        chain, read = pool.submit(_chain, people, border), pool.submit(read_marks, people)
        codes = word_codes(tokens.tables, people.counts.given + people.counts.surname, tokens.order)
        marks = read.result()
    rough = make_rough(people, codes, marks, weights)
    least = -np.inf if thorough else wanted - MARGIN
    how = Meeting(rough.rows, rough.bits, rough.worth, np.float32(least), border, marks, CAP)
    pairs = pairs_in_lists(_keyed(people, codes, marks), how, chain.result())
    return (pairs >> _ROW_BITS).astype(np.int32), (pairs & _ROW).astype(np.int32)


def _keyed(people: People, codes: npt.NDArray[np.int32], marks: npt.NDArray[np.int32]) -> Keyed:
    return Keyed(
        people.given,
        people.surnames,
        people.married,
        people.nickname,
        codes,
        people.year,
        people.month,
        people.day,
        marks[4],
        people.phone,
        _document_digits(people),
    )


def _document_digits(people: People) -> npt.NDArray[np.int32]:
    """A number for the digits of each document whatever their order, so that two exchanged ones still meet."""
    held = np.ascontiguousarray(np.sort(people.documents, axis=1))
    if not len(held):
        return people.document
    _, number = np.unique(held.view(f"V{held.shape[1]}").reshape(-1), return_inverse=True)
    digits: npt.NDArray[np.int32] = np.append(number.reshape(-1), -1).astype(np.int32)[people.document]
    return digits


def read_marks(people: People) -> npt.NDArray[np.int32]:
    """By what long lists are cut, int32[6, n], -1 for unknown: two pairs of years, the rarest word of the place of
    birth and of the place, the sound of the mother's and the father's first name."""
    year = people.year.astype(np.int32)
    word = np.append(_rarest_words(people), np.int32(-1))
    return np.stack(
        [
            np.where(year > 0, year // 2, -1),
            np.where(year > 0, (year + 1) // 2, -1),
            word[people.birth_place],
            word[people.place],
            _first_sound(people, people.mother),
            _first_sound(people, people.father),
        ]
    ).astype(np.int32)


def _first_sound(people: People, rows: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """The sound of the first given name of a parent."""
    first = np.append(people.names.given[:, 0], np.int32(-1))[rows]
    sound = np.append(people.tokens.sound, np.int32(-1))
    return sound[first]


def _rarest_words(people: People) -> npt.NDArray[np.int32]:
    """The rarest word of each place, by how many live or were born at a place with it."""
    places = people.places
    if not places.texts:
        return np.empty(0, dtype=np.int32)
    held = np.bincount(np.concatenate([people.birth_place, people.place]) + 1, minlength=len(places.texts) + 1)[1:]
    owner = np.repeat(np.arange(len(places.texts)), np.diff(places.words_start))
    bearers = np.bincount(places.words, weights=held[owner], minlength=len(places.word_texts))
    order = np.lexsort((places.words, bearers[places.words], owner))
    found: npt.NDArray[np.int32] = places.words[order][places.words_start[:-1]]
    return found


def _chain(people: People, border: int) -> npt.NDArray[np.int64]:
    """Each row with the next one of the same name and birth: so a million identical rows hang together."""
    value = np.full(len(people), 0x243F6A8885A308D3, dtype=np.uint64)
    columns = [*people.given.T, *people.surnames.T, *people.married.T, people.year, people.month, people.day]
    for column in columns:
        value = (value ^ column.astype(np.int64).view(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        value ^= value >> np.uint64(29)
    order = np.argsort(value, kind="stable")
    same = (value[order[1:]] == value[order[:-1]]) & (people.given[order[1:], 0] >= 0)
    left, right = order[:-1][same].astype(np.int64), order[1:][same].astype(np.int64)
    across = (left < border) & (right >= border) if border else np.ones(len(left), dtype=np.bool_)
    chained: npt.NDArray[np.int64] = (left[across] << _ROW_BITS) | right[across]
    return chained
