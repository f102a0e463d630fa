"""kinmatch dedupe"""

from pathlib import Path

import click

from kinmatch.clustering import clusters
from kinmatch.commands import shared
from kinmatch.pairing import dedupe as find_pairs
from kinmatch.tables import write_clusters, write_pairs


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Pairs, .csv or .parquet.")
@click.option(
    "--clusters",
    "clusters_file",
    type=click.Path(path_type=Path),
    help="Groups of records, .csv or .parquet.",
)
@shared.threshold_option
@shared.map_option
@shared.encoding_option
def dedupe(
    file: Path,
    output: Path,
    clusters_file: Path | None,
    threshold: float,
    mapping: tuple[str, ...],
    encoding: str,
) -> None:
    """Find the pairs in FILE that are the same person.

    Nothing is merged: a person decides on each pair. Clusters name the fields in which their records
    contradict.
    """
    with shared.refusals():
        register = shared.read(file, mapping, encoding)
        with shared.progress(len(register), "Comparing") as told:
            pairs = find_pairs(register, threshold, told)
        write_pairs(pairs, output)
        shared.errors.print(f"{len(register)} records, {len(pairs)} pairs -> {output.name}")
        if clusters_file:
            found = clusters(pairs, register, threshold)
            write_clusters(found, clusters_file)
            against = sum(bool(one.contradictions) for one in found)
            shared.errors.print(f"{len(found)} clusters, {against} with contradictions -> {clusters_file.name}")
