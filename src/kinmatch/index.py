"""A searchable register: it takes additions and removals, and finds a person although the name is wrong.

Words of names stand in an inverted list each. A query's words, with the register's words near them, gather
the records
that share rare words; the best hundred are compared field by field. A place, a date or a sex alone
finds nothing.
"""

import math
from array import array
from collections.abc import Callable, Iterable
from threading import RLock

import msgspec
import numpy as np
import numpy.typing as npt

from kinmatch.compare.comparer import Comparer
from kinmatch.compare.corrections import FieldResult
from kinmatch.compare.grades import RARITY_SHARE
from kinmatch.evidence import Evidence, make_evidence
from kinmatch.explanation import Explanation, make_explanation
from kinmatch.marks import Marks
from kinmatch.prepare import Prepared
from kinmatch.records import Described, Query, Record
from kinmatch.register import Register
from kinmatch.tokenbook import TokenBook
from kinmatch.weights import Weights, probability

COMPARED = 100
FORMAT = "kinmatch-index-1"
NUMBER_WEIGHT = 24.0
TOLD_EVERY = 1000


class Candidate(msgspec.Struct, frozen=True):
    """A record that may be the person. `probability` is absolute, `weight` the log2 odds it comes from."""

    record_id: str
    probability: float
    weight: float
    evidence: tuple[Evidence, ...]


class _Saved(msgspec.Struct):
    format: str
    weights: Weights
    records: list[Record]


class Index:
    """A register held in memory and searched. One thread may add while others search."""

    def __init__(self, weights: Weights | None = None) -> None:
        self.comparer = Comparer(weights)
        self._book = TokenBook(self.comparer.frequencies, self.comparer.grades)
        self._lock = RLock()
        self._slots: dict[str, int] = {}
        self._records: list[Record | None] = []
        self._prepared: list[Prepared | None] = []
        self._free: list[int] = []
        self._words: dict[str, array[int]] = {}
        self._numbers: dict[str, set[int]] = {}
        self._marks = Marks()

    @classmethod
    def from_records(
        cls,
        records: Iterable[Record],
        progress: Callable[[int], None] | None = None,
        weights: Weights | None = None,
    ) -> "Index":
        """An index of all the records; `progress` is told now and then how many are done. A repeated id
        replaces."""
        index = cls(weights)
        done = 0
        for done, record in enumerate(records, 1):
            index.replace(record)
            if progress and done % TOLD_EVERY == 0:
                progress(done)
        if progress:
            progress(done)
        return index

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._slots

    def add(self, record: Record) -> None:
        """Adds a record; it is found at once. Raises ValueError when its id is already there."""
        with self._lock:
            if record.record_id in self._slots:
                raise ValueError("a record with this id is already in the index; use replace")
            prepared = Prepared(record, self.comparer.frequencies)
            prepared.count(self.comparer.frequencies, 1)
            slot = self._take_slot(record, prepared)
            for token in prepared.tokens:
                self._book.add(token)
                self._words.setdefault(token, array("I")).append(slot)
            for number in _numbers(prepared):
                self._numbers.setdefault(number, set()).add(slot)

    def replace(self, record: Record) -> None:
        """Puts the record in the place of the one with the same id, or adds it."""
        with self._lock:
            if record.record_id in self._slots:
                self.remove(record.record_id)
            self.add(record)

    def remove(self, record_id: str) -> None:
        """Takes a record out; nothing of it stays. Raises KeyError when there is none with this id."""
        with self._lock:
            slot = self._slots.pop(record_id)
            prepared = self._prepared[slot]
            self._records[slot] = self._prepared[slot] = None
            self._free.append(slot)
            if prepared is None:
                return
            prepared.count(self.comparer.frequencies, -1)
            for token in prepared.tokens:
                self._book.remove(token)
                self._words[token].remove(slot)
                if not self._words[token]:
                    del self._words[token]
            for number in _numbers(prepared):
                self._numbers[number].discard(slot)
                if not self._numbers[number]:
                    del self._numbers[number]

    def search(self, query: Described, limit: int = 10, minimum: float = 0.0) -> list[Candidate]:
        """At most `limit` candidates of at least the probability `minimum`, likeliest first.

        Without a word of a name, a telephone or a document number the answer is empty. Signs such as * or %
        mean
        nothing.
        """
        with self._lock:
            prepared = Prepared(query, self.comparer.frequencies)
            pairs = self.gathered(prepared)
            size = len(self._slots)
        words = len(prepared.tokens)
        scored: list[tuple[float, int, str, Record, list[FieldResult]]] = []
        for record, other in pairs:
            results = self.comparer.compare(prepared, other)
            weight = self.comparer.weigh(results, size)
            if probability(weight) >= minimum:
                apart = abs(len(other.tokens) - words)
                scored.append((round(-weight, 6), apart, record.record_id, record, results))
        scored.sort(key=lambda item: item[:3])
        return [
            Candidate(
                record.record_id,
                probability(-negative),
                -negative,
                make_evidence(query, record, results, self.comparer.weights),
            )
            for negative, _, _, record, results in scored[: max(limit, 0)]
        ]

    def gathered(self, prepared: Prepared) -> list[tuple[Record, Prepared]]:
        """The records that a search compares field by field, in no order."""
        with self._lock:
            pairs = [(self._records[slot], self._prepared[slot]) for slot in self._gather(prepared)]
        return [(record, other) for record, other in pairs if record is not None and other is not None]

    def explain(self, query: Described, record_id: str) -> Explanation:
        """Why a query and a record of this index weigh what `search` says. Raises KeyError without such a
        record."""
        with self._lock:
            slot = self._slots[record_id]
            record, other = self._records[slot], self._prepared[slot]
            size = len(self._slots)
        if record is None or other is None:
            raise KeyError(record_id)
        prepared = Prepared(query, self.comparer.frequencies)
        return make_explanation(query, record, self.comparer.compare(prepared, other), self.comparer, size)

    def to_bytes(self) -> bytes:
        """The index as bytes (MessagePack, no code inside), to be sealed by the caller."""
        with self._lock:
            records = [record for record in self._records if record is not None]
            return msgspec.msgpack.encode(_Saved(FORMAT, self.comparer.weights, records))

    @classmethod
    def from_bytes(cls, data: bytes) -> "Index":
        """The index that `to_bytes` gave. Raises ValueError when the bytes are not such an index."""
        try:
            saved = msgspec.msgpack.decode(data, type=_Saved)
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            raise ValueError("these bytes are not a kinmatch index") from problem
        if saved.format != FORMAT:
            raise ValueError("this kinmatch index was written by another version; build it anew")
        return cls.from_records(saved.records, weights=saved.weights)

    def _take_slot(self, record: Record, prepared: Prepared) -> int:
        if self._free:
            slot = self._free.pop()
            self._records[slot], self._prepared[slot] = record, prepared
        else:
            slot = len(self._records)
            self._records.append(record)
            self._prepared.append(prepared)
        self._marks.put(slot, prepared)
        self._slots[record.record_id] = slot
        return slot

    def _gather(self, query: Prepared) -> list[int]:
        """The slots worth comparing: those that share the rarest words, then agree in birth, places and parents."""
        scores = np.zeros(len(self._records), dtype=np.float32)
        for token in query.tokens:
            for word, grade in self._book.near(token):
                slots = np.array(self._words[word], dtype=np.intp)
                rarity = math.log2(1.0 + len(self._slots) / len(slots))
                scores[slots] += rarity * max(RARITY_SHARE[grade], 0.1)
        for number in _numbers(query):
            for slot in self._numbers.get(number, ()):
                scores[slot] += NUMBER_WEIGHT
        best = np.flatnonzero(scores)
        if len(best) > COMPARED:
            scores[best] += self._marks.bonus(query, best)
            best = _largest(scores, best, COMPARED)
        found: list[int] = best.tolist()
        return found


def search(
    register: "Index | Register | Iterable[Record]", query: Query, limit: int = 10, minimum: float = 0.0
) -> list[Candidate]:
    """Looks for one person in a register. For more than one search make an `Index` once and ask that."""
    index = register if isinstance(register, Index) else Index.from_records(register)
    return index.search(query, limit, minimum)


def _numbers(prepared: Prepared) -> list[str]:
    found = ["p" + prepared.phone[-7:]] if prepared.phone else []
    return [*found, "d" + prepared.document] if prepared.document else found


def _largest(scores: npt.NDArray[np.float32], slots: npt.NDArray[np.intp], count: int) -> npt.NDArray[np.intp]:
    if len(slots) <= count:
        return slots
    return slots[np.argpartition(-scores[slots], count)[:count]]
