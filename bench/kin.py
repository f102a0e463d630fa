"""What evidence of kin adds: recall at the proposals' threshold and wrong proposals, on generated families.

`python -m bench.kin` measures and writes bench/results/kin.txt; `--fit` prints the weights that a world of another
seed gives: logistic regression with the engine's own bits as an offset, so that what names said already counts once.
"""

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import django
import numpy as np

import kinmatch
from bench.families import Families, Household, Parted
from kinmatch.kin.around import Asking, Beside, families
from kinmatch.kin.family import scale_of

FIT_SEED, SEED = 41, 97
FIT_REQUESTS, REQUESTS = 12_000, 2_000
BACKGROUND = 3_000
CANDIDATES, LEAST = 20, 0.01  # as the product searches
RIDGE = 0.1


@dataclass(frozen=True, slots=True)
class Pair:
    """A request's sought person and one candidate: bits by names alone, what the families say, and the truth."""

    request: int
    base: float
    family: Any
    is_same: bool
    is_kin: bool
    is_twin: bool


def world(seed: int, requests: int) -> tuple[list[Parted], dict[str, Household], kinmatch.Index]:
    """Requests, and everybody who is here, by household."""
    made = Families(seed)
    parted, houses = [], list(made.background(BACKGROUND))
    for _one in range(requests):
        request, here = made.part()
        parted.append(request)
        houses.append(here)
    by_member = {one.record_id: house for house in houses for one in house.members}
    return parted, by_member, kinmatch.Index.from_records(one for house in houses for one in house.members)


def pairs_of(seed: int, requests: int) -> list[Pair]:
    """All candidates that the search gives for each request, compared as the product compares."""
    scoring = import_module("posada.family.matching.scoring")
    parted, by_member, index = world(seed, requests)
    found = []
    for number, request in enumerate(parted):
        asking = Asking(request.enquirer, request.relation, tuple(request.with_enquirer), tuple(request.also_sought))
        for hit in index.search(request.sought, CANDIDATES, LEAST):
            candidate, house = index.record(hit.record_id), by_member[hit.record_id]
            others = [one for one in house.members if one.record_id != hit.record_id]
            wanted = [one for who, seeks in house.seeks.items() if who != hit.record_id for one in seeks]
            explained = kinmatch.explain(
                request.sought, candidate, register_size=max(scoring.SMALLEST_REGISTER, len(index))
            )
            family = families(request.sought, candidate, asking, Beside(tuple(others), tuple(wanted)))
            found.append(
                Pair(
                    number,
                    explained.weight,
                    family,
                    hit.record_id == request.truth,
                    hit.record_id in request.kin_ids,
                    hit.record_id in request.twin_ids,
                )
            )
    return found


def fit(pairs: list[Pair], names: list[str]) -> np.ndarray:
    """Weights in bits for each level, by logistic regression; the engine's bits are the offset."""
    x = np.array([[name in one.family.levels for name in names] + [True] for one in pairs], dtype=float) * np.log(2.0)
    offset = np.array([one.base for one in pairs]) * np.log(2.0)
    same = np.array([one.is_same for one in pairs], dtype=float)
    values = np.zeros(x.shape[1])
    for _step in range(60):
        chance = 1.0 / (1.0 + np.exp(-np.clip(x @ values + offset, -40, 40)))
        bend = (x * (chance * (1 - chance))[:, None]).T @ x + RIDGE * np.log(2.0) ** 2 * np.eye(len(values))
        values += np.linalg.solve(bend, x.T @ (same - chance) - RIDGE * np.log(2.0) ** 2 * values)
    return values


def show_fit() -> None:
    """Print the measured weight of each level, and how often it is seen on either side."""
    pairs, names = pairs_of(FIT_SEED, FIT_REQUESTS), list(scale_of("request").levels)
    values = fit(pairs, names)
    print(f"seed {FIT_SEED}, {FIT_REQUESTS} requests, {len(pairs)} pairs, {sum(one.is_same for one in pairs)} the same")
    for name, value in zip([*names, "(rest)"], values, strict=True):
        seen = [one for one in pairs if name in one.family.levels]
        same = sum(one.is_same for one in seen)
        print(f"{name:16} {value:+6.2f} bits   seen with {same} that are the same and {len(seen) - same} that are not")


def lines_of(pairs: list[Pair], requests: int, findable: int) -> list[str]:
    """Recall and wrong proposals, with kin and without, and what became of brothers, sisters and twins."""
    kin, bands = import_module("posada.family.matching.kin"), import_module("posada.family.rules.bands")
    lines = []
    for title, uses in (("names alone", False), ("with kin", True)):
        weights = [one.base + (kin.held_back(one.base, one.family.weight) if uses else 0.0) for one in pairs]
        chances = [1.0 / (1.0 + 2.0**-weight) for weight in weights]
        proposed = [(one, chance) for one, chance in zip(pairs, chances, strict=True) if chance >= bands.THRESHOLD]
        right = sum(one.is_same for one, _chance in proposed)
        very = [one for one, chance in proposed if chance >= bands.VERY_LIKELY]
        wrong_kin = sum(one.is_kin and not one.is_same for one, _chance in proposed)
        lines += [
            f"{title}: found {right} of {findable} who are here ({100 * right / findable:.1f} %)",
            (
                f"{title}: wrong proposals {len(proposed) - right}, {(len(proposed) - right) / requests:.3f} a request;"
                f" of them relatives {wrong_kin}"
            ),
            (
                f"{title}: very likely {len(very)}, of them wrong {sum(not one.is_same for one in very)}"
                f" (relatives {sum(one.is_kin and not one.is_same for one in very)},"
                f" twins {sum(one.is_twin and not one.is_same for one in very)})"
            ),
        ]
    same = [one.is_same for one in pairs]
    for title, weights in (
        ("names alone", [one.base for one in pairs]),
        ("with kin", [one.base + one.family.weight for one in pairs]),
        ("with kin, held back", [one.base + kin.held_back(one.base, one.family.weight) for one in pairs]),
    ):
        lines.append(f"{title}: recall at a precision of .99: {recall_at(weights, same, findable):.3f}")
    lifted = [one for one in pairs if one.is_kin and not one.is_same and one.base < np.log2(9.0)]
    over = sum(one.base + kin.held_back(one.base, one.family.weight) >= np.log2(9.0) for one in lifted)
    lines.append(
        f"relatives whom names do not make very likely: {len(lifted)}, made very likely by shared family: {over}"
    )
    return lines


def recall_at(weights: list[float], same: list[bool], findable: int, precision: float = 0.99) -> float:
    """The largest share of those who are here that a threshold finds with at least this precision."""
    right = np.array(same)[np.argsort(-np.array(weights), kind="stable")]
    hits = np.cumsum(right)
    return float(hits[hits >= precision * np.arange(1, len(right) + 1)].max(initial=0)) / findable


def main() -> None:
    """Measure, print, and write the result."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("POSADA_SITE", str(Path(folder) / "site"))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "posada.config.settings")
        django.setup()
        if "--fit" in sys.argv:
            show_fit()
            return
        began = time.perf_counter()
        pairs = pairs_of(SEED, REQUESTS)
        findable = sum(bool(one.truth) for one in world(SEED, REQUESTS)[0])
        twins = sum(one.is_twin for one in pairs)
        text = "\n".join(
            [
                f"Evidence of kin on generated families: seed {SEED}, {REQUESTS} requests, {BACKGROUND} others here,",
                (
                    f"{len(pairs)} pairs compared, twins of the sought person among them {twins},"
                    f" {time.perf_counter() - began:.0f} s"
                ),
                *lines_of(pairs, REQUESTS, findable),
                "",
            ]
        )
    sys.stdout.write(text)
    (Path(__file__).parent / "results" / "kin.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
