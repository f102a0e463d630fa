"""A folder of this user alone, gone afterwards: for a backup that is opened only to be looked at."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "posada-verify-"


@contextmanager
def folder() -> Iterator[Path]:
    """A path that does not exist yet, inside a fresh folder; what lies in it stays encrypted by SQLCipher."""
    os.umask(0o077)
    sweep()
    place = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
    try:
        yield place / "site"
    finally:
        shutil.rmtree(place, ignore_errors=True)


def sweep() -> None:
    """Take away what a process that was killed left: a copy of the key file and of the keyring lies in it."""
    for left in Path(tempfile.gettempdir()).glob(_PREFIX + "*"):
        maker = left.name.removeprefix(_PREFIX).split("-")[0]
        if left.lstat().st_uid == os.getuid() and not (maker.isdecimal() and Path(f"/proc/{maker}").exists()):
            shutil.rmtree(left, ignore_errors=True)
