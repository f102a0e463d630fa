"""kinmatch bench"""

import tempfile
from pathlib import Path
from typing import Any

import click

from kinmatch.commands import shared
from kinmatch.measuring.contenders import FAMILIES, NONE, ROOT
from kinmatch.measuring.course import Asked, measure
from kinmatch.tables import write_text


class _Told:
    """Prints lines as they come, and keeps them for the file."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def __call__(self, *lines: str) -> None:
        """Prints and keeps."""
        self.lines += lines
        for line in lines:
            shared.out.print(line, markup=False)


@click.command()
@click.option("--size", type=click.IntRange(100, 2_000_000), default=100_000, show_default=True, help="Records.")
@click.option("--seed", type=click.IntRange(0), default=2019, show_default=True, help="The same seed, the same people.")
@click.option("--queries", "asked", type=click.IntRange(1, 10_000), default=500, show_default=True, help="Searches.")
@click.option("--profile", default="spanish", show_default=True, help="Whose names, as of kinmatch synth.")
@click.option(
    "--errors", type=click.FloatRange(0, 20), default=1.0, show_default=True, help="Scale of the error rates."
)
@click.option("--missing", type=click.FloatRange(0, 20), default=1.0, show_default=True,
              help="Scale of the rates of missing fields.")  # fmt: skip
@click.option("--data", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Measure on this register (Parquet, columns as kinmatch synth writes) instead.")  # fmt: skip
@click.option("--truth", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="The true pairs of --data: Parquet with id_a and id_b.")  # fmt: skip
@click.option("--against", multiple=True, type=click.Choice([*FAMILIES, NONE]),
              help="Only these others; may be repeated. All that are installed, if left out.")  # fmt: skip
@click.option("--peers", type=click.Path(path_type=Path), default=ROOT / ".venv-peers/bin/python",
              help="The Python of make bench-peers.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Also write what is printed to this file.")
@shared.weights_option
def bench(**options: Any) -> None:
    """Measure kinmatch, and what others use if it is installed, side by side: quality, time, memory.

    Pairs of a register from file to clusters, growth, finding one person, and the public registers FEBRL3 and FEBRL4.
    Each runs in a process of its own, one after the other, measured from outside.
    """
    output: Path | None = options.pop("output")
    weights_file: Path | None = options["weights_file"]
    told = _Told()
    with shared.refusals(), tempfile.TemporaryDirectory(prefix="kinmatch-bench-") as folder:
        shared.read_weights(weights_file)
        measure(Asked(**options), told, _step, Path(folder))
        if output:
            write_text("\n".join(told.lines) + "\n", output)


def _step(name: str) -> None:
    """Says on a terminal what runs now."""
    if shared.errors.is_terminal:
        shared.errors.print(f"… {name}", markup=False)
