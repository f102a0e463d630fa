"""Whole registers as frames: the pairs in one or across two, and the groups that they join.

A frame has String columns called as the fields of a record, as `tables.read_frame` gives it; each row has a `record_id`
of its own.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import polars

from kinmatch.columns.candidates import candidate_pairs
from kinmatch.columns.comparing import compare
from kinmatch.columns.grouping import first_of_groups
from kinmatch.columns.levels import LEVELS
from kinmatch.columns.ordering import by_name
from kinmatch.columns.people import People
from kinmatch.compare.comparer import FIELDS
from kinmatch.prepare import read_sex
from kinmatch.weights import Weights

Progress = Callable[[int], None]
# Share of the work, in records told, that is done once people are read and once pairs are found.
READ, PAIRED = 0.45, 0.7
TOGETHER = 2_000_000
SURE, HOPELESS = 60.0, -1000.0
_LEAST_ODDS = 1e-9
CONTRADICTING = {"sex": ("different",), "birth_date": ("different", "far"), "document": ("different",)}
CONTRADICTING |= {"given_names": ("different",)}


def dedupe(
    frame: polars.DataFrame, threshold: float = 0.5, told: Progress | None = None, weights: Weights | None = None
) -> polars.DataFrame:
    """The pairs inside one register that are the same person with at least the probability `threshold`.

    Gives id_a < id_b, probability, weight (bits) and for each of FIELDS the level ("" where it is blank), likeliest
    first; the order of the rows changes nothing. Raises ValueError when an id occurs twice.
    """
    rows = _in_order(frame)
    return _pairs(rows, 0, rows.height, threshold, told, weights)


def link(
    left: polars.DataFrame,
    right: polars.DataFrame,
    threshold: float = 0.5,
    told: Progress | None = None,
    weights: Weights | None = None,
) -> polars.DataFrame:
    """The pairs across two registers, as `dedupe`; id_a is of the first one, and the second's size sets the prior."""
    mine, other = _in_order(left), _in_order(right)
    if not mine.height or not other.height:
        return _told_pairs(polars.DataFrame(schema={"record_id": polars.String}), *_nothing())
    rows = polars.concat([mine, other], how="diagonal")
    return _pairs(rows, mine.height, other.height, threshold, told, weights)


def _in_order(frame: polars.DataFrame) -> polars.DataFrame:
    """The rows by their id. Raises ValueError when one occurs twice."""
    ids = frame["record_id"]
    rows = frame if ids.is_sorted() else frame.sort("record_id")
    ids = rows["record_id"]
    again = (ids == ids.shift(1)).arg_true()
    if len(again):
        raise ValueError(f"the record id {ids[int(again[0])]!r} occurs more than once")
    return rows


Rows = npt.NDArray[np.int32]
Positions = npt.NDArray[np.int64]
Found = tuple[Rows, Rows, npt.NDArray[np.uint8], npt.NDArray[np.float32]]


def _nothing() -> Found:
    rows = np.empty(0, dtype=np.int32)
    return rows, rows, np.empty((0, len(FIELDS)), dtype=np.uint8), np.empty(0, dtype=np.float32)


def _pairs(
    rows: polars.DataFrame,
    border: int,
    against: int,
    threshold: float,
    told: Progress | None,
    weights: Weights | None,
) -> polars.DataFrame:
    tell = told or (lambda _: None)
    table = weights or Weights.shipped()
    if rows.height < 2:
        tell(rows.height)
        return _told_pairs(rows, *_nothing())
    people, order = by_name(People.from_frame(rows), border)
    tell(int(READ * rows.height))
    least = weight_of(threshold)
    pairs = candidate_pairs(people, table, least - table.prior(against), border)
    tell(int(PAIRED * rows.height))
    left, right, levels, weight = _likely(people, *_old_first(*pairs, order), table, against, threshold, tell)
    del people, pairs
    tell(rows.height)
    return _told_pairs(rows, order[left], order[right], levels, weight)


def _old_first(left: Rows, right: Rows, order: Positions) -> tuple[Rows, Rows]:
    """The pairs with that row first which stood first of old."""
    is_first = order[left] < order[right]
    return np.where(is_first, left, right), np.where(is_first, right, left)


def _likely(
    people: People,
    left: Rows,
    right: Rows,
    weights: Weights,
    against: int,
    threshold: float,
    tell: Progress,
) -> Found:
    """The pairs of at least the threshold; compared some at a time, so that levels never fill the memory."""
    pieces: list[Found] = [_nothing()]
    for at in range(0, len(left), TOGETHER):
        mine, other = left[at : at + TOGETHER], right[at : at + TOGETHER]
        levels, weight = compare(people, mine, other, weights, against)
        kept = probabilities(weight) >= threshold
        pieces.append((mine[kept], other[kept], levels[kept], weight[kept]))
        tell(int((PAIRED + (1 - PAIRED) * min(at + TOGETHER, len(left)) / len(left)) * len(people)))
    mine, other, levels, weight = (np.concatenate(parts) for parts in zip(*pieces, strict=True))
    return mine, other, levels, weight


def weight_of(probability: float) -> float:
    """The weight in bits that belongs to a probability."""
    held = min(max(probability, _LEAST_ODDS), 1.0 - _LEAST_ODDS)
    return float(np.log2(held / (1.0 - held)))


def probabilities(weight: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """The probabilities that belong to weights, as `weights.probability`."""
    odds = np.exp2(np.clip(weight.astype(np.float64), HOPELESS, SURE))
    found: npt.NDArray[np.float64] = np.where(weight > SURE, 1.0, 1.0 - 1.0 / (1.0 + odds))
    return found


def _told_pairs(
    rows: polars.DataFrame,
    left: Rows | Positions,
    right: Rows | Positions,
    levels: npt.NDArray[np.uint8],
    weight: npt.NDArray[np.float32],
) -> polars.DataFrame:
    order = np.lexsort((right, left, -weight))
    ids = rows["record_id"]
    columns = {
        "id_a": ids.gather(left[order]),
        "id_b": ids.gather(right[order]),
        "probability": polars.Series(probabilities(weight[order])),
        "weight": polars.Series(weight[order].astype(np.float64)),
    }
    for field, name in enumerate(FIELDS):
        names = polars.Series(["", *LEVELS[name][1:]], dtype=polars.String)
        columns[name] = names.gather(levels[order, field].astype(np.uint32))
    return polars.DataFrame(columns)


def clusters(
    pairs: polars.DataFrame, frame: polars.DataFrame | None = None, threshold: float = 0.5, tag: str = "c"
) -> polars.DataFrame:
    """The groups that pairs of at least the threshold join: record_id, cluster_id (after the smallest id of the group)
    and contradictions, fields in which records of the group disagree, parted by blanks.

    `frame` also shows contradictions in sex and birth year between members that no pair compares.
    """
    kept = pairs.filter(polars.col("probability") >= threshold)
    ids = polars.concat([kept["id_a"], kept["id_b"]]).unique().sort()
    left, right = (ids.search_sorted(kept[name]).to_numpy().astype(np.int64) for name in ("id_a", "id_b"))
    group = first_of_groups(left, right, len(ids))
    against = _against(kept, left, group, len(ids))
    if frame is not None:
        for field, unlike in _unlike(ids, frame, group).items():
            against[field] |= unlike
    said = [polars.when(polars.Series(against[field][group])).then(polars.lit(field)) for field in sorted(against)]
    table = polars.DataFrame({"record_id": ids, "cluster_id": ids.gather(group)})
    return table.select(
        "record_id",
        (polars.lit(f"{tag}-") + polars.col("cluster_id")).alias("cluster_id"),
        polars.concat_str(said, separator=" ", ignore_nulls=True).alias("contradictions"),
    ).sort("cluster_id", "record_id")


def _against(
    kept: polars.DataFrame, left: npt.NDArray[np.int64], group: npt.NDArray[np.int64], size: int
) -> dict[str, npt.NDArray[np.bool_]]:
    """For each field and group (by its first row), whether a pair of the group disagrees in it."""
    found = {field: np.zeros(size, dtype=np.bool_) for field in CONTRADICTING}
    for field, levels in CONTRADICTING.items():
        if field in kept.columns:
            unlike = kept[field].is_in(list(levels)).to_numpy()
            found[field][group[left[unlike]]] = True
    return found


def _unlike(
    ids: polars.Series, frame: polars.DataFrame, group: npt.NDArray[np.int64]
) -> dict[str, npt.NDArray[np.bool_]]:
    """Groups whose records name two sexes or two years of birth."""
    members = polars.DataFrame({"record_id": ids, "group": group})
    wanted = [name for name in ("sex", "birth_date") if name in frame.columns]
    held = members.join(frame.select("record_id", *wanted), on="record_id", how="left")
    found: dict[str, npt.NDArray[np.bool_]] = {}
    for name in wanted:
        texts = held[name].fill_null("")
        said = (
            texts.replace_strict({text: read_sex(text) for text in texts.unique()})
            if name == "sex"
            else texts.str.head(4)
        )
        counted = polars.DataFrame({"group": group, "said": said}).filter(polars.col("said") != "").unique()
        many = counted.group_by("group").len().filter(polars.col("len") > 1)["group"].to_numpy()
        found[name] = np.zeros(len(ids), dtype=np.bool_)
        found[name][many] = True
    return found
