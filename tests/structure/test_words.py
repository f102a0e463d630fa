"""Every word that people read stands in Spanish and in English."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.structure import tree

CATALOGUES = sorted(tree.POSADA.glob("*/locale/es/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]")


def test_there_is_a_catalogue_for_each_room_with_pages() -> None:
    rooms = {path.relative_to(tree.POSADA).parts[0] for path in tree.pages()}
    assert rooms <= {path.relative_to(tree.POSADA).parts[0] for path in CATALOGUES}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(tree.POSADA).parts[0])
def test_every_word_is_translated(path: Path) -> None:
    catalogue = polib.pofile(str(path))
    missing = [entry.msgid for entry in catalogue.untranslated_entries() if not entry.obsolete]
    fuzzy = [entry.msgid for entry in catalogue.fuzzy_entries()]
    assert not missing
    assert not fuzzy


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(tree.POSADA).parts[0])
def test_placeholders_survive_translation(path: Path) -> None:
    for entry in polib.pofile(str(path)):
        wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text and not entry.msgid_plural:
                assert set(PLACEHOLDER.findall(text)) == wanted, entry.msgid


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed")
@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(tree.POSADA).parts[0])
def test_no_word_of_the_sources_is_missing_from_the_catalogue(path: Path, tmp_path: Path) -> None:
    room = path.parents[3]
    copy = tmp_path / room.name
    shutil.copytree(room, copy, ignore=shutil.ignore_patterns("*.mo", "__pycache__", "tests"))
    admin = Path(sys.executable).with_name("django-admin")
    subprocess.run(
        [str(admin), "makemessages", "-l", "es", "--no-location", "--no-obsolete", "-v", "0"],
        cwd=copy,
        check=True,
        env={"PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "posada.config.settings_test"},
    )
    fresh = {entry.msgid for entry in polib.pofile(str(copy / "locale/es/LC_MESSAGES/django.po"))}
    assert fresh - {entry.msgid for entry in polib.pofile(str(path))} == set()


def test_a_word_reads_the_same_in_every_room() -> None:
    # The rooms' catalogues are merged into one at run time: of two translations only the last would be seen.
    said: dict[str, set[str]] = {}
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            if not entry.msgid_plural and not entry.msgctxt:
                said.setdefault(entry.msgid, set()).add(entry.msgstr)
    assert not {word: texts for word, texts in said.items() if len(texts) > 1}


def test_words_are_marked_only_by_names_that_are_collected() -> None:
    # xgettext collects `_` and the functions' own names; under another name a word would stay English for everybody.
    other = re.compile(r"import .*\bn?p?gettext(?:_lazy)? as (?!_\b)\w+")
    assert other.search("from django.utils.translation import gettext as _t")
    assert not [tree.name(path) for path in tree.python_files() if other.search(path.read_text(encoding="utf-8"))]
