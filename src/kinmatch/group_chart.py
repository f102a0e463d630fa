"""Quality by group as rows of a picture: the best F1 as a bar, precision and recall at 95 % as marks on it."""

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from kinmatch.evaluation import Evaluation
from kinmatch.evidence import Language

LEFT, TRACK, ROW, HEAD = 230, 300, 24, 40
LONGEST_LABEL = 30
_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "title": "By group",
        "f1": "best F1",
        "precision": "precision at 0.95",
        "recall": "recall at 0.95",
        "pairs": "{pairs} true pairs",
        "row": "{group} ({pairs}): best F1 {f1}, precision {precision} and recall {recall} at 0.95",
    },
    "es": {
        "title": "Por grupos",
        "f1": "mejor F1",
        "precision": "precisión con 0,95",
        "recall": "exhaustividad con 0,95",
        "pairs": "{pairs} pares verdaderos",
        "row": "{group} ({pairs}): mejor F1 {f1}, precisión {precision} y exhaustividad {recall} con 0,95",
    },
}
_IN_SPANISH = {
    "script": "alfabeto",
    "sex": "sexo",
    "age": "edad",
    "name": "nombre",
    "profile": "perfil de nombres",
    "women": "mujeres",
    "men": "hombres",
    "mixed": "de dos grupos",
    "unknown": "sin dato",
    "several": "varios",
    "60 and more": "60 y más",
    "Latin": "latino",
    "Cyrillic": "cirílico",
    "Arabic": "árabe",
    "Greek": "griego",
    "one word": "una palabra",
    "a whole name": "nombre entero",
    "no surname": "sin apellido",
    "one surname": "un apellido",
    "two surnames or more": "dos apellidos o más",
}

Groups = Mapping[str, Mapping[str, Evaluation]]


class Drawn(NamedTuple):
    """A part of a picture, its height in pixels, and the same in words."""

    markup: str
    height: int
    told: str


def draw_groups(groups: Groups, top: int, language: Language) -> Drawn:
    """The rows of all groupings from `top` downwards; groups without a true pair are left out."""
    words, parts, told, line = _WORDS[language], [], [], top + HEAD
    parts.append(f'<text x="12" y="{top + 18}" font-weight="700">{escape(words["title"])}</text>')
    parts.append(_legend(top, words))
    for name, members in groups.items():
        shown = {group: one for group, one in members.items() if one.truths}
        if not shown:
            continue
        parts.append(f'<text x="12" y="{line + 16}" font-weight="700">{escape(_said(name, language))}</text>')
        line += ROW
        for group, one in shown.items():
            parts.append(_row(_said(group, language), one, line))
            told.append(_in_words(f"{_said(name, language)}: {_said(group, language)}", one, words))
            line += ROW
        line += ROW // 3
    return Drawn("".join(parts), line + 12 - top, "; ".join(told))


def _said(word: str, language: Language) -> str:
    found = _IN_SPANISH.get(word, word) if language == "es" else word
    return found if len(found) <= LONGEST_LABEL else f"{found[: LONGEST_LABEL - 1]}…"


def _figures(one: Evaluation) -> tuple[float, float, float]:
    """Best F1, precision and recall at 0.95."""
    sure = one.at(0.95)
    return one.best.f1, sure.precision, sure.recall


def _in_words(group: str, one: Evaluation, words: dict[str, str]) -> str:
    f1, precision, recall = (f"{share:.3f}" for share in _figures(one))
    pairs = words["pairs"].format(pairs=one.truths)
    return words["row"].format(group=group, pairs=pairs, f1=f1, precision=precision, recall=recall)


def _row(label: str, one: Evaluation, top: int) -> str:
    f1, precision, recall = _figures(one)
    middle = top + ROW / 2
    figures = f"{f1:.2f}  {precision:.2f}  {recall:.2f}  ({one.truths})"
    return (
        f'<text x="24" y="{middle + 4:g}">{escape(label)}</text>'
        f'<rect x="{LEFT}" y="{top + 5}" width="{TRACK}" height="{ROW - 10}" fill="#EFECE6"/>'
        f'<rect class="km-f1" x="{LEFT}" y="{top + 5}" width="{TRACK * f1:.1f}" height="{ROW - 10}" fill="#A9CBC8"/>'
        f"{_precision(LEFT + TRACK * precision, middle)}{_recall(LEFT + TRACK * recall, middle)}"
        f'<text x="{LEFT + TRACK + 12}" y="{middle + 4:g}" xml:space="preserve">{figures}</text>'
    )


def _precision(across: float, middle: float) -> str:
    return f'<circle class="km-precision" cx="{across:.1f}" cy="{middle:g}" r="5" fill="#173F42"/>'


def _recall(across: float, middle: float) -> str:
    ring = 'fill="#FFFFFF" stroke="#9B2C2C" stroke-width="2.5"'
    return f'<circle class="km-recall" cx="{across:.1f}" cy="{middle:g}" r="4.5" {ring}/>'


def _legend(top: int, words: dict[str, str]) -> str:
    middle = top + 13.5
    return (
        f'<rect x="{LEFT}" y="{top + 7}" width="14" height="13" fill="#A9CBC8"/>'
        f'<text x="{LEFT + 20}" y="{top + 18}">{escape(words["f1"])}</text>'
        f"{_precision(LEFT + 105, middle)}"
        f'<text x="{LEFT + 116}" y="{top + 18}">{escape(words["precision"])}</text>'
        f"{_recall(LEFT + 260, middle)}"
        f'<text x="{LEFT + 271}" y="{top + 18}">{escape(words["recall"])}</text>'
    )
