"""The embedded database: SQLCipher under Django's SQLite backend."""

from typing import Any

OPTIONS: dict[str, Any] = {"transaction_mode": "IMMEDIATE", "timeout": 20}
