"""What the site manager sees of a list: initials and shape. The manager is not a reader."""

import re
import unicodedata

from msgspec import structs

from posada.interop.contents import MaskedRow
from posada.interop.items import FileFacts, ImportedPerson

_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_SPACE = re.compile(r"\s+")
_LONGEST = 28
_SAMPLES = 3


def mask_cell(text: str) -> str:
    """The shape of a cell: "Ana Pérez" is "A… P…", "14/03/1987" is "99/99/9999"."""
    bare = "".join(
        sign for sign in unicodedata.normalize("NFC", text) if not unicodedata.category(sign).startswith("M")
    )
    words = _WORD.sub(lambda found: found[0][0] + ("…" if len(found[0]) > 1 else ""), bare)
    shape = _SPACE.sub(" ", _DIGIT.sub("9", words)).strip()
    return shape if len(shape) <= _LONGEST else shape[: _LONGEST - 1].rstrip() + "…"


def initials(name: str) -> str:
    """ "Ana María Pérez" is "A. M. P."."""
    return " ".join(f"{word[0].upper()}." for word in _WORD.findall(unicodedata.normalize("NFC", name))[:6])


def mask_person(person: ImportedPerson) -> MaskedRow:
    """One person of the file for the preview."""
    name = person.displayed_name() or person.call_name or next(iter(person.other_names), "")
    age = "" if person.age_low is None else mask_cell(str(person.age_low))
    return MaskedRow(
        line=person.line,
        name=initials(name) or "…",
        birth=mask_cell(person.birth) or age,
        origin=initials(person.origin)[:2],
    )


def mask_facts(facts: FileFacts) -> FileFacts:
    """The facts with a few masked samples."""
    samples = tuple(tuple(mask_cell(cell) for cell in row) for row in facts.samples[:_SAMPLES])
    return structs.replace(facts, samples=samples)
