"""Relations in a register: one round, which tells brothers and sisters apart and changes no other pair."""

import json
from pathlib import Path
from typing import get_args

import polars
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kinmatch.commands import main
from kinmatch.kin.family import Origin, scale_of
from kinmatch.kin.register import dedupe
from kinmatch.kin.relations import WORDS, kin_levels, relatives_of
from kinmatch.tables import read_relations

PAIR_SCHEMA = {"id_a": polars.String, "id_b": polars.String, "weight": polars.Float64}
LEVELS = tuple(scale_of("register").levels)


def relations(*rows: tuple[str, str, str]) -> polars.DataFrame:
    schema = dict.fromkeys(("record_id", "relation", "other_id"), polars.String)
    return polars.DataFrame(list(rows), schema=schema, orient="row")


def levels_of(pairs: list[tuple[str, str, float]], *rows: tuple[str, str, str]) -> dict[tuple[str, str], set[str]]:
    frame = polars.DataFrame(pairs, schema=PAIR_SCHEMA, orient="row")
    found = kin_levels(frame, relations(*rows))
    return {(row["id_a"], row["id_b"]): {one for one in LEVELS if row[one]} for row in found.iter_rows(named=True)}


@pytest.mark.parametrize(
    ("word", "level"),
    [("mother", "parent_same"), ("wife", "partner_same"), ("son", "child_same"), ("sister", "sibling_same")],
)
def test_a_relative_of_the_same_kind_who_fits_speaks_for_it(word: str, level: str) -> None:
    found = levels_of([("a", "b", -2.0), ("r", "s", 8.0)], ("a", word, "r"), ("b", word, "s"))
    assert found["a", "b"] == {level}


def test_relatives_of_two_kinds_say_nothing_of_a_pair() -> None:
    assert ("a", "b") not in levels_of([("a", "b", -2.0), ("r", "s", 8.0)], ("a", "wife", "r"), ("b", "mother", "s"))


def test_who_are_named_as_relatives_of_each_other_are_two() -> None:
    assert levels_of([("a", "b", 4.0)], ("a", "sibling", "b")) == {("a", "b"): {"related"}}
    assert levels_of([("a", "b", 4.0)], ("b", "sibling", "a")) == {("a", "b"): {"related"}}


def test_a_brother_of_the_one_who_fits_the_other_better_lowers_it() -> None:
    found = levels_of([("a", "c", 2.0), ("b", "c", 9.0)], ("a", "brother", "b"))
    assert found == {("a", "c"): {"instead"}}
    assert levels_of([("a", "c", 8.0), ("b", "c", 9.0)], ("a", "brother", "b")) == {}


def test_two_mothers_who_are_no_pair_at_all_speak_against_it() -> None:
    rows = ("a", "mother", "m"), ("b", "mother", "n")
    assert levels_of([("a", "b", 2.0)], *rows)["a", "b"] == {"parent_against"}
    assert levels_of([("a", "b", -2.0), ("m", "n", -3.0)], *rows) == {}


def test_a_request_and_its_counter_request_speak_for_each_other() -> None:
    """e seeks s; x seeks t: that e is t makes it likelier that s is x."""
    found = levels_of([("s", "x", -1.0), ("e", "t", 7.0)], ("e", "seeks", "s"), ("x", "seeks", "t"))
    assert found == {("s", "x"): {"seeks_back"}}


def test_a_pair_that_only_relatives_suggest_is_looked_at() -> None:
    frame = polars.DataFrame([("r", "s", 8.0)], schema=["id_a", "id_b", "weight"], orient="row")
    found = kin_levels(frame, relations(("a", "partner", "r"), ("b", "partner", "s")))
    assert found.select("id_a", "id_b", "is_new").rows() == [("a", "b", True)]


def test_order_and_direction_of_relations_change_nothing() -> None:
    one = relations(("a", "mother", "m"), ("b", "sibling", "a"))
    other = relations(("a", "sibling", "b"), ("m", "child", "a"))
    assert relatives_of(one).sort("id", "kind", "relative").equals(relatives_of(other).sort("id", "kind", "relative"))


PEOPLE = """record_id,given_names,surnames,birth_date,sex,mother
a,Ana,Rojas Gil,1990-02-01,f,Carmen Gil
b,Ana,Rojas,1990,f,
p,Wilmer Yonathan,Zambrano Uzcátegui,1988-07-09,m,
q,Wilmer Jonathan,Zambrano Uscátegui,1988-07-09,m,
x,Luis,Pérez,1970,m,
"""
RELATIONS = "record_id,relation,other_id\na,pareja,p\nb,husband,q\nx,aunt,a\nx,child,x\n"


@pytest.mark.xdist_group("numba")
def test_the_command_weighs_families_and_names_rows_that_it_left_out(tmp_path: Path) -> None:
    for name, text in (("people.csv", PEOPLE), ("relations.csv", RELATIONS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = []
    for more in ([], ["--relations", str(tmp_path / "relations.csv")]):
        asked = ["dedupe", str(tmp_path / "people.csv"), "-o", str(tmp_path / "pairs.csv"), "--threshold", "0", *more]
        result = CliRunner().invoke(main, asked)
        assert result.exit_code == 0, result.output
        found.append(polars.read_csv(tmp_path / "pairs.csv"))
    assert "line 4" in result.output
    assert "aunt" in result.output
    assert "line 5" in result.output
    alone, both = (frame.filter(polars.col("id_a") == "a", polars.col("id_b") == "b") for frame in found)
    assert both["kin"].to_list() == ["partner_same"]
    assert both["weight"][0] - alone["weight"][0] == pytest.approx(6.0, abs=1e-3)
    assert "kin" not in alone.columns


@pytest.mark.parametrize(("language", "words"), [("en", "partner"), ("es", "pareja")])
def test_a_pair_is_explained_with_its_family_and_without_their_names(tmp_path: Path, language: str, words: str) -> None:
    for name, text in (("people.csv", PEOPLE), ("relations.csv", RELATIONS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    asked = ["explain", str(tmp_path / "people.csv"), "a", "b", "--lang", language]
    asked += ["--relations", str(tmp_path / "relations.csv")]
    told = json.loads(CliRunner().invoke(main, [*asked, "--as", "json"]).stdout)
    kin = [one for one in told["evidence"] if one["field"] == "kin"]
    assert [(one["level"], one["weight"]) for one in kin] == [("partner_same", 6.0)]
    assert words in kin[0]["sentence"]
    assert told["prior"] + sum(one["weight"] for one in told["evidence"]) == pytest.approx(told["weight"])
    for form in ("text", "svg"):
        shown = CliRunner().invoke(main, [*asked, "--as", form])
        assert shown.exit_code == 0
        assert "Zambrano" not in shown.stdout


@pytest.mark.xdist_group("numba")
def test_relations_to_records_that_are_not_there_are_no_error() -> None:
    frame = polars.DataFrame({"record_id": ["a", "b"], "given_names": ["Ana", "Ana"], "surnames": ["Rojas", "Rojas"]})
    told = relations(("a", "partner", "gone"), ("b", "partner", "gone"), ("c", "partner", "gone"))
    found = dedupe(frame, told, 0.0)
    assert found.select("id_a", "id_b").rows() == [("a", "b")]


def test_a_file_of_relations_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "relations.csv"
    path.write_text("record_id,other_id\na,b\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no column relation"):
        read_relations(path)


IDS = st.sampled_from("abcdefg")
PAIRS = st.dictionaries(st.tuples(IDS, IDS).filter(lambda ids: ids[0] < ids[1]), st.floats(-6, 12), max_size=8)
ROWS = st.lists(
    st.tuples(IDS, st.sampled_from([*WORDS, "seeks"]), IDS).filter(lambda row: row[0] != row[2]), max_size=8
)


@settings(max_examples=40, deadline=None)
@given(pairs=PAIRS, rows=ROWS)
def test_the_order_of_rows_changes_nothing_and_a_stranger_changes_no_pair(
    pairs: dict[tuple[str, str], float], rows: list[tuple[str, str, str]]
) -> None:
    told = [(one, other, weight) for (one, other), weight in pairs.items()]
    found = levels_of(told, *rows)
    assert levels_of(told[::-1], *rows[::-1]) == found
    assert levels_of([*told, ("y", "z", 9.0)], *rows) == found


def test_what_agrees_never_lowers_a_pair_and_what_speaks_against_it_never_lifts_it() -> None:
    for origin in get_args(Origin):
        levels = scale_of(origin).levels
        against = {"parent_against", "instead", "related", "wrong_age"}
        assert all((bits <= 0) == (level in against) for level, bits in levels.items())
