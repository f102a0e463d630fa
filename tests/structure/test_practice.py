"""Every rule of practice that binds the family room stands on its page, with tests that name it and that run."""

import ast
import re

import pytest

from tests.structure import tree

PAGE = tree.ROOT / "docs" / "practice.md"
NAMED = re.compile(r"`([\w./-]+\.py)::(\w+)`")
RULES = {
    "Relatives left behind": (
        "My people",
        "The deadliest list",
        "The first call",
        "A human voice",
        "Coerced relatives",
        "Harm to a relative",
        "The press",
    ),
    "Family links": (
        "1 A match is a proposal",
        "2 Nothing before consent",
        "3 The found person chooses",
        "4 Kin are checked both ways",
        "5 No public search",
        "6 A person relays contact",
        "7 A third party's number",
        "8 Sightings and deaths",
        "9 Erased stays erased",
        '10 "I am not missing"',
        "11 Warnings advise",
        "12 A minor's place",
        "13 Who is refused",
        '14 After "found"',
        "15 A purpose has an end",
        "16 One sentence",
        "Words of a request",
        "Likely means likely",
    ),
    "Protection, as far as the family room touches it": (
        "Keep little",
        "The consequence, never the label",
        "Consent per purpose",
        "A mark with a witness",
        "In private",
        "Never an authority by itself",
        "Numbers mean nothing",
        "Against who acts as a user",
    ),
}


def _sections() -> dict[str, list[list[str]]]:
    """The rows of each section's table: title, our words, tests."""
    found: dict[str, list[list[str]]] = {}
    for part in PAGE.read_text(encoding="utf-8").split("\n## ")[1:]:
        rows = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("| ")]
        found[part.splitlines()[0]] = [[cell.strip() for cell in row] for row in rows[2:]]
    return found


def _has_test(path: str, name: str) -> bool:
    """Whether a file holds a test of that name which is run: a function of the module, not skipped."""
    source = (tree.ROOT / path).read_text(encoding="utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            marks = " ".join(ast.unparse(mark) for mark in node.decorator_list)
            return name.startswith("test_") and not re.search(r"\.(skip|xfail)\b", marks)
    return False


def test_every_rule_stands_on_the_page_once_and_in_order() -> None:
    assert {title: tuple(row[0] for row in rows) for title, rows in _sections().items()} == RULES


@pytest.mark.parametrize("section", list(RULES))
def test_every_rule_says_itself_and_names_tests_that_run(section: str) -> None:
    for title, words, tests in _sections()[section]:
        named = NAMED.findall(tests)
        assert words, title
        assert named, title
        assert tests == ", ".join(f"`{path}::{name}`" for path, name in named), title
        assert [f"{path}::{name}" for path, name in named if not _has_test(path, name)] == [], title


def test_a_test_that_is_not_there_or_does_not_run_is_found() -> None:
    here = "tests/structure/test_practice.py"
    assert _has_test(here, "test_every_rule_stands_on_the_page_once_and_in_order")
    assert not _has_test(here, "test_that_nobody_wrote")
    assert not _has_test(here, "_sections")
