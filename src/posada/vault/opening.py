"""Opening the site: the phrase, then the steps of config/boot.py in a thread, with progress that a page can show."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from argon2.exceptions import HashingError
from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string

from posada.vault import site, state
from posada.vault.errors import CannotOpenNow, VaultError


class Phase(StrEnum):
    """Where the process stands."""

    SEALED = "sealed"
    OPENING = "opening"
    OPEN = "open"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class BootStep:
    """One thing done at unlock; `label` may be lazy text; `function` is a dotted name taking a progress call."""

    label: Any
    function: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the opening has come; `done` of `total` of the present step."""

    phase: Phase = Phase.SEALED
    label: Any = ""
    step: int = 0
    steps: int = 0
    done: int = 0
    total: int = 0
    problem: str = ""

    @property
    def percent(self) -> int:
        """Whole percent of all steps together."""
        if not self.steps:
            return 0
        part = self.done / self.total if self.total else 0.0
        return int(100 * (max(self.step - 1, 0) + min(part, 1.0)) / self.steps)


_guard = threading.Lock()
_now: list[Progress] = [Progress()]


def progress() -> Progress:
    """How far the opening has come."""
    return _now[0]


def is_ready() -> bool:
    """Whether the site answers."""
    return _now[0].phase is Phase.OPEN


def _claim() -> bool:
    with _guard:
        if _now[0].phase in {Phase.OPENING, Phase.OPEN}:
            return False
        _now[0] = Progress(phase=Phase.OPENING)
        return True


def begin(words: str) -> None:
    """Open with a phrase: raises what is wrong with it, else returns at once while the steps run."""
    folder = site.current_folder()
    if not _claim():
        return
    try:
        site.try_phrase(folder, words)
        # Before the first step: the panic key must find the keys while the house is still opening.
        site.note_process(folder)
    except VaultError:
        _now[0] = Progress()
        raise
    except (OSError, MemoryError, HashingError) as error:
        state.forget()
        _now[0] = Progress()
        raise CannotOpenNow from error
    threading.Thread(target=run_steps, name="opening", daemon=True).start()


def run_steps() -> None:
    """Run the steps of config/boot.py; the site answers when the last is done."""
    steps: list[BootStep] = list(settings.BOOT_STEPS)
    try:
        for number, step in enumerate(steps, start=1):
            _now[0] = Progress(Phase.OPENING, label=step.label, step=number, steps=len(steps))
            import_string(step.function)(_reporter())
        _now[0] = Progress(phase=Phase.OPEN)
    except VaultError as error:
        state.forget()
        _now[0] = Progress(phase=Phase.FAILED, problem=str(error))
    except Exception:
        state.forget()
        _now[0] = Progress(phase=Phase.FAILED)
        raise
    finally:
        connections.close_all()


def _reporter() -> Callable[[int, int], None]:
    def report(done: int, total: int) -> None:
        _now[0] = replace(_now[0], done=done, total=total)

    return report


def open_already() -> None:
    """The state of a process whose keys are held by other means: a command at the shell, or a test."""
    _now[0] = Progress(phase=Phase.OPEN)


def close() -> None:
    """Back to sealed, without ending the process (tests)."""
    state.forget()
    connections.close_all()
    _now[0] = Progress()
