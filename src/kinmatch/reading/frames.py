"""Parquet and Arrow files as frames of text."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars

from kinmatch.reading.raw import Raw, TableError

PARQUET = frozenset({".parquet", ".pq"})
ARROW = frozenset({".arrow", ".feather", ".ipc", ".arrows"})
_PLAIN = (polars.String, polars.Categorical, polars.Enum, polars.Boolean, polars.Null, polars.Date)


def is_frame_file(path: Path) -> bool:
    """Whether the name says Parquet or Arrow."""
    return path.suffix.lower() in PARQUET | ARROW


def open_frame(path: Path) -> polars.DataFrame:
    """The whole file. Raises TableError when there is none or it is not what its name says."""
    if path.suffix.lower() in PARQUET:
        return _read(path, "a Parquet", polars.read_parquet)
    try:
        return _read(path, "an Arrow", polars.read_ipc)
    except TableError:
        if not path.is_file():
            raise
        return _read(path, "an Arrow", polars.read_ipc_stream)


def _read(path: Path, kind: str, reader: Callable[[Path], polars.DataFrame]) -> polars.DataFrame:
    if path.is_dir():
        raise TableError(f"{path} cannot be read: Is a directory.")
    try:
        return reader(path)
    except FileNotFoundError as problem:
        raise TableError(f"There is no file {path}.") from problem
    except (OSError, polars.exceptions.PolarsError) as problem:
        raise TableError(f"{path.name} is not {kind} file that can be read.") from problem


def read_frame_columns(frame: polars.DataFrame, wanted: list[int], name: str) -> Raw:
    """The wanted columns as text: whole numbers without a point, days as 2001-05-09, lists parted by semicolons.

    Raises TableError for a column of another kind.
    """
    columns = frame.columns
    texts = [
        _text(frame[columns[place]], name).alias(str(place)).fill_null("").str.replace_all("\0", "", literal=True)
        for place in sorted(set(wanted))
    ]
    return Raw(polars.DataFrame(texts), np.arange(1, frame.height + 1, dtype=np.int64), [])


def _text(column: polars.Series, name: str) -> polars.Series:
    kind = column.dtype
    if isinstance(kind, polars.List | polars.Array) and isinstance(kind.inner, polars.String):
        return column.list.join("; ") if isinstance(kind, polars.List) else column.arr.join("; ")
    if isinstance(kind, polars.Datetime):
        return column.cast(polars.Date).cast(polars.String)
    if kind.is_float() and bool((column.is_null() | column.is_nan() | (column % 1 == 0)).all()):
        return column.cast(polars.Int64, strict=False).cast(polars.String)
    if kind.is_numeric() or isinstance(kind, _PLAIN):
        return column.cast(polars.String)
    raise TableError(f"{name}: column {column.name!r} holds {kind}. Text, numbers, days and lists of text can be read.")
