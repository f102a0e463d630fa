"""What may not stand in pages, sheets and scripts."""

import re
from pathlib import Path

import polib
import pytest

ROOM = Path(__file__).parents[1]
PAGES = sorted((ROOM / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOM / "static").rglob("*.js"))
SHEETS = sorted((ROOM / "static").rglob("*.css"))


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOM)) for path in paths]


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_a_page_has_no_inline_style_script_or_handler(page: Path) -> None:
    text = page.read_text()
    assert not re.search(r"\sstyle\s*=|<style", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "hx-on" not in text
    assert len(text.splitlines()) <= 120


@pytest.mark.parametrize("source", PAGES + SCRIPTS + SHEETS, ids=names(PAGES + SCRIPTS + SHEETS))
def test_nothing_leads_outside(source: Path) -> None:
    text = source.read_text().replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"(https?:)?//[a-z0-9-]+\.[a-z]", text)


@pytest.mark.parametrize("script", SCRIPTS, ids=names(SCRIPTS))
def test_a_script_is_short_and_keeps_nothing(script: Path) -> None:
    text = script.read_text()
    assert len(text.splitlines()) <= 150
    assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie|\beval\b|innerHTML|\.style\b", text)


def test_the_messages_are_complete() -> None:
    catalogue = polib.pofile(str(ROOM / "locale/es/LC_MESSAGES/django.po"))
    assert not catalogue.untranslated_entries()
    assert not catalogue.fuzzy_entries()
