"""The frame, the bare page, the specimen and the pages of errors."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from posada.ui import specimen
from posada.ui.frame import Entry, Frame
from posada.ui.parts import Act, Confirm
from posada.ui.views import specimen as specimen_page

pytestmark = pytest.mark.urls("posada.ui.tests.urls")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def page(name: str = "ui/base.html", **context: Any) -> str:
    return render_to_string(name, context)


def framed() -> Frame:
    return replace(specimen.example_frame(), lock_url="/lock/", seal_url="/seal/", language_url="/language/")


def test_a_framed_page_can_be_locked_from_everywhere() -> None:
    text = page(frame=framed())
    assert '<form id="lock-form" method="post" action="/lock/"' in text
    assert text.count('form="lock-form"') == 2  # a phone's bar, a desk's column


def test_seal_asks_without_scripts_and_is_absent_for_those_who_may_not() -> None:
    assert '<form method="get" action="/seal/">' in page(frame=framed())
    assert "seal-form" not in page(frame=replace(framed(), seal_url=""))


def test_a_demonstration_wears_its_ribbon_on_every_page() -> None:
    assert 'class="ribbon"' in page(frame=framed())
    assert 'class="ribbon"' not in page(frame=replace(framed(), demonstration=False))


def test_the_story_is_a_sentence_and_one_act() -> None:
    text = page(frame=framed())
    assert "3 of 10" in text
    assert text.count('class="story__act"') == 1
    assert "story__" not in page(frame=replace(framed(), story=None))


def test_a_phone_has_four_places_and_more() -> None:
    frame = framed()
    assert [entry.key for entry in frame.bar_entries] == ["today", "register", "search", "house"]
    assert frame.more_entries[0].key == "family"
    assert page(frame=frame).count('<details class="more"') == 1


def test_the_place_one_is_in_is_told() -> None:
    frame = framed()
    assert 'aria-current="page"' in page(frame=frame)
    elsewhere = replace(frame, entries=(Entry("Hoy", "/", "today"),))
    assert 'aria-current="page"' not in page(frame=elsewhere)


def test_a_bare_page_shows_only_the_site_and_the_language() -> None:
    text = page(frame=None, site_name="Casa", language_url="/language/")
    assert "Casa" in text
    assert 'action="/language/"' in text
    assert "lock-form" not in text
    assert "data-idle" not in text


def test_idle_seconds_reach_the_script() -> None:
    assert 'data-idle="90"' in page(frame=replace(framed(), idle_seconds=90))


def test_htmx_keeps_no_history() -> None:
    assert '"historyCacheSize":0' in page(frame=framed())
    assert '"allowEval":false' in page(frame=framed())


def test_the_language_of_the_page_is_told() -> None:
    with translation.override("es"):
        assert '<html lang="es" dir="ltr">' in page(frame=None)


@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "404.html", "500.html"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_pages_of_errors_work_without_a_frame(name: str, language: str) -> None:
    with translation.override(language):
        text = page(name)
    assert text.count("<h1") == 1
    assert "button--main" in text


def test_a_confirmation_says_what_will_happen_and_how_to_go_back() -> None:
    confirm = Confirm("Seal?", "Nobody reads.", "Seal", "/back/", ("3 sessions end.",))
    text = page("ui/confirm.html", confirm=confirm)
    assert "3 sessions end." in text
    assert 'href="/back/"' in text
    assert text.index("/back/") < text.index("button--danger")


def test_an_act_that_changes_something_is_a_form_with_its_token() -> None:
    text = page("ui/parts/empty.html", title="x", press=Act("Do", "/do/", post=True), csrf_token="t0ken")
    assert '<form class="act" method="post" action="/do/">' in text
    assert 'value="t0ken"' in text


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_specimen_shows_every_part(language: str) -> None:
    with translation.override(language):
        text = specimen_page(RequestFactory().get("/ui/specimen/")).content.decode()
    for part in (
        "segmented",
        "stacked",
        "summary",
        "badge--danger",
        "stepper",
        "tabs",
        "history",
        "facts",
        "empty",
        "km-waterfall",
        "tree",
    ):
        assert f'class="{part}' in text or f" {part}" in text, part
    assert text.count("<h1") == 1
    assert " style=" not in text


def test_the_language_can_be_changed_where_no_frame_gives_its_address() -> None:
    assert 'action="/language/setlang/"' in page(frame=None)
