import json
import re

import pytest
from defusedxml import ElementTree

from kinmatch import Record, explain
from kinmatch.evidence import Language
from kinmatch.telling import explanation_json
from kinmatch.waterfall import waterfall_svg

SVG = "{http://www.w3.org/2000/svg}"
LEFT = Record("1", given_names="Jhon", surnames="Pérez & <Hijos>", birth_date="1991-03-02", sex="m", place="Ureña")
RIGHT = Record("2", given_names="John", surnames="Peres", birth_date="1991", sex="f")
FOUND = explain(LEFT, RIGHT)


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "."))


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_waterfall_starts_at_the_prior_and_adds_up_as_written(language: Language) -> None:
    drawing = ElementTree.fromstring(waterfall_svg(FOUND, language))
    written = [number(one.text or "") for one in drawing.findall(f"{SVG}text[@class='km-bits']")]
    spoken = [one for one in FOUND.evidence if one.sign != "blank"]
    assert len(written) == len(spoken) + 2
    assert written[0] == pytest.approx(FOUND.prior, abs=0.06)
    assert sum(written[:-1]) == pytest.approx(written[-1])
    assert written[-1] == pytest.approx(FOUND.weight, abs=0.06)


def test_a_waterfall_can_be_put_into_any_page() -> None:
    for language in ("es", "en"):
        text = waterfall_svg(FOUND, language)
        assert not re.search(r"\bstyle=|<style|<script|\bon[a-z]+=|\bid=|https?://(?!www\.w3\.org/2000/svg)", text)


def test_a_waterfall_is_told_in_words_and_quotes_nobody() -> None:
    drawing = ElementTree.fromstring(waterfall_svg(FOUND, "es"))
    title, told = drawing.find(f"{SVG}title"), drawing.find(f"{SVG}desc")
    assert title is not None
    assert (title.text or "").startswith("Por qué la probabilidad es")
    assert told is not None
    assert "Sexo: distinto" in (told.text or "")
    assert "Hijos" not in waterfall_svg(FOUND, "es")


def test_what_speaks_against_is_hollow_so_that_it_reads_in_grey() -> None:
    drawing = ElementTree.fromstring(waterfall_svg(FOUND, "en"))
    against = drawing.findall(f"{SVG}rect[@class='km-against']")
    assert against
    assert {one.get("fill") for one in against} == {"#FFFFFF"}


def test_json_adds_up_too() -> None:
    told = json.loads(explanation_json(FOUND, "en"))
    assert told["prior"] + sum(one["weight"] for one in told["evidence"]) == pytest.approx(told["weight"])
    assert told["evidence"][-1]["sum"] == pytest.approx(told["weight"], abs=1e-5)
    assert [one["level"] for one in told["evidence"] if one["field"] == "place"] == ["blank"]


def test_a_call_name_is_quoted_beside_the_given_name_that_it_met() -> None:
    found = explain(Record("1", given_names="Yulimar", nickname="Yuli"), Record("2", given_names="Yulimar"))
    (one,) = (one for one in found.evidence if one.field == "nickname")
    assert "«»" not in one.sentence("es")
    assert "«Yuli»" in one.sentence("es")
