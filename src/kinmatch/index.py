"""A searchable register: it takes additions and removals, and finds a person although the name is wrong.

A register of some thousand records is held as rows; a larger one as columns (`columns.index`), which answer from
millions in milliseconds but take a second to be loaded with their compiled kernels.
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

import msgspec

from kinmatch.compare.comparer import Comparer
from kinmatch.explanation import Explanation
from kinmatch.prepare import Prepared
from kinmatch.records import Described, Query, Record
from kinmatch.register import Register
from kinmatch.row_index import Candidate, RowIndex
from kinmatch.weights import Weights

if TYPE_CHECKING:
    import polars

    from kinmatch.columns.index import ColumnIndex

__all__ = ["Candidate", "Index", "search"]
MOST_ROWS = 20_000
_MARK = b"KINMATCH"


def _columns() -> Any:
    """The module of large registers, loaded when one is met."""
    return import_module("kinmatch.columns.index")


class Index:
    """A register held in memory and searched. One thread may add while others search."""

    def __init__(self, weights: Weights | None = None) -> None:
        self._held: RowIndex | ColumnIndex = RowIndex(weights)

    @classmethod
    def from_records(
        cls,
        records: Iterable[Record],
        progress: Callable[[int], None] | None = None,
        weights: Weights | None = None,
    ) -> "Index":
        """An index of all the records; `progress` is told how many are done. A repeated id replaces."""
        by_id = {record.record_id: record for record in records}
        index = cls(weights)
        index._take(list(by_id.values()), weights)
        if progress:
            progress(len(by_id))
        return index

    @classmethod
    def from_frame(cls, frame: "polars.DataFrame", weights: Weights | None = None) -> "Index":
        """An index of a frame as `tables.read_frame` gives it: String columns called as the fields of a record, each
        row with a `record_id` of its own. Raises ValueError when an id occurs twice."""
        if frame["record_id"].is_duplicated().any():
            raise ValueError("a record id occurs more than once")
        index = cls(weights)
        index._held = _columns().ColumnIndex(frame, weights)
        return index

    @property
    def comparer(self) -> Comparer:
        """What compares two records here, with the frequencies of this register."""
        return self._held.comparer

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._held

    def add(self, record: Record) -> None:
        """Adds a record; it is found at once. Raises ValueError when its id is already there.

        When the register has grown to 20,000 records, and then each time that it has doubled, it is read anew as
        columns: about a second for 100,000 records.
        """
        self._held.add(record)
        if isinstance(self._held, RowIndex) and len(self._held) > MOST_ROWS:
            self._take(self._held.records(), self._held.comparer.weights)

    def replace(self, record: Record) -> None:
        """Puts the record in the place of the one with the same id, or adds it."""
        if record.record_id in self._held:
            self._held.remove(record.record_id)
        self.add(record)

    def remove(self, record_id: str) -> None:
        """Takes a record out; no search finds it any more. Raises KeyError when there is none with this id.

        Of a large or loaded index what was written of it stays in memory until it is saved and loaded again; the bytes
        of `to_bytes` do not hold it.
        """
        self._held.remove(record_id)

    def search(self, query: Described, limit: int = 10, minimum: float = 0.0) -> list[Candidate]:
        """At most `limit` candidates of at least the probability `minimum`, likeliest first.

        Without a word of a name, a telephone or a document number the answer is empty. Signs such as * or % mean
        nothing.
        """
        return self._held.search(query, limit, minimum)

    def gathered(self, prepared: Prepared) -> list[tuple[Record, Prepared]]:
        """The records that a search compares field by field, in no order."""
        return self._held.gathered(prepared)

    def record(self, record_id: str) -> Record:
        """The record with this id. Raises KeyError without such a record."""
        return self._held.record(record_id)

    def explain(self, query: Described, record_id: str) -> Explanation:
        """Why a query and a record of this index weigh what `search` says. Raises KeyError without such a record."""
        return self._held.explain(query, record_id)

    def to_bytes(self) -> bytes:
        """The index as bytes (no code inside), to be sealed by the caller. Searches wait meanwhile: a second for
        100,000 records."""
        held = self._held.to_bytes()
        return held if isinstance(self._held, RowIndex) else _MARK + held

    @classmethod
    def from_bytes(cls, data: bytes) -> "Index":
        """The index that `to_bytes` gave. Raises ValueError when the bytes are not such an index."""
        index = cls()
        if not data.startswith(_MARK):
            index._held = RowIndex.from_bytes(data)
            return index
        module = _columns()
        try:
            written = msgspec.msgpack.decode(memoryview(data)[len(_MARK) :], type=module.Written)
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            raise ValueError("these bytes are not a kinmatch index") from problem
        if written.format != module.FORMAT:
            raise ValueError("this kinmatch index was written by another version; build it anew")
        index._held = module.ColumnIndex.from_written(written)
        return index

    def _take(self, records: list[Record], weights: Weights | None) -> None:
        if len(records) > MOST_ROWS:
            module = _columns()
            self._held = module.ColumnIndex(module.frame_of(records), weights)
            return
        self._held = RowIndex(weights)
        for record in records:
            self._held.add(record)


def search(
    register: "Index | Register | Iterable[Record]", query: Query, limit: int = 10, minimum: float = 0.0
) -> list[Candidate]:
    """Looks for one person in a register. For more than one search make an `Index` once and ask that."""
    index = register if isinstance(register, Index) else Index.from_records(register)
    return index.search(query, limit, minimum)
