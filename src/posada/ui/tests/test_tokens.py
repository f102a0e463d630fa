"""Contrast of the tokens, computed as WCAG 2.2 (relative luminance) says, light and dark."""

import re
from pathlib import Path

import pytest

SHEET = (Path(__file__).parents[1] / "static/ui/css/tokens.css").read_text()
TOKENS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#[0-9A-Fa-f]{6}), (#[0-9A-Fa-f]{6})\);", SHEET)
}

BODY = [("ink", ground) for ground in ("paper", "surface", "quiet", "neutral-soft", "accent-soft", "note-soft")] + [
    ("ink", "good-soft"),
    ("ink", "wait-soft"),
    ("ink", "danger-soft"),
]
OTHER: list[tuple[str, str]] = [
    *((word, ground) for word in ("muted", "accent", "danger") for ground in ("paper", "surface", "quiet")),
    *((kind, f"{kind}-soft") for kind in ("accent", "good", "wait", "danger", "note")),
    ("accent-deep", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("on-danger", "danger"),
    ("good", "surface"),
    ("wait", "surface"),
    ("note", "surface"),
]
LINES = [
    ("edge", "surface"),
    ("edge", "paper"),
    ("focus", "paper"),
    ("focus", "surface"),
    ("picture-for", "paper"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def both(pairs: list[tuple[str, str]]) -> list[tuple[str, str, int]]:
    return [(a, b, theme) for a, b in pairs for theme in (0, 1)]


@pytest.mark.parametrize(("word", "ground", "theme"), both(BODY))
def test_body_text_reaches_seven(word: str, ground: str, theme: int) -> None:
    assert contrast(TOKENS[word][theme], TOKENS[ground][theme]) >= 7


@pytest.mark.parametrize(("word", "ground", "theme"), both(OTHER))
def test_other_text_reaches_four_and_a_half(word: str, ground: str, theme: int) -> None:
    assert contrast(TOKENS[word][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize(("line", "ground", "theme"), both(LINES))
def test_edges_of_controls_and_the_focus_ring_reach_three(line: str, ground: str, theme: int) -> None:
    assert contrast(TOKENS[line][theme], TOKENS[ground][theme]) >= 3


def test_the_black_of_black_and_white_is_twenty_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_every_colour_outside_the_tokens_comes_from_a_token() -> None:
    for name in ("base", "layout", "components", "pictures"):
        sheet = (Path(__file__).parents[1] / f"static/ui/css/{name}.css").read_text()
        assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=[;, )])", sheet), name
