"""The embedded database: SQLCipher under Django's SQLite backend."""

from pathlib import Path
from typing import Any

OPTIONS: dict[str, Any] = {"transaction_mode": "IMMEDIATE", "timeout": 20}


def entry(file: Path) -> dict[str, Any]:
    """The entry of `DATABASES` for one file; its key is derived by its name."""
    return {"ENGINE": "posada.vault.sqlcipher", "NAME": str(file), "OPTIONS": {"key": file.name, **OPTIONS}}
