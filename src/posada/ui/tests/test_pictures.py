"""The drawings: what they add up to, whom they show, and that words stay words."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from defusedxml import ElementTree
from django.utils.safestring import SafeString

from posada.ui.pictures.family_tree import Member, Tie, family_tree
from posada.ui.pictures.marks import MARKS, mark
from posada.ui.pictures.waterfall import Step, waterfall

NS = "{http://www.w3.org/2000/svg}"
STEPS = (Step("start", -15.24, "prior"), Step("surnames", 8.63), Step("town", -1.13), Step("family", 12.74))


def draw(steps: Sequence[Step], language: str = "en") -> SafeString:
    return waterfall(steps, title="Why", even_label="even", language=language)


def svg_of(drawing: str) -> Any:
    return ElementTree.fromstring(str(drawing)).find(f".//{NS}svg")


def weights(drawing: str) -> list[float]:
    texts = [one.text for one in svg_of(drawing).iter(f"{NS}text") if one.get("text-anchor") == "end"]
    return [float(text.replace("−", "-")) for text in texts if re.fullmatch(r"[+−]?\d+\.\d", text)]


def test_it_adds_up_as_written() -> None:
    *reasons, result = weights(draw((*STEPS, Step("result", 5.0, "result"))))
    assert round(sum(reasons), 1) == result == 5.0


def test_it_refuses_steps_that_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="add up"):
        draw((*STEPS, Step("result", 7.0, "result")))


def test_it_refuses_a_waterfall_without_a_prior() -> None:
    with pytest.raises(ValueError, match="prior"):
        draw((Step("surnames", 8.6),))


def test_each_bar_starts_where_the_one_before_ended() -> None:
    rects = list(svg_of(draw(STEPS)).iter(f"{NS}rect"))
    left = [float(rect.get("x").rstrip("%")) for rect in rects]
    right = [float(rect.get("x").rstrip("%")) + float(rect.get("width").rstrip("%")) for rect in rects]
    assert left[0] == pytest.approx(left[1])  # the prior runs from even down to its end
    assert right[1] == pytest.approx(right[2])  # a reason against runs back
    assert left[2] == pytest.approx(left[3])
    assert all(0 <= x <= 100 for x in (*left, *right))


def test_words_of_a_step_never_meet_the_next_bar() -> None:
    svg = svg_of(draw((Step("start", -3, "prior"), Step("a very long reason that needs two lines at the least", 4))))
    rows = [(float(rect.get("y")), float(rect.get("y")) + float(rect.get("height"))) for rect in svg.iter(f"{NS}rect")]
    for text in svg.iter(f"{NS}text"):
        baseline = float(text.get("y"))
        assert not any(top < baseline < bottom + 2 for top, bottom in rows)


def test_spanish_writes_a_comma() -> None:
    assert "−15,2" in draw(STEPS, "es")


def test_labels_of_the_waterfall_are_escaped() -> None:
    drawing = draw((Step("<script>x</script>", -1, "prior"), Step('"&', 2)))
    assert "<script>" not in drawing
    assert svg_of(drawing) is not None


def test_it_says_the_same_in_words() -> None:
    description = svg_of(draw(STEPS)).find(f"{NS}desc").text
    assert "surnames +8.6" in description
    assert "start −15.2" in description


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


@pytest.mark.parametrize("drawing", [draw(STEPS), family_tree(FAMILY, TIES, "F"), mark("lock", "Locked")])
def test_pictures_carry_no_style_and_no_script(drawing: str) -> None:
    assert " style=" not in drawing
    assert not re.search(r"\son\w+=|<style|<script|javascript:", drawing)


@pytest.mark.parametrize("name", sorted(MARKS))
def test_every_mark_is_sound_and_silent_without_a_label(name: str) -> None:
    svg = ElementTree.fromstring(mark(name))
    assert svg.get("aria-hidden") == "true"
    assert ElementTree.fromstring(mark(name, "x")).get("aria-label") == "x"
