"""Read a stranger's file in a process of its own, with bounds on memory and time.

Whatever happens there, the caller gets items and one last word: Finished, or a FileProblem that says what
to do. No temporary file is made: the file goes in and the items come back through pipes.
"""

import io
import os
import selectors
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import IO, BinaryIO, Final

import msgspec

from posada.ground import confined
from posada.interop.child import LENGTH_BYTES, Task
from posada.interop.items import FileProblem, Finished, Item, Progress, ReadRequest
from posada.interop.limits import DEFAULT_LIMITS, MEGABYTE, Limits

Source = bytes | Path | BinaryIO
OnProgress = Callable[[Progress], None]

_PIECE: Final = 256 * 1024
_MESSAGE_MOST: Final = 64 * MEGABYTE
_CODES: Final = {
    -signal.SIGABRT: "reader_memory",  # how the sheet reader's allocator gives up
    -signal.SIGKILL: "reader_memory",  # the system's own out-of-memory killer
    -signal.SIGXCPU: "reader_timeout",
}
_DECODER: Final = msgspec.msgpack.Decoder(list[Item])
_LAST_WORDS = (Finished, FileProblem)


def read_safely(
    source: Source,
    request: ReadRequest,
    *,
    limits: Limits = DEFAULT_LIMITS,
    on_progress: OnProgress | None = None,
) -> Iterator[Item]:
    """Yield the items of a file, parsed in a child process.

    The last item is Finished or FileProblem; after a FileProblem nothing that came before may be used.
    Closing the iterator ends the child. `on_progress` is called in the caller's own thread. A stream given as
    source must be seekable and stays open.
    """
    try:
        stream = _opened(source)
        size = stream.seek(0, os.SEEK_END)
        stream.seek(0)
    except OSError:
        yield FileProblem(code="file_unreadable")
        return
    with stream if isinstance(source, Path) else nullcontext(stream):
        if size > limits.file_bytes:
            params: dict[str, str | int] = {
                "megabytes": size // MEGABYTE,
                "most": limits.file_bytes // MEGABYTE,
            }
            yield FileProblem(code="file_too_large", params=params)
            return
        for item in _Child(stream, size, request, limits).items():
            if isinstance(item, Progress) and on_progress is not None:
                on_progress(item)
            yield item


def _opened(source: Source) -> BinaryIO:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    if isinstance(source, Path):
        if not source.is_file():  # a pipe or a device would never end
            raise OSError
        return source.open("rb")
    return source


class _TooSlowError(Exception):
    pass


class _Child:
    """One run of the child process."""

    def __init__(self, stream: BinaryIO, size: int, request: ReadRequest, limits: Limits) -> None:
        self._stream = stream
        self._limits = limits
        self._base = self._seconds = limits.seconds_for(size)
        most = self._base + limits.seconds_earned(limits.rows)
        self._task = Task(request=request, limits=limits, seconds=int(most))
        self._waited = 0.0

    def items(self) -> Iterator[Item]:
        """All items; when the child dies or is too slow, a FileProblem takes the place of its last word."""
        process = subprocess.Popen(
            confined.command("posada.interop.child"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a traceback would hold personal data
            env=confined.environment(),
            cwd="/",
        )
        feeder = threading.Thread(target=self._feed, args=(process.stdin,), daemon=True)
        feeder.start()
        try:
            yield from self._with_last_word(process)
        finally:
            process.kill()
            process.wait()
            feeder.join()
            if process.stdout is not None:
                process.stdout.close()

    def _with_last_word(self, process: subprocess.Popen[bytes]) -> Iterator[Item]:
        said = False
        try:
            for item in self._messages(process.stdout):
                said = said or isinstance(item, _LAST_WORDS)
                if isinstance(item, Progress):
                    self._seconds = self._base + self._limits.seconds_earned(item.rows)
                yield item
        except _TooSlowError:
            yield FileProblem(code="reader_timeout", params={"seconds": int(self._seconds)})
            return
        except msgspec.MsgspecError:
            yield FileProblem(code="reader_failed")
            return
        if not said:
            yield FileProblem(code=_CODES.get(process.wait(), "reader_failed"))

    def _messages(self, out: IO[bytes] | None) -> Iterator[Item]:
        if out is None:
            return
        with selectors.DefaultSelector() as selector:
            selector.register(out, selectors.EVENT_READ)
            while header := self._take(selector, out, LENGTH_BYTES):
                length = int.from_bytes(header, "big")
                if length > _MESSAGE_MOST:
                    raise msgspec.DecodeError
                yield from _DECODER.decode(self._take(selector, out, length))

    def _take(self, selector: selectors.BaseSelector, out: IO[bytes], length: int) -> bytes:
        """Exactly so many bytes, or none at the end.

        Only time spent waiting here counts against the child.
        """
        parts = bytearray()
        while len(parts) < length:
            begin = time.monotonic()
            ready = selector.select(max(0.0, self._seconds - self._waited))
            self._waited += time.monotonic() - begin
            if not ready:
                raise _TooSlowError
            part = os.read(out.fileno(), length - len(parts))
            if not part:
                return b""
            parts += part
        return bytes(parts)

    def _feed(self, pipe: IO[bytes]) -> None:
        task = msgspec.msgpack.encode(self._task)
        with suppress(OSError, ValueError), pipe:  # the child may end before it has read everything
            pipe.write(len(task).to_bytes(LENGTH_BYTES, "big"))
            pipe.write(task)
            while piece := self._stream.read(_PIECE):
                pipe.write(piece)
