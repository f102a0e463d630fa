"""The rows of a frame that cannot be used: each is named by its line, and left out."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import polars

from kinmatch.dates import parse_date, possible_part
from kinmatch.register import Problem, read_age


def check_rows(frame: polars.DataFrame, lines: npt.NDArray[np.int64]) -> tuple[polars.DataFrame, list[Problem]]:
    """The rows that can be used, and what was wrong with others, by line.

    Left out, with the first reason found, are rows without a record_id, with a date or an age that is none, or with a
    record_id that an earlier good row has. A date whose day or month no calendar has is read as far as it can be.
    Each distinct value is read once.
    """
    frame, kept = _mend_dates(frame, lines)
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
    left_out = {int(lines[row]): Problem(int(lines[row]), said[reasons[row]]) for row in bad}
    problems = [*left_out.values(), *(one for one in kept if one.line not in left_out)]
    return (frame.filter(polars.Series(reasons == 0)) if left_out else frame), problems


def _mend_dates(frame: polars.DataFrame, lines: npt.NDArray[np.int64]) -> tuple[polars.DataFrame, list[Problem]]:
    problems: list[Problem] = []
    for name in ("birth_date", "age_on"):
        if name not in frame.columns:
            continue
        for why, values in _bad_values(frame[name], parse_date).items():
            parts = {value: part for value in values if (part := _part(value))}
            rows = frame[name].is_in(list(parts))
            said = f"{name}: {why}; read as far as it goes"
            problems += [Problem(int(lines[row]), said, is_kept=True) for row in rows.arg_true()]
            frame = frame.with_columns(polars.col(name).replace(parts))
    return frame, problems


def _part(value: str) -> str:
    try:
        return possible_part(value)
    except ValueError:
        return ""


def _mark(reasons: npt.NDArray[np.int64], said: list[str], rows: polars.Series, why: str) -> None:
    fresh = rows.to_numpy() & (reasons == 0)
    if fresh.any():
        reasons[fresh] = len(said)
        said.append(why)


def _bad_values(column: polars.Series, reader: Callable[[str], object]) -> dict[str, list[str]]:
    """The distinct values that the reader refuses, by its reason; plain days, as most are, are no question."""
    found: dict[str, list[str]] = {}
    values = column.unique()
    if reader is parse_date:
        values = values.filter(~values.str.contains(_PLAIN_DAY))
    for value in values.to_list():
        try:
            if value:
                reader(value)
        except ValueError as problem:
            found.setdefault(str(problem), []).append(value)
    return found


# Days that every calendar has.
_PLAIN_DAY = r"^(?:19\d\d|20[0-4]\d)-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$"
_READERS: dict[str, Callable[[str], object]] = {"birth_date": parse_date, "age_on": parse_date, "age": read_age}
