"""Fits the shipped match weights on a mix of generated worlds and writes src/kinmatch/data/weights.toml.

Logistic regression in bits over the same terms that kinmatch weighs, with the prior of each world as a
fixed offset.
More agreement must never weigh less: where a fitted weight would break that order, the two weights are tied
together.
Run: python bench/fit_weights.py [worlds] [records per world, most]
"""

import sys
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np

from kinmatch.blocking import candidate_pairs
from kinmatch.index import Index
from kinmatch.pairing import Work
from kinmatch.prepare import Prepared
from kinmatch.synthetic import Profile, World, make_world, queries
from kinmatch.weights import SHIPPED, Weights

LN2 = np.log(2.0)
RIDGE = 10.0
SEARCHES = 150
ABSENT = 0.5
DROPPED = ("birth_date", "place", "birth_place", "mother", "father", "sex")
EASY, EASY_KEPT = -14.0, 6
GRADES = ("sounds", "variant", "nickname", "short", "near", "initial", "alike")
CHAINS = [
    *[[f"{role}.same", f"{role}.{grade}"] for role in ("given", "surname") for grade in GRADES],
    *[[f"{role}.partial", f"{role}.different"] for role in ("given", "surname")],
    [f"birth_date.{level}" for level in ["same", "swapped", "digit", "month", "year", "near_year", "different", "far"]],
    [f"birth_date.{level}" for level in ["same", "month_fits", "year_fits", "age_fits", "age_near", "different"]],
    [f"place.{level}" for level in ["same", "contained", "near", "different"]],
    [f"parent.{level}" for level in ["same", "near", "partial", "different"]],
    ["parent.near", "parent.surname", "parent.different"],
    *[[f"{field}.{level}" for level in ("same", "near", "different")] for field in ("phone", "document")],
    ["nickname.same", "nickname.fits", "nickname.different"],
]
AT_LEAST_0 = {
    "given.same",
    "surname.same",
    "nickname.fits",
    "relatives.same",
    "sex.same",
    "parent.same",
    "place.same",
    "place.contained",
}
AT_MOST_0 = {
    "relatives.different",
    "nickname.different",
    "sex.different",
    "phone.different",
    "document.different",
}
# Weights are learnt with this many expected matches per record and CONSTANT; then bench/calibrate.py finds the slope,
# `expected` and `growth` that are shipped, so that probabilities come true in registers of 1,000 to 100,000.
LEARNT_EXPECTED = 0.7
SLOPE, EXPECTED, GROWTH = 0.737, 0.0236, 0.333
CONSTANT = "prior.constant"
# Held by judgement, for generated worlds say too little of them: see the model card.
HELD = {
    CONSTANT: 0.415,
    "given.different": -8.0,
    "given.partial": -6.0,
    "given.held": -0.9,
    "namesake.rarity": -1.0,
    "surname.rarity": 0.35,
    "surname.crossed": -1.0,
    "birth_date.same": 12.5,
    "sex.same": 0.95,
    "family.rarity": -0.15,
    "family.surname": -0.5,
    "family.parent": -0.6,
    "family.place": -0.8,
    "family.birth": -6.5,
    "family.given": -4.0,
}
ENDS_AT_MOST_0 = ("partial", "held", "swapped", "crossed")


def sign_allowed(name: str, value: float) -> bool:
    section, level = name.split(".")
    is_end = section in ("given", "surname") and level in ENDS_AT_MOST_0
    if section in ("family", "namesake") or name in AT_MOST_0 or is_end:
        return value <= 0
    return value >= 0 if level == "rarity" or name in AT_LEAST_0 else True


def gather(weights: Weights, names: list[str], world: int, most: int) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(1000 + world)
    profile = Profile.drawn(rng)
    made = make_world(int(rng.uniform(most / 5, most)), 5000 + world, profile)
    rows = sorted(made.records, key=lambda record: record.record_id)
    work = Work(rows, weights, None)
    left, right = candidate_pairs(work.people, work.words, thorough=True)
    truth = made.truth()
    column = {name: n for n, name in enumerate(names)}
    x, y, importance = [], [], []
    for i, j in zip(left.tolist(), right.tolist(), strict=True):
        results = work.comparer.compare(work.people[i], work.people[j])
        same = (rows[i].record_id, rows[j].record_id) in truth
        easy = not same and work.comparer.weigh(results, len(rows)) < EASY
        if easy and (i * 7919 + j) % EASY_KEPT:
            continue
        line = np.zeros(len(names), dtype=np.float32)
        for result in results:
            for name, amount in result.terms:
                line[column[name]] += amount
        x.append(line)
        y.append(same)
        importance.append(EASY_KEPT if easy else 1)
    gather_searches(made, world, (column, x, y, importance))
    prior = np.full(len(x), np.log2(LEARNT_EXPECTED / len(rows)))
    print(f"world {world}: {len(rows)} records, {len(x)} pairs, {sum(y)} true, {profile}", flush=True)
    return np.array(x), np.array(y, dtype=np.float64), np.array(importance, dtype=np.float64), prior


def gather_searches(made: World, world: int, into: tuple[dict[str, int], list, list, list]) -> None:
    """Adds what searches compare: sparse questions with some fields asked and others not."""
    column, x, y, importance = into
    rng = np.random.default_rng(9000 + world)
    index = Index.from_records(made.records)
    person_of = {record.record_id: person for record, person in zip(made.records, made.persons, strict=True)}
    for query, record in queries(made, SEARCHES, 7000 + world):
        dropped = {field: "" for field in DROPPED if rng.random() < 0.3}
        asked = msgspec.structs.replace(query, relatives=(), **dropped)
        absent = rng.random() < ABSENT
        prepared = Prepared(asked, index.comparer.frequencies)
        for number, (stored, other) in enumerate(index.gathered(prepared)):
            same = person_of[stored.record_id] == person_of[record.record_id]
            if (stored.record_id == record.record_id and absent) or (number % 3 and not same):
                continue
            line = np.zeros(len(column), dtype=np.float32)
            for result in index.comparer.compare(prepared, other):
                for name, amount in result.terms:
                    line[column[name]] += amount
            x.append(line)
            y.append(same)
            importance.append(1 if same else 3)


def newton(data: tuple[np.ndarray, ...], start: np.ndarray, near: np.ndarray) -> np.ndarray:
    """The weights that fit best, held towards `start` by the ridge; `near` is where the search begins."""
    x, y, importance, prior = data
    weights = near.copy()
    for _ in range(25):
        expected = 1.0 / (1.0 + np.exp(-np.clip(LN2 * (prior + x @ weights), -40, 40)))
        gradient = LN2 * (x.T @ (importance * (expected - y))) + RIDGE * (weights - start)
        bend = importance * np.maximum(expected * (1 - expected), 1e-6)
        hessian = LN2 * LN2 * ((x * bend[:, None]).T @ x) + RIDGE * np.eye(len(weights))
        step = np.linalg.solve(hessian, gradient)
        weights -= np.clip(step, -2.0, 2.0)
        if np.abs(step).max() < 1e-3:
            break
    return weights


def fit(names: list[str], start: np.ndarray, data: tuple[np.ndarray, ...]) -> np.ndarray:
    """Fits, ties what is out of order or sets to 0 what has a forbidden sign, and fits again until all is
    in order."""
    x, y, importance, prior = data
    place = {name: n for n, name in enumerate(names)}
    group = list(range(len(names)))
    values = start
    fixed = {place[name]: value for name, value in HELD.items()}
    for _ in range(120):
        heads = sorted(set(group) - fixed.keys())
        offset = prior + sum(value * x[:, n].astype(np.float64) for n, value in fixed.items())
        merged = np.stack([x[:, [n for n, g in enumerate(group) if g == head]].sum(axis=1) for head in heads], axis=1)
        first = np.array([np.mean([start[n] for n, g in enumerate(group) if g == head]) for head in heads])
        near = np.array([np.mean([values[n] for n, g in enumerate(group) if g == head]) for head in heads])
        fitted = dict(zip(heads, newton((merged.astype(np.float64), y, importance, offset), first, near), strict=True))
        values = np.array([fitted.get(g, fixed.get(g, 0.0)) for g in group])
        if tie(names, group, values):
            continue
        wrong = [n for n, name in enumerate(names) if group[n] not in fixed and not sign_allowed(name, values[n])]
        if not wrong:
            return values
        fixed[group[max(wrong, key=lambda n: abs(values[n]))]] = 0.0
    return values


def tie(names: list[str], group: list[int], values: np.ndarray) -> bool:
    place = {name: n for n, name in enumerate(names)}
    for chain in CHAINS:
        for high, low in pairwise(chain):
            a, b = place[high], place[low]
            if values[b] > values[a] + 1e-9 and group[a] != group[b] and names[a] not in HELD and names[b] not in HELD:
                old = group[b]
                for n, g in enumerate(group):
                    if g == old:
                        group[n] = group[a]
                return True
    return False


def hold_family(table: dict[str, float]) -> None:
    """The correction never takes back more than what the family's agreement gave."""
    table["parent.rarity"] = max(table["parent.rarity"], 0.15)
    least = min(table[f"surname.{grade}"] for grade in ("same", "sounds", "variant", "near"))
    table["family.surname"] = max(table["family.surname"], -max(least, 0.0))
    table["family.rarity"] = max(table["family.rarity"], -min(table["surname.rarity"], table["parent.rarity"]))
    table["family.parent"] = max(table["family.parent"], -(table["parent.same"] - table["parent.partial"]))
    table["family.place"] = max(table["family.place"], -table["place.contained"])
    table["family.phone"] = max(table["family.phone"], -table["phone.same"])
    table["family.relatives"] = max(table["family.relatives"], -table["relatives.same"])
    fits = max(table[f"birth_date.{level}"] for level in ("month_fits", "year_fits", "age_fits", "month"))
    table["family.birth"] = max(table["family.birth"], fits - table["birth_date.same"])


def write(table: dict[str, float], card: str) -> None:
    lines = [*(f"# {line}".rstrip() for line in card.splitlines()), "", "[model]"]
    lines += [f'version = "{datetime.now(UTC):%Y-%m-%d}"', f"expected = {EXPECTED}", f"growth = {GROWTH}"]
    section = ""
    for name, value in table.items():
        head, level = name.split(".")
        if head != section:
            section = head
            lines += ["", f"[{section}]"]
        lines.append(f"{level} = {round(value * SLOPE, 2)}")
    SHIPPED.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(worlds: int, most: int) -> None:
    weights = Weights.shipped()
    names = list(weights.table)
    parts = [gather(weights, names, world, most) for world in range(worlds)]
    data = tuple(np.concatenate(column) for column in zip(*parts, strict=True))
    constant = (np.hstack([data[0], np.ones((len(data[0]), 1), dtype=np.float32)]), *data[1:])
    start = np.array([*(weights.table[name] / SLOPE for name in names), 0.0])
    table = dict(zip([*names, CONSTANT], fit([*names, CONSTANT], start, constant).tolist(), strict=True))
    del table[CONSTANT]
    hold_family(table)
    card = (Path(__file__).parent / "model-card.txt").read_text(encoding="utf-8")
    write(table, card)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12, int(sys.argv[2]) if len(sys.argv) > 2 else 20000)
