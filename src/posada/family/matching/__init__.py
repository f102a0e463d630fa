"""The door to kinmatch for tracing requests: what is held in memory, what raises a proposal, and why."""

from posada.family.matching.held import build, let_go, pressing_of
from posada.family.matching.proposing import withdraw
from posada.family.matching.reading import HOLDER, READER
from posada.family.matching.showing import Compared, Language, Line, compare_contents, compare_places

__all__ = [
    "HOLDER",
    "READER",
    "Compared",
    "Language",
    "Line",
    "build",
    "compare_contents",
    "compare_places",
    "let_go",
    "pressing_of",
    "withdraw",
]
