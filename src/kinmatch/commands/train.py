"""kinmatch train"""

from pathlib import Path

import click

from kinmatch.cards import weights_with_card
from kinmatch.commands import shared
from kinmatch.tables import read_decisions, write_text
from kinmatch.training import MOST_PAIRS
from kinmatch.training import train as learn

SHOWN = 8


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The weights file, .toml.")
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    help="What people decided: a table of id_a, id_b, decision (same or different).",
)
@shared.weights_option
@shared.map_option
@shared.encoding_option
def train(
    file: Path,
    output: Path,
    decisions: Path | None,
    weights_file: Path | None,
    mapping: tuple[str, ...],
    encoding: str,
) -> None:
    """Adapt the match weights to FILE and write them with their card.

    Without --decisions by expectation-maximisation: what sex, birth, telephone, document and call-name weigh is told
    from the other fields; names keep their weights. With decisions all weights are learnt from them. Weights stay near
    those they start from where the file says little.
    """
    with shared.refusals():
        register = shared.read(file, mapping, encoding)
        start = shared.read_weights(weights_file)
        known = read_decisions(decisions) if decisions else None
        with shared.progress(len(known or ()) or MOST_PAIRS, "Learning") as told:
            found = learn(register, known, start, told)
        write_text(weights_with_card(found, start), output)
    moved = sorted(found.moved.items(), key=lambda item: -abs(item[1]))
    said = ", ".join(f"{name} {by:+.2f}" for name, by in moved[:SHOWN]) or "no weight moved"
    shared.errors.print(f"{found.records} records, {found.pairs} pairs -> {output.name}: {said}")
