"""A clock set back: silences, quotas, lock-outs and the audit all trust the clock, so the house says when it is wrong.

What counts is the latest moment at which this house is known to have lived: the newest entry of the audit, the newest
of its files, and what the clock showed while it ran. Seconds since 1970 by the machine's clock.
"""

from contextlib import suppress

from django.utils.translation import gettext as _

from posada.ground import clock
from posada.vault.folder import SiteFolder

# What a network's correction of the clock may take away without a word.
TOLERANCE_SECONDS = 120.0
_latest: list[float] = [0.0]


def note(moment: float) -> None:
    """The house lived at this moment."""
    _latest[0] = max(_latest[0], moment)


def newest_file(folder: SiteFolder) -> float:
    """When a file of the house was last written: this much is known while it is sealed."""
    times = [0.0]
    for path in (folder.main, folder.keyring, folder.main.with_name("main.db-wal"), folder.keys):
        with suppress(OSError):
            times.append(path.stat().st_mtime)
    return max(times)


def seconds_behind(*, known: float | None = None) -> float:
    """How far the clock lies before the latest moment that is known; 0 within the tolerance."""
    behind = max(_latest[0], known or 0.0) - clock.real_seconds()
    return behind if behind > TOLERANCE_SECONDS else 0.0


def sentence(*, known: float | None = None) -> str:
    """What to do about it; nothing when the clock is right."""
    if not seconds_behind(known=known):
        return ""
    return _(
        "The clock of this computer is set back: the house was used at a later time than it shows now. Silences, waits "
        "and the record of who did what go by it. Set the clock right. If it was wrong before and is right now, run: "
        "posada clock accept"
    )


def forget() -> None:
    """Nothing is known any more (the clock was accepted; tests)."""
    _latest[0] = 0.0
