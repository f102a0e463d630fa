"""One writer after the other within this process, for each database.

SQLite lets whoever waits for the one writer sleep and ask again, up to a tenth of a second too long. Here the next one
is woken when the writer before it ends. It is a courtesy, not the lock: SQLite's own stays, also for other processes.
"""

import threading
from collections import defaultdict

_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


def take(name: str, *, seconds: float) -> "threading.Lock | None":
    """Wait for one's turn at a database; none after so many seconds: then SQLite itself decides."""
    turn = _turns[name]
    return turn if turn.acquire(timeout=seconds) else None
