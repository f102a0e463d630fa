"""Pairs of generated worlds as bench/fit_weights.py learns from them: what each weight counts in a pair, and the truth.

The amounts come from the kernels themselves: a pair's weight is the sum of its terms, so a weight moved by a little
moves the pair's by as much as its amount.
"""

from typing import NamedTuple

import numpy as np
import polars

from kinmatch import synthetic
from kinmatch.columns.candidates import candidate_pairs
from kinmatch.columns.comparing import compare
from kinmatch.columns.people import People
from kinmatch.weights import Weights
from kinmatch.worlds.making import make_world
from kinmatch.worlds.naming import held_out, names
from kinmatch.worlds.rates import Rates

STEP = 1 / 64
LEAST = -9.0  # bits below even odds: pairs that weigh less are few in what is learnt from
MOST_SAME, MOST_NEAR, MOST_FAR = 12_000, 20_000, 3_000
BLANKED = ("birth_date", "place", "birth_place", "mother", "father", "sex")
SMALLEST, LARGEST = 1_500, 150_000
PLAIN, MOST_PLAIN = 500, 25_000  # worlds from this number on are of the plain generator (kinmatch.synthetic)
EACH_LARGE = 13  # one world in so many is two to four times as large as the others may be


class Part(NamedTuple):
    """Pairs of one world: `amounts` float32[k, weights], `levels` uint8[k, 13], `same` bool[k], `importance` float32[k]
    (how many pairs each stands for) and how many records the world has."""

    amounts: np.ndarray
    levels: np.ndarray
    same: np.ndarray
    importance: np.ndarray
    records: int


def draw_world(number: int, largest: int = LARGEST) -> tuple[str, int, Rates]:
    """The naming, size and rates of a world of the mix."""
    rng = np.random.default_rng([17, number])
    learnt_from = [name for name in names() if name not in held_out()]
    least, most = (SMALLEST, largest) if number % EACH_LARGE else (2 * largest, 4 * largest)
    size = int(np.exp(rng.uniform(np.log(least), np.log(most))))
    return learnt_from[number % len(learnt_from)], size, Rates.drawn(rng)


def sparser(frame: polars.DataFrame, rng: np.random.Generator) -> polars.DataFrame:
    """In some worlds half of the records say little, as questions do."""
    if rng.random() < 0.65:
        return frame
    sparse = polars.Series(rng.random(frame.height) < 0.5)
    gone = [name for name in BLANKED if name in frame.columns and rng.random() < 0.4]
    blank = [polars.when(sparse).then(polars.lit("")).otherwise(polars.col(name)).alias(name) for name in gone]
    return frame.with_columns(blank)


def gather(number: int, weights: Weights, largest: int = LARGEST) -> Part:
    """The pairs of world `number`."""
    rng = np.random.default_rng([18, number])
    people, person = _plain_world(number) if number >= PLAIN else _world(number, largest, rng)
    size = len(person)
    left, right = candidate_pairs(people, weights, LEAST - weights.prior(size))
    _, weight = compare(people, left, right, weights, size)
    chosen, importance = _sample(person[left] == person[right], weight, rng)
    left, right = left[chosen], right[chosen]
    same = person[left] == person[right]
    amounts, levels = count_terms(people, left, right, weights)
    return Part(amounts, levels, same, importance, size)


def _world(number: int, largest: int, rng: np.random.Generator) -> tuple[People, np.ndarray]:
    naming, size, rates = draw_world(number, largest)
    world = make_world(naming, size, 50_000 + number, rates)
    frame = world.people.with_columns(polars.col("age").cast(polars.String).fill_null(""))
    return People.from_frame(sparser(frame, rng)), world.person


def _plain_world(number: int) -> tuple[People, np.ndarray]:
    """A world of the other generator, whose brothers and sisters may have one first name and share a telephone."""
    rng = np.random.default_rng([19, number])
    size = int(np.exp(rng.uniform(np.log(SMALLEST), np.log(MOST_PLAIN))))
    made = synthetic.make_world(size, 5_000 + number, synthetic.Profile.drawn(rng))
    rows = sorted(zip(made.records, made.persons, strict=True), key=lambda row: row[0].record_id)
    return People.from_records([record for record, _ in rows]), np.array([person for _, person in rows])


def _sample(same: np.ndarray, weight: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    chosen, importance = [], []
    near = ~same & (weight >= LEAST)
    for group, most in ((same, MOST_SAME), (near, MOST_NEAR), (~same & ~near, MOST_FAR)):
        rows = np.flatnonzero(group)
        some = rows if len(rows) <= most else np.sort(rng.choice(rows, most, replace=False))
        chosen.append(some)
        importance.append(np.full(len(some), len(rows) / max(len(some), 1), dtype=np.float32))
    return np.concatenate(chosen), np.concatenate(importance)


def count_terms(people: People, left: np.ndarray, right: np.ndarray, weights: Weights) -> tuple[np.ndarray, np.ndarray]:
    """How often each weight of the table counts in each pair, and the levels of the pairs."""
    levels, before = compare(people, left, right, weights, 1)
    amounts = np.empty((len(left), len(weights.table)), dtype=np.float32)
    for column, (name, value) in enumerate(weights.table.items()):
        moved = Weights(weights.version, weights.expected, {**weights.table, name: value + STEP}, weights.growth)
        _, after = compare(people, left, right, moved, 1)
        amounts[:, column] = np.round((after - before) / STEP, 2)
    return amounts, levels
