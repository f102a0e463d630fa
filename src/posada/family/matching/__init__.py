"""The door to kinmatch for tracing requests: what is held in memory, what raises a proposal, and why."""

from posada.family.matching.held import build, let_go
from posada.family.matching.reading import READER
from posada.family.matching.scoring import Side, compare

__all__ = ["READER", "Side", "build", "compare", "let_go"]
