"""The process in which a stranger's file is parsed: `python -m posada.interop.child`, for safe_reading alone.

It reads from its standard input the length of a request, the request, and the file; it writes messages, each
a length and a list of items in MessagePack. It may not write files, and knows neither keys nor the database.
"""

import sys
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from posada.ground import confined
from posada.interop.items import FileProblem, Item, Progress, ReadRequest
from posada.interop.limits import Limits
from posada.interop.reading import read_items

_BATCH = 100
LENGTH_BYTES = 4


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What the parent sends before the file."""

    request: ReadRequest
    limits: Limits
    seconds: int


def main() -> int:
    """Read the task and the file, write items until the end. Returns the exit code."""
    source, out = sys.stdin.buffer, sys.stdout.buffer
    size = int.from_bytes(source.read(LENGTH_BYTES), "big")
    task = msgspec.msgpack.decode(source.read(size), type=Task)
    confined.restrain(memory_bytes=task.limits.memory_bytes, seconds=task.seconds)
    try:
        content = source.read(task.limits.file_bytes + 1)
        for batch in _batches(read_items(content, task.request, task.limits)):
            _send(batch, out)
    except MemoryError:
        _send([FileProblem(code="reader_memory", params={"most": task.limits.memory_bytes >> 20})], out)
    except RecursionError:
        _send([FileProblem(code="reader_failed")], out)
    return 0


def _batches(items: Iterator[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    for item in items:
        batch.append(item)
        if len(batch) >= _BATCH or isinstance(item, Progress):
            yield batch
            batch = []
    if batch:
        yield batch


def _send(items: list[Item], out: BinaryIO) -> None:
    message = msgspec.msgpack.encode(items)
    out.write(len(message).to_bytes(LENGTH_BYTES, "big"))
    out.write(message)
    out.flush()


if __name__ == "__main__":
    sys.exit(main())
