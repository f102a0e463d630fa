"""Runs a programme and measures it from outside: wall time, processor time, and the most memory that it held."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

LOOK_EVERY = 0.02  # seconds between two looks at its memory
_KILOBYTE = 1024


class Ran(msgspec.Struct, frozen=True):
    """A programme that ended: seconds from start to end, seconds of processor time, the most bytes of memory held at
    once by it and its children, its exit code, and the last of what it said when it failed."""

    wall: float
    processor: float
    peak: int
    code: int
    said: str


def run(command: Sequence[str], log: Path, extra: Mapping[str, str] | None = None, patience: float = 3600.0) -> Ran:
    """Runs a command to its end; what it says goes into `log`. After `patience` seconds it is ended.

    Raises OSError when the programme is not there.
    """
    started = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env={**os.environ, **(extra or {})})
        peak = 0
        while True:
            ended, status, usage = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            peak = max(peak, _held(process.pid))
            if time.perf_counter() - started > patience:
                process.kill()
            time.sleep(LOOK_EVERY)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    said = "" if process.returncode == 0 else log.read_text(encoding="utf-8", errors="replace")[-400:]
    return Ran(wall, usage.ru_utime + usage.ru_stime, peak, process.returncode, said)


def _held(process: int) -> int:
    """Bytes held now by a process and its children; of one without children the most that it ever held."""
    family = _family(process)
    if len(family) == 1:
        return _bytes(process, "VmHWM:")
    return max(sum(_bytes(one, "VmRSS:") for one in family), _bytes(process, "VmHWM:"))


def _family(process: int) -> list[int]:
    """A process and all that it started."""
    found = [process]
    for one in found:
        try:
            children = Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii")
        except OSError:
            continue
        found += [int(child) for child in children.split()]
    return found


def _bytes(process: int, field: str) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    for line in status.splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * _KILOBYTE
    return 0
