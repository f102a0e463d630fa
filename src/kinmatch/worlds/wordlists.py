"""The lists of words that namings draw from: lines of a naming's own, tables of facts, spellings of one name."""

import csv
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kinmatch.compare.grades import variants
from kinmatch.frequencies import DATA
from kinmatch.sounds import fold

WORLDS = DATA / "worlds"
_HEADS = "yu yo ma key dei yor na wil jo lei yus dai ro eu mi an"
_MIDDLES = ("li", "lei", "ri", "der", "mar", "ne", "sma", "ni", "vi", "ke", "xi", "la", "bel", "di", "")
_TAILS = {"women": "sy mar lis neth na ska lyn dis", "men": "son ber mir ner vis ko"}
# The first spelling (in its own letters), share and year (0: not known) of a name.
Row = tuple[tuple[str, ...], float, float]


class Words(NamedTuple):
    """Names of one kind: m texts, their shares (summing to 1) and the middle year of their fashion; `spellings[i]`
    are the other ways to write name i, or in Latin letters (at least one)."""

    texts: list[str]
    spellings: list[tuple[str, ...]]
    share: npt.NDArray[np.float64]
    year: npt.NDArray[np.float64]


def own_rows(lines: Iterable[str]) -> list[Row]:
    """Rows of lines "share name name=spelling ..."; '_' stands for a blank; the shares sum to 1."""
    found: list[Row] = []
    for line in lines:
        share, *entries = line.split()
        found += [(tuple(e.replace("_", " ") for e in entry.split("=")), float(share), 0.0) for entry in entries]
    return weighted(found, 1.0)


def weighted(rows: list[Row], whole: float) -> list[Row]:
    """The rows with shares that sum to `whole`."""
    total = sum(share for _, share, _ in rows) or 1.0
    return [(spellings, share / total * whole, year) for spellings, share, year in rows]


@cache
def _accents() -> dict[str, str]:
    text = (WORLDS / "accents.txt").read_text(encoding="utf-8")
    plain = str.maketrans("áéíóúü", "aeiouu")
    return {word.translate(plain): word for line in text.splitlines() if line[:1] != "#" for word in line.split()}


def accented(name: str) -> str:
    """A Spanish name as it is properly written: 'gonzalez' -> 'González', 'de la cruz' -> 'De la Cruz'."""
    found = " ".join(_accents().get(word, word) for word in name.split())
    words = [word if word in {"de", "la", "las", "los", "del"} else word.capitalize() for word in found.split()]
    joined = " ".join(words)
    return joined[:1].upper() + joined[1:]


@cache
def table_rows(source: str, kind: str) -> list[Row]:
    """Rows of a table of facts: Spain's by bearers, Venezuela's and Colombia's by their shares ('local'; 'local-given'
    has no surnames)."""
    if source == "local-given" and kind == "surnames":
        return []
    if source == "spain":
        with (WORLDS / "spanish.csv").open(encoding="utf-8") as handle:
            rows = [row for row in csv.DictReader(handle) if row["kind"] == kind]
        spain: list[Row] = [
            (_with_variants(accented(row["name"])), float(row["bearers"]), float(row["year"])) for row in rows
        ]
        return weighted(spain, 1.0)
    lines = (DATA / "names-venezuela-colombia.csv").read_text(encoding="utf-8").splitlines()
    parts = [line.split(",") for line in lines if line.startswith(kind)]
    found = [(name.replace("-", " "), float(share)) for _, share, names in parts for name in names.split()]
    made: list[Row] = [
        (_with_variants(accented(name)), share, 1984.0 if share < 1000 else 1972.0) for name, share in found
    ]
    return weighted(made, 1.0)


@cache
def _spellings() -> dict[int, tuple[str, ...]]:
    """By group of variants.txt, its spellings."""
    groups: dict[int, list[str]] = {}
    for spelling, numbers in variants().items():
        for number in numbers:
            groups.setdefault(number, []).append(spelling.capitalize())
    return {number: tuple(sorted(found)) for number, found in groups.items()}


def _with_variants(name: str) -> tuple[str, ...]:
    groups = variants().get(fold(name), frozenset())
    return (name, *(other for group in sorted(groups) for other in _spellings()[group]))


def with_invented(rows: list[Row], kind: str, share: float) -> list[Row]:
    """The rows, with a share of given names that parents made up."""
    made = {
        f"{head}{middle}{tail}".capitalize()
        for head in _HEADS.split()
        for middle in _MIDDLES
        for tail in _TAILS[kind].split()
    }
    return weighted(rows, 1 - share) + [((text,), share / len(made), 1996.0) for text in sorted(made)]


def words_of(rows: list[Row]) -> Words:
    """The words of rows; a name that comes twice has both shares."""
    merged: dict[str, Row] = {}
    for spellings, share, year in rows:
        _, before, then = merged.get(spellings[0], (spellings, 0.0, year))
        merged[spellings[0]] = (spellings, before + share, then or year)
    texts = list(merged)
    shares = np.array([merged[text][1] for text in texts])
    years = np.array([merged[text][2] or _some_year(text) for text in texts])
    return Words(texts, [merged[text][0][1:] or (text,) for text in texts], shares / max(shares.sum(), 1e-9), years)


def _some_year(text: str) -> float:
    """A middle year for a name of which no fact is known; the same each time."""
    return 1945.0 + sum(ord(letter) * (k + 3) for k, letter in enumerate(text)) % 60
