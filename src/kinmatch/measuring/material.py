"""What the programmes are measured on: a register and its true pairs, and persons to look for in it."""

from pathlib import Path

import msgspec
import numpy as np
import polars

LEAST_TRUTHS = 10


class Material(msgspec.Struct, frozen=True):
    """Files of one measuring. `people` and `truth` (id_a, id_b) for pairs; for searching `queries` are descriptions
    that were taken out of the `register`, where each of those persons is described once more at least."""

    people: Path
    truth: Path
    register: Path
    queries: Path
    wanted: tuple[frozenset[str], ...]  # of each query the records that are the same person
    records: int
    truths: int


def prepare(people: Path, truth: Path, asked: int, seed: int, folder: Path) -> Material:
    """Takes at most `asked` descriptions out of a register to look for them. Raises ValueError when the files do not
    belong together."""
    register, pairs = polars.read_parquet(people), polars.read_parquet(truth)
    _refuse(register, pairs, truth.name)
    pairs = pairs.select("id_a", "id_b")
    order = np.random.default_rng([seed, 11]).permutation(pairs.height)
    queried: dict[str, set[str]] = {}
    met: set[str] = set()
    for left, right in pairs[order[: asked * 3]].iter_rows():
        if len(queried) < asked and left not in met and right not in met:
            queried[right] = set()
        met |= {left, right}
    either = polars.concat([pairs, pairs.select(id_a="id_b", id_b="id_a")])
    for query, other in either.filter(polars.col("id_a").is_in(list(queried))).iter_rows():
        queried[query].add(other)
    out = polars.col("record_id").is_in(list(queried))
    paths = folder / "register.parquet", folder / "queries.parquet"
    asking = register.filter(out)
    register.filter(~out).write_parquet(paths[0])
    asking.write_parquet(paths[1])
    wanted = tuple(frozenset(queried[one] - queried.keys()) for one in asking["record_id"])
    return Material(people, truth, *paths, wanted, register.height, pairs.height)


def _refuse(register: polars.DataFrame, pairs: polars.DataFrame, name: str) -> None:
    if "record_id" not in register.columns or not {"id_a", "id_b"} <= set(pairs.columns):
        raise ValueError("The people need a column record_id, the truth the columns id_a and id_b.")
    if pairs.height < LEAST_TRUTHS:
        raise ValueError(f"{name} has {pairs.height} true pairs; at least {LEAST_TRUTHS} are needed to measure.")
    if not pairs["id_a"].is_in(register["record_id"].implode()).all():
        raise ValueError(f"{name} names records that are not among the people.")
