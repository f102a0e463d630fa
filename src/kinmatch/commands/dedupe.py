"""kinmatch dedupe"""

from pathlib import Path
from typing import Any

import click
import msgspec
import polars

from kinmatch.columns.running import clusters
from kinmatch.columns.running import dedupe as find_pairs
from kinmatch.commands import shared
from kinmatch.kin.register import dedupe as find_with_kin
from kinmatch.tables import write_clusters, write_pairs


class _Reading(msgspec.Struct, frozen=True):
    """How the register is read, and by which weights its pairs are weighed."""

    weights_file: Path | None
    mapping: tuple[str, ...]
    encoding: str


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Pairs, .csv or .parquet.")
@click.option(
    "--clusters",
    "clusters_file",
    type=click.Path(path_type=Path),
    help="Groups of records, .csv or .parquet.",
)
@shared.relations_option
@shared.threshold_option
@shared.weights_option
@shared.map_option
@shared.encoding_option
def dedupe(
    file: Path,
    output: Path,
    clusters_file: Path | None,
    relations_file: Path | None,
    threshold: float,
    **reading: Any,
) -> None:
    """Find the pairs in FILE that are the same person.

    With --relations the families around two records count, too: one column more, kin.

    Nothing is merged: a person decides on each pair. Clusters name the fields in which their records
    contradict.
    """
    with shared.refusals():
        asked = _Reading(**reading)
        weights = shared.read_weights(asked.weights_file)
        register = shared.read_table(file, asked.mapping, asked.encoding)
        relations = shared.read_relations_of(relations_file) if relations_file else None
        with shared.progress(register.height, "Comparing") as told:
            if relations is None:
                pairs = find_pairs(register, threshold, told, weights)
            else:
                pairs = find_with_kin(register, relations, threshold, told, weights)
        write_pairs(pairs, output)
        shared.errors.print(f"{register.height} records, {pairs.height} pairs -> {output.name}")
        if clusters_file:
            found = clusters(pairs, register, threshold)
            write_clusters(found, clusters_file)
            shared.errors.print(f"{_count(found)} -> {clusters_file.name}")


def _count(found: polars.DataFrame) -> str:
    """How many clusters there are, and how many of them contradict themselves."""
    groups = found.unique("cluster_id")
    return f"{groups.height} clusters, {int((groups['contradictions'] != '').sum())} with contradictions"
