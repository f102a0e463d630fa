import re
from pathlib import Path

import polars
import pytest
from click.testing import CliRunner
from defusedxml import ElementTree

from kinmatch import Pair, evaluate
from kinmatch.charts import evaluation_svg
from kinmatch.commands import main
from kinmatch.evaluation import judge, measure, measure_groups
from kinmatch.evidence import Language
from kinmatch.grouping import groups_of

pytestmark = pytest.mark.xdist_group("numba")

PEOPLE = """record_id,given_names,surnames,sex,birth_date,tribe
a,Ana María,Rojas de Gómez,f,1990-02-01,x
b,Ana,Rojas Gómez,f,1990,x
c,Хуан,Рохас,m,2015,y
d,Pedro,,,,
e,خوان,رجاس,m,1950,y
"""


def frame(rows: list[tuple[str, str, float]]) -> polars.DataFrame:
    return polars.DataFrame(rows, schema=["id_a", "id_b", "probability"], orient="row")


JUDGED = judge(frame([("b", "a", 0.97), ("c", "d", 0.6), ("c", "e", 0.3)]), frame([("a", "b", 1.0), ("e", "d", 1.0)]))


def test_every_pair_is_judged_once_whatever_its_order() -> None:
    doubled = judge(frame([("b", "a", 0.2), ("a", "b", 0.9), ("a", "a", 1.0)]), frame([("b", "a", 1.0)]))
    assert doubled.rows() == [("a", "b", 0.9, True)]
    result = measure(JUDGED)
    assert (result.truths, result.at(0.5).right, result.at(0.5).found, result.at(0.95).precision) == (2, 1, 2, 1.0)


def test_the_curve_falls_in_threshold_and_never_loses_recall() -> None:
    pairs = [Pair(f"{n}", f"{n}x", n / 300, 0.0, {}) for n in range(300)]
    curve = evaluate(pairs, [(f"{n}", f"{n}x") for n in range(0, 300, 2)]).curve
    assert 90 <= len(curve) <= 101
    assert [one.threshold for one in curve] == sorted((one.threshold for one in curve), reverse=True)
    assert [one.recall for one in curve] == sorted(one.recall for one in curve)
    assert curve[-1].recall == 1.0


def test_groups_of_people(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    groups = groups_of(polars.read_csv(path, infer_schema=False).fill_null(""))
    assert groups["script"].to_list() == ["Latin", "Latin", "Cyrillic", "Latin", "Arabic"]
    assert groups["sex"].to_list() == ["women", "women", "men", "", "men"]
    assert groups["age"].to_list() == ["18-39", "18-39", "0-4", "", "60 and more"]
    shapes = ["two surnames or more", "two surnames or more", "one surname", "one word", "one surname"]
    assert groups["name"].to_list() == shapes


def test_a_pair_belongs_to_the_group_of_its_records() -> None:
    groups = polars.DataFrame({"record_id": list("abcde"), "sex": ["f", "f", "m", "", "f"]})
    found = measure_groups(JUDGED, groups)["sex"]
    assert {name: (one.truths, one.at(0.3).found) for name, one in found.items()} == {
        "f": (2, 1),
        "m": (0, 1),
        "mixed": (0, 1),
    }


def test_the_picture_is_told_in_words_and_has_no_style() -> None:
    for language in ("es", "en"):
        text = evaluation_svg(measure(JUDGED), language)
        drawing = ElementTree.fromstring(text)
        assert not re.search(r"\bstyle=|<style|<script|\bid=", text)
        assert "F1" in (drawing[1].text or "")
    assert ElementTree.fromstring(evaluation_svg(evaluate([], []))) is not None


@pytest.mark.parametrize(("language", "word"), [("en", "women"), ("es", "mujeres")])
def test_groups_stand_below_in_the_picture_and_in_words(language: Language, word: str) -> None:
    groups = polars.DataFrame({"record_id": list("abcde"), "sex": ["women", "women", "men", "<b>", "women"]})
    measured = measure_groups(JUDGED, groups)
    text = evaluation_svg(measure(JUDGED), language, measured)
    drawing = ElementTree.fromstring(text)
    assert word in (drawing[1].text or "")
    assert word in [one.text for one in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert "<b>" not in text
    assert text.count('class="km-f1"') == sum(one.truths > 0 for one in measured["sex"].values())
    alone = ElementTree.fromstring(evaluation_svg(measure(JUDGED)))
    assert float(drawing.get("height") or 0) > float(alone.get("height") or 0)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "pairs.csv").write_text("id_a,id_b,probability\na,b,0.97\nc,e,0.4\n", encoding="utf-8")
    (tmp_path / "truth.csv").write_text("id_a,id_b\na,b\n", encoding="utf-8")
    return [str(tmp_path / name) for name in ("pairs.csv", "truth.csv", "people.csv")]


def test_the_command_measures_groups_and_draws(files: list[str], tmp_path: Path) -> None:
    pairs, truth, people = files
    picture = tmp_path / "picture.svg"
    asked = ["evaluate", pairs, truth, "--register", people, "--by", "tribe", "--svg", str(picture)]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0
    for word in ("Latin", "women", "tribe", "18-39", "mixed"):
        assert word in result.output
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    told = CliRunner().invoke(main, ["evaluate", pairs, truth, "--json"])
    assert '"curve"' in told.output


def test_what_evaluate_cannot_do_is_one_sentence(files: list[str], tmp_path: Path) -> None:
    pairs, truth, people = files
    assert "--register" in CliRunner().invoke(main, ["evaluate", pairs, truth, "--by", "tribe"]).output
    asked = ["evaluate", pairs, truth, "--register", people, "--by", "clan"]
    assert "no column 'clan'" in CliRunner().invoke(main, asked).output
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("id_a,id_b,probability\na,b,high\n", encoding="utf-8")
    assert "not a number" in CliRunner().invoke(main, ["evaluate", str(wrong), truth]).output
    assert "no column id_a" in CliRunner().invoke(main, ["evaluate", people, truth]).output
