"""One process serves a site folder: a second would hold an index of its own, and each would miss what the other wrote.

The kernel holds the locks (flock) and frees them when a process ends, however it ends. The server holds one and its
worker another, for the worker may outlive a server that was killed. A command at the shell takes none: it writes
through the databases, and the serving process follows the change log.
"""

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path

from posada.vault.errors import CannotWrite, SiteInUse
from posada.vault.folder import SiteFolder

_PAUSE_SECONDS = 0.05
_held: dict[Path, int] = {}


def serve(folder: SiteFolder) -> None:
    """Hold the folder as its server until this process ends; `SiteInUse` if another does, or its worker still runs."""
    _hold(folder.lock, patience=0)
    _hold(folder.worker_lock, patience=2)
    os.close(_held.pop(folder.worker_lock))


def work(folder: SiteFolder) -> None:
    """Hold the folder as the worker until this process ends; waits a moment for one that is ending."""
    _hold(folder.worker_lock, patience=5)


def release(folder: SiteFolder) -> None:
    """Let go (tests)."""
    for path in (folder.lock, folder.worker_lock):
        if path in _held:
            os.close(_held.pop(path))


def _hold(path: Path, *, patience: float) -> None:
    until = time.monotonic() + patience
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise CannotWrite from error
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _held[path] = handle
            return
        if time.monotonic() >= until:
            os.close(handle)
            raise SiteInUse
        time.sleep(_PAUSE_SECONDS)
