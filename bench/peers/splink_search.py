"""Splink: one description against a register by `predict_between`, with a model learnt without labels."""

import logging
from itertools import count

import duckdb
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
    queries = read(told.queries).drop("name").head(told.most)

    turns = count()

    def search(place: int) -> list[str]:
        asked = backend.register(queries[place].to_arrow(), dataset_display_name=f"asked{next(turns)}")
        found = linker.inference.predict_between(people, asked)
        best = connection.table(found.physical_name).order("match_weight DESC").limit(FIRST)
        pairs = best.project("record_id_l, record_id_r").fetchall()
        found.drop_table_from_database_and_remove_from_cache()
        one = queries["record_id"][place]
        return [right if left == one else left for left, right in pairs]

    write(told.answer, 0.0, list(range(queries.height)), search)


if __name__ == "__main__":
    main()
