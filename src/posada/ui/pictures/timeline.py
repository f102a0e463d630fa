"""Days on a line: what happened as a dot, what is due as a strip that ends where one must act, today as a line down.

Lengths across are percentages and heights are pixels, so words keep their size from a phone to a desk; the words of a
strip stand above it, so they cannot meet. Filled is open, hollow is late, thin is done, dashed is perhaps: it reads in
grey.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

_LINE = 19
_SMALL = 17
_STRIP = 12
_GAP = 14
_TOP = 26  # the word for today stands there
_EDGE = 2.0  # per cent kept free at both sides
_LETTERS, _SMALL_LETTERS = 32, 38
_HALO = mark_safe('paint-order="stroke" stroke="#FFFFFF" stroke-width="5" stroke-linejoin="round"')


class Look(StrEnum):
    """How a strip is drawn."""

    EVENT = "event"
    OPEN = "open"
    LATE = "late"
    DONE = "done"
    UNDRAWN = "undrawn"  # words alone: no day is known


@dataclass(frozen=True, slots=True)
class Strip:
    """One row: its words, a quieter line below them, and days from the start of the drawing: where it begins, where
    one must act, and until when it is perhaps open."""

    label: str
    note: str
    look: Look
    begins: int = 0
    ends: int = 0
    until: int = 0


@dataclass(frozen=True, slots=True)
class _Placed:
    """A strip with its broken lines and its height from the top."""

    strip: Strip
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    top: int

    @property
    def strip_top(self) -> int:
        return self.top + _LINE * len(self.lines) + _SMALL * len(self.notes) + 2

    @property
    def bottom(self) -> int:
        return self.strip_top + (0 if self.strip.look is Look.UNDRAWN else _STRIP)


_LOOKS = {
    Look.EVENT: mark_safe('fill="#1F2933"'),
    Look.OPEN: mark_safe('fill="#2F7F7A"'),
    Look.LATE: mark_safe('fill="#FFFFFF" stroke="#9B2C2C" stroke-width="2"'),
    Look.DONE: mark_safe('fill="#A39A8B"'),
}
_PERHAPS = mark_safe('fill="none" stroke="#7A4F00" stroke-width="1.5" stroke-dasharray="4 3"')


def _layout(strips: Sequence[Strip]) -> list[_Placed]:
    placed: list[_Placed] = []
    top = _TOP
    for strip in strips:
        lines = tuple(textwrap.wrap(strip.label, _LETTERS)) or ("",)
        placed.append(_Placed(strip, lines, tuple(textwrap.wrap(strip.note, _SMALL_LETTERS)), top))
        top = placed[-1].bottom + _GAP
    return placed


def _check(strips: Sequence[Strip], length: int, today: int) -> None:
    inside = all(0 <= one.begins <= length and one.ends <= one.until <= length and one.ends >= 0 for one in strips)
    if length < 1 or not 0 <= today <= length or not inside:
        raise ValueError("a strip must lie on the line of days")


def _percent(days: int, length: int) -> float:
    return round(_EDGE + (100 - 2 * _EDGE) * days / length, 3)


def _words(placed: _Placed) -> SafeString:
    lines = format_html_join(
        "",
        '<text {} x="0" y="{}" font-size="15" font-weight="700">{}</text>',
        ((_HALO, placed.top + _LINE * (number + 1) - 5, line) for number, line in enumerate(placed.lines)),
    )
    below = placed.top + _LINE * len(placed.lines)
    notes = format_html_join(
        "",
        '<text class="p-muted" {} x="0" y="{}" font-size="13">{}</text>',
        ((_HALO, below + _SMALL * (number + 1) - 5, line) for number, line in enumerate(placed.notes)),
    )
    return format_html("{}{}", lines, notes)


def _bar(left: float, right: float, top: int, height: int, look: SafeString, name: str) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}%" y="{}" width="{}%" height="{}" rx="2" {}/>',
        name,
        f"{left:g}",
        top,
        f"{max(round(right - left, 3), 0.6):g}",
        height,
        look,
    )


def _draw(placed: _Placed, length: int) -> SafeString:
    strip = placed.strip
    if strip.look is Look.UNDRAWN:
        return mark_safe("")
    begins, ends, until = (_percent(days, length) for days in (strip.begins, strip.ends, strip.until))
    top, name = placed.strip_top, f"d-{strip.look.value}"
    if strip.look is Look.EVENT and strip.begins == strip.ends:
        return format_html(
            '<circle class="{}" cx="{}%" cy="{}" r="6" {}/>', name, f"{begins:g}", top + 6, _LOOKS[Look.EVENT]
        )
    if strip.look is Look.EVENT:
        return _bar(begins, ends, top, _STRIP, _PERHAPS, name)
    # Strips begin where their event may have been; a date put in wrongly can lie behind its end.
    left, right = sorted((begins, ends))
    thin = 4 if strip.look is Look.DONE else 0
    drawn = _bar(left, right, top + thin, _STRIP - 2 * thin, _LOOKS[strip.look], name)
    if strip.look is Look.DONE or strip.until <= strip.ends:
        return drawn
    perhaps = _bar(ends, until, top, _STRIP, _PERHAPS, "d-perhaps")
    return format_html("{}{}", drawn, perhaps)


def _draw_today(today: int, length: int, bottom: int, word: str) -> SafeString:
    place = _percent(today, length)
    anchor = "start" if place < 15 else "end" if place > 85 else "middle"
    return format_html(
        '<line class="d-today" x1="{0}%" x2="{0}%" y1="20" y2="{1}" stroke="#1F2933" stroke-width="1.5"'
        ' stroke-dasharray="2 4"/><text {2} x="{0}%" y="14" font-size="13" text-anchor="{3}">{4}</text>',
        f"{place:g}",
        bottom,
        _HALO,
        anchor,
        word,
    )


def timeline(strips: Sequence[Strip], *, length: int, today: int, title: str, today_word: str) -> SafeString:
    """The drawing, as an SVG with its text alternative. Raises ValueError for a strip that lies outside of it."""
    _check(strips, length, today)
    placed = _layout(strips)
    bottom = placed[-1].bottom if placed else _TOP
    said = "; ".join(f"{one.label}: {one.note}" for one in strips)
    return format_html(
        '<figure class="picture"><svg class="timeline" xmlns="http://www.w3.org/2000/svg" width="100%" height="{}"'
        ' role="img" aria-label="{}"><title>{}</title><desc>{}</desc>{}{}{}</svg></figure>',
        bottom + 8,
        f"{title}. {said}",
        title,
        said,
        _draw_today(today, length, bottom, today_word),
        format_html_join("", "{}", ((_draw(one, length),) for one in placed)),
        format_html_join("", "{}", ((_words(one),) for one in placed)),
    )
