from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinmatch import Query, Record, Weights, explain
from kinmatch.weights import probability

GIVEN = [
    "María",
    "Maria José",
    "Carmen",
    "José Luis",
    "Pepe",
    "Yuleisy",
    "Yulesi",
    "J.",
    "Jhon",
    "John",
    "Mario",
    "",
    "Luis José",
]
SURNAMES = [
    "Pérez",
    "Pérez Gómez",
    "Gómez Pérez",
    "Peres",
    "González",
    "Gonsales Rojas",
    "Pérez de Rojas",
    "Urdaneta",
    "",
]
PEOPLE = ["", "Rosa Pérez", "Rosa", "Carmen Gómez", "R. Pérez", "José Gómez Pérez"]


@st.composite
def described(draw: st.DrawFn) -> Record:
    pick = st.sampled_from
    return Record(
        draw(st.text(alphabet="abc", min_size=1, max_size=3)),
        given_names=draw(pick(GIVEN)),
        surnames=draw(pick(SURNAMES)),
        full_name=draw(pick(["", "Ana Rojas Mora", "Rojas Mora, Ana", "Иван Петров", "余嘉平"])),
        nickname=draw(pick(["", "Pepe", "Chucho", "Lupe"])),
        sex=draw(pick(["", "m", "f"])),
        birth_date=draw(pick(["", "2001", "2001-05", "2001-05-09", "2001-09-05", "2001-05-08", "1960-01-01"])),
        age=draw(pick([None, 17, 18, 40])),
        age_on=draw(pick(["", "2019-02-26"])),
        birth_place=draw(pick(["", "Ureña", "Ureña, Táchira", "Maracaibo"])),
        place=draw(pick(["", "Cúcuta", "Villa del Rosario"])),
        mother=draw(pick(PEOPLE)),
        father=draw(pick(PEOPLE)),
        relatives=draw(pick([(), ("Rosa",), ("Rosa", "Luis")])),
        phone=draw(pick(["", "0414-1234567", "0414-7654321"])),
        document=draw(pick(["", "V-12345678", "V-12345679", "V-87654321"])),
    )


@settings(max_examples=300, deadline=None)
@given(described(), described())
def test_it_does_not_matter_which_side_is_left(left: Record, right: Record) -> None:
    assert explain(left, right).weight == pytest.approx(explain(right, left).weight, abs=1e-9)


@settings(max_examples=300, deadline=None)
@given(described(), described())
def test_an_explanation_adds_up(left: Record, right: Record) -> None:
    found = explain(left, right, register_size=5000)
    total = found.prior
    for one in found.evidence:
        total += one.weight
    assert total == found.weight
    assert found.steps()[0] == found.prior
    assert found.steps()[-1] == found.weight
    assert found.probability == probability(found.weight)


GROUPS = [
    ("sex",),
    ("birth_date", "age", "age_on"),
    ("birth_place",),
    ("place",),
    ("mother",),
    ("father",),
    ("relatives",),
    ("phone",),
    ("document",),
    ("given_names", "surnames", "full_name", "nickname"),
]


@settings(max_examples=600, deadline=None)
@given(described(), described(), st.sampled_from(GROUPS))
def test_more_agreement_never_lowers_the_weight(left: Record, right: Record, group: tuple[str, ...]) -> None:
    if not all(getattr(left, group[0]) or getattr(left, name) for name in group[:1]):
        return
    # To take away a call-name that fits is less agreement, not more.
    taken = [name for name in group if name != "nickname" or left.nickname]
    agreeing = msgspec.structs.replace(right, **{name: getattr(left, name) for name in taken})
    assert explain(left, agreeing).weight >= explain(left, right).weight - 1e-9


@settings(max_examples=400, deadline=None)
@given(described(), described(), st.sampled_from(["given_names", "surnames"]))
def test_more_agreement_in_one_name_never_lowers_the_weight(left: Record, right: Record, field: str) -> None:
    if not getattr(left, field):
        return
    left, right = (msgspec.structs.replace(one, full_name="") for one in (left, right))
    agreeing = msgspec.structs.replace(right, **{field: getattr(left, field)})
    assert explain(left, agreeing).weight >= explain(left, right).weight - 1e-9


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=600), st.text(max_size=60), st.text(max_size=40))
def test_any_text_can_be_compared(name: str, place: str, date: str) -> None:
    record = Record("x", given_names=name, surnames=name[:100], mother=name, place=place, birth_date=date, phone=place)
    found = explain(record, Query(full_name=name, place=place, document=date))
    assert 0.0 <= found.probability <= 1.0
    for one in found.evidence:
        assert isinstance(one.sentence("es"), str)


def record(record_id: str, *parts: dict[str, str], **fields: str) -> Record:
    found: dict[str, str] = {"record_id": record_id} | fields
    for part in parts:
        found |= part
    return msgspec.convert(found, Record)


def weight(left: dict[str, str], right: dict[str, str]) -> float:
    return explain(record("a", left), record("b", right)).weight


BASE = {"given_names": "José Luis", "surnames": "Pérez Urdaneta"}


@pytest.mark.parametrize(
    "other",
    [
        {"given_names": "JOSE LUIS", "surnames": "PEREZ URDANETA"},
        {"given_names": "José", "surnames": "Pérez Urdaneta"},
        {"given_names": "José Luis", "surnames": "Pérez"},
        {"given_names": "Luis José", "surnames": "Pérez Urdaneta"},
        {"given_names": "Pepe Luis", "surnames": "Pérez Urdaneta"},
        {"given_names": "Jose L.", "surnames": "Peres Hurdaneta"},
        {"given_names": "Joseluis", "surnames": "Pérez Urdaneta"},
        {"given_names": "Pérez Urdaneta", "surnames": "José Luis"},
        {"full_name": "José Luis Pérez Urdaneta"},
        {"full_name": "Pérez Urdaneta, José Luis"},
        {"given_names": "José Luis", "surnames": "Urdaneta Pérez"},
        {"given_names": "Jose Luis", "surnames": "Pérez Urdanta"},
    ],
)
def test_one_name_written_otherwise_speaks_for_one_person(other: dict[str, str]) -> None:
    born = {"birth_date": "1991-03-02", "sex": "m"}
    stranger = {"given_names": "Wilmer Antonio", "surnames": "Rojas Mora"}
    assert explain(record("a", BASE, born), record("b", other, born)).probability > 0.9
    assert weight(BASE, other) > weight(BASE, stranger) + 10


def test_a_missing_second_surname_costs_nothing() -> None:
    one, two = {"given_names": "Ana", "surnames": "Pérez"}, {"given_names": "Ana", "surnames": "Pérez Gómez"}
    assert weight(one, two) == pytest.approx(weight(one, one))


def test_a_married_name_is_no_contradiction() -> None:
    maiden = {"given_names": "Ana", "surnames": "Pérez Gómez"}
    assert weight(maiden, {"given_names": "Ana", "surnames": "Pérez de Rojas"}) > weight(
        maiden, {"given_names": "Ana", "surnames": "Pérez Rojas"}
    )


FAMILY = {
    "surnames": "Chacón Urdaneta",
    "mother": "Rosa Urdaneta",
    "father": "Pedro Chacón",
    "birth_place": "Ureña",
    "place": "Cúcuta",
    "phone": "0414-1234567",
}


def test_brothers_and_sisters_are_not_one_person() -> None:
    left = record("a", FAMILY, given_names="Daniela", sex="f")
    sister = record("b", FAMILY, given_names="Gabriela", sex="f")
    found = explain(left, sister)
    assert found.probability < 0.05
    family = next(one for one in found.evidence if one.field == "family")
    assert family.weight < 0
    assert "hermanos" in family.sentence("es")
    assert explain(left, msgspec.structs.replace(left, record_id="b")).probability > 0.99


def test_twins_are_not_one_person() -> None:
    left = record("a", FAMILY, given_names="Luis Carlos", birth_date="2001-05-09", sex="m")
    twin = record("b", FAMILY, given_names="Pedro Antonio", birth_date="2001-05-09", sex="m")
    assert explain(left, twin).probability < 0.5


def test_a_rare_name_in_common_counts_for_more() -> None:
    common = {"given_names": "María", "surnames": "González"}
    rare = {"given_names": "Eglee", "surnames": "Uzcátegui"}
    assert weight(rare, rare) > weight(common, common) + 2


def test_what_is_missing_is_silent_and_said_to_be_blank() -> None:
    found = explain(Record("a", given_names="Ana", place="Cúcuta"), Record("b", given_names="Ana"))
    blank = next(one for one in found.evidence if one.field == "place")
    assert (blank.sign, blank.weight, blank.sentence("en")) == ("blank", 0.0, "")


def test_a_reason_quotes_only_the_side_asked_for() -> None:
    query = Query(given_names="Chucho", surnames="Ramires", birth_date="1991", mother="Roza", sex="m", place="Colon")
    stored = Record("r", given_names="Jesús", surnames="Ramírez Zambrano", birth_date="1991-04-30", mother="Rosa Elena",
                    sex="m", place="San Juan de Colón")  # fmt: skip
    found = {one.field: one for one in explain(query, stored).evidence}
    assert found["surnames"].reason("en") == "«Ramires» sounds alike"
    assert found["surnames"].reason("es") == "«Ramires» suena igual"
    for one in found.values():
        for language in ("es", "en"):
            for word in ("Jesús", "Ramírez", "Zambrano", "04-30", "Elena", "San Juan"):
                assert word not in one.reason(language)
            assert one.sentence(language)
    assert "Ramírez" in found["surnames"].sentence("es")
    assert "Ramires" not in found["surnames"].reason("es", side="right")


def test_the_prior_falls_with_the_size_of_the_register() -> None:
    one = Record("a", given_names="Ana", surnames="Rojas")
    small, large = explain(one, one, register_size=1000), explain(one, one, register_size=1_000_000)
    assert small.prior > large.prior
    assert small.weight - small.prior == pytest.approx(large.weight - large.prior)


def test_the_prior_falls_by_what_the_weights_say(tmp_path: Path) -> None:
    path = tmp_path / "weights.toml"
    path.write_text("[model]\nversion = 1\nexpected = 0.5\n", encoding="utf-8")
    assert Weights.read(path).prior(4096) == pytest.approx(-13), "a file that says no growth has the whole of it"
    path.write_text("[model]\nversion = 1\nexpected = 0.5\ngrowth = 0.5\n", encoding="utf-8")
    assert Weights.read(path).prior(4096) == pytest.approx(-7)


def test_corrections_never_take_back_more_than_agreement_gave() -> None:
    table = Weights.shipped().table
    for taken in ("given.held", "namesake.rarity"):
        assert 0 > table[taken] >= -table["given.rarity"]
    assert table["given.near"] + table["family.given"] >= table["given.different"]


def test_weights_come_from_a_file_and_a_wrong_one_is_refused(tmp_path: Path) -> None:
    assert Weights.shipped().table["sex.different"] < 0
    wrong = tmp_path / "weights.toml"
    wrong.write_text("[given]\nsame = 'much'\n", encoding="utf-8")
    with pytest.raises(ValueError, match="not a weights file"):
        Weights.read(wrong)


def test_better_levels_never_weigh_less() -> None:
    table = Weights.shipped().table
    for role in ("given", "surname"):
        for grade in ("sounds", "variant", "nickname", "short", "near", "alike", "initial"):
            assert table[f"{role}.same"] >= table[f"{role}.{grade}"]
        assert 0 >= table[f"{role}.partial"] >= table[f"{role}.different"]
    dates = [
        table[f"birth_date.{level}"]
        for level in ["same", "swapped", "digit", "month", "year", "near_year", "different", "far"]
    ]
    assert dates == sorted(dates, reverse=True)
