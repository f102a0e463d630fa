"""kinmatch evaluate"""

from pathlib import Path

import click
from rich.table import Table

from kinmatch.commands import shared
from kinmatch.evaluation import Evaluation
from kinmatch.evaluation import evaluate as measure
from kinmatch.tables import read_pairs


@click.command()
@click.argument("pairs", type=click.Path(path_type=Path))
@click.argument("truth", type=click.Path(path_type=Path))
def evaluate(pairs: Path, truth: Path) -> None:
    """Measure PAIRS (id_a, id_b, probability) against TRUTH (id_a, id_b): precision, recall, F1,
    calibration."""
    with shared.refusals():
        found = read_pairs(pairs)
        wanted = [(pair.id_a, pair.id_b) for pair in read_pairs(truth)]
    for table in tables(measure(found, wanted)):
        shared.out.print(table)


def tables(evaluation: Evaluation) -> tuple[Table, Table]:
    """The measures by threshold, and the calibration."""
    quality = Table("threshold", "precision", "recall", "F1", "pairs", "right", "missed")
    for one in evaluation.measures:
        shares = (f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}")
        quality.add_row(f"{one.threshold:g}", *shares, str(one.found), str(one.right), str(one.missed))
    calibration = Table("probability", "pairs", "promised", "came true")
    for band in evaluation.bands:
        edges = f"{band.low:g} - {band.high:g}"
        calibration.add_row(edges, str(band.pairs), f"{band.promised:.3f}", f"{band.true:.3f}")
    return quality, calibration
