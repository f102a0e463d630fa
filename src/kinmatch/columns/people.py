"""Everybody of a register as columns of numbers, read once per distinct word, date, place and number."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars

from kinmatch.columns.births import Births, read_births
from kinmatch.columns.cells import empty_store, number_cells, number_words, read_cells
from kinmatch.columns.codes import read_documents, read_phones
from kinmatch.columns.counting import Counts, count_names, name_bits
from kinmatch.columns.dictionary import Tokens, make_tokens
from kinmatch.columns.naming import NOBODY, NameRows, Words, read_call_names, read_names, split_all
from kinmatch.columns.placing import Places, read_places
from kinmatch.letters import name_words
from kinmatch.names import LONGEST_TOKEN, MOST_TOKENS
from kinmatch.prepare import MOST_RELATIVES, read_sex
from kinmatch.records import Record

Numbers = npt.NDArray[np.int32]
NAME_COLUMNS = ("given_names", "surnames", "full_name", "nickname")
PARENT_COLUMNS = ("mother", "father")
SEXES = {"": 0, "m": 1, "f": 2}


@dataclass(frozen=True, slots=True)
class Names:
    """Names of parents and relatives, one row per cell that holds one: words by their ids, -1 for none."""

    given: Numbers
    surnames: Numbers
    married: Numbers
    guessed: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class People:
    """n records as columns; -1 is none.

    `given` int32[n, 6], `surnames` int32[n, 6], `married` int32[n, 2] and `nickname` int32[n, 3] are ids of `tokens`;
    `sex` is 0 unknown, 1 m, 2 f; `year` to `age` as in `dates.Birth`; `birth_place` and `place` are rows of `places`;
    `mother`, `father` and `relatives[relatives_start[i]:relatives_start[i + 1]]` are rows of `names`; `phone` is a 1
    and the digits; `document` is a row of `documents` (uint8[d, 20], padded with 0).
    """

    given: Numbers
    surnames: Numbers
    married: Numbers
    guessed: npt.NDArray[np.bool_]
    nickname: Numbers
    sex: npt.NDArray[np.int8]
    has_birth: npt.NDArray[np.bool_]
    year: npt.NDArray[np.int16]
    month: npt.NDArray[np.int16]
    day: npt.NDArray[np.int16]
    earliest: npt.NDArray[np.int32]
    latest: npt.NDArray[np.int32]
    age: npt.NDArray[np.int16]
    birth_place: Numbers
    place: Numbers
    mother: Numbers
    father: Numbers
    relatives_start: npt.NDArray[np.int64]
    relatives: Numbers
    phone: npt.NDArray[np.int64]
    document: Numbers
    documents: npt.NDArray[np.uint8]
    names: Names
    places: Places
    tokens: Tokens
    counts: Counts

    def __len__(self) -> int:
        return len(self.guessed)

    @classmethod
    def from_frame(cls, frame: polars.DataFrame) -> "People":
        """The people of a frame whose String columns are called as the fields of a record; others are passed over.

        What cannot be read is silent; rows are not checked (`tables.read_frame` does that). `relatives` are parted by
        semicolons. The `tokens` carry the rarity of their words in this register.
        """
        return _read(frame)

    @classmethod
    def from_records(cls, records: Sequence[Record]) -> "People":
        """The people of records, the same as of a frame with the same rows."""
        return _read(frame_of(records))


def frame_of(records: Sequence[Record]) -> polars.DataFrame:
    """Records as a frame of String columns; `relatives` joined by semicolons and `age` as text."""
    columns: dict[str, list[str]] = {
        name: [getattr(record, name) for record in records]
        for name in Record.__struct_fields__
        if name not in {"relatives", "age"}
    }
    columns["relatives"] = [";".join(name.replace(";", " ") for name in record.relatives) for record in records]
    columns["age"] = ["" if record.age is None else str(record.age) for record in records]
    return polars.DataFrame(columns, schema=dict.fromkeys(columns, polars.String))


class _Relatives(NamedTuple):
    cells: polars.Series
    start: npt.NDArray[np.int64]


class _Numbered(NamedTuple):
    """The raw words of some name columns by numbers (as `cells.number_words` gives them), and their texts."""

    columns: dict[str, tuple[Numbers, npt.NDArray[np.int64]]]
    texts: list[str]


class _Scanned(NamedTuple):
    """The raw words of every name column with where its tokens begin, and the dictionary of what they fold to."""

    columns: dict[str, tuple[Numbers, npt.NDArray[np.int64], npt.NDArray[np.int64]]]
    token_ids: Numbers
    tokens: Tokens

    def words(self, name: str) -> Words:
        raw, start, token_start = self.columns[name]
        return Words(raw, start, token_start, self.token_ids, self.tokens.kind, self.tokens.lean)


def _column(frame: polars.DataFrame, name: str) -> polars.Series:
    if name not in frame.columns:
        return polars.Series(name, [""], dtype=polars.String).new_from_index(0, frame.height)
    column = frame[name]
    return column if column.dtype == polars.String else column.cast(polars.String)


def _relatives(column: polars.Series) -> _Relatives:
    """Every relative as a cell of its own, and where each row's begin."""
    named = polars.DataFrame({"row": np.arange(len(column), dtype=np.int64), "cell": column}).filter(
        polars.col("cell").str.len_bytes() > 0
    )
    parted = named.with_columns(polars.col("cell").str.split(";")).explode("cell")
    parted = parted.with_columns(polars.col("cell").str.strip_chars()).filter(polars.col("cell").str.len_bytes() > 0)
    parted = parted.filter(polars.int_range(polars.len()).over("row") < MOST_RELATIVES)
    start = np.zeros(len(column) + 1, dtype=np.int64)
    np.cumsum(np.bincount(parted["row"].to_numpy(), minlength=len(column)), out=start[1:])
    return _Relatives(parted["cell"], start)


def _number(columns: dict[str, polars.Series]) -> _Numbered:
    store = empty_store()
    found: dict[str, tuple[Numbers, npt.NDArray[np.int64]]] = {}
    texts: list[str] = []
    for name, column in columns.items():
        cells = read_cells(column)
        words, start, fresh, store = number_words(cells.data, cells.start, store)
        found[name] = words, start
        texts += [bytes(cells.data[lo:hi]).decode() for lo, hi in fresh.tolist()]
    return _Numbered(found, texts)


def _scan(numbered: Sequence[_Numbered]) -> _Scanned:
    """Folds every distinct raw word once; each group of columns has numbers of its own for them."""
    folded: dict[str, list[str]] = {}
    for text in (text for group in numbered for text in group.texts):
        if text not in folded:
            folded[text] = [token[:LONGEST_TOKEN] for token in name_words(text)]
    parts = [folded[text] for group in numbered for text in group.texts]
    ids: dict[str, int] = {}
    token_ids = np.array([ids.setdefault(token, len(ids)) for tokens in parts for token in tokens], dtype=np.int32)
    token_start = np.zeros(len(parts) + 1, dtype=np.int64)
    np.cumsum([len(tokens) for tokens in parts], out=token_start[1:])
    columns: dict[str, tuple[Numbers, npt.NDArray[np.int64], npt.NDArray[np.int64]]] = {}
    at = 0
    for group in numbered:
        columns |= {name: (*found, token_start[at:]) for name, found in group.columns.items()}
        at += len(group.texts)
    return _Scanned(columns, token_ids, make_tokens(list(ids)))


def _name_rows(size: int) -> NameRows:
    wide, narrow = np.empty((size, MOST_TOKENS), dtype=np.int32), np.empty((size, 2), dtype=np.int32)
    return NameRows(wide, wide.copy(), narrow, np.zeros(size, dtype=np.bool_))


def _read(frame: polars.DataFrame) -> People:
    """Everybody's own names are read on one thread; parents, relatives and all else on another one meanwhile."""
    with ThreadPoolExecutor(1) as pool:
        return _read_people(frame, pool)


class _Attributes(NamedTuple):
    sex: npt.NDArray[np.int8]
    births: Births
    birth_place: Numbers
    place: Numbers
    places: Places
    phone: npt.NDArray[np.int64]
    document: Numbers
    documents: npt.NDArray[np.uint8]


def _read_attributes(frame: polars.DataFrame) -> _Attributes:
    return _Attributes(
        _sexes(_column(frame, "sex")),
        read_births(_column(frame, "birth_date"), _column(frame, "age"), _column(frame, "age_on")),
        *read_places(_column(frame, "birth_place"), _column(frame, "place")),
        read_phones(_column(frame, "phone")),
        *read_documents(_column(frame, "document")),
    )


def _read_people(frame: polars.DataFrame, pool: ThreadPoolExecutor) -> People:
    relatives = _relatives(_column(frame, "relatives"))
    parents = {name: _column(frame, name) for name in PARENT_COLUMNS}
    others = pool.submit(_number, {**parents, "relatives": relatives.cells})
    attributes = pool.submit(_read_attributes, frame)
    numbered = _number({name: _column(frame, name) for name in NAME_COLUMNS})
    scanned = _scan([numbered, others.result()])
    filled = {name: (column.str.len_bytes() > 0).arg_true().to_numpy() for name, column in parents.items()}
    split = pool.submit(_split_columns, scanned, {**filled, "relatives": np.arange(len(relatives.cells))})
    own = _name_rows(frame.height)
    read_names(scanned.words("given_names"), scanned.words("surnames"), scanned.words("full_name"), own)
    read_call_names(scanned.words("nickname"), nickname := np.empty((frame.height, 3), dtype=np.int32))
    counts = count_names(own.given, own.surnames, scanned.tokens)
    (names, first), found = split.result(), attributes.result()
    births = found.births
    return People(
        *own,
        nickname,
        found.sex,
        births.has_birth,
        births.year,
        births.month,
        births.day,
        births.earliest,
        births.latest,
        births.age,
        found.birth_place,
        found.place,
        _rows_at(filled["mother"], first["mother"], frame.height),
        _rows_at(filled["father"], first["father"], frame.height),
        relatives.start,
        np.arange(first["relatives"], len(names.guessed), dtype=np.int32),
        found.phone,
        found.document,
        found.documents,
        names,
        found.places,
        _with_bits(scanned.tokens, counts),
        counts,
    )


def _with_bits(tokens: Tokens, counts: Counts) -> Tokens:
    given_bits, surname_bits = name_bits(counts, tokens)
    return replace(tokens, given_bits=given_bits, surname_bits=surname_bits)


def _split_columns(scanned: _Scanned, cells: dict[str, npt.NDArray[np.int64]]) -> tuple[Names, dict[str, int]]:
    """The names in these cells of each column, one column after the other, and where each column begins."""
    rows = _name_rows(sum(map(len, cells.values())))
    first: dict[str, int] = {}
    at = 0
    for name, chosen in cells.items():
        first[name] = at
        part = NameRows(*(column[at : at + len(chosen)] for column in rows))
        split_all(scanned.words(name), chosen.astype(np.int64), part)
        at += len(chosen)
    return Names(*rows), first


def _rows_at(filled: npt.NDArray[np.int64], first: int, size: int) -> Numbers:
    rows = np.full(size, NOBODY, dtype=np.int32)
    rows[filled] = np.arange(first, first + len(filled), dtype=np.int32)
    return rows


def _sexes(column: polars.Series) -> npt.NDArray[np.int8]:
    cells = read_cells(column)
    numbers, fresh, _ = number_cells(cells.data, cells.start, empty_store())
    read = [SEXES[read_sex(cells.text(row))] for row in fresh.tolist()]
    return np.array(read, dtype=np.int8)[numbers]
