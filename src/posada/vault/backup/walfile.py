"""Whether the end of a write-ahead log follows from its beginning; read before anybody opens the database.

SQLite takes the frames of a log up to the first whose checksum does not follow, and silently leaves the rest: right
after a power cut, when the rest was never confirmed; wrong when a bit of a confirmed frame has turned. From the file
alone the two cannot be told apart, so that it is said, and the audit's head decides.
Format: https://sqlite.org/fileformat2.html#walformat
"""

import struct
from dataclasses import dataclass
from pathlib import Path

_HEADER = 32
_FRAME = 24
_MASK = 0xFFFFFFFF
_MAGIC = {0x377F0682: "<", 0x377F0683: ">"}


@dataclass(frozen=True, slots=True)
class Log:
    """Frames that follow, frames of the same round that do not, and whether the file's head is sound."""

    frames: int = 0
    lost: int = 0
    sound_head: bool = True

    @property
    def sound(self) -> bool:
        return self.sound_head and not self.lost


def look(path: Path) -> Log:
    """Walk a log; a missing or empty one is sound."""
    raw = path.read_bytes() if path.exists() else b""
    if not raw:
        return Log()
    if len(raw) < _HEADER:
        return Log(sound_head=False)
    magic, _version, page, _round, salt1, salt2, sum1, sum2 = struct.unpack(">8I", raw[:_HEADER])
    order = _MAGIC.get(magic)
    if order is None or _sum(raw[:24], order, (0, 0)) != (sum1, sum2):
        return Log(sound_head=False)
    running, frames, lost, follows = (sum1, sum2), 0, 0, True
    for start in range(_HEADER, len(raw) - _FRAME - page + 1, _FRAME + page):
        first, second, *written = struct.unpack(">4I", raw[start + 8 : start + _FRAME])
        if follows and (first, second) == (salt1, salt2):
            running = _sum(raw[start : start + 8], order, running)
            running = _sum(raw[start + _FRAME : start + _FRAME + page], order, running)
            follows = running == tuple(written)
            frames += follows
            lost += not follows
        else:
            # A frame of an earlier round shares neither salt; one turned bit leaves one of the two.
            follows = False
            lost += first == salt1 or second == salt2
    return Log(frames, lost)


def _sum(raw: bytes, order: str, seed: tuple[int, int]) -> tuple[int, int]:
    one, two = seed
    words = struct.unpack(f"{order}{len(raw) // 4}I", raw)
    for place in range(0, len(words), 2):
        one = (one + words[place] + two) & _MASK
        two = (two + words[place + 1] + one) & _MASK
    return one, two
