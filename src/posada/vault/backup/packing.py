"""A tar made piece by piece, so that it is sealed as it grows and never lies on a disk."""

import io
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from posada.vault.backup.errors import PartDamaged

_PIECE = 1 << 20
_BLOCK = 512


class TarStream(io.RawIOBase):
    """Reads as a tar of these members: a name, and its bytes or the file that holds them."""

    def __init__(self, members: Sequence[tuple[str, bytes | Path]]) -> None:
        super().__init__()
        self._pieces = _pieces(members)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]  # any writable buffer
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count


def _pieces(members: Sequence[tuple[str, bytes | Path]]) -> Iterator[bytes]:
    for name, body in members:
        info = tarfile.TarInfo(name)
        info.mode = 0o600
        info.size = len(body) if isinstance(body, bytes) else body.stat().st_size
        yield info.tobuf(tarfile.USTAR_FORMAT if info.size < 8 << 30 else tarfile.GNU_FORMAT)
        if isinstance(body, bytes):
            yield body
        else:
            with body.open("rb") as handle:
                while piece := handle.read(_PIECE):
                    yield piece
        yield b"\0" * (-info.size % _BLOCK)
    yield b"\0" * (2 * _BLOCK)


def unpack(packed: Path, folder: Path, wanted: Sequence[str], *, name: str) -> None:
    """Take exactly the wanted members out of a tar into a folder; anything else is `PartDamaged`."""
    try:
        with tarfile.open(packed, "r:") as tar:
            if tar.getnames() != list(wanted):
                raise PartDamaged(name)
            for info in tar.getmembers():
                body = tar.extractfile(info) if info.isreg() else None
                if body is None:
                    raise PartDamaged(name)
                with (folder / info.name).open("xb") as target:
                    while piece := body.read(_PIECE):
                        target.write(piece)
    except tarfile.TarError as error:
        raise PartDamaged(name) from error
