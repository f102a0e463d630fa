"""A folder of this user alone, gone afterwards: for a backup that is opened only to be looked at."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def folder() -> Iterator[Path]:
    """A path that does not exist yet, inside a fresh folder; what lies in it stays encrypted by SQLCipher."""
    os.umask(0o077)
    place = Path(tempfile.mkdtemp(prefix="posada-verify-"))
    try:
        yield place / "site"
    finally:
        shutil.rmtree(place, ignore_errors=True)
