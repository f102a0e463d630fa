"""kinmatch evaluate"""

from pathlib import Path
from typing import Any

import click
import msgspec
import polars
from rich.table import Table

from kinmatch.charts import evaluation_svg
from kinmatch.commands import shared
from kinmatch.evaluation import Evaluation, judge, measure, measure_groups
from kinmatch.evidence import Language
from kinmatch.grouping import groups_of
from kinmatch.tables import read_column, read_frame, read_mapping, read_pair_frame, write_text


class _Grouping(msgspec.Struct, frozen=True):
    """The registers whose people are measured in groups, and how they are read."""

    registers: tuple[Path, ...]
    columns: tuple[str, ...]
    mapping: tuple[str, ...]
    encoding: str


@click.command()
@click.argument("pairs", type=click.Path(path_type=Path))
@click.argument("truth", type=click.Path(path_type=Path))
@click.option(
    "--register", "registers", multiple=True, type=click.Path(path_type=Path), help="Measure groups of its people, too."
)
@click.option("--by", "columns", multiple=True, metavar="COLUMN", help="A column of the register that names a group.")
@click.option("--svg", "picture", type=click.Path(path_type=Path), help="Write curve, calibration and groups.")
@click.option("--json", "is_json", is_flag=True, help="Print JSON instead of tables.")
@shared.language_option
@shared.map_option
@shared.encoding_option
def evaluate(
    pairs: Path,
    truth: Path,
    picture: Path | None,
    language: Language,
    *,
    is_json: bool,
    **grouping: Any,
) -> None:
    """Measure PAIRS (id_a, id_b, probability) against TRUTH (id_a, id_b): precision, recall, F1, calibration.

    With --register the same by alphabet, sex, age and name. A pair belongs to the group of its two records.
    """
    with shared.refusals():
        asked = _Grouping(**grouping)
        if asked.columns and not asked.registers:
            raise shared.Refused("--by names a column of a register; say which: --register FILE.")
        judged = judge(read_pair_frame(pairs), read_pair_frame(truth))
        found = measure(judged)
        groups = measure_groups(judged, _groups(asked)) if asked.registers else {}
        if picture:
            write_text(evaluation_svg(found, language, groups), picture)
    if is_json:
        told = {"measures": found.measures, "bands": found.bands, "truths": found.truths, "curve": found.curve}
        shared.out.print_json(msgspec.json.encode({**told, "groups": groups}).decode())
        return
    for table in (*tables(found), *(group_table(name, parts) for name, parts in groups.items())):
        shared.out.print(table)


def _groups(asked: _Grouping) -> polars.DataFrame:
    found: list[polars.DataFrame] = []
    mapping = read_mapping(asked.mapping)
    for path in asked.registers:
        frame, problems = read_frame(path, mapping, asked.encoding)
        shared.tell_problems(path, problems)
        groups = groups_of(frame)
        for column in asked.columns:
            groups = groups.join(read_column(path, column, mapping, asked.encoding), on="record_id", how="left")
        found.append(groups)
    return polars.concat(found).unique("record_id", keep="first")


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


def group_table(name: str, groups: dict[str, Evaluation]) -> Table:
    """One grouping: each group's best F1, its quality at 0.5 and 0.95, and what came true of 95 and more in 100."""
    table = Table(
        name, "true pairs", "best F1", "at", "P at 0.5", "R at 0.5", "P at 0.95", "R at 0.95", "0.95-0.99 true"
    )
    for group, one in groups.items():
        half, sure = one.at(0.5), one.at(0.95)
        shares = (f"{share:.3f}" for share in (half.precision, half.recall, sure.precision, sure.recall))
        band = next((f"{band.true:.3f} of {band.pairs}" for band in one.bands if band.low == 0.95), "-")
        table.add_row(group, str(one.truths), f"{one.best.f1:.3f}", f"{one.best.threshold:g}", *shares, band)
    return table
