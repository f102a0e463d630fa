"""No word of the product speaks of having served: a field that says it is itself the danger.

Looked at are all sources, pages, catalogues, data and pictures of the product (not its tests) and the world of the
demonstration: names of fields, choices, acts and columns, and the words on screens in both languages.
"""

import re
from pathlib import Path

import polib
import pytest
from django.apps import apps

from posada.accounts.acts import Act
from posada.records.contents import Content
from tests.structure import tree

SUFFIXES = {".py", ".html", ".po", ".toml", ".js", ".css", ".svg", ".csv", ".txt", ".json"}
# Whole words, or their beginnings (*), in Spanish and English, without accents.
WORDS = (
    "army armies militar* soldier* soldado* ejercito* deserter* desertor* desert* ex-militar* exmilitar* veteran* "
    "guardia guardias regiment* regimiento* battalion* batallon* brigad* peloton* platoon* squad escuadron* tropa* "
    "troop* sargento* sergeant* teniente* lieutenant* capitan captain* coronel* colonel* comandante* combatant* "
    "combatiente* uniformad* conscript* recluta* enlist* cuartel* barracks officer_rank army_unit service_number "
    "armed_force* fuerza_armada fuerzas_armadas force_served served_in rango_militar"
)
PATTERN = re.compile(
    r"(?<![^\W_])(" + "|".join(word.replace("*", r"\w*") for word in WORDS.split()) + r")(?![^\W_])", re.IGNORECASE
)
# Too common in sentences and in programs, but never the name of what is kept.
FIELD_WORDS = {
    *("rank", "unit", "force", "service", "served", "veteran"),
    *("rango", "grado", "unidad", "fuerza", "servicio"),
}
NEVER_TOLD = "An enquiry by an army is refused at the door; these lines say so, and speak of who asks."
ALLOWED = {
    "src/posada/family/forms/requests.py": {"army"},
    "src/posada/family/services/requests.py": {"army"},
    "src/posada/family/templates/family/_promise.html": {"army"},
    "src/posada/family/templates/family/enquiry_refused.html": {"armies"},
    "src/posada/family/templates/family/outside/not_here.html": {"armies"},
    "src/posada/family/locale/es/LC_MESSAGES/django.po": {"army", "armies", "ejercito", "ejercitos"},
    "src/posada/oversight/rules/words.py": {"army"},
    "src/posada/oversight/locale/es/LC_MESSAGES/django.po": {"army", "ejercito"},
}
# The words that a message is warned of before it goes: read by `family.rules.dangers`, never kept and never shown.
WARNED_OF = "src/posada/family/sentences/dangers.toml"
ACCENTS = str.maketrans("áéíóúüñ", "aeiouun")


def _files() -> list[Path]:
    roots = (tree.POSADA, tree.ROOT / "tools" / "demo")
    files = [path for root in roots for path in sorted(root.rglob("*")) if path.suffix in SUFFIXES and path.is_file()]
    return [path for path in files if "tests" not in path.relative_to(tree.ROOT).parts]


def words_in(text: str) -> set[str]:
    """Which of the words stand in a text, in small letters and without accents."""
    return {hit[0] for hit in PATTERN.finditer(text.lower().translate(ACCENTS))}


def test_no_source_page_or_catalogue_speaks_of_having_served() -> None:
    found = {tree.name(path): words_in(path.read_text(encoding="utf-8")) for path in _files()}
    assert found.pop(WARNED_OF)
    assert len(found) > 200
    beside = {name: words - ALLOWED.get(name, set()) for name, words in found.items()}
    assert {name: words for name, words in beside.items() if words} == {}
    assert {name for name, words in found.items() if words} == set(ALLOWED), NEVER_TOLD


def _names() -> dict[str, list[str]]:
    """The names of all columns, sealed fields and acts, and the words of their choices."""
    found: dict[str, list[str]] = {"acts": [act.value for act in Act]}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            choices = [str(part) for pair in getattr(field, "flatchoices", []) for part in pair]
            found[f"{model.__name__}.{field.name}"] = [field.name, *choices]
    kinds: list[type[Content]] = list(Content.__subclasses__())
    for kind in kinds:
        kinds += kind.__subclasses__()
        found[kind.__name__] = [*kind.__struct_fields__, kind.KIND]
    return found


def test_no_column_sealed_field_act_or_choice_speaks_of_it() -> None:
    names = _names()
    assert len(names) > 150
    for where, words in names.items():
        parts = {part for word in words for part in re.split(r"[\W_]+", word.lower())}
        assert not words_in(" ".join(words)), where
        assert not parts & FIELD_WORDS, where


def test_every_catalogue_speaks_of_armies_only_as_who_asks() -> None:
    said = [
        entry.msgid
        for path in tree.POSADA.glob("*/locale/es/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(path))
        if words_in(f"{entry.msgid} {entry.msgstr}")
    ]
    assert all("State" in line or "army" in line.lower() for line in said)
    assert 1 <= len(said) <= 6, said


@pytest.mark.parametrize(
    "sample",
    ["is_deserter = True", "Sirvió en el Ejército", "rank: sargento", "ex-militar", "class MilitaryUnit", "Guardia"],
)
def test_the_search_finds_such_words(sample: str) -> None:
    assert words_in(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", sample))
