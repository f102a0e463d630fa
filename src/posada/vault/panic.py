"""End the process that holds the keys: nothing but the standard library is loaded, for a panic key must not wait."""

import os
import signal
from contextlib import suppress
from pathlib import Path

PROCESS_FILE = "posada.pid"


def holder(root: Path) -> int | None:
    """The process that holds the keys of the site in this folder; none if its number now belongs to another."""
    try:
        number, born = (root / PROCESS_FILE).read_text(encoding="ascii").split()
        return int(number) if born_at(int(number)) == born else None
    except (OSError, ValueError):
        return None


def born_at(number: int) -> str:
    """When a process began, in the kernel's ticks: a number is used again, this is not."""
    return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[19]


def end(root: Path) -> bool:
    """Kill that process; whether there was one."""
    number = holder(root)
    if number is None:
        return False
    try:
        os.kill(number, signal.SIGKILL)
    except OSError:
        return False
    with suppress(OSError):
        (root / PROCESS_FILE).unlink()
    return True
