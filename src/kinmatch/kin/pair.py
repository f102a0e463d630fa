"""What the relations of a register say of one pair, for its explanation."""

from collections.abc import Callable

import polars

from kinmatch.kin.family import NOTHING, Family, scale_of
from kinmatch.kin.relations import SEEKS, kin_levels, relatives_of


def family_of(id_a: str, id_b: str, relations: polars.DataFrame, weigh: Callable[[str, str], float | None]) -> Family:
    """The levels of kin of one pair of a register, without the names of those whom they rest on.

    `relations` has record_id, relation and other_id; `weigh` gives the weight in bits of two records by names alone,
    None where one of them is not in the register.
    """
    one, other = sorted((id_a, id_b))
    around = sorted(_around(one, relations) | _around(other, relations) | {one, other})
    rows = []
    for place, mine in enumerate(around):
        for theirs in around[place + 1 :]:
            weight = weigh(mine, theirs)
            if weight is not None:
                rows.append((mine, theirs, weight))
    schema = {"id_a": polars.String, "id_b": polars.String, "weight": polars.Float64}
    near = relations.filter(polars.col("record_id").is_in(around) | polars.col("other_id").is_in(around))
    found = kin_levels(polars.DataFrame(rows, schema=schema, orient="row"), near)
    said = found.filter(polars.col("id_a") == one, polars.col("id_b") == other)
    if said.is_empty():
        return NOTHING
    row = said.row(0, named=True)
    return Family(tuple(level for level in scale_of("register").levels if row[level]), origin="register")


def _around(record_id: str, relations: polars.DataFrame) -> set[str]:
    """Relatives of a record, whom it seeks and who seeks it."""
    relatives = relatives_of(relations).filter(polars.col("id") == record_id)["relative"].to_list()
    sought = relations.filter(polars.col("relation") == SEEKS)
    seeks = sought.filter(polars.col("record_id") == record_id)["other_id"].to_list()
    seekers = sought.filter(polars.col("other_id") == record_id)["record_id"].to_list()
    return {*relatives, *seeks, *seekers}
