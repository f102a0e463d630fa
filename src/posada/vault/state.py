"""Whether this process holds the keys, and the keys that everything else is derived from.

There is one state a process. Python cannot promise to wipe memory, so that sealing ends the process (`die`).
"""

import os
import resource
import signal
import threading
from contextlib import suppress

from posada.vault import ciphers
from posada.vault.errors import SiteIsSealed

_lock = threading.Lock()
_master: list[bytes] = []
_derived: dict[str, bytes] = {}

SEALED_EXIT = 3


def leave_no_dump() -> None:
    """A crash of this process writes no memory to the disk."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def is_open() -> bool:
    """Whether this process holds the master key."""
    return bool(_master)


def open_with(master: bytes) -> None:
    """Hold this master key from now on."""
    with _lock:
        _derived.clear()
        _master[:] = [master]


def forget() -> None:
    """Drop the keys (tests, and a failed opening). A serving process seals by `die`."""
    with _lock:
        _master.clear()
        _derived.clear()


def key_for(purpose: str) -> bytes:
    """The key of one purpose; `SiteIsSealed` when there is none."""
    held = _derived.get(purpose)
    if held is not None:
        return held
    with _lock:
        if not _master:
            raise SiteIsSealed
        _derived[purpose] = ciphers.derive(_master[0], purpose)
        return _derived[purpose]


def die() -> None:
    """End the process that holds the keys, at once: nothing is flushed, nothing lingers."""
    with suppress(OSError):
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(SEALED_EXIT)
