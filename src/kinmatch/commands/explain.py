"""kinmatch explain"""

from pathlib import Path
from typing import Any

import click
from rich.table import Table

from kinmatch.commands import shared
from kinmatch.evidence import Language
from kinmatch.explanation import Explanation
from kinmatch.index import Index
from kinmatch.telling import explanation_json
from kinmatch.waterfall import waterfall_svg

_WORDS = {
    "en": ("bits", "sum", "evidence", "Before any evidence, in a register of {n}", "probability {p:.1%}"),
    "es": (
        "bits",
        "suma",
        "evidencia",
        "Antes de toda evidencia, en un registro de {n}",
        "probabilidad {p:.1%}",
    ),
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("id1")
@click.argument("id2")
@click.option(
    "--as",
    "form",
    type=click.Choice(["text", "json", "svg"]),
    default="text",
    show_default=True,
    help="How it is told.",
)
@shared.language_option
@shared.weights_option
@shared.map_option
@shared.encoding_option
def explain(
    file: Path, id1: str, id2: str, form: str, language: Language, weights_file: Path | None, **reading: Any
) -> None:
    """Say why the records ID1 and ID2 of FILE are, or are not, one person: evidence that adds up, in bits.

    As a table, as JSON, or as a picture (SVG) that starts at the odds before any evidence.
    """
    with shared.refusals():
        weights = shared.read_weights(weights_file)
        register = shared.read(file, **reading)
        known = {record.record_id: record for record in register}
        for one in (id1, id2):
            if one not in known:
                raise shared.Refused(f"{file.name} has no record {one!r}.")
        explanation = Index.from_records(register, None, weights).explain(known[id1], id2)
    if form == "json":
        click.echo(explanation_json(explanation, language))
    elif form == "svg":
        click.echo(waterfall_svg(explanation, language))
    else:
        show(explanation, len(register), language)


def show(explanation: Explanation, size: int, language: Language) -> None:
    """Prints an explanation as a table whose last sum is the weight."""
    bits, total, evidence, prior, probability = _WORDS[language]
    table = Table(bits, total, evidence)
    steps = explanation.steps()
    table.add_row(f"{explanation.prior:+.2f}", f"{steps[0]:+.2f}", prior.format(n=size))
    for one, running in zip(explanation.evidence, steps[1:], strict=True):
        if one.sign != "blank":
            table.add_row(f"{one.weight:+.2f}", f"{running:+.2f}", one.sentence(language))
    shared.out.print(table)
    shared.out.print(f"{explanation.weight:+.2f} {bits} = {probability.format(p=explanation.probability)}")
