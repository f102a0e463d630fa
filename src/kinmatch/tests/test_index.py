from functools import cache
from threading import Thread

import msgspec
import pytest

from kinmatch import Index, Query, Record, Register, search
from kinmatch.synthetic import World, make_world


@cache
def _world() -> World:
    return make_world(400, 11)


PEOPLE = [
    Record("r1", given_names="Jhon Alexander", surnames="González Pérez", birth_date="1991-03-02", place="Ureña"),
    Record("r2", given_names="María Guadalupe", surnames="Rojas Mora", birth_date="1980", phone="0414-1234567"),
    Record("r3", given_names="Jesús", surnames="Chacón", document="V-12345678"),
    Record("r4", full_name="Иван Петров"),
    Record("r5", full_name="余嘉平"),
    Record("r6", full_name="محمد علي"),
]


@pytest.fixture
def index() -> Index:
    return Index.from_records([*PEOPLE, *_world().records])


def first(index: Index, **asked: str) -> str | None:
    found = index.search(msgspec.convert(asked, Query))
    return found[0].record_id if found else None


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"given_names": "Jon", "surnames": "Gonsales", "birth_date": "1991"}, "r1"),
        ({"given_names": "González Pérez", "surnames": "Jhon Alexander"}, "r1"),
        ({"full_name": "Gonzalez Jhon Alexander"}, "r1"),
        ({"given_names": "Lupe", "surnames": "Rojas"}, "r2"),
        ({"given_names": "Chucho", "surnames": "Chacon"}, "r3"),
        ({"nickname": "Chucho", "surnames": "Chacón"}, "r3"),
        ({"phone": "+58 414 1234567"}, "r2"),
        ({"document": "12.345.678"}, "r3"),
        ({"full_name": "иван петров"}, "r4"),
        ({"full_name": "余嘉平"}, "r5"),
        ({"full_name": "محمد"}, "r6"),
    ],
)
def test_a_person_is_found_although_the_name_is_wrong(index: Index, asked: dict[str, str], expected: str) -> None:
    assert first(index, **asked) == expected


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"place": "Ureña"},
        {"birth_date": "1991-03-02", "sex": "m", "mother": "Rosa"},
        {"given_names": "*"},
        {"surnames": "%%%", "full_name": "?"},
        {"given_names": "  👍 "},
    ],
)
def test_without_a_name_or_number_nobody_is_found(index: Index, asked: dict[str, str]) -> None:
    assert index.search(msgspec.convert(asked, Query)) == []


def test_signs_mean_nothing_inside_a_name(index: Index) -> None:
    assert first(index, given_names="Jhon*", surnames="%González?") == "r1"
    assert index.search(Query(given_names="Xq*")) == []


@pytest.mark.parametrize("name", ["J", "A" * 500, "a " * 250, "\0", "Ñ", "ab\u0301", "🙂🙂"])
def test_strange_names_are_taken_and_searched(index: Index, name: str) -> None:
    index.add(Record("odd", given_names=name, surnames=name))
    index.search(Query(given_names=name, surnames=name))
    index.remove("odd")


def test_an_addition_is_found_at_once_and_a_removal_is_gone_at_once(index: Index) -> None:
    record = Record("new", given_names="Yuleisy", surnames="Uzcátegui Fuenmayor")
    size = len(index)
    index.add(record)
    assert ("new" in index, len(index)) == (True, size + 1)
    assert first(index, given_names="Yulesi", surnames="Uscategui") == "new"
    index.replace(msgspec.structs.replace(record, given_names="Nairobi"))
    assert len(index) == size + 1
    assert first(index, given_names="Nairobi") == "new"
    index.remove("new")
    assert "new" not in index
    assert "new" not in [found.record_id for found in index.search(Query(given_names="Nairobi", surnames="Uzcátegui"))]
    with pytest.raises(KeyError):
        index.remove("new")


def test_an_id_is_added_once(index: Index) -> None:
    with pytest.raises(ValueError, match="already"):
        index.add(PEOPLE[0])


def test_taking_out_leaves_no_trace(index: Index) -> None:
    other = Index.from_records(PEOPLE)
    for record in _world().records[:50]:
        other.add(record)
    for record in _world().records[:50]:
        other.remove(record.record_id)
    untouched = Index.from_records(PEOPLE)
    query = Query(given_names="Jon", surnames="Gonsales", birth_date="1991")
    assert other.search(query) == untouched.search(query)
    assert other.to_bytes() == untouched.to_bytes()


def test_the_order_of_the_records_does_not_matter() -> None:
    query = Query(full_name="Maria Rojas", birth_date="1980")
    found = Index.from_records(_world().records).search(query)
    assert found == Index.from_records(reversed(_world().records)).search(query)


def test_an_index_is_saved_and_loaded(index: Index) -> None:
    loaded = Index.from_bytes(index.to_bytes())
    query = Query(given_names="Jon", surnames="Gonsales")
    assert len(loaded) == len(index)
    assert loaded.search(query) == index.search(query)
    for data in (b"", b"\x80\x04rubbish", index.to_bytes()[:-9]):
        with pytest.raises(ValueError, match="index"):
            Index.from_bytes(data)


QUERIES = [
    Query(given_names="Jon", surnames="Gonsales", birth_date="1991"),
    Query(phone="+58 414 1234567"),
    Query(full_name="Maria Rojas", birth_date="1980"),
    Query(given_names="Yulesi", surnames="Uscategui"),
]


def test_a_loaded_index_that_was_changed_finds_what_one_made_anew_finds(index: Index) -> None:
    loaded = Index.from_bytes(index.to_bytes())
    added = Record("new", given_names="Yuleisy", surnames="Uzcátegui Fuenmayor", phone="0416-7654321")
    for one in (loaded, index):
        one.add(added)
        for record in _world().records[:60]:
            one.remove(record.record_id)
        one.replace(msgspec.structs.replace(PEOPLE[1], given_names="María del Carmen"))
    for query in QUERIES:
        assert loaded.search(query) == index.search(query)
    again = Index.from_bytes(loaded.to_bytes())
    assert len(again) == len(index)
    for query in QUERIES:
        assert again.search(query) == index.search(query)
    assert again.record("r2").given_names == "María del Carmen"


def test_what_was_taken_out_of_a_loaded_index_is_not_written_again(index: Index) -> None:
    loaded = Index.from_bytes(index.to_bytes())
    assert "González".encode() in loaded.to_bytes()
    for record in [*PEOPLE, *_world().records]:
        loaded.remove(record.record_id)
    assert loaded.search(QUERIES[0]) == []
    assert loaded.search(QUERIES[1]) == []
    left = loaded.to_bytes()
    assert "González".encode() not in left
    assert b"gonzalez" not in left
    assert Index.from_bytes(left).to_bytes() == Index().to_bytes()


@pytest.mark.parametrize("column", ["bounds", "slots", "shelf_words", "number_keys", "marks"])
def test_a_damaged_column_is_refused(index: Index, column: str) -> None:
    columns = msgspec.msgpack.decode(index.to_bytes())
    columns[column] = columns[column][:-8] if isinstance(columns[column], bytes) else {}
    with pytest.raises(ValueError, match="kinmatch index"):
        Index.from_bytes(msgspec.msgpack.encode(columns))


def test_candidates_are_limited_and_absolute(index: Index) -> None:
    query = Query(given_names="José", surnames="García")
    assert len(index.search(query, limit=3)) <= 3
    assert index.search(query, limit=0) == []
    assert all(found.probability >= 0.2 for found in index.search(query, minimum=0.2))
    weak = index.search(Query(given_names="Luis"))
    assert weak
    assert weak[0].probability < 0.5, "one weak lone hit is not likely only because nothing is better"


def test_a_candidate_weighs_what_its_explanation_says(index: Index) -> None:
    query = Query(given_names="Jon", surnames="Gonsales", birth_date="1991", place="Ureña, Táchira")
    best = index.search(query)[0]
    explained = index.explain(query, best.record_id)
    assert explained.evidence == best.evidence
    assert explained.weight == pytest.approx(best.weight)
    with pytest.raises(KeyError):
        index.explain(query, "nobody")


def test_several_may_search_while_one_adds(index: Index) -> None:
    problems: list[Exception] = []

    def look() -> None:
        try:
            for _ in range(30):
                assert first(index, given_names="Jon", surnames="Gonsales", birth_date="1991") == "r1"
        except Exception as problem:
            problems.append(problem)

    threads = [Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number, record in enumerate(make_world(300, 5).records):
        index.add(msgspec.structs.replace(record, record_id=f"n{number}"))
    for thread in threads:
        thread.join()
    assert problems == []


def test_progress_is_told() -> None:
    told: list[int] = []
    Index.from_records(_world().records, told.append)
    assert told[-1] == len(_world().records)


def test_a_register_is_searched_directly() -> None:
    assert search(Register(PEOPLE), Query(given_names="Lupe", surnames="Rojas"))[0].record_id == "r2"


# Facts from google/personfinder's tests of ranking (Apache-2.0): a full match first, then the other order,
# then more names.
RANKED = [("Bryan", "abc"), ("Bryan", "abcef"), ("abc", "Bryan"), ("Bryan abc", "efg")]


def test_a_whole_match_ranks_before_a_partial_one() -> None:
    index = Index.from_records(Record(" ".join(parts), given_names=parts[0], surnames=parts[1]) for parts in RANKED)
    order = [found.record_id for found in index.search(Query(full_name="Bryan abc"))]
    assert order[:2] == ["Bryan abc", "Bryan abc efg"]
    assert set(order) == {" ".join(parts) for parts in RANKED}


def test_a_beginning_of_a_name_is_enough_beside_another_name() -> None:
    index = Index.from_records([Record("x", given_names="AAAA BBBB", surnames="CCC DDD")])
    assert [found.record_id for found in index.search(Query(full_name="CC AAAA"))] == ["x"]
