"""Whether this process holds the keys, and the keys that everything else is derived from.

There is one state a process. Python cannot promise to wipe memory, so that sealing ends the process (`die`).
"""

import ctypes
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
_PR_SET_DUMPABLE = 4  # prctl(2)


def leave_no_dump() -> None:
    """A crash of this process writes no memory to the disk, and no other process of the same user reads its memory.

    The limit alone does not hold where the kernel pipes dumps to a program (core(5)). Without the second, the child
    that parses a stranger's file could read the keys of its parent. Root reads them in any case.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def is_open() -> bool:
    """Whether this process holds the master key."""
    return bool(_master)


def open_with(master: bytes) -> None:
    """Hold this master key from now on, in a process whose memory goes nowhere."""
    leave_no_dump()
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
