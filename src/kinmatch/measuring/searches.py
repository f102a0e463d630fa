"""Searches a register as a programme of its own.

`python -m kinmatch.measuring.searches REGISTER QUERIES ANSWER [WEIGHTS]`

The answer is JSON: `ready` seconds until the index stands, `bytes` of it saved, `saved` and `loaded` seconds, of each
query its `seconds` and the ids `found`, and of records that are added and removed `added` and `removed` seconds.
"""

import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import polars

from kinmatch.index import Index
from kinmatch.records import Query, Record
from kinmatch.tables import read_frame
from kinmatch.weights import Weights

FIRST = 10
CHANGED = 100
WARMED = 5


class Answer(msgspec.Struct, frozen=True):
    """What a programme that searches writes; kinmatch's own says more than the others."""

    ready: float
    seconds: tuple[float, ...]
    found: tuple[tuple[str, ...], ...]
    bytes: int = 0
    saved: float = 0.0
    loaded: float = 0.0
    added: tuple[float, ...] = ()
    removed: tuple[float, ...] = ()
    found_at_once: int = 0


def asked_of(frame: polars.DataFrame) -> list[dict[str, Any]]:
    """Of each row the fields that are filled, as a query or a record takes them."""
    rows = []
    for row in frame.iter_rows(named=True):
        filled = {field: value for field, value in row.items() if value not in ("", None)}
        if "age" in filled:
            filled["age"] = int(filled["age"])
        if "relatives" in filled:
            filled["relatives"] = tuple(filled["relatives"].split(";"))
        rows.append(filled)
    return rows


def answer(register: Path, queries: Path, weights: Weights) -> Answer:
    """Reads both files, builds the index from the one and looks for the rows of the other."""
    frame, _ = read_frame(register, {}, "utf-8")
    asking = asked_of(read_frame(queries, {}, "utf-8")[0])
    built = time.perf_counter()
    index = Index.from_frame(frame, weights)
    ready = time.perf_counter() - built
    del frame
    ids = [row.pop("record_id") for row in asking]
    for row in asking[:WARMED]:
        index.search(Query(**row), limit=FIRST)
    seconds, found = [], []
    for row in asking:
        began = time.perf_counter()
        hits = index.search(Query(**row), limit=FIRST)
        seconds.append(time.perf_counter() - began)
        found.append(tuple(hit.record_id for hit in hits))
    changed = _changed(index, [Record(record_id=one, **row) for one, row in zip(ids, asking, strict=True)][:CHANGED])
    began = time.perf_counter()
    data = index.to_bytes()
    saved = time.perf_counter() - began
    size = len(index)
    del index
    began = time.perf_counter()
    loaded = Index.from_bytes(data)
    took = time.perf_counter() - began
    if len(loaded) != size:
        raise RuntimeError("the index that was saved holds another number of records")
    return Answer(ready, tuple(seconds), tuple(found), len(data), saved, took, *changed)


def _changed(index: Index, records: list[Record]) -> tuple[tuple[float, ...], tuple[float, ...], int]:
    """Seconds of each addition and each removal, and how many were found at once and gone at once."""
    added, removed, right = [], [], 0
    for record in records:
        began = time.perf_counter()
        index.add(record)
        added.append(time.perf_counter() - began)
        is_found = any(hit.record_id == record.record_id for hit in index.search(record, limit=FIRST))
        began = time.perf_counter()
        index.remove(record.record_id)
        removed.append(time.perf_counter() - began)
        is_gone = all(hit.record_id != record.record_id for hit in index.search(record, limit=FIRST))
        right += is_found and is_gone
    return tuple(added), tuple(removed), right


if __name__ == "__main__":
    files = [Path(word) for word in sys.argv[1:]]
    chosen = Weights.read(files[3]) if len(files) > 3 else Weights.shipped()
    files[2].write_bytes(msgspec.json.encode(answer(files[0], files[1], chosen)))
