import re
from pathlib import Path

import polib
import pytest
from django.utils import translation

from posada.interop.items import FileNote, FileProblem, RowProblem
from posada.interop.messages import FIELDS, FILES, REMARKS, ROWS, reason, sentence
from posada.interop.sheets.fields import Field

_ROOM = Path(__file__).resolve().parents[1]
_CODE = re.compile(
    r'(?:Refusal|BadValueError|_problem|self\._add|FileNote|FileProblem|RowProblem)\(\s*(?:code=)?"([a-z_]+)"'
)


def _codes_in_the_sources() -> set[str]:
    paths = [path for path in _ROOM.rglob("*.py") if "tests" not in path.parts and path.name != "validate.py"]
    return {code for path in paths for code in _CODE.findall(path.read_text(encoding="utf-8"))}


def _marks(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)[sd]", text))


def test_every_code_has_a_sentence() -> None:
    codes = _codes_in_the_sources()
    assert len(codes) > 40
    assert codes - set(FILES) - set(ROWS) - set(REMARKS) == set()


def test_every_sentence_is_in_spanish_with_the_same_values() -> None:
    entries = {entry.msgid: entry for entry in polib.pofile(str(_ROOM / "locale/es/LC_MESSAGES/django.po"))}
    with translation.override(None):
        sources = [str(text) for table in (FILES, ROWS, REMARKS, FIELDS) for text in table.values()]
    for english in sources:
        assert english in entries, english
        assert entries[english].msgstr, english
        assert not entries[english].fuzzy
        assert _marks(entries[english].msgstr) == _marks(english)


@pytest.mark.parametrize("code", sorted(ROWS))
def test_a_sentence_about_a_row_says_where(code: str) -> None:
    params: dict[str, str | int] = {
        "years": 125,
        "year": "1987",
        "most": 9,
        "first_line": 2,
        "cells": 3,
        "columns": 2,
        "domain": "a.org",
    }
    problem = RowProblem(code=code, line=7, column="edad", params=params)
    with translation.override("en"):
        assert sentence(problem).startswith("Line 7, column “edad”: ")
        assert reason(problem) in sentence(problem)


def test_sentences_about_files_and_remarks_are_whole() -> None:
    with translation.override("en"):
        assert "line 3" in sentence(FileProblem(code="text_has_nul", line=3))
        assert "cp1252" in sentence(FileNote(code="encoding_guessed", params={"encoding": "cp1252"}))


def test_every_meaning_of_a_column_has_words() -> None:
    assert set(FIELDS) == set(Field)
