"""An index as a few long columns: what is written to disk, and read back without making a register anew.

Nothing is unpacked that a search does not ask for: records, lists of bearers and shelves stay columns.
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b

import msgspec
import numpy as np
import numpy.typing as npt

from kinmatch.records import Record
from kinmatch.weights import Weights

FORMAT = "kinmatch-index-3"
Slots = npt.NDArray[np.uint32]
Keys = npt.NDArray[np.uint64]
NO_SLOTS: Slots = np.empty(0, dtype=np.uint32)

_read_record = msgspec.msgpack.Decoder(Record).decode
_write_record = msgspec.msgpack.Encoder().encode


def key_of(text: str) -> int:
    """A number for a text, the same in every process (64 bits)."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


class Columns(msgspec.Struct):
    """The columns as they are written: numbers little-endian, one after the other.

    `bounds` says where each record begins in `rows`; `word_bounds` where each word's bearers begin in `slots`;
    `shelf_keys` and `number_keys` are sorted, each with the word or the slot it leads to beside it.
    """

    format: str
    weights: Weights
    ids: list[str]
    bounds: bytes
    rows: bytes
    words: list[str]
    word_bounds: bytes
    slots: bytes
    shelf_keys: bytes
    shelf_words: bytes
    number_keys: bytes
    number_slots: bytes
    marks: dict[str, bytes]
    frequencies: dict[str, dict[str, int]]


class Packed:
    """Columns that were read, and what a search asks of them. They never change."""

    def __init__(self, columns: Columns) -> None:
        self.ids = columns.ids
        self.words = columns.words
        self._rows = memoryview(columns.rows)
        self._bounds = np.frombuffer(columns.bounds, dtype=np.uint64)
        self.word_bounds = np.frombuffer(columns.word_bounds, dtype=np.uint64)
        self.slots: Slots = np.frombuffer(columns.slots, dtype=np.uint32)
        self._shelf_keys: Keys = np.frombuffer(columns.shelf_keys, dtype=np.uint64)
        self._shelf_words: Slots = np.frombuffer(columns.shelf_words, dtype=np.uint32)
        self.number_keys: Keys = np.frombuffer(columns.number_keys, dtype=np.uint64)
        self.number_slots: Slots = np.frombuffer(columns.number_slots, dtype=np.uint32)
        self._word_ids = dict(zip(self.words, range(len(self.words)), strict=True))
        whole = (
            len(self._bounds) == len(self.ids) + 1
            and len(self.word_bounds) == len(self.words) + 1
            and int(self._bounds[-1]) == len(self._rows)
            and int(self.word_bounds[-1]) == len(self.slots)
            and len(self._shelf_keys) == len(self._shelf_words)
            and len(self.number_keys) == len(self.number_slots)
        )
        if not whole:
            raise ValueError("the columns of this kinmatch index do not fit together")

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, word: object) -> bool:
        return word in self._word_ids

    def row(self, slot: int) -> memoryview:
        """One record as it is written."""
        return self._rows[int(self._bounds[slot]) : int(self._bounds[slot + 1])]

    def record(self, slot: int) -> Record:
        """One record."""
        return _read_record(self.row(slot))

    def bearers(self, word: str) -> Slots:
        """The slots whose names hold the word."""
        at = self._word_ids.get(word)
        return NO_SLOTS if at is None else self.slots[int(self.word_bounds[at]) : int(self.word_bounds[at + 1])]

    def shelf(self, name: str) -> list[str]:
        """The words on a shelf."""
        return [self.words[at] for at in _under(self._shelf_keys, self._shelf_words, key_of(name)).tolist()]

    def numbered(self, key: int) -> Slots:
        """The slots with this telephone or document number (by its key)."""
        return _under(self.number_keys, self.number_slots, key)


def _under(keys: Keys, values: Slots, key: int) -> Slots:
    wanted = np.uint64(key)
    return values[np.searchsorted(keys, wanted, "left") : np.searchsorted(keys, wanted, "right")]


EMPTY = Packed(
    Columns(FORMAT, Weights("", 1.0, {}), [], bytes(8), b"", [], bytes(8), b"", b"", b"", b"", b"", {}, {}),
)


def rows_of(packed: Packed, kept: Sequence[int], fresh: Sequence[Record]) -> tuple[bytes, bytes, list[str]]:
    """The written records, where each begins, and their ids: those kept of a packed index, then the fresh ones."""
    pieces: list[bytes | memoryview] = [packed.row(slot) for slot in kept]
    pieces += [_write_record(record) for record in fresh]
    bounds = np.zeros(len(pieces) + 1, dtype=np.uint64)
    np.cumsum([len(piece) for piece in pieces], out=bounds[1:])
    ids = [packed.ids[slot] for slot in kept] + [record.record_id for record in fresh]
    return b"".join(pieces), bounds.tobytes(), ids


def words_of(
    packed: Packed, fresh: Mapping[str, Sequence[int]], renumbered: npt.NDArray[np.int64]
) -> tuple[list[str], bytes, bytes]:
    """The words that anybody still bears, where each one's bearers begin, and the bearers in their new numbers."""
    moved = renumbered[packed.slots] if len(packed.slots) else np.empty(0, dtype=np.int64)
    words: list[str] = []
    lists: list[npt.NDArray[np.int64]] = []
    for word, bearers in sorted(_bearers(packed, fresh, moved, renumbered), key=lambda pair: pair[0]):
        if len(bearers):
            words.append(word)
            lists.append(bearers)
    bounds = np.zeros(len(words) + 1, dtype=np.uint64)
    np.cumsum([len(bearers) for bearers in lists], out=bounds[1:])
    slots = np.concatenate(lists).astype(np.uint32) if lists else NO_SLOTS
    return words, bounds.tobytes(), slots.tobytes()


def _bearers(
    packed: Packed,
    fresh: Mapping[str, Sequence[int]],
    moved: npt.NDArray[np.int64],
    renumbered: npt.NDArray[np.int64],
) -> Iterator[tuple[str, npt.NDArray[np.int64]]]:
    bounds = packed.word_bounds.tolist()
    for at, word in enumerate(packed.words):
        held = moved[bounds[at] : bounds[at + 1]]
        held = held[held >= 0]
        if word in fresh:
            held = np.concatenate([held, renumbered[np.asarray(fresh[word], dtype=np.int64)]])
        yield word, np.sort(held)
    for word, slots in fresh.items():
        if word not in packed:
            yield word, np.sort(renumbered[np.asarray(slots, dtype=np.int64)])


def sorted_by_key(keys: Sequence[int] | Keys, values: Sequence[int] | npt.NDArray[np.int64]) -> tuple[bytes, bytes]:
    """Keys in order with the value of each, as two columns."""
    key_column = np.asarray(keys, dtype=np.uint64)
    value_column = np.asarray(values, dtype=np.uint32)
    order = np.lexsort((value_column, key_column))
    return key_column[order].tobytes(), value_column[order].tobytes()
