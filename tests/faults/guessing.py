"""Guess a hidden half of people from everything that is seen of them: how well is told as an AUC.

Words are weighed by their log-odds, numbers by a logistic regression, both together, and the single best of all is
taken alone. Each is fitted on one half of the people and measured on the other, and the reverse, over several splits.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

RAREST = 5  # a word that fewer people have says nothing about the others
SPLITS = 5
Floats = NDArray[np.float64]


@dataclass
class Seen:
    """What is seen of one person: words (with the page on which they stand) and numbers by name."""

    served: bool
    words: set[str] = field(default_factory=set)
    numbers: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Guessed:
    """The AUC of each way of guessing, what the best single sign was in each half, and the error of sampling."""

    by_way: dict[str, float]
    signs: tuple[str, ...]
    error: float

    @property
    def best(self) -> float:
        """That of the way that guesses best."""
        return max(self.by_way.values())


def auc(scores: Floats, served: NDArray[np.bool_]) -> float:
    """The chance that one who served scores above one who did not; ties count half."""
    values, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts - 1) / 2
    ranks, ones = middle[place], int(served.sum())
    others = len(served) - ones
    return float((ranks[served].sum() - ones * (ones + 1) / 2) / (ones * others)) if values.size else 0.5


def _log_odds(words: Floats, served: NDArray[np.bool_]) -> Floats:
    """The weight of each word, from how often it stands with each half."""
    ones, others = words[served].sum(axis=0) + 0.5, words[~served].sum(axis=0) + 0.5
    return np.asarray(
        np.log(ones / (served.sum() + 1 - ones)) - np.log(others / ((~served).sum() + 1 - others)), dtype=np.float64
    )


def _logistic(numbers: Floats, served: NDArray[np.bool_], ridge: float = 5.0) -> Floats:
    """Weights of a logistic regression on standardised numbers, by Newton's steps."""
    weights = np.zeros(numbers.shape[1])
    for _step in range(15):
        chance = 1 / (1 + np.exp(-np.clip(numbers @ weights, -30, 30)))
        slope = numbers.T @ (served - chance) - ridge * weights
        curve = (numbers * (chance * (1 - chance))[:, None]).T @ numbers + ridge * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def _standardised(numbers: Floats, by: Floats) -> Floats:
    spread = by.std(axis=0)
    return np.asarray((numbers - by.mean(axis=0)) / np.where(spread > 0, spread, 1.0), dtype=np.float64)


def _tables(seen: Sequence[Seen]) -> tuple[Floats, Floats, list[str]]:
    common = Counter(word for one in seen for word in one.words)
    words = sorted(word for word, count in common.items() if RAREST <= count <= len(seen) - RAREST)
    place = {word: at for at, word in enumerate(words)}
    names = sorted({name for one in seen for name in one.numbers})
    table = np.zeros((len(seen), len(words)))
    for row, one in enumerate(seen):
        table[row, [place[word] for word in one.words if word in place]] = 1
    numbers = np.array([[one.numbers.get(name, -1.0) for name in names] for one in seen], dtype=np.float64)
    return table, numbers, words + names


def _fitted(
    words: Floats, numbers: Floats, served: NDArray[np.bool_], fit: NDArray[np.bool_]
) -> tuple[dict[str, float], int]:
    """Fitted on the one half, measured on the other: the AUC of each way, and which single sign was best."""
    told, rest = served[fit], ~fit
    by_words = words @ _log_odds(words[fit], told)
    scaled = _standardised(numbers, numbers[fit])
    by_numbers = scaled @ _logistic(scaled[fit], told)
    both = sum(_standardised(one[:, None], one[fit][:, None])[:, 0] for one in (by_words, by_numbers))
    signs = np.hstack([words, numbers])
    alone = 0.5 + (words[fit][told].mean(axis=0) - words[fit][~told].mean(axis=0)) / 2
    each = np.concatenate([alone, [auc(column, told) for column in numbers[fit].T]])
    best = int(np.argmax(np.abs(each - 0.5)))
    single = signs[:, best] * (1 if each[best] >= 0.5 else -1)
    ways = {"words": by_words, "numbers": by_numbers, "both": np.asarray(both), "best single sign": single}
    return {way: auc(scores[rest], served[rest]) for way, scores in ways.items()}, best


def guess(seen: Sequence[Seen], seed: int) -> Guessed:
    """How well the hidden half is told from what is seen."""
    words, numbers, names = _tables(seen)
    served, rng = np.array([one.served for one in seen]), np.random.default_rng(seed)
    found: dict[str, list[float]] = {}
    signs: Counter[str] = Counter()
    for _split in range(SPLITS):
        fit = np.zeros(len(seen), dtype=bool)
        fit[rng.permutation(len(seen))[: len(seen) // 2]] = True
        for half in (fit, ~fit):
            one, best = _fitted(words, numbers, served, half)
            signs[names[best]] += 1
            for way, value in one.items():
                found.setdefault(way, []).append(value)
    ones = int(served.sum())
    # Of an AUC where nothing can be told (Hanley and McNeil 1982); each person is measured once in a split.
    error = float(np.sqrt((len(seen) + 1) / (12 * ones * (len(seen) - ones))))
    by_way = {way: float(np.mean(values)) for way, values in found.items()}
    return Guessed(by_way, tuple(sign for sign, _count in signs.most_common(3)), error)
