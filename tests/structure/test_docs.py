"""What is written about the project is true: commands, targets, rooms, links and tests that the pages name do exist."""

import os
import re
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from django.urls import resolve

from kinmatch.commands import main as kinmatch
from posada.config.commands import main as posada
from tests.structure import tree

DOCS = tree.ROOT / "docs"
README = tree.ROOT / "README.md"
PAGES = sorted([*tree.ROOT.glob("*.md"), *DOCS.rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
NAMED_FILE = re.compile(r"`((?:src|tests|tools|docs|bench|requirements)/[\w./-]+\.\w+)(?:::(\w+))?`")
TARGET = re.compile(r"^([a-z-]+):.*## ", re.MULTILINE)
ROOM = re.compile(r"^\| `(\w+)` \| (yes|not yet) \| \S", re.MULTILINE)
ADDRESS = re.compile(r"`(/[a-z<>/-]*/|/)`")
COLUMNS_OF_A_TERM = 3


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _subcommands(command: click.Command, name: str) -> Iterator[str]:
    """The full names of all subcommands: "posada staff add"; a group is named by what is in it."""
    if not isinstance(command, click.Group):
        yield name
        return
    with click.Context(command) as context:
        for part in command.list_commands(context):
            found = command.get_command(context, part)
            assert found is not None
            yield from _subcommands(found, f"{name} {part}")


def _rows(text: str) -> list[list[str]]:
    """The cells of every table row but headings and rules."""
    found = []
    rows = text.splitlines()
    for place, line in enumerate(rows):
        if not line.startswith("|") or set(line) <= set("| -:"):
            continue
        if place + 1 < len(rows) and rows[place + 1].startswith("| ---"):
            continue
        found.append([cell.strip() for cell in line.strip().strip("|").split("|")])
    return found


@pytest.mark.parametrize("name", ["posada", "kinmatch"])
def test_every_subcommand_stands_in_the_readme(name: str) -> None:
    wanted = set(_subcommands({"posada": posada, "kinmatch": kinmatch}[name], name))
    assert len(wanted) > 5
    assert {command for command in wanted if command not in _text(README)} == set()


def test_every_target_stands_in_make_help_and_in_the_pages() -> None:
    makefile = _text(tree.ROOT / "Makefile")
    phony = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split())
    assert phony == set(TARGET.findall(makefile))
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", "--no-print-directory", "help"]
    shown = subprocess.run(command, cwd=tree.ROOT, check=True, capture_output=True, text=True, env=plain)
    assert {line.split()[0] for line in shown.stdout.splitlines()} == phony
    pages = _text(README) + _text(tree.ROOT / "CONTRIBUTING.md")
    assert {target for target in phony if f"make {target}" not in pages} == set()


def test_the_two_commands_come_first_in_the_readme() -> None:
    first_block = _text(README).split("```")[1]
    assert [line for line in first_block.splitlines() if line.startswith("make ")][:2] != []
    assert "make demo" in first_block
    assert "make test" in first_block


def test_the_map_marks_every_room_as_it_is() -> None:
    marked = dict(ROOM.findall(_text(DOCS / "map.md")))
    standing = {path.parent.name for path in tree.POSADA.glob("*/__init__.py")}
    assert {room for room, mark in marked.items() if mark == "yes"} == standing
    assert {room for room, mark in marked.items() if mark == "not yet"} & standing == set()


@pytest.mark.parametrize("page", PAGES, ids=tree.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    targets = [link.partition("#")[0] for link in LINK.findall(_text(page))]
    inside = [target for target in targets if target and not re.match(r"[a-z]+:", target)]
    assert [target for target in inside if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=tree.name)
def test_every_file_and_test_that_a_page_names_exists(page: Path) -> None:
    missing = []
    for name, test in NAMED_FILE.findall(_text(page)):
        path = tree.ROOT / name
        if "<" not in name and (not path.is_file() or (test and f"def {test}(" not in _text(path))):
            missing.append(f"{name}::{test}" if test else name)
    assert missing == []


def test_every_address_of_the_origin_answers() -> None:
    addresses = set(ADDRESS.findall(_text(DOCS / "origin.md")))
    assert len(addresses) > 10
    for address in addresses:
        filled = address.replace("<number>", "26040").replace("<id>", str(uuid.UUID(int=1)))
        assert resolve(filled).func is not None, address


def test_every_decision_is_listed_and_short() -> None:
    folder = DOCS / "decisions"
    decisions = sorted(folder.glob("[0-9]*.md"))
    listed = LINK.findall(_text(folder / "README.md"))
    assert [path.name for path in decisions] == sorted(set(listed))
    assert {path.name: lines for path in decisions if (lines := len(_text(path).splitlines())) > 40} == {}
    for path in decisions:
        for part in ("**Context.**", "**Decision.**", "**Consequences.**"):
            assert part in _text(path), path.name


def test_every_term_has_its_two_names_and_a_meaning() -> None:
    terms = _rows(_text(DOCS / "glossary.md"))
    assert len(terms) > 50
    assert [row for row in terms if len(row) != COLUMNS_OF_A_TERM or not all(row)] == []


def test_every_term_stands_once() -> None:
    english = [row[0].casefold() for row in _rows(_text(DOCS / "glossary.md"))]
    assert sorted(english) == sorted(set(english))


def test_the_glossary_has_every_role_and_compartment() -> None:
    english = {row[0].casefold() for row in _rows(_text(DOCS / "glossary.md"))}
    roles = {"desk", "caseworker", "tracing officer", "lawyer", "site manager", "auditor"}
    assert roles <= english


def test_no_page_names_a_path_of_some_machine() -> None:
    found = [tree.name(page) for page in PAGES if re.search(r"(^|[\s`(])/(home|work|root|Users)/", _text(page))]
    assert found == []
