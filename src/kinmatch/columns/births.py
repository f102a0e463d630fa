"""Births as in `kinmatch.dates`: each distinct date, and each distinct age with its day, is read once."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars

from kinmatch.columns.cells import empty_store, number_cells, read_cells
from kinmatch.dates import Birth, read_birth

_NOTHING = Birth()


class Births(NamedTuple):
    """A birth per row as in `dates.Birth`; 0 is unknown, age -1; `has_birth` tells a row that says nothing."""

    has_birth: npt.NDArray[np.bool_]
    year: npt.NDArray[np.int16]
    month: npt.NDArray[np.int16]
    day: npt.NDArray[np.int16]
    earliest: npt.NDArray[np.int32]
    latest: npt.NDArray[np.int32]
    age: npt.NDArray[np.int16]


def read_births(birth_date: polars.Series, age: polars.Series, age_on: polars.Series) -> Births:
    """The births of three String columns."""
    dates, date_texts = _distinct(birth_date)
    ages, age_texts = _distinct(age)
    days, day_texts = _distinct(age_on)
    from_dates = [read_birth(text, None, "") for text in date_texts]
    dated = np.array([birth is not None for birth in from_dates], dtype=np.bool_)[dates]
    undated = np.flatnonzero(~dated)
    pairs, pair = np.unique(ages[undated].astype(np.int64) * len(day_texts) + days[undated], return_inverse=True)
    from_ages = [
        read_birth("", _age(age_texts[one // len(day_texts)]), day_texts[one % len(day_texts)])
        for one in pairs.tolist()
    ]
    row = dates.astype(np.int64)
    row[undated] = len(from_dates) + pair.reshape(-1)
    return _columns(from_dates + from_ages, row)


def _distinct(column: polars.Series) -> tuple[npt.NDArray[np.int32], list[str]]:
    cells = read_cells(column)
    numbers, fresh, _ = number_cells(cells.data, cells.start, empty_store())
    return numbers, [cells.text(row) for row in fresh.tolist()]


def _age(text: str) -> int | None:
    try:
        return int(float(text)) if text else None
    except (ValueError, OverflowError):
        return None


def _columns(found: list[Birth | None], row: npt.NDArray[np.int64]) -> Births:
    held = np.array([birth is not None for birth in found], dtype=np.bool_)
    values = np.array([birth or _NOTHING for birth in found], dtype=np.int32).reshape(-1, len(Birth._fields))
    year, month, day, _, _, age = values.astype(np.int16).T
    return Births(held[row], year[row], month[row], day[row], values[:, 3][row], values[:, 4][row], age[row])
