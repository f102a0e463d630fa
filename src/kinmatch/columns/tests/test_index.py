"""A large register is searched as a small one: the same people are found, with the same weights."""

from random import Random

import msgspec
import numpy as np
import pytest

from kinmatch import Index, Query, Record
from kinmatch import index as facade
from kinmatch.columns import index as columns
from kinmatch.columns.index import ColumnIndex
from kinmatch.columns.kernels import compare_run
from kinmatch.columns.people import frame_of
from kinmatch.compare.comparer import FIELDS
from kinmatch.prepare import Prepared
from kinmatch.row_index import RowIndex
from kinmatch.worlds.making import make_world

pytestmark = pytest.mark.xdist_group("numba")
NOVEL = Record(
    record_id="novel", given_names="Xiomarelis", surnames="Quetzalpa", birth_date="1991-04-02", phone="0414 5556677"
)
STRANGE = [
    Query(given_names="Chucho", surnames="Kuetzalcoatl Zzyzx"),
    Query(given_names="J. A.", surnames="de la O"),
    Query(full_name="Иван Петров", place="Aldea que nadie conoce, Estado nuevo", mother="Олена"),
    Query(given_names="x" * 10_000, surnames="Pérez"),
    Query(given_names="José", surnames="Pérez", document="V-99.999.999", phone="0000 1234567"),
    Query(given_names="Ana", surnames="Rojas", relatives=("Rosa Rojas", "Zzyzx", "Pedro de Rojas")),
    Query(nickname="Chuy", surnames="Gonsales", age=44, age_on="2019-02-26", sex="f"),
]


def _records() -> list[Record]:
    found = ColumnIndex(make_world("spanish", 600, seed=5).people).records()
    return [
        record
        if at % 5
        else msgspec.structs.replace(record, phone=f"+58 414 {5550000 + at}", document=f"V-{12_345_000 + at}")
        for at, record in enumerate(found)
    ]


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """Some hundred people of a generated world, with their doubles."""
    return _records()


@pytest.fixture(scope="module")
def large(records: list[Record]) -> ColumnIndex:
    return ColumnIndex(frame_of(records))


@pytest.fixture(scope="module")
def small(records: list[Record]) -> RowIndex:
    held = RowIndex()
    for record in records:
        held.add(record)
    return RowIndex.from_bytes(held.to_bytes())


def _asked(record: Record) -> Query:
    return Query(**{name: getattr(record, name) for name in Query.__struct_fields__})


def _worsened(record: Record, chance: Random) -> Query:
    given = list(record.given_names or "x")
    given[chance.randrange(len(given))] = chance.choice("aeiousz")
    return Query(given_names="".join(given), surnames=record.surnames, birth_date=record.birth_date, place=record.place)


def test_it_finds_whom_the_small_one_finds_with_the_same_weight(
    records: list[Record], large: ColumnIndex, small: RowIndex
) -> None:
    chance = Random(7)  # noqa: S311 - it draws misspellings
    for record in chance.sample(records, 60):
        for query in (_asked(record), _worsened(record, chance)):
            mine, theirs = large.search(query, 10, 0.05), small.search(query, 10, 0.05)
            assert [(one.record_id, round(one.weight, 3)) for one in mine] == [
                (one.record_id, round(one.weight, 3)) for one in theirs
            ]
            assert [one.evidence for one in mine] == [one.evidence for one in theirs]


@pytest.mark.parametrize("number", range(len(STRANGE)))
def test_who_is_asked_for_weighs_the_same_in_the_kernels(
    records: list[Record], large: ColumnIndex, number: int
) -> None:
    query, comparer = STRANGE[number], large.comparer
    prepared = Prepared(query, comparer.frequencies)
    rows = np.arange(0, len(records), 7, dtype=np.int32)
    large._asked.write(prepared)
    levels, weight = np.empty((len(rows), len(FIELDS)), dtype=np.uint8), np.empty(len(rows), dtype=np.float32)
    left = np.full(len(rows), large._asked.row, dtype=np.int32)
    compare_run(large._asked.lexicon, large._asked.table, left, rows, 0.0, levels, weight)
    prior = comparer.weights.prior(len(records))
    for row, found in zip(rows.tolist(), weight.tolist(), strict=True):
        other = Prepared(large._record(row), comparer.frequencies)
        said = comparer.weigh(comparer.compare(prepared, other), len(records)) - prior
        assert found == pytest.approx(said, abs=2e-3), (row, large._record(row))


def test_one_person_asked_for_leaves_nothing_for_the_next(large: ColumnIndex, records: list[Record]) -> None:
    query = _asked(records[3])
    before = large.search(query, 10, 0.0)
    for strange in STRANGE:
        large.search(strange, 10, 0.0)
    assert large.search(query, 10, 0.0) == before


def test_a_name_alone_a_phone_alone_or_a_document_alone_finds(large: ColumnIndex, records: list[Record]) -> None:
    called = next(record for record in records if record.phone)
    for query in (Query(phone=called.phone), Query(document=called.document)):
        assert large.search(query, 10, 0.0)[0].record_id == called.record_id
    for nothing in (Query(), Query(place="Maracaibo"), Query(sex="f", birth_date="1990"), Query(given_names="* % _")):
        assert large.search(nothing, 10, 0.0) == []
    assert large.search(_asked(records[0]), 0, 0.0) == []


def test_what_is_added_is_found_at_once_and_what_is_removed_is_not(records: list[Record]) -> None:
    index = ColumnIndex(frame_of(records))
    index.add(NOVEL)
    asked = Query(given_names="Siomarelis", surnames="Ketzalpa", birth_date="1991-04-02")
    assert index.search(asked, 5, 0.0)[0].record_id == "novel"
    assert (len(index), "novel" in index, index.record("novel")) == (len(records) + 1, True, NOVEL)
    with pytest.raises(ValueError, match="already in the index"):
        index.add(records[0])
    gone = records[0]
    index.remove(gone.record_id)
    index.remove("novel")
    assert not {gone.record_id, "novel"} & {one.record_id for one in index.search(_asked(gone), 50, 0.0)}
    assert len(index) == len(records) - 1
    with pytest.raises(KeyError):
        index.remove(gone.record_id)
    assert gone.record_id not in {record.record_id for record in index.records()}


def test_it_is_read_anew_when_as_much_stands_beside_it(records: list[Record], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "LEAST_BESIDE", 5)
    index = ColumnIndex(frame_of(records[:10]))
    for record in records[10:40]:
        index.add(record)
    assert len(index) == 40
    assert len(index._rows) > 10
    assert {record.record_id for record in index.records()} == {record.record_id for record in records[:40]}


def test_a_saved_index_finds_the_same_and_holds_nobody_who_was_removed(records: list[Record]) -> None:
    index = ColumnIndex(frame_of(records))
    index.add(NOVEL)
    index.remove(records[5].record_id)
    held = Index()
    held._held = index
    again = Index.from_bytes(held.to_bytes())
    assert {record.record_id for record in again._held.records()} == {one.record_id for one in index.records()}
    assert len(again) == len(index)
    for record in records[:5]:
        mine, theirs = again.search(_asked(record), 3), index.search(_asked(record), 3, 0.0)
        assert [one.record_id for one in mine][:1] == [one.record_id for one in theirs][:1]
    assert again.record("novel") == NOVEL
    for damaged in (b"KINMATCH", b"KINMATCHx", held.to_bytes()[:-20]):
        with pytest.raises(ValueError, match="kinmatch index"):
            Index.from_bytes(damaged)


def test_a_register_that_grows_becomes_columns(records: list[Record], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facade, "MOST_ROWS", 30)
    grown = Index()
    for record in records[:40]:
        grown.replace(record)
    assert isinstance(grown._held, ColumnIndex)
    whole = Index.from_records(records[:40])
    assert isinstance(whole._held, ColumnIndex)
    asked = _asked(records[7])
    assert [one.record_id for one in grown.search(asked, 3)] == [one.record_id for one in whole.search(asked, 3)]
    grown.replace(NOVEL)
    grown.replace(NOVEL)
    assert len(grown) == 41
    explained = grown.explain(asked, records[7].record_id)
    assert explained.weight == pytest.approx(grown.search(asked, 1)[0].weight, abs=1e-6)


def test_an_id_that_occurs_twice_is_refused() -> None:
    frame = frame_of([NOVEL, NOVEL])
    with pytest.raises(ValueError, match="more than once"):
        Index.from_frame(frame)
