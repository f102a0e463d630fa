"""The people of a register with those of like names side by side, so that who is compared lies near in memory."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from kinmatch.columns.meeting import workers
from kinmatch.columns.people import Names, People

Rows = npt.NDArray[np.int64]
# Sounds are numbers of at most so many bits; three of them are one number.
_SOUND_BITS = 21
_OF_NAMES = ("mother", "father")
_OF_ROWS = (
    *("given", "surnames", "married", "guessed", "nickname", "sex", "has_birth", "year", "month", "day"),
    *("earliest", "latest", "age", "birth_place", "place", "phone", "document"),
)


def by_name(people: People, border: int = 0) -> tuple[People, Rows]:
    """The same people by the sounds of both surnames and the first given name, and the old row of each new one.

    Those before row `border` stay before it; rows of equal sounds keep their order. Someone with `relatives` in the
    register keeps their names, so then nobody is moved.
    """
    if len(people.relatives):
        return people, np.arange(len(people), dtype=np.int64)
    order = _order(people, border)
    with ThreadPoolExecutor(workers()) as pool:
        moved = _taken(people, _OF_ROWS, order, pool)
        parents = np.concatenate([getattr(people, name)[order] for name in _OF_NAMES])
        known = parents >= 0
        names = _taken(people.names, [each.name for each in fields(Names)], parents[known], pool)
    rows = np.full(len(parents), -1, dtype=np.int32)
    rows[known] = np.arange(int(known.sum()), dtype=np.int32)
    mother, father = np.split(rows, len(_OF_NAMES))
    return replace(people, **moved, mother=mother, father=father, names=Names(**names)), order


def _order(people: People, border: int) -> Rows:
    sound = np.append(people.tokens.sound, -1).astype(np.int64) + 1
    key = np.zeros(len(people), dtype=np.int64)
    for column in (people.surnames[:, 0], people.surnames[:, 1], people.given[:, 0]):
        key = (key << _SOUND_BITS) | sound[column]
    return np.concatenate([np.argsort(key[:border], kind="stable"), border + np.argsort(key[border:], kind="stable")])


def _taken(table: People | Names, columns: Sequence[str], rows: Rows, pool: ThreadPoolExecutor) -> dict[str, Any]:
    """The rows of these columns, some columns at once."""
    return dict(zip(columns, pool.map(lambda name: getattr(table, name).take(rows, axis=0), columns), strict=True))
