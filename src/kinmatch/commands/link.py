"""kinmatch link"""

from pathlib import Path

import click

from kinmatch.columns.running import link as find_pairs
from kinmatch.commands import shared
from kinmatch.tables import write_pairs


@click.command()
@click.argument("left", type=click.Path(path_type=Path))
@click.argument("right", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Pairs, .csv or .parquet.")
@shared.threshold_option
@shared.weights_option
@shared.map_option
@shared.encoding_option
def link(
    left: Path,
    right: Path,
    output: Path,
    threshold: float,
    weights_file: Path | None,
    mapping: tuple[str, ...],
    encoding: str,
) -> None:
    """Find the pairs across LEFT and RIGHT that are the same person. --map is read for both files."""
    with shared.refusals():
        weights = shared.read_weights(weights_file)
        mine = shared.read_table(left, mapping, encoding)
        other = shared.read_table(right, mapping, encoding)
        with shared.progress(mine.height + other.height, "Comparing") as told:
            pairs = find_pairs(mine, other, threshold, told, weights)
        write_pairs(pairs, output)
        shared.errors.print(f"{mine.height} and {other.height} records, {pairs.height} pairs -> {output.name}")
