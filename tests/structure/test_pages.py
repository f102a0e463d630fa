"""Pages, styles and scripts: nothing from outside, nothing inline, nothing kept in the browser."""

import re

import pytest

from tests.structure import tree

OUTSIDE = re.compile(r"(https?:)?//[a-z0-9.-]+\.[a-z]{2,}", re.IGNORECASE)
NAMESPACE = "http://www.w3.org/2000/svg"
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script without src": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "a style element": re.compile(r"<style[\s>]", re.IGNORECASE),
    "hx-on": re.compile(r"\shx-on", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
}
STORES = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|serviceWorker")


def test_there_are_pages_and_styles_to_look_at() -> None:
    assert len(tree.pages()) > 20
    assert len(tree.styles_and_scripts()) > 5


def test_nothing_has_an_address_outside_the_site() -> None:
    found = [
        f"{tree.name(path)}: {hit[0]}"
        for path in [*tree.pages(), *tree.styles_and_scripts()]
        for hit in OUTSIDE.finditer(path.read_text(encoding="utf-8").replace(NAMESPACE, ""))
    ]
    assert not found


@pytest.mark.parametrize("what", INLINE)
def test_nothing_is_inline(what: str) -> None:
    found = [tree.name(path) for path in tree.pages() if INLINE[what].search(path.read_text(encoding="utf-8"))]
    assert not found


def test_no_script_keeps_anything_in_the_browser() -> None:
    found = [
        tree.name(path)
        for path in tree.styles_and_scripts()
        if path.suffix == ".js" and STORES.search(path.read_text(encoding="utf-8"))
    ]
    assert not found


@pytest.mark.parametrize(
    ("what", "sample"),
    [
        ("a style attribute", '<p style="color:red">'),
        ("an event handler", '<p onclick="x()">'),
        ("a script without src", "<script>x()</script>"),
        ("a style element", "<style>p{}</style>"),
        ("hx-on", '<p hx-on:click="x">'),
        ("a javascript address", '<a href="javascript:x">'),
    ],
)
def test_each_rule_finds_its_sample(what: str, sample: str) -> None:
    assert INLINE[what].search(sample)
