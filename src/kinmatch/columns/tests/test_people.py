"""The columns of a register say what the plain preparation says of each record."""

import msgspec
import numpy as np
import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinmatch.columns.people import Names, People, frame_of
from kinmatch.frequencies import GIVEN, PLACE, SURNAME, Frequencies
from kinmatch.names import PersonName
from kinmatch.prepare import Prepared
from kinmatch.records import Record
from kinmatch.synthetic import make_world

pytestmark = pytest.mark.xdist_group("numba")

PARTS = [
    "maría",
    "José",
    "de",
    "la",
    "del Carmen",
    "Pérez",
    "D'Angelo",
    "viuda de",
    "Rojas",
    "Sr.",
    ",",
    "Ñ",
    "余嘉平",
    "J.",
]
PARTS += ["O'Brien-Smith", "Иван", "محمد", "van der", "GARCIA", "x" * 50, "?", "Yuleisy", "y", "\0", "a,b", "Ruiz,"]
TEXTS = st.lists(st.sampled_from(PARTS), max_size=7).map(" ".join)
RECORDS = st.builds(
    Record,
    record_id=st.just("r"),
    given_names=TEXTS,
    surnames=TEXTS,
    full_name=TEXTS,
    nickname=TEXTS,
    sex=st.sampled_from(["", "M", "f", "Mujer", "x", "Varón"]),
    birth_date=st.sampled_from(["", "2001-05-09", "2001-05", "1999", "31/12/1980", "2001-02-30", "soon"]),
    age=st.sampled_from([None, 0, 18, 130, 200]),
    age_on=st.sampled_from(["", "2019-02-26", "2019-02", "2019", "?"]),
    birth_place=st.sampled_from(["", "San Cristóbal, Táchira", "Ureña", "Edo. Táchira", "de", "Colón Colon"]),
    place=st.sampled_from(["", "San Cristobal Tachira", "Ureña", "Cúcuta"]),
    mother=TEXTS,
    father=TEXTS,
    relatives=st.lists(TEXTS.map(lambda t: f"a {t}"), max_size=14).map(tuple),
    phone=st.sampled_from(["", "0414-0012345", "00001234", "12345", "+58 (414) 1234567", "٤٤٤٤٤٤٤٤"]),
    document=st.sampled_from(["", "V-00123456", "AB12", "ÀB 1", "0000000", "X" * 30, "1" * 30, "\u212a9"]),
)


def texts(people: People, row: np.ndarray) -> tuple[str, ...]:
    return tuple(people.tokens.texts[token] for token in row.tolist() if token >= 0)


def name(people: People, rows: People | Names, at: int) -> PersonName:
    given, surnames, married = (texts(people, part[at]) for part in (rows.given, rows.surnames, rows.married))
    return PersonName(given, surnames, married, bool(rows.guessed[at]))


def place(people: People, at: int) -> tuple[str, ...]:
    return tuple(people.places.texts[at].split()) if at >= 0 else ()


def check(people: People, at: int, plain: Prepared) -> None:
    assert name(people, people, at) == plain.name
    assert texts(people, people.nickname[at]) == plain.nickname
    assert ["", "m", "f"][people.sex[at]] == plain.sex
    columns: list[np.ndarray] = [people.year, people.month, people.day, people.earliest, people.latest, people.age]
    birth = tuple(int(column[at]) for column in columns) if people.has_birth[at] else None
    assert birth == plain.birth
    assert place(people, people.birth_place[at]) == plain.birth_place
    assert place(people, people.place[at]) == plain.place
    for field in ("mother", "father"):
        row = getattr(people, field)[at]
        assert (name(people, people.names, row) if row >= 0 else None) == getattr(plain, field)
    rows = people.relatives[people.relatives_start[at] : people.relatives_start[at + 1]]
    assert tuple(name(people, people.names, row) for row in rows) == plain.relatives
    assert (str(people.phone[at])[1:] if people.phone[at] >= 0 else "") == plain.phone
    code = bytes(people.documents[people.document[at]]).rstrip(b"\0").decode() if people.document[at] >= 0 else ""
    assert code == plain.document


def check_all(records: list[Record]) -> None:
    people = People.from_records(records)
    frequencies = Frequencies()
    plain = [Prepared(record, frequencies) for record in records]
    for one in plain:
        one.count(frequencies, 1)
    for at, one in enumerate(plain):
        check(people, at, one)
    tokens = people.tokens
    for role, bits in ((GIVEN, tokens.given_bits), (SURNAME, tokens.surname_bits)):
        assert bits.tolist() == pytest.approx([frequencies.bits(role, word) for word in tokens.texts], abs=1e-5)
    rarity = [frequencies.bits(PLACE, text) for text in people.places.texts]
    assert people.places.bits.tolist() == pytest.approx(rarity, abs=1e-5)


@settings(max_examples=80, deadline=None)
@given(st.lists(RECORDS, max_size=5))
def test_strange_records_are_read_as_the_plain_preparation_reads_them(records: list[Record]) -> None:
    check_all(records)


def test_generated_people_are_read_as_the_plain_preparation_reads_them() -> None:
    check_all(make_world(600, 5).records)


def test_a_frame_with_few_columns_is_enough() -> None:
    people = People.from_frame(polars.DataFrame({"full_name": ["Ana Rojas", None], "else": [1, 2]}))
    assert name(people, people, 0).given == ("ana",)
    assert name(people, people, 1).tokens == ()
    assert len(People.from_frame(polars.DataFrame())) == 0


def test_places_keep_their_words_and_letters() -> None:
    places = People.from_records([Record("a", place="San Juan de Colón"), Record("b", place="Colón")]).places
    words = [
        [places.word_texts[word] for word in places.words[lo:hi]]
        for lo, hi in zip(places.words_start[:-1], places.words_start[1:], strict=True)
    ]
    assert [" ".join(one) for one in words] == places.texts == ["juan kolon san", "kolon"]
    assert [places.word_texts[word] for word in np.flatnonzero(places.generic)] == ["juan", "san"]
    assert "".join(map(chr, places.letters[places.letters_start[1] :])) == "kolon"


def test_records_become_a_frame() -> None:
    record = Record("a", age=4, relatives=("Ana; R", "Luis"))
    frame = frame_of([record, msgspec.structs.replace(record, age=None)])
    assert frame["relatives"][0] == "Ana  R;Luis"
    assert frame["age"].to_list() == ["4", ""]
