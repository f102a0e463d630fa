"""kinmatch link"""

from pathlib import Path

import click

from kinmatch.commands import shared
from kinmatch.pairing import link as find_pairs
from kinmatch.tables import write_pairs


@click.command()
@click.argument("left", type=click.Path(path_type=Path))
@click.argument("right", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Pairs, .csv or .parquet.")
@shared.threshold_option
@shared.map_option
@shared.encoding_option
def link(left: Path, right: Path, output: Path, threshold: float, mapping: tuple[str, ...], encoding: str) -> None:
    """Find the pairs across LEFT and RIGHT that are the same person. --map is read for both files."""
    with shared.refusals():
        mine = shared.read(left, mapping, encoding)
        other = shared.read(right, mapping, encoding)
        with shared.progress(len(mine) + len(other), "Comparing") as told:
            pairs = find_pairs(mine, other, threshold, told)
        write_pairs(pairs, output)
        shared.errors.print(f"{len(mine)} and {len(other)} records, {len(pairs)} pairs -> {output.name}")
