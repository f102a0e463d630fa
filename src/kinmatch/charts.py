"""An evaluation as a picture: precision over recall, and what was promised beside what came true."""

from html import escape
from typing import NamedTuple

from kinmatch.evaluation import Evaluation
from kinmatch.evidence import Language
from kinmatch.group_chart import Drawn, Groups, draw_groups

SIDE, EDGE, TOP = 300, 46, 40
WIDTH, HEIGHT = 2 * SIDE + 3 * EDGE, SIDE + TOP + 50
_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "title": "Quality of {pairs} pairs against {truths} true ones",
        "curve": "Precision over recall",
        "recall": "recall: share of the true pairs that were found",
        "precision": "precision",
        "calibration": "Promised and come true",
        "promised": "probability that was promised",
        "true": "share that came true",
        "best": "best F1 {f1} at {threshold}: precision {precision}, recall {recall}",
        "band": "promised {promised}, came true {true} of {pairs}",
    },
    "es": {
        "title": "Calidad de {pairs} pares frente a {truths} verdaderos",
        "curve": "Precisión según la exhaustividad",
        "recall": "exhaustividad: parte de los pares verdaderos encontrada",
        "precision": "precisión",
        "calibration": "Lo prometido y lo cumplido",
        "promised": "probabilidad prometida",
        "true": "parte que se cumplió",
        "best": "mejor F1 {f1} con {threshold}: precisión {precision}, exhaustividad {recall}",
        "band": "prometido {promised}, cumplido {true} de {pairs}",
    },
}


class _Panel(NamedTuple):
    """A square for shares from 0 to 1, with its left edge in pixels."""

    left: int

    def at(self, across: float, up: float) -> str:
        return f"{self.left + across * SIDE:.1f},{TOP + (1 - up) * SIDE:.1f}"


def evaluation_svg(evaluation: Evaluation, language: Language = "en", groups: Groups | None = None) -> str:
    """The evaluation, and below it that of groups, as one `<svg>` element with its text alternative; no style, no
    script, readable in grey."""
    words = _WORDS[language]
    found = max((one.found for one in evaluation.curve), default=0)
    title = words["title"].format(pairs=found, truths=evaluation.truths)
    left, right = _Panel(EDGE), _Panel(2 * EDGE + SIDE)
    below = draw_groups(groups, HEIGHT, language) if groups else Drawn("", 0, "")
    told = " ".join(part for part in (_described(evaluation, words), below.told) if part)
    tall = HEIGHT + below.height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="km-evaluation" lang="{language}" role="img" '
        f'viewBox="0 0 {WIDTH} {tall}" width="{WIDTH}" height="{tall}" font-family="sans-serif" font-size="13" '
        f'fill="#1F2933"><title>{escape(title)}</title><desc>{escape(told)}</desc>'
        f"{_frame(left, words['curve'], words['recall'], words['precision'])}{_curve(evaluation, left)}"
        f"{_frame(right, words['calibration'], words['promised'], words['true'])}{_calibration(evaluation, right)}"
        f"{below.markup}"
        "</svg>"
    )


def _described(evaluation: Evaluation, words: dict[str, str]) -> str:
    best = evaluation.best
    said = words["best"].format(
        f1=f"{best.f1:.3f}",
        threshold=f"{best.threshold:g}",
        precision=f"{best.precision:.3f}",
        recall=f"{best.recall:.3f}",
    )
    bands = [
        words["band"].format(promised=f"{band.promised:.3f}", true=f"{band.true:.3f}", pairs=band.pairs)
        for band in evaluation.bands
    ]
    return "; ".join([said, *bands]) + "."


def _frame(panel: _Panel, title: str, across: str, up: str) -> str:
    marks = "".join(_mark(panel, tenth / 10) for tenth in range(0, 11, 2))
    middle = panel.left + SIDE / 2
    return (
        f'<text x="{panel.left}" y="16" font-weight="700">{escape(title)}</text>{marks}'
        f'<text x="{middle:g}" y="{TOP + SIDE + 36}" text-anchor="middle">{escape(across)}</text>'
        f'<text x="{panel.left}" y="{TOP - 7}" font-size="12">{escape(up)}</text>'
        f'<rect x="{panel.left}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#1F2933"/>'
    )


def _mark(panel: _Panel, share: float) -> str:
    across, up = panel.left + share * SIDE, TOP + (1 - share) * SIDE
    return (
        f'<line x1="{across:g}" x2="{across:g}" y1="{TOP}" y2="{TOP + SIDE}" stroke="#D5D0C6"/>'
        f'<line x1="{panel.left}" x2="{panel.left + SIDE}" y1="{up:g}" y2="{up:g}" stroke="#D5D0C6"/>'
        f'<text x="{across:g}" y="{TOP + SIDE + 16}" text-anchor="middle" font-size="11">{share:g}</text>'
        f'<text x="{panel.left - 5}" y="{up + 4:g}" text-anchor="end" font-size="11">{share:g}</text>'
    )


def _curve(evaluation: Evaluation, panel: _Panel) -> str:
    points = " ".join(panel.at(one.recall, one.precision) for one in evaluation.curve)
    best = evaluation.best
    across, up = panel.at(best.recall, best.precision).split(",")
    return (
        f'<polyline class="km-curve" points="{points}" fill="none" stroke="#2F7F7A" stroke-width="2.5"/>'
        f'<circle class="km-best" cx="{across}" cy="{up}" r="5" fill="#FFFFFF" stroke="#9B2C2C" stroke-width="2"/>'
    )


def _calibration(evaluation: Evaluation, panel: _Panel) -> str:
    points = [panel.at(band.promised, band.true) for band in evaluation.bands]
    joined = " ".join(points)
    dots = "".join(
        f'<circle class="km-band" cx="{across}" cy="{up}" r="4" fill="#173F42"/>'
        for across, up in (point.split(",") for point in points)
    )
    return (
        f'<polyline points="{panel.at(0, 0)} {panel.at(1, 1)}" fill="none" stroke="#1F2933" stroke-dasharray="2 4"/>'
        f'<polyline class="km-promised" points="{joined}" fill="none" stroke="#2F7F7A" stroke-width="2.5"/>'
        f"{dots}"
    )
