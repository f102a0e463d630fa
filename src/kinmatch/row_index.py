"""A searchable register of some thousand records, each held as it is read: nothing is made ready beforehand.

Words of names stand in an inverted list each. A query's words, with the register's words near them, gather
the records
that share rare words; the best hundred are compared field by field. A place, a date or a sex alone
finds nothing.
"""

import math
from array import array
from collections.abc import Iterable
from threading import RLock
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from kinmatch.compare.comparer import Comparer
from kinmatch.compare.corrections import FieldResult
from kinmatch.compare.grades import RARITY_SHARE
from kinmatch.evidence import Evidence, make_evidence
from kinmatch.explanation import Explanation, make_explanation
from kinmatch.frequencies import Frequencies
from kinmatch.marks import Marks
from kinmatch.packed import EMPTY, FORMAT, Columns, Packed, key_of, rows_of, sorted_by_key, words_of
from kinmatch.prepare import Prepared
from kinmatch.records import Described, Record
from kinmatch.tokenbook import TokenBook
from kinmatch.weights import Weights, probability

COMPARED = 100
REMEMBERED = 50_000
NUMBER_WEIGHT = 24.0
_NOBODY: npt.NDArray[np.intp] = np.empty(0, dtype=np.intp)


class Candidate(msgspec.Struct, frozen=True):
    """A record that may be the person. `probability` is absolute, `weight` the log2 odds it comes from."""

    record_id: str
    probability: float
    weight: float
    evidence: tuple[Evidence, ...]


class Asking(NamedTuple):
    """A query, also made ready, how many candidates it wants at most, and their least probability."""

    query: Described
    prepared: Prepared
    limit: int
    minimum: float


def ranked(comparer: Comparer, pairs: Iterable[tuple[Record, Prepared]], size: int, asking: Asking) -> list[Candidate]:
    """These records as candidates, likeliest first; `size` is the register's, for the prior."""
    scored: list[tuple[float, int, str, Record, list[FieldResult]]] = []
    words = len(asking.prepared.tokens)
    for record, other in pairs:
        results = comparer.compare(asking.prepared, other)
        weight = comparer.weigh(results, size)
        if probability(weight) >= asking.minimum:
            apart = abs(len(other.tokens) - words)
            scored.append((round(-weight, 6), apart, record.record_id, record, results))
    scored.sort(key=lambda item: item[:3])
    return [
        Candidate(
            record.record_id,
            probability(-negative),
            -negative,
            make_evidence(asking.query, record, results, comparer.weights),
        )
        for negative, _, _, record, results in scored[: max(asking.limit, 0)]
    ]


class RowIndex:
    """A small register held in memory and searched. One thread may add while others search.

    What was loaded stays as the columns of `packed`; what was added since stands beside it, in slots that follow.
    """

    def __init__(
        self, weights: Weights | None = None, loaded: Columns | None = None, comparer: Comparer | None = None
    ) -> None:
        self._packed = Packed(loaded) if loaded else EMPTY
        self.comparer = comparer or Comparer(weights, Frequencies(loaded.frequencies if loaded else None))
        self._book = TokenBook(self.comparer.frequencies, self.comparer.grades, self._packed)
        self._lock = RLock()
        self._slots: dict[str, int] = dict(zip(self._packed.ids, range(len(self._packed)), strict=True))
        self._gone = np.zeros(len(self._packed), dtype=np.bool_)
        self._records: list[Record | None] = []
        self._prepared: dict[int, Prepared] = {}
        self._free: list[int] = []
        self._words: dict[str, array[int]] = {}
        self._numbers: dict[int, set[int]] = {}
        self._marks = Marks(loaded.marks if loaded else None)

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
        """Takes a record out; nothing of it stays. Raises KeyError when there is none with this id.

        Of a loaded index the written columns stay in memory until it is saved and loaded again; no search reaches
        them, and `to_bytes` leaves them out.
        """
        with self._lock:
            slot = self._slots.pop(record_id)
            prepared = self._prepared_at(slot)
            self._prepared.pop(slot, None)
            prepared.count(self.comparer.frequencies, -1)
            for token in prepared.tokens:
                self._book.remove(token)
            if slot < len(self._packed):
                self._gone[slot] = True
                return
            self._records[slot - len(self._packed)] = None
            self._free.append(slot)
            for token in prepared.tokens:
                self._words[token].remove(slot)
                if not self._words[token]:
                    del self._words[token]
            for number in _numbers(prepared):
                self._numbers[number].discard(slot)
                if not self._numbers[number]:
                    del self._numbers[number]

    def search(self, query: Described, limit: int = 10, minimum: float = 0.0) -> list[Candidate]:
        """As `Index.search`."""
        with self._lock:
            prepared = Prepared(query, self.comparer.frequencies)
            pairs, size = self.gathered(prepared), len(self._slots)
        return ranked(self.comparer, pairs, size, Asking(query, prepared, limit, minimum))

    def records(self) -> list[Record]:
        """Everybody."""
        with self._lock:
            return [self._record_at(slot) for slot in self._slots.values()]

    def gathered(self, prepared: Prepared) -> list[tuple[Record, Prepared]]:
        """The records that a search compares field by field, in no order."""
        with self._lock:
            return [(self._record_at(slot), self._prepared_at(slot)) for slot in self._gather(prepared)]

    def record(self, record_id: str) -> Record:
        """The record with this id. Raises KeyError without such a record."""
        with self._lock:
            return self._record_at(self._slots[record_id])

    def explain(self, query: Described, record_id: str) -> Explanation:
        """Why a query and a record of this index weigh what `search` says. Raises KeyError without such a
        record."""
        with self._lock:
            slot = self._slots[record_id]
            record, other = self._record_at(slot), self._prepared_at(slot)
            size = len(self._slots)
        prepared = Prepared(query, self.comparer.frequencies)
        return make_explanation(query, record, self.comparer.compare(prepared, other), self.comparer, size)

    def to_bytes(self) -> bytes:
        """The index as bytes (MessagePack of columns, no code inside), to be sealed by the caller.

        Searches wait meanwhile: a second for 100,000 records.
        """
        with self._lock:
            return msgspec.msgpack.encode(self._columns())

    @classmethod
    def from_bytes(cls, data: bytes) -> "RowIndex":
        """The index that `to_bytes` gave. Raises ValueError when the bytes are not such an index."""
        try:
            columns = msgspec.msgpack.decode(data, type=Columns)
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            raise ValueError("these bytes are not a kinmatch index") from problem
        if columns.format != FORMAT:
            raise ValueError("this kinmatch index was written by another version; build it anew")
        try:
            return cls(columns.weights, columns)
        except KeyError as problem:
            raise ValueError("a column of this kinmatch index is missing") from problem

    def _columns(self) -> Columns:
        kept = np.flatnonzero(~self._gone)
        fresh = [(slot, record) for slot, record in enumerate(self._records, len(self._packed)) if record is not None]
        order = np.concatenate([kept, np.array([slot for slot, _ in fresh], dtype=np.intp)])
        renumbered = np.full(len(self._packed) + len(self._records), -1, dtype=np.int64)
        renumbered[order] = np.arange(len(order))
        rows, bounds, ids = rows_of(self._packed, kept.tolist(), [record for _, record in fresh])
        words, word_bounds, slots = words_of(self._packed, self._words, renumbered)
        on_shelves = [(key_of(shelf), at) for at, word in enumerate(words) for shelf in self._book.shelves_of(word)]
        shelf_keys, shelf_words = sorted_by_key([key for key, _ in on_shelves], [at for _, at in on_shelves])
        numbers = [(number, slot) for number, held in self._numbers.items() for slot in held]
        moved = renumbered[self._packed.number_slots] if len(self._packed) else np.empty(0, dtype=np.int64)
        number_keys, number_slots = sorted_by_key(
            [*self._packed.number_keys[moved >= 0].tolist(), *(number for number, _ in numbers)],
            [*moved[moved >= 0].tolist(), *(int(renumbered[slot]) for _, slot in numbers)],
        )
        return Columns(
            format=FORMAT,
            weights=self.comparer.weights,
            ids=ids,
            bounds=bounds,
            rows=rows,
            words=words,
            word_bounds=word_bounds,
            slots=slots,
            shelf_keys=shelf_keys,
            shelf_words=shelf_words,
            number_keys=number_keys,
            number_slots=number_slots,
            marks=self._marks.written(order),
            frequencies=self.comparer.frequencies.written(),
        )

    def _record_at(self, slot: int) -> Record:
        if slot < len(self._packed):
            return self._packed.record(slot)
        record = self._records[slot - len(self._packed)]
        if record is None:
            raise KeyError(slot)
        return record

    def _prepared_at(self, slot: int) -> Prepared:
        """A record made ready; the last tens of thousands that were asked for are remembered."""
        found = self._prepared.get(slot)
        if found is None:
            found = self._prepared[slot] = Prepared(self._record_at(slot), self.comparer.frequencies)
            if len(self._prepared) > REMEMBERED:
                del self._prepared[next(iter(self._prepared))]
        return found

    def _take_slot(self, record: Record, prepared: Prepared) -> int:
        if self._free:
            slot = self._free.pop()
            self._records[slot - len(self._packed)] = record
        else:
            slot = len(self._packed) + len(self._records)
            self._records.append(record)
        self._marks.put(slot, prepared)
        self._slots[record.record_id] = slot
        return slot

    def _bearers(self, word: str) -> npt.NDArray[np.intp]:
        """The slots of those who bear a word."""
        loaded = self._packed.bearers(word)
        fresh = self._words.get(word)
        slots = np.array(fresh, dtype=np.intp) if fresh else _NOBODY
        if len(loaded):
            slots = np.concatenate([loaded[~self._gone[loaded]].astype(np.intp), slots])
        return slots

    def _gather(self, query: Prepared) -> list[int]:
        """The slots worth comparing: those that share the rarest words, then agree in birth, places and parents."""
        scores = np.zeros(len(self._packed) + len(self._records), dtype=np.float32)
        for token in query.tokens:
            for word, grade in self._book.near(token):
                slots = self._bearers(word)
                rarity = math.log2(1.0 + len(self._slots) / len(slots))
                scores[slots] += rarity * max(RARITY_SHARE[grade], 0.1)
        for number in _numbers(query):
            loaded = self._packed.numbered(number)
            scores[loaded[~self._gone[loaded]]] += NUMBER_WEIGHT
            for slot in self._numbers.get(number, ()):
                scores[slot] += NUMBER_WEIGHT
        best = np.flatnonzero(scores)
        if len(best) > COMPARED:
            scores[best] += self._marks.bonus(query, best)
            best = _largest(scores, best, COMPARED)
        found: list[int] = best.tolist()
        return found


def _numbers(prepared: Prepared) -> list[int]:
    found = [key_of("p" + prepared.phone[-7:])] if prepared.phone else []
    return [*found, key_of("d" + prepared.document)] if prepared.document else found


def _largest(scores: npt.NDArray[np.float32], slots: npt.NDArray[np.intp], count: int) -> npt.NDArray[np.intp]:
    if len(slots) <= count:
        return slots
    return slots[np.argpartition(-scores[slots], count)[:count]]
