"""The embedded database: SQLCipher under Django's SQLite backend."""

from pathlib import Path
from typing import Any

OPTIONS: dict[str, Any] = {"transaction_mode": "IMMEDIATE", "timeout": 20}
# Opening one costs several milliseconds a page; a thread that answers keeps its own for so long.
KEPT_SECONDS = 60


def entry(file: Path) -> dict[str, Any]:
    """The entry of `DATABASES` for one file; its key is derived by its name."""
    return {
        "ENGINE": "posada.vault.sqlcipher",
        "NAME": str(file),
        "CONN_MAX_AGE": KEPT_SECONDS,
        "OPTIONS": {"key": file.name, **OPTIONS},
    }
