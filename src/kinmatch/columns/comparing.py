"""Compares pairs of people on all threads: columns in, levels and weights out."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from kinmatch.columns.attribute_kernel import BirthColumns, PlaceColumns
from kinmatch.columns.grading import glances
from kinmatch.columns.kernels import NameColumns, Others, Table, compare_run
from kinmatch.columns.levels import flat_weights
from kinmatch.columns.meeting import workers
from kinmatch.columns.name_kernel import Lexicon
from kinmatch.columns.people import People
from kinmatch.columns.placing import Places
from kinmatch.compare.comparer import FIELDS
from kinmatch.weights import Weights

LETTER_KINDS = 32
TOGETHER = 16_384
Levels = npt.NDArray[np.uint8]
Bits = npt.NDArray[np.float32]


def make_table(people: People) -> Table:
    """The columns of people as the kernels take them."""
    names = people.names
    return Table(
        NameColumns(people.given, people.surnames, people.married, people.guessed),
        NameColumns(names.given, names.surnames, names.married, names.guessed),
        BirthColumns(people.year, people.month, people.day, people.earliest, people.latest, people.age),
        _place_columns(people.places),
        Others(
            people.nickname,
            people.sex,
            people.has_birth,
            people.birth_place,
            people.place,
            people.mother,
            people.father,
            people.relatives_start,
            people.relatives,
            people.phone,
            people.document,
            people.documents,
        ),
    )


def _place_columns(places: Places) -> PlaceColumns:
    owner = np.repeat(np.arange(len(places.texts)), np.diff(places.letters_start))
    kinds = np.bincount(
        owner * LETTER_KINDS + places.letters % LETTER_KINDS, minlength=len(places.texts) * LETTER_KINDS
    )
    counts = kinds.astype(np.uint16).reshape(-1, LETTER_KINDS)
    return PlaceColumns(
        places.generic,
        places.words_start,
        places.words,
        places.letters_start,
        places.letters,
        counts,
        places.bits,
    )


def make_lexicon(people: People, weights: Weights) -> Lexicon:
    """The dictionary and the weights as the kernels take them; each thread makes its own room."""
    tokens = people.tokens
    nothing = np.empty((0, 0), dtype=np.int32)
    bits = np.stack([tokens.given_bits, tokens.surname_bits])
    return Lexicon(tokens.tables, tokens.order, bits, flat_weights(weights), nothing, nothing, glances(tokens.tables))


def compare(
    people: People,
    left: npt.NDArray[np.int32],
    right: npt.NDArray[np.int32],
    weights: Weights,
    size: int,
) -> tuple[Levels, Bits]:
    """The levels (uint8[k, 13], numbers of `levels.LEVELS`) and the weights in bits (float32[k]) of the pairs of rows
    left[k], right[k]; `size` is the register's, for the prior."""
    table, lexicon, prior = make_table(people), make_lexicon(people, weights), weights.prior(size)
    levels = np.empty((len(left), len(FIELDS)), dtype=np.uint8)
    weight = np.empty(len(left), dtype=np.float32)

    def run(at: int) -> None:
        part = slice(at, at + TOGETHER)
        compare_run(lexicon, table, left[part], right[part], prior, levels[part], weight[part])

    with ThreadPoolExecutor(workers()) as pool:
        list(pool.map(run, range(0, len(left), TOGETHER)))
    return levels, weight
