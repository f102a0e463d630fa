"""The drawings: what they add up to, whom they show, and that words stay words."""

import re
from itertools import pairwise
from typing import Any

import pytest
from defusedxml import ElementTree
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from posada.ui.pictures.family_tree import Member, Tie, family_tree
from posada.ui.pictures.marks import MARKS, mark
from posada.ui.pictures.waterfall import Waterfall
from posada.ui.views import specimen as specimen_page

NS = "{http://www.w3.org/2000/svg}"


def svg_of(drawing: str) -> Any:
    return ElementTree.fromstring(str(drawing)).find(f".//{NS}svg")


@pytest.mark.parametrize("language", ["es", "en"])
def test_a_waterfall_stands_with_its_table_and_brings_no_style(language: str) -> None:
    with translation.override(language):
        text = specimen_page(RequestFactory().get("/ui/specimen/")).content.decode()
    assert 'class="km-waterfall"' in text
    assert " style=" not in text
    assert ("Sum" if language == "en" else "Suma") in text


def test_words_of_a_waterfall_are_escaped_in_its_table() -> None:
    shown = Waterfall("<svg></svg>", (("<script>x</script>", "+1.0", "+1.0"),), ("<b>",))
    text = render_to_string("ui/parts/waterfall.html", {"waterfall": shown})
    assert "<svg></svg>" in text
    assert "<script>" not in text
    assert "<b>" not in text


FAMILY = (
    Member("m", "Mother", 0, "away", contact=True, must_not_know=True),
    Member("f", "Father", 0, "away"),
    Member("y", "<b>She</b>", 1, "here", url="/p/1?a=1&b=2"),
    Member("w", "Brother", 1, "sought", note="brother"),
)
TIES = (
    Tie("m", "f", "partner"),
    Tie("m", "y", "parent", in_contact=True),
    Tie("f", "y", "parent"),
    Tie("m", "w", "parent"),
    Tie("f", "w", "parent"),
    Tie("y", "stranger", "sibling"),
)


def boxes(drawing: str) -> list[tuple[str, Any]]:
    return [
        (group.get("class"), group.find(f"{NS}rect"))
        for group in svg_of(drawing).iter(f"{NS}g")
        if "t-member" in (group.get("class") or "")
    ]


def test_it_draws_each_member_once() -> None:
    drawing = family_tree(FAMILY, TIES, "Family")
    assert [title.text for title in svg_of(drawing).iter(f"{NS}title")].count("Mother") == 1
    assert len(boxes(drawing)) == len(FAMILY)


def test_boxes_of_the_tree_never_overlap_and_stay_inside() -> None:
    many = [Member(str(n), f"Child {n}", 1, "away") for n in range(7)]
    ties = [Tie("m", one.id, "parent") for one in many]
    drawing = family_tree((*FAMILY[:2], *many), ties, "Family")
    width = float(svg_of(drawing).get("width"))
    spans = sorted(
        (float(r.get("y")), float(r.get("x")), float(r.get("x")) + float(r.get("width"))) for _, r in boxes(drawing)
    )
    assert all(left >= 0 and right <= width for _, left, right in spans)
    assert all(a[2] < b[1] for a, b in pairwise(spans) if a[0] == b[0])


def test_the_sought_are_dashed_and_those_here_are_not() -> None:
    looks = {
        look.split("t-member t-")[1]: rect.get("stroke-dasharray")
        for look, rect in boxes(family_tree(FAMILY, TIES, "F"))
    }
    assert looks["sought"]
    assert looks["here"] is None


def test_only_who_must_not_know_has_a_lock() -> None:
    assert family_tree(FAMILY, TIES, "F").count("t-lock-mark") == 1


def test_names_and_addresses_of_the_tree_are_escaped() -> None:
    drawing = family_tree(FAMILY, TIES, "Family & friends")
    assert "<b>" not in drawing
    assert 'href="/p/1?a=1&amp;b=2"' in drawing
    assert svg_of(drawing) is not None


def test_ties_to_strangers_are_left_out_and_an_empty_family_draws_nothing() -> None:
    assert "stranger" not in family_tree(FAMILY, TIES, "F")
    assert not family_tree((), (), "F")


@pytest.mark.parametrize("drawing", [family_tree(FAMILY, TIES, "F"), mark("lock", "Locked")])
def test_pictures_carry_no_style_and_no_script(drawing: str) -> None:
    assert " style=" not in drawing
    assert not re.search(r"\son\w+=|<style|<script|javascript:", drawing)


@pytest.mark.parametrize("name", sorted(MARKS))
def test_every_mark_is_sound_and_silent_without_a_label(name: str) -> None:
    svg = ElementTree.fromstring(mark(name))
    assert svg.get("aria-hidden") == "true"
    assert ElementTree.fromstring(mark(name, "x")).get("aria-label") == "x"
