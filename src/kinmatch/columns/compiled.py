"""One way to compile a function: to machine code, kept on disk, free of the interpreter's lock."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy.typing as npt
from numba import njit

Compiled = TypeVar("Compiled", bound=Callable[..., Any])
Array = npt.NDArray[Any]
# A number inside compiled code, whatever its size.
Number = Any


# Kept on disk and free of the interpreter's lock.
_KEPT: dict[str, Any] = {"cache": True, "nogil": True, "no_cfunc_wrapper": True}
# What only compiled functions call: no way in from the interpreter is compiled for it, which would take the longest.
_WITHIN = {**_KEPT, "_nrt": False, "no_cpython_wrapper": True}


def compiled(function: Compiled) -> Compiled:
    """The function compiled when it is first called; another process reads it from the cache."""
    return cast("Compiled", njit(**_KEPT)(function))


def borrowing(function: Compiled) -> Compiled:
    """As `compiled`, for a function that makes no array, only reads and fills those that it is given, and is called
    by compiled functions alone.

    Nothing counts who holds an array then. Without it the counting took ten times as long as comparing a pair.
    """
    return cast("Compiled", njit(**_WITHIN)(function))


def inlined(function: Compiled) -> Compiled:
    """As `borrowing`, and written into whoever calls it: for a function that is handed a hundred columns, which would
    all be copied at each call."""
    return cast("Compiled", njit(**_WITHIN, forceinline=True)(function))
