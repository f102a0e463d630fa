"""kinmatch explain"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.table import Table

from kinmatch.commands import shared
from kinmatch.evidence import Language
from kinmatch.explanation import Explanation
from kinmatch.index import Index
from kinmatch.kin.family import with_evidence
from kinmatch.kin.pair import family_of
from kinmatch.records import Record
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


class _Asked(msgspec.Struct, frozen=True):
    """How the register is read, by which weights, and who is whose relative in it."""

    weights_file: Path | None
    relations_file: Path | None
    mapping: tuple[str, ...]
    encoding: str


def _weigh(index: Index, known: Mapping[str, Record], mine: str, theirs: str) -> float | None:
    """The weight of two records of the index by names alone."""
    if mine not in known or theirs not in known:
        return None
    return index.explain(known[mine], theirs).weight


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
@shared.relations_option
@shared.language_option
@shared.weights_option
@shared.map_option
@shared.encoding_option
def explain(file: Path, id1: str, id2: str, form: str, language: Language, **reading: Any) -> None:
    """Say why the records ID1 and ID2 of FILE are, or are not, one person: evidence that adds up, in bits.

    As a table, as JSON, or as a picture (SVG) that starts at the odds before any evidence. With --relations the
    families around the two count, too; they are told without names.
    """
    with shared.refusals():
        asked = _Asked(**reading)
        register = shared.read(file, asked.mapping, asked.encoding)
        known = {record.record_id: record for record in register}
        for one in (id1, id2):
            if one not in known:
                raise shared.Refused(f"{file.name} has no record {one!r}.")
        index = Index.from_records(register, None, shared.read_weights(asked.weights_file))
        explanation = index.explain(known[id1], id2)
        if asked.relations_file:
            relations = shared.read_relations_of(asked.relations_file)
            family = family_of(id1, id2, relations, partial(_weigh, index, known))
            explanation = with_evidence(explanation, family.evidence())
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
