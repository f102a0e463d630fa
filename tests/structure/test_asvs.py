"""docs/asvs.md: every requirement of levels 1 and 2 of OWASP ASVS 5.0.0 once, with an answer and a test or a reason."""

import re
from collections import Counter
from dataclasses import dataclass

import pytest

from tests.structure import tree

PAGE = tree.ROOT / "docs" / "asvs.md"
# Of each chapter, how many requirements are of level 1 and of level 2, and the highest number of each section:
# OWASP_Application_Security_Verification_Standard_5.0.0_en.csv, released 2025-05-30 (70 and 183, of 345 with level 3).
LEVELS = {
    "V1": (8, 19),
    "V2": (4, 7),
    "V3": (8, 11),
    "V4": (2, 8),
    "V5": (4, 5),
    "V6": (13, 22),
    "V7": (6, 12),
    "V8": (4, 3),
    "V9": (4, 3),
    "V10": (5, 24),
    "V11": (3, 11),
    "V12": (3, 6),
    "V13": (1, 12),
    "V14": (2, 7),
    "V15": (3, 10),
    "V16": (0, 16),
    "V17": (0, 7),
}
# Requirements of level 3 lie between the others: their numbers must not stand in the table.
_LEVEL_3 = """
1.2.10 1.3.12 1.5.3 2.3.5 2.4.2 3.1.1 3.2.3 3.3.5 3.4.7 3.4.8 3.5.6 3.5.7 3.5.8 3.6.1 3.7.3 3.7.4 3.7.5 4.1.4 4.1.5
4.2.2 4.2.3 4.2.4 4.2.5 5.2.4 5.2.5 5.2.6 5.3.3 6.3.5 6.3.6 6.3.7 6.3.8 6.4.5 6.4.6 6.5.6 6.5.7 6.5.8 6.6.4 6.7.1
6.7.2 7.5.3 8.1.3 8.1.4 8.2.4 8.3.2 8.3.3 8.4.2 10.2.3 10.3.5 10.4.12 10.4.13 10.4.14 10.4.15 10.4.16 11.1.3 11.1.4
11.2.4 11.2.5 11.3.4 11.3.5 11.5.2 11.6.2 11.7.1 11.7.2 12.1.4 12.1.5 12.3.5 13.1.2 13.1.3 13.1.4 13.2.6 13.3.3
13.3.4 13.4.6 13.4.7 14.2.5 14.2.6 14.2.7 14.2.8 15.1.4 15.1.5 15.2.4 15.2.5 15.4.1 15.4.2 15.4.3 15.4.4 16.5.4
17.1.2 17.2.5 17.2.6 17.2.7 17.2.8
"""
LEVEL_3 = frozenset(_LEVEL_3.split())
ALL = 345
ANSWERS = ("holds", "does not arise", "falls short")
LINE = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (.+?) \| (.+) \|$", re.MULTILINE)
COUNT = re.compile(r"^\| (V\d+|all)\b[^|]*\| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)
TEST = re.compile(r"`((?:src|tests)/[\w./-]+\.py)::(test_\w+)`")
RULE = re.compile(r"\b[Rr]ule ([a-z-]+)")


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement and its answer."""

    number: str
    level: int
    asks: str
    answer: str
    why: str

    @property
    def chapter(self) -> str:
        """V1 to V17."""
        return f"V{self.number.partition('.')[0]}"


@pytest.fixture(scope="module")
def text() -> str:
    return PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def lines(text: str) -> list[Line]:
    return [
        Line(number, int(level), asks, answer, why.strip()) for number, level, asks, answer, why in LINE.findall(text)
    ]


def test_every_requirement_of_levels_1_and_2_stands_there_once(lines: list[Line]) -> None:
    numbers = [line.number for line in lines]
    assert sorted(numbers) == sorted(set(numbers))
    held = Counter((line.chapter, line.level) for line in lines)
    assert {name: (held[name, 1], held[name, 2]) for name in LEVELS} == LEVELS
    assert set(numbers) & LEVEL_3 == set()
    assert len(numbers) + len(LEVEL_3) == ALL


def test_with_level_3_the_numbers_of_every_section_have_no_gap(lines: list[Line]) -> None:
    """A number invented or mistyped would leave a hole, or stand beyond the end of its section."""
    sections: dict[str, set[int]] = {}
    for number in [*(line.number for line in lines), *LEVEL_3]:
        section, _dot, place = number.rpartition(".")
        sections.setdefault(section, set()).add(int(place))
    assert {name for name, places in sections.items() if places != set(range(1, len(places) + 1))} == set()


def test_every_line_has_an_answer_and_a_test_or_a_reason(lines: list[Line]) -> None:
    assert {line.answer for line in lines} <= set(ANSWERS)
    assert [line.number for line in lines if not (line.asks and line.why)] == []
    without_words = [
        line.number for line in lines if line.answer != "holds" and not TEST.sub("", line.why).strip(" ,.")
    ]
    assert without_words == []


def test_the_tests_and_rules_that_it_names_exist(lines: list[Line]) -> None:
    rules = (tree.ROOT / "tools" / "scan" / "rules.yaml").read_text(encoding="utf-8")
    named = [(line.number, *found) for line in lines for found in TEST.findall(line.why)]
    assert len(named) > 100
    sources = {path: (tree.ROOT / path) for _number, path, _test in named}
    assert {path for path, file in sources.items() if not file.is_file()} == set()
    bodies = {path: file.read_text(encoding="utf-8") for path, file in sources.items()}
    assert [row for row in named if f"def {row[2]}(" not in bodies[row[1]]] == []
    spoken = {rule for line in lines for rule in RULE.findall(line.why)}
    assert {rule for rule in spoken if f"- id: {rule}\n" not in rules} == set()
    assert len(spoken) > 3


def test_its_counts_are_true(text: str, lines: list[Line]) -> None:
    said = {name: tuple(map(int, counts)) for name, *counts in COUNT.findall(text)}
    assert set(said) == {*LEVELS, "all"}
    for name, counts in said.items():
        own = [line for line in lines if name in {"all", line.chapter}]
        levels = [sum(line.level == level for line in own) for level in (1, 2)]
        answers = [sum(line.answer == answer for line in own) for answer in ANSWERS]
        assert counts == (*levels, *answers), name


def test_whatever_falls_short_is_named_at_the_top(text: str, lines: list[Line]) -> None:
    top = text.split("## What falls short")[1].split("\n## ")[0]
    for level in (1, 2):
        said = top.split(f"**Level {level}** ")[1].split("\n\n")[0]
        short = [line.number for line in lines if line.answer == "falls short" and line.level == level]
        assert re.findall(r"\b\d+\.\d+\.\d+\b", said) == short
        assert said.startswith(f"({len(short)}): ")
    short_ones = {line.number for line in lines if line.answer == "falls short"}
    assert set(re.findall(r"\b\d+\.\d+\.\d+\b", top)) == short_ones
