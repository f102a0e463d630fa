"""Whole registers: the pairs in one that are the same person, and the pairs across two."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import msgspec

from kinmatch.blocking import WordCodes, candidate_pairs
from kinmatch.compare.comparer import Comparer
from kinmatch.prepare import Prepared
from kinmatch.records import Record
from kinmatch.tokenbook import TokenBook
from kinmatch.weights import Weights, probability

Progress = Callable[[int], None]
TOLD_EVERY = 2000
# Share of the work, in records told, that preparing and pairing take; comparing takes the rest.
PREPARING, PAIRING = 0.25, 0.2


class Pair(msgspec.Struct, frozen=True):
    """Two records that may be one person. In `dedupe` id_a < id_b; in `link` id_a is of the first register.

    `levels` gives each compared field's level of agreement.
    """

    id_a: str
    id_b: str
    probability: float
    weight: float
    levels: dict[str, str]


class Work:
    """People made ready and counted, with a progress that ends at the number of records."""

    def __init__(self, records: Sequence[Record], weights: Weights | None, progress: Progress | None) -> None:
        self.comparer = Comparer(weights)
        self.progress = progress
        self.size = len(records)
        book = TokenBook(self.comparer.frequencies, self.comparer.grades)
        self.people: list[Prepared] = []
        for number, record in enumerate(records):
            person = Prepared(record, self.comparer.frequencies)
            person.count(self.comparer.frequencies, 1)
            self.people.append(person)
            for token in person.tokens:
                book.add(token)
            if number % TOLD_EVERY == 0:
                self.tell(number, 0.0, PREPARING)
        self.words = WordCodes(book, self.comparer)

    def tell(self, done: float, start: float, share: float) -> None:
        if self.progress:
            self.progress(int(start * self.size + done * share))

    def pairs(self, records: Sequence[Record], threshold: float, split_at: int | None, against: int) -> list[Pair]:
        """Every candidate pair of at least the threshold; `against` is the size that sets the prior."""
        left, right = candidate_pairs(
            self.people, self.words, split_at, lambda done: self.tell(done, PREPARING, PAIRING)
        )
        found: list[Pair] = []
        total = max(len(left), 1)
        compare, weigh, people = self.comparer.compare, self.comparer.weigh, self.people
        for number, (i, j) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
            results = compare(people[i], people[j])
            weight = weigh(results, against)
            chance = probability(weight)
            if chance >= threshold:
                levels = {result.field: result.level for result in results}
                found.append(Pair(records[i].record_id, records[j].record_id, chance, weight, levels))
            if number % TOLD_EVERY == 0:
                self.tell(number / total * self.size, PREPARING + PAIRING, 1 - PREPARING - PAIRING)
        self.tell(self.size, 0.0, 1.0)
        return found


def dedupe(
    records: Iterable[Record],
    threshold: float = 0.5,
    progress: Progress | None = None,
    weights: Weights | None = None,
) -> list[Pair]:
    """The pairs inside one register that are the same person with at least the probability `threshold`.

    `progress` is told how far the work is, counted in records. Likeliest pairs first. The order of the
    records
    changes nothing. Raises ValueError when an id occurs twice.
    """
    rows = sorted(records, key=lambda record: record.record_id)
    _refuse_repeated(rows)
    if len(rows) < 2:
        return []
    work = Work(rows, weights, progress)
    return _sorted(work.pairs(rows, threshold, None, len(rows)))


def link(
    left: Iterable[Record],
    right: Iterable[Record],
    threshold: float = 0.5,
    progress: Progress | None = None,
    weights: Weights | None = None,
) -> list[Pair]:
    """The pairs across two registers that are the same person; the prior is set by the size of the second.

    Raises ValueError when an id occurs twice in one of them.
    """
    mine = sorted(left, key=lambda record: record.record_id)
    other = sorted(right, key=lambda record: record.record_id)
    _refuse_repeated(mine)
    _refuse_repeated(other)
    if not mine or not other:
        return []
    rows = mine + other
    work = Work(rows, weights, progress)
    return _sorted(work.pairs(rows, threshold, len(mine), len(other)))


def _sorted(pairs: list[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (-pair.weight, pair.id_a, pair.id_b))


def _refuse_repeated(rows: Sequence[Record]) -> None:
    for one, following in pairwise(rows):
        if one.record_id == following.record_id:
            raise ValueError(f"the record id {one.record_id!r} occurs more than once")
