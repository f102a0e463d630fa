"""What a thief of the disk finds: the bytes of every file searched for words, in the encodings they might lie in."""

import base64
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

SHORTEST_WORD = 4


@dataclass(frozen=True, slots=True)
class Findings:
    """How much was searched, and how many of the words were found at all."""

    words: int
    files: int
    size: int
    hits: int


def disguises(word: str) -> set[bytes]:
    """The bytes of a word in utf-8 and utf-16, and of these in hex, percent signs and base64 (at each of its offsets).

    In the letter case that was typed, in capitals, in small letters and case-folded; and as JSON writes it.
    """
    found: set[bytes] = set()
    for text in {word, word.upper(), word.lower(), word.casefold()}:
        found |= {quote(text).encode(), quote(text).lower().encode(), json.dumps(text)[1:-1].encode()}
        for raw in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
            found.add(raw)
            found.update(_inside_base64(raw))
            # How a dump of PostgreSQL writes bytes; how an address writes each of them.
            found |= {raw.hex().encode(), raw.hex().upper().encode(), ("%" + raw.hex("%")).upper().encode()}
    return {sample for sample in found if len(sample) >= SHORTEST_WORD}


def _inside_base64(raw: bytes) -> Iterable[bytes]:
    """At every offset, in the alphabet of letters and in that of addresses."""
    for offset in range(3):
        start, end = (offset * 8 + 5) // 6, (offset + len(raw)) * 8 // 6
        for coded in (base64.b64encode(b"\0" * offset + raw), base64.urlsafe_b64encode(b"\0" * offset + raw)):
            yield coded[start:end]


def search_plain_copy(words: Sequence[str]) -> int:
    """The control: how many of the words the same search finds in an ordinary SQLite file that holds them."""
    plain = sqlite3.connect(":memory:")
    plain.execute("CREATE TABLE person (name TEXT)")
    plain.executemany("INSERT INTO person VALUES (?)", [(word,) for word in words])
    plain.commit()
    data = plain.serialize()
    plain.close()
    return sum(any(look in data for look in disguises(word)) for word in words)


def _by_beginning(words: Sequence[str]) -> dict[bytes, list[tuple[bytes, str]]]:
    """Every disguise of every word under its first bytes, so that a file is read once however many words there are."""
    looks: dict[bytes, list[tuple[bytes, str]]] = {}
    for word in words:
        for look in disguises(word):
            looks.setdefault(look[:SHORTEST_WORD], []).append((look, word))
    return looks


def _table_of(beginnings: Iterable[bytes]) -> NDArray[np.bool_]:
    """For every three bytes, whether a beginning starts with them."""
    table = np.zeros(1 << 24, dtype=bool)
    for start in beginnings:
        table[start[0] << 16 | start[1] << 8 | start[2]] = True
    return table


def _words_in(
    data: bytes, looks: Mapping[bytes, Sequence[tuple[bytes, str]]], table: NDArray[np.bool_]
) -> Iterable[str]:
    """The words that stand in the data: only where the table says that one may begin is it looked at."""
    if len(data) < SHORTEST_WORD:
        return
    signs = np.frombuffer(data, dtype=np.uint8).astype(np.uint32)
    for place in np.flatnonzero(table[signs[:-2] << 16 | signs[1:-1] << 8 | signs[2:]]).tolist():
        for look, word in looks.get(data[place : place + SHORTEST_WORD], ()):
            if data.startswith(look, place):
                yield word


def search(root: Path, words: Sequence[str]) -> Findings:
    """Search every file under `root` for the words."""
    looks = _by_beginning(words)
    table = _table_of(looks)
    found: set[str] = set()
    files = size = 0
    for path in sorted(root.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        files, size = files + 1, size + len(data)
        found.update(_words_in(data, looks, table))
    return Findings(words=len(words), files=files, size=size, hits=len(found))
