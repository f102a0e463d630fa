"""A process of its own for what strangers send: bounded in memory and time, writing no file, knowing no key."""

import resource
import signal
import subprocess
import sys
from pathlib import Path

import posada

_SIGNALS = {-signal.SIGXCPU: "time", -signal.SIGABRT: "memory", -signal.SIGKILL: "memory"}


class ConfinedError(Exception):
    """The child gave no answer: `why` is "time", "memory" or "failed"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def restrain(*, memory_bytes: int, seconds: int) -> None:
    """In the child: memory, time, no files of its own making, no core dump, for those would hold personal data."""
    for kind, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, seconds + 1),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (allowed, allowed))


def environment() -> dict[str, str]:
    """Only what Python needs to find its modules: nothing of this process's own settings."""
    return {"PYTHONPATH": str(Path(next(iter(posada.__path__))).parent), "PYTHONUTF8": "1"}


def command(module: str) -> list[str]:
    """How the child is started."""
    return [sys.executable, "-B", "-m", module]


def ask(module: str, content: bytes, *, seconds: float) -> bytes:
    """The answer of a child to one file; `ConfinedError` when it dies, is too slow or says nothing."""
    try:
        done = subprocess.run(
            command(module),
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a traceback would hold personal data
            env=environment(),
            cwd="/",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ConfinedError("time") from error
    if done.returncode or not done.stdout:
        raise ConfinedError(_SIGNALS.get(done.returncode, "failed"))
    return done.stdout
