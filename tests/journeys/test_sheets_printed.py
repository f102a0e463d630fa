"""Every one-page sheet fits on one page: printed by the browser, or set for paper, in both languages."""

import io
import os
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from playwright.sync_api import sync_playwright

from posada.accounts.acts import Role
from posada.asylum.guides import reading
from posada.asylum.rules.topics import Topic
from tests.journeys.conftest import CHROMIUM, FLAGS

# Not among the journeys: it asks for the tests' own database and for no server.
pytestmark = [pytest.mark.django_db(databases=["default", "keyring"])]
# Day by day those of the longest guide; every country's with POSADA_LONG=1.
LONG = os.environ.get("POSADA_LONG") == "1"
# How wide this word is in the bold letters of the sheets, for each point of their size.
WORD, WIDTH = "Posada", 3.905
LEAST_POINTS = 7.9
LINK = re.compile(r'<link rel="stylesheet" href="/static/([^"]+?)"[^>]*>')


def _alone(page: str) -> str:
    """The page with its styles in it, so that it needs no server."""

    def style(found: re.Match[str]) -> str:
        path = finders.find(re.sub(r"\.[0-9a-f]{12}(?=\.css$)", "", found[1]))
        assert path, found[1]
        return f"<style>{Path(path).read_text(encoding='utf-8')}</style>"

    return re.sub(r"<script\b.*?</script>", "", LINK.sub(style, page), flags=re.DOTALL)


def _pages_and_points(pdf: bytes) -> tuple[int, float]:
    """How many pages, and how large the letters are: a browser that shrinks a page would hide that it is too long."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        text = document[0].get_textpage()
        at = text.get_text_range().find(WORD)
        if at < 0:
            return len(document), 0.0
        return len(document), (text.get_charbox(at + len(WORD) - 1)[2] - text.get_charbox(at)[0]) / WIDTH
    finally:
        document.close()


def _printed(pages: dict[str, str]) -> dict[str, tuple[int, float]]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        found = {}
        for name, html in pages.items():
            page.set_content(html)
            found[name] = _pages_and_points(page.pdf(format="A4", prefer_css_page_size=True))
        browser.close()
    return found


def _counted(pages: dict[str, str]) -> dict[str, tuple[int, float]]:
    """In a thread of its own: the driver's loop and the database do not share one."""
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed: the browser journeys are skipped.")
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(_printed, pages).result()


def test_every_sheet_to_give_is_one_page_in_both_languages(browse: Callable[[Role], Client]) -> None:
    client, pages = browse(Role.LAWYER), {}
    countries = reading.countries() if LONG else ("CO",)
    for country in countries:
        for topic in Topic:
            for language in ("es", "en"):
                address = reverse("asylum:sheet", args=[country.lower(), topic.value])
                answer = client.get(address, headers={"accept-language": language})
                pages[f"{country} {topic} {language}"] = _alone(answer.content.decode())
    twice = pages["CO steps es"].replace(
        '<div class="stack sheet"', '<div style="height: 300mm"></div><div class="sheet"'
    )
    found = _counted({**pages, "too long": twice})
    assert found.pop("too long")[0] > 1, "more than a page would be seen"
    assert len(found) == len(countries) * len(Topic) * 2
    assert {name: count for name, (count, _points) in found.items() if count != 1} == {}
    small = {name: round(points, 1) for name, (_count, points) in found.items() if points < LEAST_POINTS}
    assert small == {}
