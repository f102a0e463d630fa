"""Splink on DuckDB: pairs and clusters of a register.

    splink_dedupe.py people.parquet pairs.parquet clusters.parquet --rules 17 [--labels truth.parquet]

Without labels its weights come from expectation-maximisation, with them from the true pairs of the register itself.
"""

import argparse
import logging
from pathlib import Path

import duckdb
import polars
import splink_model
from preparing import read
from splink import DuckDBAPI, Linker, block_on

LEAST = 0.02  # pairs below this are not written
SURE = 0.95
THREADS = 2


def main() -> None:
    """Read, learn, predict, cluster, write."""
    asked = argparse.ArgumentParser()
    for name in ("people", "pairs", "clusters"):
        asked.add_argument(name, type=Path)
    asked.add_argument("--rules", type=int, choices=(17, 39), default=17)
    asked.add_argument("--labels", type=Path)
    told = asked.parse_args()
    logging.disable(logging.WARNING)
    connection = duckdb.connect()
    connection.execute(f"SET threads = {THREADS}")
    backend = DuckDBAPI(connection=connection)
    people = backend.register(read(told.people).drop("name").to_arrow(), dataset_display_name="people")
    linker = Linker(people, splink_model.settings(told.rules), log_level=None)
    learn(linker, backend, told.labels)
    predicted = linker.inference.predict(threshold_match_probability=LEAST)
    groups = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, SURE)
    write(connection, predicted.physical_name, told.pairs)
    connection.table(groups.physical_name).project("record_id, cluster_id").write_parquet(str(told.clusters))


def learn(linker: Linker, backend: DuckDBAPI, labels: Path | None) -> None:
    """The prior by sure rules, u by sampling, m from labels or by expectation-maximisation."""
    training = linker.training
    sure = [
        block_on("given1", "surname1", "born"),
        block_on("surname1", "surname2", "born"),
        block_on("given1", "given2", "surname1", "surname2", "year"),
    ]
    training.estimate_probability_two_random_records_match(sure, recall=0.5)
    training.estimate_u_using_random_sampling(max_pairs=4e6, seed=1)
    if labels is not None:
        pairs = polars.read_parquet(labels).rename({"id_a": "record_id_l", "id_b": "record_id_r"})
        training.estimate_m_from_pairwise_labels(backend.register(pairs.to_arrow(), dataset_display_name="labels"))
        return
    for columns in (("born", "surname1"), ("given1", "surname1", "surname2"), ("given1", "year", "surname2")):
        training.estimate_parameters_using_expectation_maximisation(
            block_on(*columns), max_pairs=1e6, record_sample_proportion=1.0
        )


def write(connection: duckdb.DuckDBPyConnection, table: str, path: Path) -> None:
    """id_a, id_b, probability."""
    chosen = "record_id_l AS id_a, record_id_r AS id_b, match_probability AS probability"
    connection.table(table).project(chosen).write_parquet(str(path))


if __name__ == "__main__":
    main()
