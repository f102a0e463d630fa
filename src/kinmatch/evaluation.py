"""How good pairs are, against the truth: at thresholds, along a curve, by what was promised, and by group."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec
import numpy as np
import numpy.typing as npt
import polars

from kinmatch.pair import Pair

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
EDGES = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 1.0)
CURVE_POINTS = 100
MIXED, UNKNOWN = "mixed", "unknown"


class Measure(msgspec.Struct, frozen=True):
    """Quality at one threshold: of `found` pairs `right` are true; `missed` true pairs are not among them."""

    threshold: float
    precision: float
    recall: float
    f1: float
    found: int
    right: int
    missed: int


class Band(msgspec.Struct, frozen=True):
    """Calibration: pairs with a probability from `low` to `high`, what was promised on average and what
    came true."""

    low: float
    high: float
    pairs: int
    promised: float
    true: float


class Evaluation(msgspec.Struct, frozen=True):
    """Measures by rising threshold, calibration by band, and measures along a curve at falling thresholds. Pairs below
    the lowest probability given are unseen."""

    measures: tuple[Measure, ...]
    bands: tuple[Band, ...]
    truths: int
    curve: tuple[Measure, ...] = ()

    @property
    def best(self) -> Measure:
        """The measure with the highest F1."""
        return max(self.measures, key=lambda measure: measure.f1)

    def at(self, threshold: float) -> Measure:
        """The measure at one of the thresholds. Raises KeyError for another."""
        for measure in self.measures:
            if abs(measure.threshold - threshold) < 1e-9:
                return measure
        raise KeyError(threshold)


def evaluate(
    pairs: Iterable[Pair], truth: Iterable[tuple[str, str]], thresholds: Iterable[float] = THRESHOLDS
) -> Evaluation:
    """Precision, recall and F1 at thresholds, and calibration. In `truth` the order of the two ids does not
    matter."""
    rows = [(pair.id_a, pair.id_b, pair.probability) for pair in pairs]
    schema = {"id_a": polars.String, "id_b": polars.String, "probability": polars.Float64}
    judged = polars.DataFrame(rows, schema=schema, orient="row")
    wanted = polars.DataFrame(list(truth), schema=["id_a", "id_b"], orient="row").cast(polars.String)
    return measure(judge(judged, wanted), tuple(thresholds))


def judge(pairs: polars.DataFrame, truth: polars.DataFrame) -> polars.DataFrame:
    """Every pair found or true once, id_a < id_b, with its `probability` (null where it was not found) and `right`.

    Both frames have id_a and id_b in any order; of a pair given twice the last counts.
    """
    found = _in_order(pairs).select("id_a", "id_b", "probability").unique(["id_a", "id_b"], keep="last")
    wanted = _in_order(truth).select("id_a", "id_b", right=True).unique(["id_a", "id_b"])
    both = found.join(wanted, on=["id_a", "id_b"], how="full", coalesce=True)
    return both.with_columns(polars.col("right").fill_null(value=False))


def _in_order(frame: polars.DataFrame) -> polars.DataFrame:
    return frame.with_columns(
        id_a=polars.min_horizontal("id_a", "id_b"), id_b=polars.max_horizontal("id_a", "id_b")
    ).filter(polars.col("id_a") != polars.col("id_b"))


def measure(judged: polars.DataFrame, thresholds: Sequence[float] = THRESHOLDS) -> Evaluation:
    """The quality of pairs that `judge` has put beside the truth."""
    truths = int(judged["right"].sum())
    found = judged.filter(polars.col("probability").is_not_null()).sort("probability", descending=True)
    chance, right = found["probability"].to_numpy(), found["right"].to_numpy()
    hits = np.concatenate([[0], np.cumsum(right)]).astype(np.int64)
    bands = (_band(chance, right, low, high) for low, high in pairwise(EDGES))
    return Evaluation(
        tuple(_measure(chance, hits, truths, threshold) for threshold in sorted(thresholds)),
        tuple(band for band in bands if band.pairs),
        truths,
        tuple(_measure(chance, hits, truths, threshold) for threshold in _along(chance)),
    )


def _along(chance: npt.NDArray[np.float64]) -> list[float]:
    """Thresholds that part the pairs found into equal shares, from the highest."""
    if not len(chance):
        return []
    places = np.unique(np.linspace(0, len(chance) - 1, CURVE_POINTS).astype(np.int64))
    return [float(value) for value in np.unique(chance[places])[::-1]]


def _measure(chance: npt.NDArray[np.float64], hits: npt.NDArray[np.int64], truths: int, threshold: float) -> Measure:
    count = int(np.searchsorted(-chance, -threshold, side="right"))
    right = int(hits[count])
    precision = right / count if count else 0.0
    recall = right / truths if truths else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return Measure(threshold, precision, recall, f1, count, right, truths - right)


def _band(chance: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], low: float, high: float) -> Band:
    inside = (chance >= low) & ((chance < high) | (high == 1.0))
    count = int(inside.sum())
    if not count:
        return Band(low, high, 0, 0.0, 0.0)
    return Band(low, high, count, float(chance[inside].mean()), float(right[inside].mean()))


def measure_groups(
    judged: polars.DataFrame, groups: polars.DataFrame, thresholds: Sequence[float] = THRESHOLDS
) -> dict[str, dict[str, Evaluation]]:
    """The quality by each grouping and each of its groups, by name.

    `groups` has record_id and one String column per grouping, '' where it is unknown. A pair belongs to the group of
    its records; where only one of them is known to that one, and where they differ to 'mixed'.
    """
    names = [column for column in groups.columns if column != "record_id"]
    joined = judged
    for side in ("a", "b"):
        renamed = groups.rename({name: f"{name} {side}" for name in names})
        joined = joined.join(renamed, left_on=f"id_{side}", right_on="record_id", how="left")
    found: dict[str, dict[str, Evaluation]] = {}
    for name in names:
        parted = joined.with_columns(group=_group(f"{name} a", f"{name} b"))
        ordered = parted.partition_by("group", as_dict=True)
        found[name] = {str(key[0]): measure(ordered[key], thresholds) for key in sorted(ordered)}
    return found


def _group(left: str, right: str) -> polars.Expr:
    one, other = polars.col(left).fill_null(""), polars.col(right).fill_null("")
    known = polars.when(one == "").then(other).when((other == "") | (one == other)).then(one)
    group = known.otherwise(polars.lit(MIXED))
    return polars.when(group == "").then(polars.lit(UNKNOWN)).otherwise(group)
