"""Values from the environment; a bad one stops the start with a sentence."""

import os
from pathlib import Path


class BadEnvironment(SystemExit):
    """A variable holds something that cannot be used."""


def flag(name: str) -> bool:
    """A yes or no; not set is no."""
    value = os.environ.get(name, "0")
    if value not in {"0", "1"}:
        msg = f"{name} must be 0 or 1, not {value!r}."
        raise BadEnvironment(msg)
    return value == "1"


def folder(name: str, default: str) -> Path:
    """A folder's path."""
    return Path(os.environ.get(name, default)).expanduser().resolve()


def words(name: str, default: str) -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]
