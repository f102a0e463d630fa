"""Evidence as a waterfall: it starts at the prior, each reason moves it, and it ends at the result.

Lengths across are percentages and heights are pixels, so words keep their size from a phone to a desk; the
words of a step stand above its bar, so they cannot meet.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

Kind = Literal["prior", "evidence", "result"]

_LINE_HEIGHT = 19
_BAR_HEIGHT = 13
_ROW_GAP = 12
_WORDS_PER_LINE = 30
_EDGE = 3.0  # per cent kept free at both sides
# Words stand on a rim of the ground, so that a line behind them does not cut them.
_HALO = mark_safe('paint-order="stroke" stroke="#FFFFFF" stroke-width="5" stroke-linejoin="round"')
_TOLERANCE = 0.051  # evidence is given in bits, rounded by the caller to a tenth at the coarsest


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words, its weight in bits, and whether it is the start, a reason or the end."""

    label: str
    value: float
    kind: Kind = "evidence"


@dataclass(frozen=True, slots=True)
class _Bar:
    """A step laid out: where its bar starts and ends in bits, and the weight as it is written."""

    lines: tuple[str, ...]
    start: float
    end: float
    shown: Decimal
    kind: Kind
    top: int

    @property
    def bar_top(self) -> int:
        return self.top + _LINE_HEIGHT * len(self.lines) + 1

    @property
    def bottom(self) -> int:
        return self.bar_top + _BAR_HEIGHT


def _tenths(value: float) -> Decimal:
    return Decimal(repr(float(value))).quantize(Decimal("0.1"), ROUND_HALF_UP)


def signed(value: Decimal, language: str) -> str:
    """A weight with its sign, as the language writes numbers: −15,2 in Spanish, −15.2 in English."""
    sign = "−" if value < 0 else "+" if value > 0 else ""
    digits = f"{abs(value):.1f}"
    return sign + (digits.replace(".", ",") if language.startswith("es") else digits)


def _check(steps: Sequence[Step]) -> float:
    """The sum of prior and reasons. Raises ValueError when the steps do not add up to their result."""
    if not steps or steps[0].kind != "prior" or any(step.kind == "prior" for step in steps[1:]):
        raise ValueError("a waterfall starts at one prior")
    if any(step.kind == "result" for step in steps[:-1]):
        raise ValueError("a waterfall ends at its result")
    total = sum(step.value for step in steps if step.kind != "result")
    if steps[-1].kind == "result" and abs(steps[-1].value - total) > _TOLERANCE * len(steps):
        raise ValueError("the steps do not add up to the result")
    return total


def _layout(steps: Sequence[Step]) -> list[_Bar]:
    """Every step with its place. Written weights are differences of rounded sums, so that they add up as
    written."""
    total = _check(steps)
    bars: list[_Bar] = []
    running, top = 0.0, 2
    for step in steps:
        lines = tuple(textwrap.wrap(step.label, _WORDS_PER_LINE, max_lines=2, placeholder="…")) or ("",)
        if step.kind == "result":
            start, end, shown = 0.0, total, _tenths(total)
        else:
            start, end = running, running + step.value
            shown = _tenths(end) - _tenths(start)
            running = end
        bars.append(_Bar(lines, start, end, shown, step.kind, top))
        top = bars[-1].bottom + _ROW_GAP
    return bars


def _scale(bars: Sequence[_Bar]) -> tuple[float, float]:
    """Lowest value and span in bits; even (0) is always inside."""
    ends = [0.0, *(bar.start for bar in bars), *(bar.end for bar in bars)]
    low, high = min(ends), max(ends)
    return low, (high - low) or 1.0


def _place(value: float, scale: tuple[float, float]) -> float:
    low, span = scale
    return round(_EDGE + (100 - 2 * _EDGE) * (value - low) / span, 3)


def _percent(value: float) -> str:
    return f"{value:g}%"


def _style(bar: _Bar) -> tuple[str, SafeString]:
    """Class and attributes of a bar: filled for, hollow against, so that it reads in grey."""
    if bar.kind == "prior":
        return "w-prior", mark_safe('fill="#A39A8B"')
    if bar.kind == "result":
        return "w-result", mark_safe('fill="#0F5E63"')
    if bar.end < bar.start:
        return "w-against", mark_safe('fill="#FFFFFF" stroke="#9B2C2C" stroke-width="2"')
    return "w-for", mark_safe('fill="#2F7F7A"')


def _draw_words(bar: _Bar, language: str) -> SafeString:
    strength = mark_safe(' class="w-strong" font-weight="700"') if bar.kind == "result" else ""
    words = format_html_join(
        "",
        '<text {} x="0" y="{}" font-size="15"{}>{}</text>',
        ((_HALO, bar.top + _LINE_HEIGHT * (index + 1) - 5, strength, line) for index, line in enumerate(bar.lines)),
    )
    return format_html(
        '{}<text {} x="100%" y="{}" font-size="15" text-anchor="end"{}>{}</text>',
        words,
        _HALO,
        bar.top + _LINE_HEIGHT - 5,
        strength,
        signed(bar.shown, language),
    )


def _draw_bar(bar: _Bar, scale: tuple[float, float]) -> SafeString:
    left, right = sorted((_place(bar.start, scale), _place(bar.end, scale)))
    look, attributes = _style(bar)
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="2" {}/>',
        look,
        _percent(left),
        bar.bar_top,
        _percent(max(round(right - left, 3), 0.6)),
        _BAR_HEIGHT,
        attributes,
    )


def _draw_joins(bars: Sequence[_Bar], scale: tuple[float, float]) -> SafeString:
    """Thin lines that hand the sum from one bar to the next."""
    return format_html_join(
        "",
        '<line class="w-join" x1="{0}" x2="{0}" y1="{1}" y2="{2}" stroke="#8C8578" stroke-width="1"/>',
        ((_percent(_place(above.end, scale)), above.bottom, below.bar_top) for above, below in pairwise(bars)),
    )


def _draw_even(bars: Sequence[_Bar], scale: tuple[float, float], label: str) -> SafeString:
    """The line where both answers are as likely, and its words under the last bar."""
    place, bottom = _place(0.0, scale), bars[-1].bottom
    anchor = "start" if place < 30 else "end" if place > 70 else "middle"
    return format_html(
        '<line class="w-even" x1="{0}" x2="{0}" y1="{1}" y2="{2}" stroke="#1F2933" stroke-width="1.5"'
        ' stroke-dasharray="2 4"/>'
        '<text class="p-muted" {5} x="{0}" y="{3}" font-size="13" text-anchor="{4}">{6}</text>',
        _percent(place),
        bars[0].bar_top,
        bottom + 6,
        bottom + 21,
        anchor,
        _HALO,
        label,
    )


def described(bars: Sequence[_Bar], language: str) -> str:
    """The same in words, for who does not see the drawing."""
    return "; ".join(f"{' '.join(bar.lines)} {signed(bar.shown, language)}" for bar in bars) + "."


def waterfall(steps: Sequence[Step], *, title: str, even_label: str, language: str) -> SafeString:
    """The drawing of how the prior becomes the result, as an SVG with its text alternative.

    `steps`: one prior, the reasons in order, and (last, wanted) the result; values in bits (log2 of odds).
    Raises ValueError when they do not add up.
    """
    bars = _layout(steps)
    scale = _scale(bars)
    return format_html(
        '<figure class="picture"><svg class="waterfall" xmlns="http://www.w3.org/2000/svg" width="100%"'
        ' height="{}" role="img" aria-label="{}"><title>{}</title><desc>{}</desc>{}{}{}{}</svg></figure>',
        bars[-1].bottom + 28,
        f"{title}: {described(bars, language)}",
        title,
        described(bars, language),
        _draw_even(bars, scale, even_label),
        _draw_joins(bars, scale),
        format_html_join("", "{}", ((_draw_bar(bar, scale),) for bar in bars)),
        format_html_join("", "{}", ((_draw_words(bar, language),) for bar in bars)),
    )
