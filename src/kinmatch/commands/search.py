"""kinmatch search"""

from pathlib import Path
from typing import Any

import click
import msgspec
from rich.table import Table

from kinmatch.commands import shared
from kinmatch.evidence import Evidence, Language
from kinmatch.index import Candidate, Index
from kinmatch.records import Query

_TEXTS = {
    "--given": ("given_names", "Given names."),
    "--surnames": ("surnames", "Surnames."),
    "--name": ("full_name", "A whole name, when its parts are not known apart."),
    "--nickname": ("nickname", "Call-name."),
    "--sex": ("sex", "m or f."),
    "--born": ("birth_date", "2001-05-09, 2001-05 or 2001."),
    "--age-on": ("age_on", "The day on which --age was true."),
    "--birth-place": ("birth_place", "Place of birth."),
    "--place": ("place", "Place."),
    "--mother": ("mother", "Mother's name."),
    "--father": ("father", "Father's name."),
    "--phone": ("phone", "Telephone."),
    "--document": ("document", "Document number."),
}
STRONGEST = 3
_ASKED = frozenset({f"asked_{field}" for field, _ in _TEXTS.values()} | {"asked_age"})


def _query_options(command: shared.Act) -> shared.Act:
    for option, (field, text) in reversed(_TEXTS.items()):
        command = click.option(option, f"asked_{field}", default="", help=text)(command)
    return command


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@_query_options
@click.option("--age", "asked_age", type=click.IntRange(0, 130), help="Age in years; say with --age-on when.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="At most so many.")
@click.option("--minimum", type=click.FloatRange(0.0, 1.0), default=0.01, show_default=True, help="Least probability.")
@shared.language_option
@shared.weights_option
@shared.map_option
@shared.encoding_option
def search(
    file: Path,
    limit: int,
    minimum: float,
    language: Language,
    weights_file: Path | None,
    **asked: Any,
) -> None:
    """Look for one person in FILE. A name, a telephone or a document number is needed; a place alone finds
    nothing."""
    with shared.refusals():
        query = _query(asked)
        weights = shared.read_weights(weights_file)
        register = shared.read(file, asked["mapping"], asked["encoding"])
        with shared.progress(len(register), "Reading") as told:
            index = Index.from_records(register, told, weights)
        found = index.search(query, limit, minimum)
    if not found:
        shared.out.print("Nobody found." if language == "en" else "No se encontró a nadie.")
        return
    table = Table("record_id", "probability", "weight", "why")
    for candidate in found:
        table.add_row(
            candidate.record_id,
            f"{candidate.probability:.1%}",
            f"{candidate.weight:+.1f}",
            "; ".join(one.reason(language) for one in _strongest(candidate)),
        )
    shared.out.print(table)


def _query(asked: dict[str, Any]) -> Query:
    """The query that the options describe; click has checked the age."""
    fields = {name.removeprefix("asked_"): value for name, value in asked.items() if name in _ASKED}
    return msgspec.convert(fields, Query)


def _strongest(candidate: Candidate) -> list[Evidence]:
    return sorted(candidate.evidence, key=lambda one: -abs(one.weight))[:STRONGEST]
