"""An explanation as a picture: it starts at the prior, every piece of evidence moves it, and it ends at the weight.

Bars for a match are filled, bars against it are hollow, and every weight stands beside its bar in figures: it reads in
grey, in print and by ear. Lengths across are percentages and heights are pixels, so that words keep their size on a
phone. The picture quotes neither side and needs no style sheet; its classes begin with `km-`.
"""

import textwrap
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from itertools import pairwise
from typing import Literal, NamedTuple

from kinmatch.evidence import Language
from kinmatch.explanation import Explanation

Kind = Literal["prior", "for", "against", "result"]

LINE, BAR, GAP, FOOT = 19, 13, 12, 28
WIDEST_LINE, MOST_LINES = 34, 2
EDGE = 3.0  # per cent kept free at both sides
_LOOKS: dict[Kind, str] = {
    "prior": 'fill="#9A9184"',
    "for": 'fill="#2F7F7A"',
    "against": 'fill="#FFFFFF" stroke="#9B2C2C" stroke-width="2"',
    "result": 'fill="#173F42"',
}
_RIM = 'paint-order="stroke" stroke="#FFFFFF" stroke-width="5" stroke-linejoin="round"'
_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "title": "Why the probability is {chance}",
        "prior": "Before any evidence",
        "result": "Result: {chance}",
        "even": "as likely as not",
        "over": "over 99 %",
        "under": "under 1 %",
        "sum": "{words} {bits} bits, which makes {total}",
    },
    "es": {
        "title": "Por qué la probabilidad es {chance}",
        "prior": "Antes de toda evidencia",
        "result": "Resultado: {chance}",
        "even": "tan probable como no",
        "over": "más de 99 %",
        "under": "menos de 1 %",
        "sum": "{words} {bits} bits, que suma {total}",
    },
}


class Row(NamedTuple):
    """A line of the table beside the picture: what was weighed, its weight and the sum so far, as they are written."""

    words: str
    bits: str
    total: str


class _Bar(NamedTuple):
    """A step laid out: words, where it starts and ends in bits, its weight as written, and its place in the picture."""

    words: str
    start: float
    end: float
    written: Decimal
    kind: Kind
    lines: tuple[str, ...]
    top: int

    @property
    def bar_top(self) -> int:
        return self.top + LINE * len(self.lines) + 1

    @property
    def bottom(self) -> int:
        return self.bar_top + BAR


def waterfall_svg(explanation: Explanation, language: Language = "es") -> str:
    """The explanation as one `<svg>` element, ready to be put into a page or a file of its own.

    Evidence that is blank is left out. The weights written (bits, to a tenth) are differences of the rounded sums, so
    that they add up as they are read. Title and description say the same in words.
    """
    words = _WORDS[language]
    chance = _percent(explanation.probability, words)
    bars = _lay_out(explanation, words, chance, language)
    scale = _scale(bars)
    title = words["title"].format(chance=chance)
    drawn = [_even(bars, scale, words["even"]), *_joins(bars, scale)]
    drawn += [_bar(bar, scale) for bar in bars] + [_text(bar, language) for bar in bars]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="km-waterfall" lang="{language}" width="100%" '
        f'height="{bars[-1].bottom + FOOT}" role="img" font-family="sans-serif" font-size="15" fill="#1F2933">'
        f"<title>{escape(title)}</title><desc>{escape(_described(bars, language))}</desc>{''.join(drawn)}</svg>"
    )


def waterfall_rows(explanation: Explanation, language: Language = "es") -> list[Row]:
    """The picture as a table: the prior, each piece of evidence, and the result, with the same figures."""
    words = _WORDS[language]
    bars = _lay_out(explanation, words, _percent(explanation.probability, words), language)
    return [Row(bar.words, _signed(bar.written, language), _signed(_tenths(bar.end), language)) for bar in bars]


def _percent(probability: float, words: dict[str, str]) -> str:
    """Never quite 0 and never quite 100."""
    if probability > 0.995:
        return words["over"]
    return words["under"] if probability < 0.005 else f"{probability * 100:.0f} %"


def _lay_out(explanation: Explanation, words: dict[str, str], chance: str, language: Language) -> list[_Bar]:
    spoken = [one for one in explanation.evidence if one.sign != "blank"]
    steps: list[tuple[str, float]] = [(words["prior"], explanation.prior)]
    steps += [(one.brief(language), one.weight) for one in spoken]
    bars: list[_Bar] = []
    sum_now = 0.0
    for label, weight in steps:
        kind: Kind = "prior" if not bars else "for" if weight >= 0 else "against"
        _add(bars, label, (sum_now, sum_now + weight), kind)
        sum_now += weight
    _add(bars, words["result"].format(chance=chance), (0.0, sum_now), "result")
    return bars


def _add(bars: list[_Bar], words: str, reach: tuple[float, float], kind: Kind) -> None:
    start, end = reach
    lines = tuple(textwrap.wrap(words, WIDEST_LINE, max_lines=MOST_LINES, placeholder="…")) or ("",)
    top = bars[-1].bottom + GAP if bars else 2
    bars.append(_Bar(words, start, end, _tenths(end) - _tenths(start), kind, lines, top))


def _tenths(value: float) -> Decimal:
    return Decimal(repr(float(value))).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _signed(value: Decimal, language: Language) -> str:
    sign = "−" if value < 0 else "+" if value > 0 else ""
    digits = f"{abs(value):.1f}"
    return sign + (digits.replace(".", ",") if language == "es" else digits)


def _described(bars: list[_Bar], language: Language) -> str:
    said = _WORDS[language]["sum"]
    parts = [f"{bars[0].words} {_signed(bars[0].written, language)} bits"]
    for bar in bars[1:-1]:
        total = _signed(_tenths(bar.end), language)
        parts.append(said.format(words=bar.words, bits=_signed(bar.written, language), total=total))
    last = f"{bars[-1].words} ({_signed(bars[-1].written, language)} bits)"
    return "; ".join([*parts, last]) + "."


def _scale(bars: list[_Bar]) -> tuple[float, float]:
    """Lowest value and span in bits; 0, where both answers are as likely, is always inside."""
    ends = [0.0, *(bar.start for bar in bars), *(bar.end for bar in bars)]
    return min(ends), (max(ends) - min(ends)) or 1.0


def _across(value: float, scale: tuple[float, float]) -> float:
    return round(EDGE + (100 - 2 * EDGE) * (value - scale[0]) / scale[1], 3)


def _bar(bar: _Bar, scale: tuple[float, float]) -> str:
    left, right = sorted((_across(bar.start, scale), _across(bar.end, scale)))
    return (
        f'<rect class="km-{bar.kind}" x="{left:g}%" y="{bar.bar_top}" width="{max(right - left, 0.6):g}%" '
        f'height="{BAR}" rx="2" {_LOOKS[bar.kind]}/>'
    )


def _text(bar: _Bar, language: Language) -> str:
    weight = ' font-weight="700"' if bar.kind == "result" else ""
    lines = "".join(
        f'<text x="0" y="{bar.top + LINE * (number + 1) - 5}" {_RIM}{weight}>{escape(line)}</text>'
        for number, line in enumerate(bar.lines)
    )
    return (
        f'{lines}<text class="km-bits" x="100%" y="{bar.top + LINE - 5}" text-anchor="end" {_RIM}{weight}>'
        f"{_signed(bar.written, language)}</text>"
    )


def _joins(bars: list[_Bar], scale: tuple[float, float]) -> list[str]:
    """Thin lines that hand the sum from one bar to the next."""
    return [
        f'<line class="km-join" x1="{_across(above.end, scale):g}%" x2="{_across(above.end, scale):g}%" '
        f'y1="{above.bottom}" y2="{below.bar_top}" stroke="#8C8578"/>'
        for above, below in pairwise(bars)
    ]


def _even(bars: list[_Bar], scale: tuple[float, float], label: str) -> str:
    """The line where both answers are as likely, and its words at the foot."""
    place, bottom = _across(0.0, scale), bars[-1].bottom
    anchor = "start" if place < 30 else "end" if place > 70 else "middle"
    return (
        f'<line class="km-even" x1="{place:g}%" x2="{place:g}%" y1="{bars[0].bar_top}" y2="{bottom + 6}" '
        f'stroke="#1F2933" stroke-width="1.5" stroke-dasharray="2 4"/>'
        f'<text class="km-even-words" x="{place:g}%" y="{bottom + 21}" font-size="13" text-anchor="{anchor}" {_RIM}>'
        f"{escape(label)}</text>"
    )
