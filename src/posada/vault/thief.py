"""What a thief of the disk finds: the bytes of every file searched for words, in the encodings they might lie in."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

SHORTEST_WORD = 4


@dataclass(frozen=True, slots=True)
class Findings:
    """How much was searched, and how many of the words were found at all."""

    words: int
    files: int
    size: int
    hits: int


def disguises(word: str) -> set[bytes]:
    """The bytes of a word in utf-8, utf-16 and base64 (at each of its three offsets), in three letter cases."""
    found: set[bytes] = set()
    for text in {word, word.upper(), word.lower()}:
        for raw in (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")):
            found.add(raw)
            found.update(_inside_base64(raw))
    return {sample for sample in found if len(sample) >= SHORTEST_WORD}


def _inside_base64(raw: bytes) -> Iterable[bytes]:
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + raw)
        start = (offset * 8 + 5) // 6
        yield coded[start : (offset + len(raw)) * 8 // 6]


def search(root: Path, words: Sequence[str]) -> Findings:
    """Search every file under `root` for the words."""
    samples = {word: disguises(word) for word in words}
    found: set[str] = set()
    files = size = 0
    for path in sorted(root.rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        files, size = files + 1, size + len(data)
        for word, looks in samples.items():
            if word not in found and any(look in data for look in looks):
                found.add(word)
    return Findings(words=len(words), files=files, size=size, hits=len(found))
