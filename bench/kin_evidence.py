"""What kin evidence adds in a register with relations, and how brothers and sisters are told apart; on invented people.

`python -m bench.kin_evidence` measures and writes bench/results/kinmatch-kin.txt; `--fit` prints the weights that
worlds of other seeds give: logistic regression with the engine's own bits as an offset, so that what names said counts
once.
"""

import sys
import time
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import polars

from kinmatch.columns import running
from kinmatch.kin.family import scale_of
from kinmatch.kin.register import LEAST, compared, with_kin
from kinmatch.kin.relations import kin_levels
from kinmatch.worlds.making import World, make_world
from kinmatch.worlds.naming import held_out, names
from kinmatch.worlds.rates import Rates

PRECISION = 0.99
FIT_SIZE, SIZE, OTHER_SIZE = 20_000, 126_000, 30_000
FIT_SEED, SEED = 4100, 97
TOGETHER = 0.6
RIDGE = 0.1
AGREE = ("same", "fewer", "sounds", "variant", "near", "short", "swapped", "nickname")


class Made(NamedTuple):
    """A world, its pairs by names alone (down to LEAST, and those that relatives suggest), and their levels of kin."""

    world: World
    pairs: polars.DataFrame
    levels: polars.DataFrame
    truths: int


def made(naming: str, size: int, seed: int, rates: Rates, share: float = 0.8) -> Made:
    """A generated register with relations, compared."""
    world = make_world(naming, size, seed, rates)
    pairs = running.dedupe(world.people, LEAST)
    levels = kin_levels(pairs, world.relations(share, seed))
    new = compared(world.people, levels.filter("is_new").select("id_a", "id_b"))
    truth = world.truth().with_columns(right=True)
    both = polars.concat([pairs, new]).join(truth, on=["id_a", "id_b"], how="left")
    return Made(world, both.with_columns(polars.col("right").fill_null(value=False)), levels, truth.height)


def recall_at(pairs: polars.DataFrame, truths: int, precision: float = PRECISION) -> float:
    """The largest share of the true pairs that a threshold finds whose precision is at least this."""
    right = pairs.sort("weight", descending=True)["right"].to_numpy()
    hits = np.cumsum(right)
    good = hits >= precision * np.arange(1, len(right) + 1)
    return float(hits[good].max(initial=0)) / truths


def shares_at(pairs: polars.DataFrame, truths: int, least: float) -> tuple[float, float]:
    """Precision and recall at a probability."""
    found = pairs.filter(polars.col("probability") >= least)
    right = int(found["right"].sum())
    return right / max(found.height, 1), right / truths


def fit() -> None:
    """Print the measured weight of each level, and how often it is seen on either side."""
    rng = np.random.default_rng(FIT_SEED)
    levels = list(scale_of("register").levels)
    parts = []
    training = [name for name in names() if name not in held_out()]
    for number, naming in enumerate(training * 3):
        rates = msgspec.structs.replace(Rates.drawn(rng), together=float(rng.uniform(0, 0.9)))
        one = made(naming, FIT_SIZE, FIT_SEED + number, rates, float(rng.uniform(0.3, 1.0)))
        said = one.pairs.join(one.levels, on=["id_a", "id_b"], how="left")
        said = said.with_columns(polars.col(levels).fill_null(value=False))
        parts.append(said.select("weight", "right", *levels))
    rows = polars.concat(parts)
    x = np.column_stack([rows.select(levels).to_numpy().astype(float), np.ones(rows.height)]) * np.log(2.0)
    values = _regression(x, rows["weight"].to_numpy() * np.log(2.0), rows["right"].to_numpy().astype(float))
    for name, value in zip([*levels, "(rest)"], values, strict=True):
        seen = rows.filter(name) if name in levels else rows
        same = int(seen["right"].sum())
        print(
            f"{name:16} {value:+6.2f} bits   seen with {same} that are the same and {seen.height - same} that are not"
        )


def _regression(x: np.ndarray, offset: np.ndarray, same: np.ndarray) -> np.ndarray:
    values = np.zeros(x.shape[1])
    ridge = RIDGE * np.log(2.0) ** 2
    for _step in range(60):
        chance = 1.0 / (1.0 + np.exp(-np.clip(x @ values + offset, -40, 40)))
        bend = (x * (chance * (1 - chance))[:, None]).T @ x + ridge * np.eye(len(values))
        values += np.linalg.solve(bend, x.T @ (same - chance) - ridge * values)
    return values


def line_of(title: str, one: Made) -> str:
    """One world: recall at the fixed precision and quality at 0.5 and 0.95, by names alone and with kin."""
    alone = one.pairs.filter(polars.col("probability") >= LEAST)
    both = with_kin(one.pairs, one.levels)
    cells = []
    for pairs in (alone, both):
        half, sure = shares_at(pairs, one.truths, 0.5), shares_at(pairs, one.truths, 0.95)
        cells.append(f"{recall_at(pairs, one.truths):.3f}  {half[0]:.3f}/{half[1]:.3f}  {sure[0]:.3f}/{sure[1]:.3f}")
    return f"{title:34} {one.truths:7}  {cells[0]}   {cells[1]}"


def ablation(one: Made) -> list[str]:
    """What is lost at the fixed precision without one level."""
    whole = recall_at(with_kin(one.pairs, one.levels), one.truths)
    lines = [f"all levels {whole:.4f}"]
    for name in scale_of("register").levels:
        less = one.levels.with_columns(polars.lit(value=False).alias(name))
        lines.append(f"without {name:15} {recall_at(with_kin(one.pairs, less), one.truths):.4f}")
    return lines


def siblings(one: Made) -> list[str]:
    """Pairs that share both surnames and a parent, and pairs of true brothers and sisters, by names and with kin."""
    owners = polars.DataFrame({"id": one.world.people["record_id"], "parent": one.world.mother})
    lines = []
    for title, pairs in (
        ("names alone", one.pairs.filter(polars.col("probability") >= LEAST)),
        ("with kin", with_kin(one.pairs, one.levels)),
    ):
        agree = polars.col("surnames").is_in(AGREE) & (
            polars.col("mother").is_in(AGREE) | polars.col("father").is_in(AGREE)
        )
        shared = pairs.filter(agree)
        kin = pairs.join(owners, left_on="id_a", right_on="id").join(owners, left_on="id_b", right_on="id", suffix="_b")
        one_mother = (polars.col("parent") == polars.col("parent_b")) & (polars.col("parent") >= 0)
        kin = kin.filter(one_mother & ~polars.col("right"))
        for least in (0.5, 0.95):
            found = shared.filter(polars.col("probability") >= least)
            wrong = int((~found["right"]).sum())
            told = kin.filter(polars.col("probability") >= least).height
            lines.append(
                f"{title}, {least:g}: pairs that share surnames and a parent {found.height}, of them two persons"
                f" {wrong} (precision {1 - wrong / max(found.height, 1):.4f});"
                f" brothers and sisters held for one person {told}"
            )
    return lines


def main() -> None:
    """Measure, print, and write the result."""
    if "--fit" in sys.argv:
        fit()
        return
    began = time.perf_counter()
    first = made("spanish", SIZE, SEED, Rates(together=TOGETHER))
    lines = [
        "Kin evidence in registers with relations (invented people; python -m bench.kin_evidence)",
        "Relations: mother, father, partner, brother or sister of a home that was described together; 80 % are told.",
        f"Homes are described again together with the share {TOGETHER} unless said otherwise. Weights: data/kin.toml.",
        "",
        f"{'':34} {'true':>7}  names alone                        with kin",
        f"{'':34} {'pairs':>7}  R at P .99  P/R at .5  P/R at .95    the same",
        line_of(f"spanish, {SIZE}", first),
        line_of("spanish, 60 % of relations untold", made("spanish", OTHER_SIZE, SEED, Rates(together=TOGETHER), 0.4)),
        line_of("spanish, each comes alone", made("spanish", OTHER_SIZE, SEED, Rates())),
        line_of(
            "spanish, errors 1.7, missing 1.6",
            made("spanish", OTHER_SIZE, SEED, Rates(together=TOGETHER, errors=1.7, missing=1.6)),
        ),
    ]
    lines += [
        line_of(f"{naming} (held out)", made(naming, OTHER_SIZE, SEED, Rates(together=TOGETHER)))
        for naming in held_out()
    ]
    lines += ["", f"Recall at precision .99, spanish {SIZE}, level by level", *ablation(first)]
    lines += [
        "",
        f"Brothers and sisters, spanish {SIZE}",
        *siblings(first),
        "",
        f"{time.perf_counter() - began:.0f} s",
        "",
    ]
    text = "\n".join(lines)
    sys.stdout.write(text)
    (Path(__file__).parent / "results" / "kinmatch-kin.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
