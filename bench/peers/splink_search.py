"""Splink: one description against a register by `predict_between`, with a model learnt without labels."""

import logging

import duckdb
import polars
import splink_model
from asking import FIRST, arguments, write
from preparing import read
from splink import DuckDBAPI, Linker
from splink_dedupe import THREADS, learn

RULES = 39


def main() -> None:
    """register.parquet queries.parquet answer.json"""
    told = arguments().parse_args()
    logging.disable(logging.WARNING)
    connection = duckdb.connect()
    connection.execute(f"SET threads = {THREADS}")
    backend = DuckDBAPI(connection=connection)
    register = read(told.register).drop("name")
    people = backend.register(register.to_arrow(), dataset_display_name="people")
    linker = Linker(people, splink_model.settings(RULES), log_level=None)
    learn(linker, backend, None)
    for name in splink_model.RARE:
        linker.table_management.compute_tf_table(name)
    queries = read(told.queries).drop("name")

    def search(place: int) -> list[str]:
        return _nearest(linker, backend, people, queries[place])

    write(told.answer, 0.0, list(range(queries.height)), search)


def _nearest(linker: Linker, backend: DuckDBAPI, people: object, asked: polars.DataFrame) -> list[str]:
    query = backend.register(asked.to_arrow(), dataset_display_name="asked")
    found = linker.inference.predict_between(people, query)
    columns = "record_id_l, record_id_r, match_weight"
    rows = backend._con.sql(f"SELECT {columns} FROM {found.physical_name} ORDER BY match_weight DESC LIMIT {FIRST}")
    one = asked["record_id"][0]
    ids = [right if left == one else left for left, right, _weight in rows.fetchall()]
    found.drop_table_from_database_and_remove_from_cache()
    return ids


if __name__ == "__main__":
    main()
