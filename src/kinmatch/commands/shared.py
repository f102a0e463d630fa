"""What several commands do alike: read a register, tell of its bad rows, show progress."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
import polars
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from kinmatch.reading.raw import TableError
from kinmatch.register import Problem, Register
from kinmatch.tables import read_frame, read_mapping, read_register, read_relations
from kinmatch.weights import Weights

Act = TypeVar("Act", bound=Callable[..., Any])
PROBLEMS_SHOWN = 20
errors = Console(stderr=True, highlight=False, soft_wrap=True)
out = Console(highlight=False, soft_wrap=True)

map_option = click.option(
    "--map",
    "mapping",
    multiple=True,
    metavar="COLUMN=KIND",
    help="Read a column as this kind; may be repeated.",
)
encoding_option = click.option("--encoding", default="utf-8", show_default=True, help="Encoding of CSV files.")
weights_option = click.option(
    "--weights",
    "weights_file",
    type=click.Path(path_type=Path),
    help="A weights file instead of the shipped one.",
)
relations_option = click.option(
    "--relations",
    "relations_file",
    type=click.Path(path_type=Path),
    help="Who is whose mother, father, partner, child or sibling, or seeks whom: record_id, relation, other_id.",
)
threshold_option = click.option(
    "--threshold",
    type=click.FloatRange(0.0, 1.0),
    default=0.5,
    show_default=True,
    help="Least probability of a pair.",
)
language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "es"]),
    default="en",
    show_default=True,
    help="Language of reasons.",
)


class Refused(click.ClickException):
    """Something that cannot be done as asked: one sentence, exit code 2."""

    exit_code = 2


@contextmanager
def refusals() -> Iterator[None]:
    """Turns what is wrong with a file or an id into one sentence."""
    try:
        yield
    except (TableError, ValueError) as problem:
        raise Refused(str(problem)) from problem


def read(path: Path, mapping: tuple[str, ...], encoding: str) -> Register:
    """Reads a register and names on the error stream the rows that were left out."""
    register = read_register(path, read_mapping(mapping), encoding)
    tell_problems(path, register.problems)
    return register


def read_table(path: Path, mapping: tuple[str, ...], encoding: str) -> polars.DataFrame:
    """The same as a frame of `tables.read_frame`."""
    frame, problems = read_frame(path, read_mapping(mapping), encoding)
    tell_problems(path, problems)
    return frame


def read_relations_of(path: Path) -> polars.DataFrame:
    """Reads relations between records, and names the rows that were left out."""
    relations, problems = read_relations(path)
    tell_problems(path, problems)
    return relations


def tell_problems(path: Path, problems: Sequence[Problem]) -> None:
    """Names the first bad rows by their line, and how many more there are, by reason."""
    for problem in problems[:PROBLEMS_SHOWN]:
        errors.print(f"{path.name} {problem}", markup=False)
    more = Counter(problem.said for problem in problems[PROBLEMS_SHOWN:])
    for reason, count in more.most_common(PROBLEMS_SHOWN):
        errors.print(f"{path.name}: {count} more rows: {reason}", markup=False)
    rest = more.total() - sum(count for _, count in more.most_common(PROBLEMS_SHOWN))
    if rest:
        errors.print(f"{path.name}: {rest} more rows for other reasons", markup=False)


def read_weights(path: Path | None) -> Weights:
    """The weights of a file, or the shipped ones."""
    return Weights.read(path) if path else Weights.shipped()


@contextmanager
def progress(total: int, label: str) -> Iterator[Callable[[int], None]]:
    """A progress bar on a terminal, and nothing in a pipe."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task(label, total=max(total, 1))
        yield lambda done: bar.update(task, completed=done)
