"""Whole registers: the pairs in one that are the same person, and the pairs across two."""

from collections.abc import Callable, Iterable, Sequence

import polars

from kinmatch.blocking import WordCodes
from kinmatch.columns import running
from kinmatch.columns.people import frame_of
from kinmatch.compare.comparer import FIELDS, Comparer
from kinmatch.pair import Pair
from kinmatch.prepare import Prepared
from kinmatch.records import Record
from kinmatch.tokenbook import TokenBook
from kinmatch.weights import Weights

__all__ = ["Pair", "Work", "dedupe", "link"]
Progress = Callable[[int], None]


class Work:
    """People made ready and counted one by one: what the plain twin of the columns begins with."""

    def __init__(self, records: Sequence[Record], weights: Weights | None, progress: Progress | None) -> None:
        self.comparer = Comparer(weights)
        book = TokenBook(self.comparer.frequencies, self.comparer.grades)
        self.people: list[Prepared] = []
        for number, record in enumerate(records, 1):
            person = Prepared(record, self.comparer.frequencies)
            person.count(self.comparer.frequencies, 1)
            self.people.append(person)
            for token in person.tokens:
                book.add(token)
            if progress:
                progress(number)
        self.words = WordCodes(book, self.comparer)


def dedupe(
    records: Iterable[Record],
    threshold: float = 0.5,
    progress: Progress | None = None,
    weights: Weights | None = None,
) -> list[Pair]:
    """The pairs inside one register that are the same person with at least the probability `threshold`.

    `progress` is told how far the work is, counted in records. Likeliest pairs first. The order of the records
    changes nothing. Raises ValueError when an id occurs twice. For a million records ask
    `kinmatch.columns.running.dedupe`, which takes and gives frames.
    """
    return _as_pairs(running.dedupe(frame_of(list(records)), threshold, progress, weights))


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
    mine, other = frame_of(list(left)), frame_of(list(right))
    return _as_pairs(running.link(mine, other, threshold, progress, weights))


def _as_pairs(frame: polars.DataFrame) -> list[Pair]:
    found = []
    for id_a, id_b, chance, weight, *levels in frame.iter_rows():
        said = {field: level for field, level in zip(FIELDS, levels, strict=True) if level}
        found.append(Pair(id_a, id_b, chance, weight, said))
    return found
