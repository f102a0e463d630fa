"""Wrong phrases make the next try wait: 0, 0, 2, 4, 8 ... 300 seconds. The count lies in the site folder."""

from pathlib import Path

import msgspec

from posada.vault.errors import MustWait

_FREE_TRIES = 2
_LONGEST_WAIT = 300


class Attempts(msgspec.Struct, frozen=True):
    """How many wrong phrases came in a row, and the time of the last (seconds since 1970)."""

    wrong: int = 0
    last: float = 0.0


def read(path: Path) -> Attempts:
    """The count so far; a missing or damaged file counts as many wrong tries, unless it never was there."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Attempts)
    except FileNotFoundError:
        return Attempts()
    except (OSError, msgspec.DecodeError):
        return Attempts(wrong=_FREE_TRIES + 3)


def wait_after(wrong: int) -> int:
    """Seconds to wait after so many wrong phrases."""
    return 0 if wrong <= _FREE_TRIES else int(min(_LONGEST_WAIT, 2 ** (wrong - _FREE_TRIES)))


def check(path: Path, *, at: float) -> None:
    """Raise `MustWait` if the wait is not over. With a clock set back it begins anew: it is neither skipped nor
    stretched to the day that the clock once showed.
    """
    held = read(path)
    if at < held.last:
        held = msgspec.structs.replace(held, last=at)
        _write(path, held)
    left = wait_after(held.wrong) - (at - held.last)
    if held.wrong and left > 0:
        raise MustWait(int(left) + 1)


def note_wrong(path: Path, *, at: float) -> int:
    """Count one more wrong phrase; gives the seconds to wait."""
    wrong = read(path).wrong + 1
    _write(path, Attempts(wrong=wrong, last=at))
    return wait_after(wrong)


def _write(path: Path, attempts: Attempts) -> None:
    path.write_bytes(msgspec.json.encode(attempts))


def clear(path: Path) -> None:
    """The right phrase came."""
    path.unlink(missing_ok=True)
