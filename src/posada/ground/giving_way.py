"""Long work beside the pages (a backup) gives way while somebody's page is being made."""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Row = TypeVar("Row")

AT_A_TIME = 0.001  # seconds of work before it looks whether somebody waits
GIVEN = 0.004  # seconds it then rests
_lock = threading.Lock()
_waiting = 0


@contextmanager
def answering() -> Iterator[None]:
    """Somebody waits for a page meanwhile."""
    global _waiting
    with _lock:
        _waiting += 1
    try:
        yield
    finally:
        with _lock:
            _waiting -= 1


def gently(rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows; between them it rests a little whenever somebody waits for a page."""
    began = time.perf_counter()
    for row in rows:
        yield row
        if time.perf_counter() - began > AT_A_TIME:
            if _waiting:
                time.sleep(GIVEN)
            began = time.perf_counter()
