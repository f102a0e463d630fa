"""How a line of the console reads: its hour with the offset, and of an error its kind and place, never its words."""

import logging
import traceback
from types import TracebackType
from typing import TypeAlias

_Error: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)  # as logging gives it


class Plain(logging.Formatter):
    """An error's own words may quote what somebody typed: they are left out, of it and of those that led to it."""

    def formatException(self, ei: _Error) -> str:  # noqa: N802 - logging's own name
        """Where it happened, the earliest cause first, and what kind of error each was."""
        parts: list[str] = []
        error = ei[1]
        while error is not None:
            kind = f"{type(error).__module__}.{type(error).__qualname__}\n"
            parts[:0] = [*traceback.format_tb(error.__traceback__), kind]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "".join(parts).rstrip("\n")
