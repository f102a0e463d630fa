"""The door to kinmatch."""

from collections.abc import Callable, Sequence

from posada.records.changes import Reader
from posada.records.models import Change


def build(_report: Callable[[int, int], None]) -> None:
    """Boot step."""


def _react(_changes: Sequence[Change]) -> None:
    return


READER = Reader(name="people", react=_react, lasting=False)
