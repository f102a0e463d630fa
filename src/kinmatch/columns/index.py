"""A searchable register of millions: its columns with inverted lists, and beside them what was added since.

What is added stands in a small index of rows until there is as much of it as of columns; then all of it is read anew.
What was removed is passed over, and is not in the bytes that are saved.
"""

from io import BytesIO
from threading import RLock

import msgspec
import numpy as np
import numpy.typing as npt
import polars

from kinmatch.columns.asked import Asked
from kinmatch.columns.bearers import count_words, read_bearers, read_marks, rows_with
from kinmatch.columns.kernels import compare_run
from kinmatch.columns.people import People, frame_of
from kinmatch.columns.placing import place_counts
from kinmatch.columns.searching import MOST_NEAR, WORDS, Score, add_rows, add_word, bearers_of, best_touched, near_words
from kinmatch.compare.comparer import FIELDS, Comparer
from kinmatch.explanation import Explanation, make_explanation
from kinmatch.frequencies import GIVEN, PLACE, SURNAME, Frequencies
from kinmatch.prepare import Prepared
from kinmatch.records import Described, Record
from kinmatch.row_index import Asking, Candidate, RowIndex, ranked
from kinmatch.weights import Weights

FORMAT = "kinmatch-index-columns-1"
# So many are compared by the kernels, and of these so many more than are wanted by the comparer that explains.
COMPARED, SPARE = 400, 0
GATHERED = 100
# So many stand beside the columns before all are read anew: at least these, and as many as there are columns.
LEAST_BESIDE = 20_000


class Written(msgspec.Struct):
    """What is saved: the records as Arrow bytes, and the weights."""

    format: str
    weights: Weights
    records: bytes


class ColumnIndex:
    """A large register held in memory and searched. One thread may add while others search."""

    def __init__(self, frame: polars.DataFrame, weights: Weights | None = None) -> None:
        self._lock = RLock()
        self._read(frame, weights or Weights.shipped())

    def _read(self, frame: polars.DataFrame, weights: Weights) -> None:
        known = [name for name in Record.__struct_fields__ if name in frame.columns]
        self._frame = frame.select(polars.col(name).cast(polars.String).fill_null("") for name in known)
        people = People.from_frame(self._frame)
        self.comparer = Comparer(weights, Frequencies(_counted(people)))
        self._asked = Asked(people, self.comparer.frequencies, weights)
        self._bearers = read_bearers(people)
        self._rows = dict(zip(self._frame["record_id"].to_list(), range(len(people)), strict=True))
        self._gone = np.zeros(len(people), dtype=np.bool_)
        self._beside = RowIndex(weights, comparer=self.comparer)
        words = len(self._asked.lexicon.order)
        self._marks = read_marks(self._asked.table, slice(0, len(people) + 1))
        scores = np.zeros((len(people), 4), dtype=np.float32)
        scores[:, WORDS] = count_words(people)
        self._room = Score(
            scores,
            np.empty(len(people), dtype=np.int32),
            np.empty(MOST_NEAR, dtype=np.int32),
            np.empty(MOST_NEAR, dtype=np.int8),
            np.zeros(words, dtype=np.int64),
        )
        self._stamp = 0

    def __len__(self) -> int:
        return len(self._rows) + len(self._beside)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._rows or record_id in self._beside

    def add(self, record: Record) -> None:
        """As `Index.add`."""
        with self._lock:
            if record.record_id in self._rows:
                raise ValueError("a record with this id is already in the index; use replace")
            self._beside.add(record)
            if len(self._beside) > max(LEAST_BESIDE, len(self._rows)):
                self._read(self._everybody(), self.comparer.weights)

    def remove(self, record_id: str) -> None:
        """As `Index.remove`."""
        with self._lock:
            row = self._rows.get(record_id)
            if row is None:
                self._beside.remove(record_id)
                return
            Prepared(self._record(row), self.comparer.frequencies).count(self.comparer.frequencies, -1)
            del self._rows[record_id]
            self._gone[row] = True

    def search(self, query: Described, limit: int, minimum: float) -> list[Candidate]:
        """As `Index.search`."""
        with self._lock:
            prepared = Prepared(query, self.comparer.frequencies)
            rows = self._likeliest(prepared, COMPARED)[: max(limit, 0) + SPARE]
            pairs = [*self._made_ready(rows), *self._beside.gathered(prepared)]
            size = len(self)
        return ranked(self.comparer, pairs, size, Asking(query, prepared, limit, minimum))

    def gathered(self, prepared: Prepared) -> list[tuple[Record, Prepared]]:
        """As `Index.gathered`."""
        with self._lock:
            rows = self._likeliest(prepared, GATHERED)
            return [*self._made_ready(rows), *self._beside.gathered(prepared)]

    def record(self, record_id: str) -> Record:
        """As `Index.record`."""
        with self._lock:
            row = self._rows.get(record_id)
            return self._beside.record(record_id) if row is None else self._record(row)

    def records(self) -> list[Record]:
        """Everybody."""
        with self._lock:
            return [*(self._record(row) for row in self._rows.values()), *self._beside.records()]

    def explain(self, query: Described, record_id: str) -> Explanation:
        """As `Index.explain`."""
        record, size = self.record(record_id), len(self)
        frequencies = self.comparer.frequencies
        results = self.comparer.compare(Prepared(query, frequencies), Prepared(record, frequencies))
        return make_explanation(query, record, results, self.comparer, size)

    def to_bytes(self) -> bytes:
        """As `Index.to_bytes`: a byte for each record's letters, and what was removed is not among them."""
        with self._lock:
            held = BytesIO()
            self._everybody().write_ipc(held, compression="zstd")
            return msgspec.msgpack.encode(Written(FORMAT, self.comparer.weights, held.getvalue()))

    @classmethod
    def from_written(cls, written: Written) -> "ColumnIndex":
        """The index that was written. Raises ValueError where the records cannot be read."""
        try:
            return cls(polars.read_ipc(BytesIO(written.records)), written.weights)
        except (polars.exceptions.PolarsError, OSError, KeyError) as problem:
            raise ValueError("the records of this kinmatch index cannot be read; build it anew") from problem

    def _everybody(self) -> polars.DataFrame:
        kept = self._frame.filter(polars.Series(~self._gone)) if self._gone.any() else self._frame
        beside = self._beside.records()
        return polars.concat([kept, frame_of(beside)], how="diagonal").fill_null("") if beside else kept

    def _record(self, row: int) -> Record:
        said = self._frame.row(row, named=True)
        relatives = tuple(name.strip() for name in said.pop("relatives", "").split(";") if name.strip())
        age = said.pop("age", "")
        return Record(**said, relatives=relatives, age=int(float(age)) if age else None)

    def _made_ready(self, rows: npt.NDArray[np.int32]) -> list[tuple[Record, Prepared]]:
        found = [self._record(row) for row in rows.tolist()]
        return [(record, Prepared(record, self.comparer.frequencies)) for record in found]

    def _likeliest(self, person: Prepared, most: int) -> npt.NDArray[np.int32]:
        """The rows of those worth comparing, by their weight from the highest; of as many as `most`."""
        tokens = self._asked.write(person)
        rows, scores = self._touched(person, tokens)
        if len(rows) > most:
            rows = rows[np.argpartition(-scores, most)[:most]]
        weight = np.empty(len(rows), dtype=np.float32)
        levels = np.empty((len(rows), len(FIELDS)), dtype=np.uint8)
        left = np.full(len(rows), self._asked.row, dtype=np.int32)
        compare_run(self._asked.lexicon, self._asked.table, left, rows, 0.0, levels, weight)
        return rows[np.lexsort((rows, -np.round(weight, 3)))]

    def _touched(self, person: Prepared, tokens: list[int]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        lists, room, touched = self._bearers, self._room, 0
        size = len(self)
        for _, token, near, grades in self._by_rarity(tokens):
            touched = add_word(lists.rows, room, near, grades, token, size, touched)
        if person.phone:
            touched = add_rows(rows_with(lists.phones, int(person.phone) % 10**7), room, touched)
        document = self._asked.document(person.document) if person.document else -1
        if document >= 0:
            touched = add_rows(rows_with(lists.documents, document), room, touched)
        row = self._asked.row
        self._marks[row] = read_marks(self._asked.table, slice(row, row + 1))[0]
        words = len(person.name.given) + len(person.name.surnames)
        found: tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]] = best_touched(
            self._marks, room, touched, self._gone, row, words
        )
        return found

    def _by_rarity(self, tokens: list[int]) -> list[tuple[int, int, npt.NDArray[np.int32], npt.NDArray[np.int8]]]:
        """For each word how many bear a near one, itself, the near ones and their grades; the rarest first."""
        lists, room, found = self._bearers, self._room, []
        for token in tokens:
            if token >= 0:
                self._stamp += 1
                tables = self._asked.lexicon.tables
                count = near_words(tables, lists.of_sound, lists.baskets, room, token, self._stamp)
                near = room.near[:count].copy()
                found.append((bearers_of(lists.rows, near), token, near, room.grades[:count].copy()))
        return sorted(found, key=lambda one: one[:2])


def _counted(people: People) -> dict[str, dict[str, int]]:
    """The counts of a register, as `Frequencies` reads them."""
    counts, tokens, places = people.counts, people.tokens, people.places
    by_place, placed = place_counts(people.birth_place, people.place, len(places.texts))
    found = {
        GIVEN: _borne(tokens.texts, counts.given),
        SURNAME: _borne(tokens.texts, counts.surname),
        PLACE: _borne(places.texts, by_place),
        f"{GIVEN} sounds": _borne(tokens.sound_texts, counts.given_sounds),
        f"{SURNAME} sounds": _borne(tokens.sound_texts, counts.surname_sounds),
    }
    return found | {"totals": {GIVEN: counts.givens, SURNAME: counts.surnames, PLACE: placed}}


def _borne(texts: list[str], counts: npt.NDArray[np.int64]) -> dict[str, int]:
    return {texts[at]: int(counts[at]) for at in np.flatnonzero(counts).tolist()}
