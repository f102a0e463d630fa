"""Reads registers from CSV and Parquet files, and writes pairs and clusters.

What is wrong with a file as a whole is a `TableError` with one sentence; a bad row is left out and named.
"""

import _csv
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import polars

from kinmatch.clustering import Cluster
from kinmatch.compare.comparer import FIELDS as LEVEL_FIELDS
from kinmatch.pairing import Pair
from kinmatch.register import FIELDS, Problem, Register

PARQUET = frozenset({".parquet", ".pq"})
# Short names of kinds for --map, besides the names of the fields themselves.
KINDS = {
    "id": "record_id",
    "given": "given_names",
    "surname": "surnames",
    "name": "full_name",
    "date": "birth_date",
    "born": "birth_date",
    "code": "document",
    "person": "relatives",
}


LONGEST_CELL = 131_072


class TableError(ValueError):
    """A file that cannot be read or written as a whole; the message is a sentence for its user."""


def read_mapping(texts: Iterable[str]) -> dict[str, str]:
    """Field by column, from texts like 'soundex=code'. Raises TableError for an unknown kind."""
    found: dict[str, str] = {}
    for text in texts:
        column, equals, kind = text.rpartition("=")
        field = KINDS.get(kind, kind)
        if not equals or not column or field not in FIELDS:
            kinds = ", ".join((*FIELDS, *KINDS))
            raise TableError(f"--map {text}: write COLUMN=KIND, where KIND is one of {kinds}.")
        found[column] = field
    return found


def read_register(path: Path, mapping: Mapping[str, str] | None = None, encoding: str = "utf-8") -> Register:
    """The register in a CSV file (comma, semicolon or tab) or a Parquet file.

    `mapping` gives the field for columns that are not called like one; several columns of one field are
    joined.
    Raises TableError when there is no such file, it is not a table, or it has no column for record_id.
    """
    chosen = dict(mapping or {})
    rows: Iterable[tuple[int, list[str]]]
    problems: list[Problem] = []
    if path.suffix.lower() in PARQUET:
        heading, rows = _parquet_rows(path)
    else:
        heading, rows, problems = _csv_rows(path, encoding)
    fields = [chosen.get(column, column if column in FIELDS else "") for column in heading]
    missing = [column for column in chosen if column not in heading]
    if missing:
        raise TableError(f"{path.name} has no column {missing[0]!r}. Its columns: {', '.join(heading)}.")
    if "record_id" not in fields:
        raise TableError(
            f"{path.name} has no column record_id. Say which one it is: --map COLUMN=record_id. "
            f"Its columns: {', '.join(heading)[:300]}."
        )
    return _register(fields, rows, problems)


def _register(fields: list[str], rows: Iterable[tuple[int, Sequence[str]]], problems: list[Problem]) -> Register:
    lines: list[int] = []

    def named() -> Iterator[dict[str, str]]:
        for line, cells in rows:
            lines.append(line)
            yield _row(fields, cells)

    register = Register.from_rows(named(), first_line=0)
    told = [Problem(lines[problem.line], problem.reason) for problem in register.problems]
    register.problems = sorted(told + problems, key=lambda problem: problem.line)
    return register


def _row(fields: list[str], cells: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, cell in zip(fields, cells, strict=True):
        if field:
            between = "; " if field == "relatives" else " "
            found[field] = f"{found[field]}{between}{cell}" if found.get(field) else cell
    return found


def _text(path: Path, encoding: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig" if encoding.lower() in {"utf-8", "utf8"} else encoding)
    except FileNotFoundError as problem:
        raise TableError(f"There is no file {path}.") from problem
    except OSError as problem:
        raise TableError(f"{path} cannot be read: {problem.strerror}.") from problem
    except UnicodeDecodeError as problem:
        raise TableError(
            f"{path.name} is not written in {encoding} (byte {problem.start}). "
            "Try --encoding cp1252, or save it as UTF-8."
        ) from problem
    except LookupError as problem:
        raise TableError(f"There is no encoding called {encoding}.") from problem


def _csv_rows(path: Path, encoding: str) -> tuple[list[str], list[tuple[int, list[str]]], list[Problem]]:
    text = _text(path, encoding)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(LONGEST_CELL)  # one limit a process: another reader may have moved it
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    problems: list[Problem] = []
    heading: list[str] = []
    for line, cells in _lines(reader, problems):
        if not heading:
            heading = [cell.strip() for cell in cells]
        elif len(cells) != len(heading):
            problems.append(Problem(line, f"{len(cells)} cells where the heading has {len(heading)}"))
        else:
            rows.append((line, cells))
    if not heading:
        raise TableError(f"{path.name} is empty.")
    return heading, rows, problems


def _lines(reader: "_csv.Reader", problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Every row with its first line; one that the reader refuses is a problem, blank ones are passed over."""
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            problems.append(Problem(line, str(problem)))
            continue
        if cells:
            yield line, cells


def _parquet_rows(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    frame = _frame(path)
    texts = [
        column.list.eval(polars.element().cast(polars.String)).list.join("; ")
        if isinstance(column.dtype, polars.List)
        else column.cast(polars.String, strict=False)
        for column in frame.iter_columns()
    ]
    cells = polars.DataFrame(texts).fill_null("")
    return frame.columns, ((number, list(row)) for number, row in enumerate(cells.iter_rows(), 1))


def _frame(path: Path) -> polars.DataFrame:
    try:
        return polars.read_parquet(path)
    except FileNotFoundError as problem:
        raise TableError(f"There is no file {path}.") from problem
    except (OSError, polars.exceptions.PolarsError) as problem:
        raise TableError(f"{path.name} is not a Parquet file that can be read.") from problem


def write_pairs(pairs: Sequence[Pair], path: Path) -> None:
    """Writes id_a, id_b, probability, weight and one column of levels per field, as CSV or Parquet by the
    name."""
    columns: dict[str, list[str] | list[float]] = {
        "id_a": [pair.id_a for pair in pairs],
        "id_b": [pair.id_b for pair in pairs],
        "probability": [round(pair.probability, 6) for pair in pairs],
        "weight": [round(pair.weight, 4) for pair in pairs],
    }
    columns |= {field: [pair.levels.get(field, "") for pair in pairs] for field in LEVEL_FIELDS}
    schema = {name: polars.Float64 if name in {"probability", "weight"} else polars.String for name in columns}
    _write(polars.DataFrame(columns, schema=schema), path)


def write_clusters(found: Sequence[Cluster], path: Path) -> None:
    """Writes record_id, cluster_id and the cluster's contradictions, one row per record."""
    rows = [
        (one, cluster.cluster_id, " ".join(cluster.contradictions)) for cluster in found for one in cluster.record_ids
    ]
    names = ["record_id", "cluster_id", "contradictions"]
    _write(polars.DataFrame(rows, schema=dict.fromkeys(names, polars.String), orient="row"), path)


def _write(frame: polars.DataFrame, path: Path) -> None:
    try:
        if path.suffix.lower() in PARQUET:
            frame.write_parquet(path)
        else:
            frame.write_csv(path)
    except OSError as problem:
        raise TableError(f"{path} cannot be written: {problem.strerror or problem}.") from problem


def read_pairs(path: Path) -> list[Pair]:
    """Pairs from a file of `write_pairs`, or any table with id_a and id_b; without a probability it is 1."""
    found: list[Pair] = []
    for row in _named_rows(path, ("id_a", "id_b")):
        try:
            chance = float(row.get("probability") or 1.0)
            weight = float(row.get("weight") or 0.0)
        except ValueError as problem:
            raise TableError(f"{path.name}: a probability or weight is not a number.") from problem
        found.append(Pair(row["id_a"], row["id_b"], chance, weight, {}))
    return found


def _named_rows(path: Path, needed: tuple[str, ...]) -> list[dict[str, str]]:
    rows: Iterable[tuple[int, list[str]]]
    if path.suffix.lower() in PARQUET:
        heading, rows = _parquet_rows(path)
    else:
        heading, rows, _ = _csv_rows(path, "utf-8")
    missing = [name for name in needed if name not in heading]
    if missing:
        raise TableError(f"{path.name} has no column {missing[0]}. Its columns: {', '.join(heading)[:300]}.")
    return [dict(zip(heading, cells, strict=True)) for _, cells in rows]
