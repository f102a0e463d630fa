"""kinmatch train"""

from pathlib import Path

import click
import msgspec

from kinmatch.cards import weights_with_card
from kinmatch.commands import shared
from kinmatch.records import Record
from kinmatch.tables import read_decisions, write_text
from kinmatch.training import MOST_PAIRS
from kinmatch.training import train as learn

SHOWN = 8


@click.command()
@click.argument("files", type=click.Path(path_type=Path), nargs=-1, required=True)
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
    files: tuple[Path, ...],
    output: Path,
    decisions: Path | None,
    weights_file: Path | None,
    mapping: tuple[str, ...],
    encoding: str,
) -> None:
    """Adapt the match weights to FILES (one register, or those that will be linked) and write them with their card.

    Without --decisions by expectation-maximisation: what a field weighs is told from the other fields. Where there are
    brothers and sisters, names, parents and places keep their weights. With decisions all weights are learnt from them.
    Weights stay near those they start from where the files say little.
    """
    with shared.refusals():
        registers = [shared.read(file, mapping, encoding) for file in files]
        records = [record for register in registers for record in register]
        start = shared.read_weights(weights_file)
        known = read_decisions(decisions) if decisions else None
        if len({record.record_id for record in records}) < len(records):
            if known:
                raise shared.Refused("Two of the files have the same record_id, so that decisions do not say which.")
            records = [_numbered(record, n) for n, register in enumerate(registers) for record in register]
        with shared.progress(len(known or ()) or MOST_PAIRS, "Learning") as told:
            found = learn(records, known, start, told)
        write_text(weights_with_card(found, start), output)
    moved = sorted(found.moved.items(), key=lambda item: -abs(item[1]))
    said = ", ".join(f"{name} {by:+.2f}" for name, by in moved[:SHOWN]) or "no weight moved"
    shared.errors.print(f"{found.records} records, {found.pairs} pairs -> {output.name}: {said}")


def _numbered(record: Record, file: int) -> Record:
    return msgspec.structs.replace(record, record_id=f"{file}:{record.record_id}")
