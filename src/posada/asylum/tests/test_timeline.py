"""The line of days: everything in its place, today marked, and the same in a table."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from defusedxml import ElementTree
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import override

from posada.asylum.rules.deadlines import Place, due
from posada.asylum.rules.known import Known
from posada.asylum.rules.timeline import Awaited, Happened, Timeline, timeline_of
from posada.asylum.tests.worked import CO_APPEAL, CO_APPLY
from posada.ui.pictures.timeline import Look, Strip, timeline

NS = "{http://www.w3.org/2000/svg}"
BOGOTA = Place("CO", "America/Bogota")
NOW = datetime(2026, 11, 13, 17, tzinfo=UTC)
TODAY = date(2026, 11, 13)


def line() -> Timeline:
    events = [
        Happened("Notified <of> it", Known.on(date(2026, 11, 5))),
        Happened("Entry", Known.read("2026-08")),
        Happened("Interview", Known()),
    ]
    deadlines = [
        Awaited("Appeal", due(CO_APPEAL, Known.on(date(2026, 11, 5)), BOGOTA, NOW)),
        Awaited("Ask", due(CO_APPLY, Known.read("2026-08"), BOGOTA, NOW)),
        Awaited("Another appeal", due(CO_APPEAL, Known(), BOGOTA, NOW)),
    ]
    return timeline_of(events, deadlines, TODAY)


def drawn(found: Timeline) -> Any:
    words = {"title": "The case", "today_word": "today"}
    picture = timeline(found.strips, length=found.length, today=found.today, **words)
    return ElementTree.fromstring(str(picture)).find(f"{NS}svg")


def test_every_position_is_a_number_of_days_from_the_start() -> None:
    found = line()
    assert found.start == date(2026, 8, 1)
    assert found.today == 104  # 30 left of August, 60 with September, 91 with October, 13 November
    assert found.length == 111  # to 20 November
    places = {strip.label: (strip.look, strip.begins, strip.ends, strip.until) for strip in found.strips}
    assert places == {
        "Entry": (Look.EVENT, 0, 30, 30),
        "Notified <of> it": (Look.EVENT, 96, 96, 96),
        "Interview": (Look.UNDRAWN, 0, 0, 0),
        "Ask": (Look.LATE, 0, 61, 94),  # 1 October; 31 August gives 31 October, a Saturday, so Tuesday 3 November
        "Appeal": (Look.OPEN, 96, 111, 111),
        "Another appeal": (Look.UNDRAWN, 0, 0, 0),
    }


def test_events_come_first_then_deadlines_and_what_has_no_day_last() -> None:
    labels = [row.label for row in line().rows]
    assert labels == ["Entry", "Notified <of> it", "Interview", "Ask", "Appeal", "Another appeal"]
    assert labels == [strip.label for strip in line().strips]


def test_the_table_says_the_days_left_and_the_article() -> None:
    with override("en"):
        rows = {row.label: row for row in line().rows}
    assert rows["Appeal"].left == "7 days left"
    assert "2.2.3.1.6.11" in rows["Appeal"].article
    assert rows["Ask"].left == "43 days ago"
    assert "reasons" in rows["Ask"].state
    assert (rows["Another appeal"].day, rows["Another appeal"].left) == ("not known", "")
    assert rows["Entry"].day.startswith("between")
    assert rows["Interview"].day == "not known"


@pytest.mark.parametrize(("language", "words"), [("en", "7 days left"), ("es", "quedan 7 días")])
def test_the_drawing_says_the_same_in_both_languages(language: str, words: str) -> None:
    with override(language):
        svg = drawn(line())
    texts = " ".join(one.text for one in svg.iter(f"{NS}text"))
    assert words in texts
    assert "2.2.3.1.6.11" in texts
    assert words in svg.get("aria-label")
    assert "Notified <of> it" in texts


def test_today_stands_where_it_belongs() -> None:
    found = line()
    (mark,) = [one for one in drawn(found).iter(f"{NS}line") if one.get("class") == "d-today"]
    assert float(mark.get("x1").rstrip("%")) == pytest.approx(2 + 96 * 104 / 111, abs=0.01)
    assert mark.get("x1") == mark.get("x2")


def test_each_drawn_strip_lies_on_the_line_and_below_its_own_words() -> None:
    svg = drawn(line())
    rects = list(svg.iter(f"{NS}rect"))
    assert {one.get("class") for one in rects} == {"d-event", "d-open", "d-late", "d-perhaps"}
    for rect in rects:
        left, width = (float(rect.get(name).rstrip("%")) for name in ("x", "width"))
        assert 0 <= left <= left + width <= 100
    spans = [(float(one.get("y")), float(one.get("y")) + float(one.get("height"))) for one in rects]
    for text in svg.iter(f"{NS}text"):
        assert not [1 for top, bottom in spans if top < float(text.get("y")) - 3 < bottom]
    assert float(svg.get("height")) >= max(bottom for _top, bottom in spans)


def test_the_drawing_carries_attributes_only() -> None:
    picture = str(timeline(line().strips, length=111, today=104, title="x", today_word="y"))
    assert not re.search(r"\bstyle\s*=|<style|<script|\bon\w+=", picture)


def test_a_case_without_any_date_is_a_line_with_today_alone() -> None:
    found = timeline_of([], [], TODAY)
    assert (found.start, found.length, found.today, found.rows) == (TODAY, 1, 0, ())
    assert [one.text for one in drawn(found).iter(f"{NS}text")] == ["today"]


@pytest.mark.parametrize(
    "strip",
    [Strip("a", "", Look.OPEN, 0, 5, 11), Strip("a", "", Look.OPEN, -1, 5, 5), Strip("a", "", Look.OPEN, 0, 6, 5)],
)
def test_a_strip_outside_of_the_line_is_refused(strip: Strip) -> None:
    with pytest.raises(ValueError, match="line of days"):
        timeline([strip], length=10, today=3, title="x", today_word="y")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_table_beside_the_drawing_says_every_row(language: str) -> None:
    with override(language):
        found = line()
        picture = timeline(found.strips, length=found.length, today=found.today, title="x", today_word="y")
        page = render_to_string("asylum/parts/timeline.html", {"picture": picture, "line": found})
    assert page.count("<tr>") == len(found.rows) + 1
    assert "<svg" in page
    assert "Notified &lt;of&gt; it" in page
    for row in found.rows:
        assert all(escape(cell) in page for cell in (row.label, row.day, row.left, row.article, row.state))


def test_what_is_done_has_no_dashed_end() -> None:
    done = due(CO_APPLY, Known.read("2026-08"), BOGOTA, NOW, Known.on(date(2026, 9, 15)))
    found = timeline_of([], [Awaited("Ask", done)], TODAY)
    assert [one.get("class") for one in drawn(found).iter(f"{NS}rect")] == ["d-done"]
