"""Match weights: how much each level of agreement counts, in bits (log2 of the odds)."""

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

# In a nearly empty register a coincidence is not less likely than in a small town.
SMALLEST = 100
SHIPPED = Path(__file__).parent / "data" / "weights.toml"


class Weights(msgspec.Struct, frozen=True):
    """Weights by 'section.level', in bits, with the version they carry and what the prior is made of.

    In a register of n records the prior odds of any one pair are expected / n ** growth, so that a probability is
    absolute and never relative to the best hit. With a growth of 1 `expected` is how many true matches one record has
    on average; less than 1 was measured, for a larger register's own rarities tell a part of its size already.
    """

    version: str
    expected: float
    table: dict[str, float]
    growth: float = 1.0

    @classmethod
    def shipped(cls) -> "Weights":
        """The weights inside the package, with their model card in data/weights.toml."""
        return _shipped()

    @classmethod
    def read(cls, path: Path) -> "Weights":
        """Reads a weights file. Raises ValueError with a sentence when it is not one."""
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
            sections = {name: part for name, part in found.items() if name != "model"}
            table = {f"{name}.{level}": float(w) for name, part in sections.items() for level, w in part.items()}
            model = found["model"]
            return cls(str(model["version"]), float(model["expected"]), table, float(model.get("growth", 1.0)))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
            raise ValueError(f"{path.name} is not a weights file: {problem}") from problem

    def prior(self, register_size: int) -> float:
        """The weight before any evidence, in bits, for one record of a register of this size."""
        return math.log2(self.expected) - self.growth * math.log2(max(register_size, SMALLEST))

    def value(self, terms: "list[tuple[str, float]]") -> float:
        """The summed weight of (name, amount) terms; a term without a weight counts nothing."""
        table: Mapping[str, float] = self.table
        total = 0.0
        for name, amount in terms:
            total += table.get(name, 0.0) * amount
        return round(total, 6)


@cache
def _shipped() -> Weights:
    return Weights.read(SHIPPED)


def probability(weight: float) -> float:
    """The probability that belongs to a weight in bits."""
    if weight > 60:
        return 1.0
    return 1.0 - 1.0 / (1.0 + math.exp2(max(weight, -1000.0)))
