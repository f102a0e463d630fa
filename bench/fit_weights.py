"""Fits the shipped match weights on a mix of generated worlds and writes src/kinmatch/data/weights.toml.

Logistic regression in bits over the terms that kinmatch weighs, all at once and together with the prior and its growth
with the register; so probabilities come true on the mix without a step of their own. The rules of weight_rules.py are
held by a stiff penalty.
Run: python -m bench.fit_weights FOLDER [WORLDS] [WEIGHTS FILE]   (worlds already gathered in the folder are read again)
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench.weighed_worlds import PLAIN, Part, gather
from bench.weight_rules import EXPECTED, GROWTH, as_matrix, rules
from kinmatch.training import in_order
from kinmatch.weights import SHIPPED, Weights

LN2 = np.log(2.0)
RIDGE = 10.0
STIFFNESS = (100.0, 3_000.0, 100_000.0, 3_000_000.0)
STEPS, FARTHEST, SETTLED = 12, 2.0, 1e-3
# A world counts as so many true pairs however many it has, unless it has few.
PLAIN_SHARE = 4  # a world of the plain generator for so many others
TRUE_PAIRS, FEW = 8_000.0, 4_000.0
LEARNT_FROM = 0.4  # share of the pairs gathered
Data = tuple[np.ndarray, np.ndarray, np.ndarray]


def read(folder: Path, worlds: int, weights: Weights) -> list[Part]:
    """The parts of the worlds 0 to `worlds` and of some plain ones, gathered where the folder has none."""
    found = []
    for number in [*range(worlds), *range(PLAIN, PLAIN + worlds // PLAIN_SHARE)]:
        path = folder / f"part{number}.npz"
        if not path.exists():
            np.savez(path, **gather(number, weights)._asdict())
        with np.load(path) as held:
            found.append(Part(*(held[name] for name in Part._fields)))
        print(f"world {number}: {int(found[-1].records)} records, {len(found[-1].same)} pairs", flush=True)
    return found


def as_data(parts: list[Part]) -> Data:
    """Amounts with a column for the prior and one for its growth, whether it is one person, and the importance."""
    rng = np.random.default_rng(5)
    x, y, importance = [], [], []
    for part in parts:
        some = rng.random(len(part.same)) < LEARNT_FROM
        size = np.full((int(some.sum()), 1), np.log2(part.records), dtype=np.float32)
        x.append(np.hstack([part.amounts[some], np.ones_like(size), size]))
        y.append(part.same[some])
        real = float(part.importance[part.same].sum())
        share = TRUE_PAIRS / max(real, 1.0) * min(1.0, float(part.same.sum()) / FEW)
        importance.append(part.importance[some] * share / LEARNT_FROM)
    return np.concatenate(x), np.concatenate(y).astype(np.float32), np.concatenate(importance).astype(np.float32)


def fit(data: Data, start: np.ndarray, ruled: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """The weights that fit best under the rules, held a little towards `start`."""
    x, y, importance = data
    matrix, least = ruled
    weights = start.copy()
    for stiffness in STIFFNESS:
        for _ in range(STEPS):
            expected = 1.0 / (1.0 + np.exp(-np.clip(LN2 * (x @ weights.astype(np.float32)), -40, 40)))
            bend = (importance * np.maximum(expected * (1 - expected), 1e-6)).astype(np.float32)
            broken = matrix @ weights - least < 0
            rows, lack = matrix[broken], np.minimum(matrix[broken] @ weights - least[broken], 0)
            gradient = LN2 * (x.T @ (importance * (expected - y)).astype(np.float32)).astype(np.float64)
            gradient += RIDGE * (weights - start) + stiffness * rows.T @ lack
            hessian = LN2 * LN2 * ((x * bend[:, None]).T @ x).astype(np.float64)
            step = np.linalg.solve(hessian + RIDGE * np.eye(len(start)) + stiffness * rows.T @ rows, gradient)
            weights -= step * min(1.0, FARTHEST / np.abs(step).max())
            if np.abs(step).max() < SETTLED:
                break
        print(f"stiffness {stiffness:g}: furthest from a rule {(matrix @ weights - least).min():.2f} bits", flush=True)
    return weights


def write(table: dict[str, float], path: Path) -> None:
    card = (Path(__file__).parent / "model-card.txt").read_text(encoding="utf-8")
    lines = [*(f"# {line}".rstrip() for line in card.splitlines()), "", "[model]"]
    lines += [f'version = "{datetime.now(UTC):%Y-%m-%d}"']
    lines += [f"expected = {2 ** table.pop(EXPECTED):.5f}", f"growth = {-table.pop(GROWTH):.4f}"]
    section = ""
    for name, value in table.items():
        head, level = name.split(".")
        if head != section:
            section = head
            lines += ["", f"[{section}]"]
        lines.append(f"{level} = {round(value, 2) + 0.0}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(folder: Path, worlds: int, path: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    weights = Weights.shipped()
    names = [*weights.table, EXPECTED, GROWTH]
    start = np.array([*weights.table.values(), np.log2(weights.expected), -weights.growth])
    data = as_data(read(folder, worlds, weights))
    found = fit(data, start, as_matrix(rules(list(weights.table)), names))
    table = dict(zip(names, found.tolist(), strict=True))
    found_prior = {EXPECTED: table[EXPECTED], GROWTH: table[GROWTH]}
    write({**in_order({name: table[name] for name in weights.table}), **found_prior}, path)


if __name__ == "__main__":
    asked = sys.argv[1:]
    main(Path(asked[0]), int(asked[1]) if asked[1:] else 65, Path(asked[2]) if asked[2:] else SHIPPED)
