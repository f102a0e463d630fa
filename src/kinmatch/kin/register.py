"""A register with relations: the pairs that names and families together make likely."""

import numpy as np
import polars

from kinmatch.columns import running
from kinmatch.columns.comparing import compare
from kinmatch.columns.levels import LEVELS
from kinmatch.columns.people import People
from kinmatch.compare.comparer import FIELDS
from kinmatch.kin.family import FIELD, scale_of
from kinmatch.kin.relations import kin_levels
from kinmatch.weights import Weights

LEAST = 0.01  # probability by names alone from which a pair is looked at again with its families


def dedupe(
    frame: polars.DataFrame,
    relations: polars.DataFrame,
    threshold: float = 0.5,
    told: running.Progress | None = None,
    weights: Weights | None = None,
) -> polars.DataFrame:
    """As `columns.running.dedupe`, with one more column `kin`: the levels of kin evidence, parted by blanks.

    `relations` has record_id, relation and other_id (`kin.relations`). Pairs that only their relatives suggest are
    compared, too. Raises ValueError when an id occurs twice.
    """
    pairs = running.dedupe(frame, min(threshold, LEAST), told, weights)
    levels = kin_levels(pairs, relations)
    new = compared(frame, levels.filter("is_new").select("id_a", "id_b"), weights)
    spoken = pairs.join(levels, on=["id_a", "id_b"], how="semi")
    silent = pairs.filter(polars.col("probability") >= threshold).join(levels, on=["id_a", "id_b"], how="anti")
    del pairs
    found = with_kin(polars.concat([silent, spoken, new]), levels)
    return found.filter(polars.col("probability") >= threshold)


def with_kin(pairs: polars.DataFrame, levels: polars.DataFrame) -> polars.DataFrame:
    """Pairs with the weight of their kin added, and its levels in the column `kin`; likeliest first."""
    scale = scale_of("register")
    names = list(scale.levels)
    bits = polars.sum_horizontal(polars.col(name).cast(polars.Float64) * scale.levels[name] for name in names)
    said = [polars.when(name).then(polars.lit(name)) for name in names]
    kin = levels.select(
        "id_a",
        "id_b",
        bits.clip(scale.least, scale.most).alias("bits"),
        polars.concat_str(said, separator=" ", ignore_nulls=True).alias(FIELD),
    )
    found = pairs.join(kin, on=["id_a", "id_b"], how="left")
    found = found.with_columns(
        polars.col("weight") + polars.col("bits").fill_null(0.0), polars.col(FIELD).fill_null("")
    ).drop("bits")
    chance = running.probabilities(found["weight"].to_numpy().astype(np.float32))
    return found.with_columns(probability=polars.Series(chance)).sort(
        ["weight", "id_a", "id_b"], descending=[True, False, False]
    )


def compared(frame: polars.DataFrame, wanted: polars.DataFrame, weights: Weights | None = None) -> polars.DataFrame:
    """The given pairs (id_a, id_b) of a register compared by names, as `columns.running.dedupe` gives them; ids that
    are not in the register are left out."""
    rows = frame.sort("record_id")
    ids = rows["record_id"]
    pairs = wanted.filter(polars.col("id_a").is_in(ids.implode()) & polars.col("id_b").is_in(ids.implode()))
    left, right = (ids.search_sorted(pairs[side]).to_numpy().astype(np.int32) for side in ("id_a", "id_b"))
    columns = {"id_a": pairs["id_a"], "id_b": pairs["id_b"]}
    levels = np.empty((0, len(FIELDS)), dtype=np.uint8)
    weight = np.empty(0, dtype=np.float32)
    if len(left):
        levels, weight = compare(People.from_frame(rows), left, right, weights or Weights.shipped(), rows.height)
    columns |= {
        "probability": polars.Series(running.probabilities(weight)),
        "weight": polars.Series(weight.astype(np.float64)),
    }
    for field, name in enumerate(FIELDS):
        columns[name] = polars.Series(["", *LEVELS[name][1:]]).gather(levels[:, field].astype(np.uint32))
    return polars.DataFrame(columns)
