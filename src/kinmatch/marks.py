"""A few plain numbers per record, to rank by something cheap those that share a name, before they are compared."""

from array import array
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from kinmatch.names import PersonName
from kinmatch.packed import key_of
from kinmatch.prepare import Prepared

# What agreement is worth, roughly in bits; the exact weighing comes after.
DAY, NEAR_YEAR, FAR_YEAR, YEARS_FAR = 5.0, 4.0, -4.0, 5
AGREES = {"sex": 1.0, "birth_place": 2.0, "place": 1.5, "mother": 3.0, "father": 3.0}
DIFFERS = {"sex": -4.0, "birth_place": -1.0, "place": -0.5, "mother": -2.5, "father": -2.5}
_COLUMNS = ("year", "day", *AGREES)
_BITS = (1 << 62) - 1


class Marks:
    """Columns of numbers by slot; 0 is unknown."""

    def __init__(self, written: Mapping[str, bytes] | None = None) -> None:
        self._columns = {name: array("q", written[name] if written is not None else b"") for name in _COLUMNS}

    def written(self, slots: npt.NDArray[np.intp]) -> dict[str, bytes]:
        """The columns of these slots, in their order, as `Marks` reads them."""
        return {name: _seen(column)[slots].tobytes() for name, column in self._columns.items()}

    def put(self, slot: int, person: Prepared) -> None:
        """Sets the marks of a slot; the slot after the last is new."""
        for name, value in _marks(person):
            column = self._columns[name]
            if slot == len(column):
                column.append(value)
            else:
                column[slot] = value

    def bonus(self, query: Prepared, slots: npt.NDArray[np.intp]) -> npt.NDArray[np.float32]:
        """How well each slot's marks agree with the query's; 0 where one side says nothing."""
        total = np.zeros(len(slots), dtype=np.float32)
        for name, value in _marks(query):
            if value:
                column = _seen(self._columns[name])[slots]
                total += np.where(column == 0, 0.0, _agreement(name, column, value))
        return total


def _seen(column: "array[int]") -> npt.NDArray[np.int64]:
    return np.frombuffer(column, dtype=np.int64) if column else np.empty(0, dtype=np.int64)


def _agreement(name: str, column: npt.NDArray[np.int64], value: int) -> npt.NDArray[np.float64]:
    if name == "year":
        apart = np.abs(column - value)
        return np.where(apart <= 1, NEAR_YEAR, np.where(apart > YEARS_FAR, FAR_YEAR, 0.0))
    if name == "day":
        return np.where(column == value, DAY, 0.0)
    return np.where(column == value, AGREES[name], DIFFERS[name])


def _marks(person: Prepared) -> Iterator[tuple[str, int]]:
    birth = person.birth
    yield "year", birth.year if birth else 0
    # Whichever of day and month was written first.
    yield "day", 40 * min(birth.month, birth.day) + max(birth.month, birth.day) if birth and birth.day else 0
    yield "sex", ord(person.sex) if person.sex else 0
    yield "birth_place", _number(person.birth_place)
    yield "place", _number(person.place)
    yield "mother", _number(_first_given(person.mother))
    yield "father", _number(_first_given(person.father))


def _first_given(name: PersonName | None) -> tuple[str, ...]:
    return name.given[:1] if name else ()


def _number(words: tuple[str, ...]) -> int:
    return (key_of("\0".join(words)) & _BITS) | 1 if words else 0
