"""How good pairs are, against the truth."""

from collections.abc import Iterable
from itertools import pairwise

import msgspec

from kinmatch.pairing import Pair

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)


class Measure(msgspec.Struct, frozen=True):
    """Quality at one threshold: of `found` pairs `right` are true; `missed` true pairs are not among them."""

    threshold: float
    precision: float
    recall: float
    f1: float
    found: int
    right: int
    missed: int


class Band(msgspec.Struct, frozen=True):
    """Calibration: pairs with a probability from `low` to `high`, what was promised on average and what
    came true."""

    low: float
    high: float
    pairs: int
    promised: float
    true: float


class Evaluation(msgspec.Struct, frozen=True):
    """Measures by rising threshold, and calibration by band. Pairs below the lowest probability given are
    unseen."""

    measures: tuple[Measure, ...]
    bands: tuple[Band, ...]
    truths: int

    @property
    def best(self) -> Measure:
        """The measure with the highest F1."""
        return max(self.measures, key=lambda measure: measure.f1)

    def at(self, threshold: float) -> Measure:
        """The measure at one of the thresholds. Raises KeyError for another."""
        for measure in self.measures:
            if abs(measure.threshold - threshold) < 1e-9:
                return measure
        raise KeyError(threshold)


def evaluate(
    pairs: Iterable[Pair], truth: Iterable[tuple[str, str]], thresholds: Iterable[float] = THRESHOLDS
) -> Evaluation:
    """Precision, recall and F1 at thresholds, and calibration. In `truth` the order of the two ids does not
    matter."""
    wanted = {(min(pair), max(pair)) for pair in truth}
    judged = {(min(pair.id_a, pair.id_b), max(pair.id_a, pair.id_b)): pair.probability for pair in pairs}
    measures = tuple(_measure(judged, wanted, threshold) for threshold in sorted(thresholds))
    edges = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 1.0)
    bands = (_band(judged, wanted, low, high) for low, high in pairwise(edges))
    return Evaluation(measures, tuple(band for band in bands if band.pairs), len(wanted))


def _measure(judged: dict[tuple[str, str], float], wanted: set[tuple[str, str]], threshold: float) -> Measure:
    found = [pair for pair, probability in judged.items() if probability >= threshold]
    right = sum(pair in wanted for pair in found)
    precision = right / len(found) if found else 0.0
    recall = right / len(wanted) if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return Measure(threshold, precision, recall, f1, len(found), right, len(wanted) - right)


def _band(judged: dict[tuple[str, str], float], wanted: set[tuple[str, str]], low: float, high: float) -> Band:
    inside = {p: chance for p, chance in judged.items() if low <= chance < high or chance == high == 1.0}
    count = len(inside)
    if not count:
        return Band(low, high, 0, 0.0, 0.0)
    return Band(low, high, count, sum(inside.values()) / count, sum(p in wanted for p in inside) / count)
