"""Why two records weigh what they weigh: a list that starts at the prior and adds up."""

from itertools import accumulate

import msgspec

from kinmatch.compare.comparer import Comparer
from kinmatch.compare.corrections import FieldResult
from kinmatch.evidence import Evidence, make_evidence
from kinmatch.prepare import Prepared
from kinmatch.records import Described
from kinmatch.weights import Weights, probability

USUAL_REGISTER = 2000


class Explanation(msgspec.Struct, frozen=True):
    """`prior` + the weights of all `evidence`, added in their order, is `weight` (bits, log2 odds)."""

    prior: float
    evidence: tuple[Evidence, ...]
    weight: float
    probability: float

    def steps(self) -> list[float]:
        """The running weight: first the prior, then after each piece of evidence; the last is `weight`."""
        return list(accumulate([self.prior, *(one.weight for one in self.evidence)]))


def explain(
    left: Described, right: Described, weights: Weights | None = None, register_size: int = USUAL_REGISTER
) -> Explanation:
    """Compares two persons outside of any register, with the shipped rarity of names.

    `register_size` is how many records the pair could have been drawn from; the more, the lower the prior odds
    (`Weights.prior`). For a pair of a register's own, `Index.explain` also knows that register's
    names.
    """
    comparer = Comparer(weights)
    results = comparer.compare(Prepared(left, comparer.frequencies), Prepared(right, comparer.frequencies))
    return make_explanation(left, right, results, comparer, register_size)


def make_explanation(
    left: Described, right: Described, results: list[FieldResult], comparer: Comparer, register_size: int
) -> Explanation:
    """Puts a comparison already made into words."""
    evidence = make_evidence(left, right, results, comparer.weights)
    prior = comparer.weights.prior(register_size)
    weight = prior
    for one in evidence:
        weight += one.weight
    return Explanation(prior, evidence, weight, probability(weight))
