"""Fits the step that makes probabilities come true: one slope for all evidence, and the prior's growth.

Evidence that is added up counts what hangs together more than once, so it is worth less than its sum; and a pair of a
larger register is less likely by less than its size says, for a part of that is in the rarity of names already.
weight = slope * evidence + log2(expected) - growth * log2(records): monotone, and it adds up. Sizes count equally.

The slope is multiplied into all weights of src/kinmatch/data/weights.toml; after that this prints a slope near 1.
Seeds are not those of `kinmatch bench` or of fit_weights.py.
Run: python bench/calibrate.py [largest size]
"""

import sys

import numpy as np

from kinmatch.blocking import candidate_pairs
from kinmatch.pairing import Work
from kinmatch.synthetic import Profile, make_world
from kinmatch.weights import Weights

LN2 = np.log(2.0)
WORLDS = {1000: 12, 2500: 6, 8000: 3, 25000: 2, 100_000: 1}
# Weights further from even odds than this are settled and say nothing of the middle.
SETTLED = 8.0


def gather(size: int, seed: int, profile: Profile) -> np.ndarray:
    """Rows of (evidence in bits, log2 of the records, whether it is one person) for the unsettled pairs of a world."""
    weights = Weights.shipped()
    made = make_world(size, seed, profile)
    rows = sorted(made.records, key=lambda record: record.record_id)
    work = Work(rows, weights, None)
    truth, prior = made.truth(), weights.prior(len(rows))
    found = []
    for i, j in zip(*(side.tolist() for side in candidate_pairs(work.people, work.words)), strict=True):
        weight = work.comparer.weigh(work.comparer.compare(work.people[i], work.people[j]), len(rows))
        if abs(weight) < SETTLED:
            same = (rows[i].record_id, rows[j].record_id) in truth
            found.append((weight - prior, np.log2(len(rows)), same))
    return np.array(found, dtype=np.float64)


def _profile(size: int, number: int) -> Profile:
    return Profile.drawn(np.random.default_rng(size + number)) if number % 2 else Profile()


def fit(rows: np.ndarray, importance: np.ndarray) -> np.ndarray:
    """Slope, log2(expected) and -growth, by logistic regression in bits."""
    x = np.stack([rows[:, 0], np.ones(len(rows)), rows[:, 1]], axis=1) * LN2
    values = np.zeros(3)
    for _ in range(40):
        chance = 1.0 / (1.0 + np.exp(-np.clip(x @ values, -40, 40)))
        bend = (x * (importance * chance * (1 - chance))[:, None]).T @ x
        values -= np.linalg.solve(bend + 1e-9 * np.eye(3), x.T @ (importance * (chance - rows[:, 2])))
    return values


def main(largest: int) -> None:
    parts = []
    for size, count in WORLDS.items():
        if size <= largest:
            worlds = [gather(size, 31_000 + size + n, _profile(size, n)) for n in range(count)]
            parts.append(np.concatenate(worlds))
            print(f"{count} worlds of {size}: {len(parts[-1])} unsettled pairs", flush=True)
    importance = np.concatenate([np.full(len(part), 1000.0 / len(part)) for part in parts])
    slope, constant, growth = fit(np.concatenate(parts), importance)
    print(f"slope {slope:.3f}, expected {2**constant:.4f}, growth {-growth:.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else max(WORLDS))
