"""What two families say of a pair: levels of agreement, their weight, and one piece of evidence that names nobody."""

import tomllib
from functools import cache
from itertools import accumulate
from typing import Literal

import msgspec

from kinmatch.evidence import Evidence
from kinmatch.explanation import Explanation
from kinmatch.frequencies import DATA
from kinmatch.weights import probability

FIELD = "kin"
Origin = Literal["request", "register"]


class _Scale(msgspec.Struct, frozen=True):
    """The weights of one origin in bits by level, and how much all of them together may speak for and against."""

    levels: dict[str, float]
    most: float
    least: float


@cache
def scale_of(origin: Origin) -> _Scale:
    """The shipped weights (data/kin.toml) for families around a request, or for relations inside a register."""
    found = tomllib.loads((DATA / "kin.toml").read_text(encoding="utf-8"))[origin]
    levels = {name: float(bits) for name, bits in found["levels"].items()}
    return _Scale(levels, float(found["most"]), float(found["least"]))


class Family(msgspec.Struct, frozen=True):
    """What the families say: levels, and of the second side the ids of those relatives who fit."""

    levels: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    origin: Origin = "request"

    @property
    def weight(self) -> float:
        """In bits, held between the least and the most of its origin. A level without a weight counts nothing."""
        scale = scale_of(self.origin)
        return max(scale.least, min(scale.most, sum(scale.levels.get(level, 0.0) for level in self.levels)))

    @property
    def level(self) -> str:
        """The level that weighs most, '' where nothing is said; of two that weigh alike the first."""
        weights = scale_of(self.origin).levels
        return max(self.levels, key=lambda level: abs(weights.get(level, 0.0)), default="")

    def evidence(self, weight: float | None = None) -> tuple[Evidence, ...]:
        """The one piece of evidence of a family, none where it says nothing. It quotes no name: what is compared are
        third persons. `weight` is given by a caller who lets the family count for less."""
        if not self.levels:
            return ()
        return (Evidence(FIELD, self.level, self.weight if weight is None else weight, "", ""),)


NOTHING = Family()


def with_evidence(explanation: Explanation, more: tuple[Evidence, ...]) -> Explanation:
    """An explanation with more evidence at its end; it adds up as before."""
    evidence = (*explanation.evidence, *more)
    weight = list(accumulate([explanation.prior, *(one.weight for one in evidence)]))[-1]
    return Explanation(explanation.prior, evidence, weight, probability(weight))
