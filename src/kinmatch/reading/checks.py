"""The rows of a frame that cannot be used: each is named by its line, and left out."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import polars

from kinmatch.dates import parse_date
from kinmatch.register import Problem, read_age


def check_rows(frame: polars.DataFrame, lines: npt.NDArray[np.int64]) -> tuple[polars.DataFrame, list[Problem]]:
    """The rows that can be used, and the others with the first reason found: no record_id, a date or an age that is
    none, a record_id that an earlier good row has. Each distinct value is read once."""
    reasons = np.zeros(frame.height, dtype=np.int64)
    said = [""]
    _mark(reasons, said, frame["record_id"] == "", "record_id is empty")
    for name, reader in _READERS.items():
        if name in frame.columns:
            for why, values in _bad_values(frame[name], reader).items():
                _mark(reasons, said, frame[name].is_in(values), f"{name}: {why}")
    good = np.flatnonzero(reasons == 0)
    repeated = good[(~frame["record_id"].gather(good).is_first_distinct()).to_numpy()]
    if len(repeated):
        said.append("this record_id occurred before")
        reasons[repeated] = len(said) - 1
    bad = np.flatnonzero(reasons)
    problems = [Problem(int(lines[row]), said[reasons[row]]) for row in bad]
    return (frame.filter(polars.Series(reasons == 0)) if problems else frame), problems


def _mark(reasons: npt.NDArray[np.int64], said: list[str], rows: polars.Series, why: str) -> None:
    fresh = rows.to_numpy() & (reasons == 0)
    if fresh.any():
        reasons[fresh] = len(said)
        said.append(why)


def _bad_values(column: polars.Series, reader: Callable[[str], object]) -> dict[str, list[str]]:
    """The distinct values that the reader refuses, by its reason."""
    found: dict[str, list[str]] = {}
    for value in column.unique().to_list():
        try:
            if value:
                reader(value)
        except ValueError as problem:
            found.setdefault(str(problem), []).append(value)
    return found


_READERS: dict[str, Callable[[str], object]] = {"birth_date": parse_date, "age_on": parse_date, "age": read_age}
