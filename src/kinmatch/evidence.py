"""Evidence in words: what was compared, how it agrees, and what that weighs."""

import tomllib
from functools import cache
from typing import Literal

import msgspec

from kinmatch.compare.corrections import FieldResult
from kinmatch.frequencies import DATA
from kinmatch.records import Described
from kinmatch.weights import Weights

Language = Literal["es", "en"]
Sign = Literal["same", "near", "different", "blank"]
LONGEST_QUOTE = 80

_KINDS = {
    "sex": "sex",
    "birth_date": "date",
    "birth_place": "place",
    "place": "place",
    "relatives": "people",
    "phone": "number",
    "document": "number",
    "family": "family",
    "kin": "kin",
}
# Levels that have a name of their own, and what has no two sides to quote.
_NAMED = frozenset({"namesake", "counter"})
_WITHOUT_SIDES = frozenset({"family", "kin"})
_SAME = frozenset({"same", "fewer", "month_fits", "year_fits", "age_fits"})
_DIFFERENT = frozenset({"different", "far", "parent_against", "instead", "wrong_age", "related"})


@cache
def _phrases() -> dict[str, dict[str, dict[str, list[str]]]]:
    found: dict[str, dict[str, dict[str, list[str]]]] = tomllib.loads(
        (DATA / "phrases.toml").read_text(encoding="utf-8")
    )
    return found


@cache
def _words(section: Literal["fields", "levels"]) -> dict[str, dict[str, str]]:
    return {language: {k: str(v) for k, v in parts[section].items()} for language, parts in _phrases().items()}


class Evidence(msgspec.Struct, frozen=True):
    """One field's part in a weight. `left` and `right` are the words as written; `weight` is in bits (log2
    odds)."""

    field: str
    level: str
    weight: float
    left: str
    right: str

    @property
    def sign(self) -> Sign:
        """'same', 'near', 'different', or 'blank' when one side says nothing."""
        if self.level == "blank":
            return "blank"
        if self.level in _SAME:
            return "same"
        return "different" if self.level in _DIFFERENT else "near"

    def label(self, language: Language = "es") -> str:
        """The field's name in words."""
        return _words("fields")[language][self.level if self.level in _NAMED else self.field]

    def brief(self, language: Language = "es") -> str:
        """The field and how it agrees, in a few words that quote neither side."""
        if self.field == "family" or self.level in _NAMED:
            return self.label(language)
        return f"{self.label(language)}: {_words('levels')[language].get(self.level, self.level)}"

    def sentence(self, language: Language = "es") -> str:
        """The evidence as a sentence that quotes both sides; only for those who may read both."""
        said = self._said(language)
        if not said:
            return ""
        words = said[0].format(left=_quoted(self.left), right=_quoted(self.right))
        return f"{self.label(language)}: {words}."

    def reason(self, language: Language = "es", side: Literal["left", "right"] = "left") -> str:
        """The evidence as a short phrase that quotes one side only (usually the query's), never the stored
        words."""
        said = self._said(language)
        if not said:
            return ""
        return said[1].format(word=_quoted(self.left if side == "left" else self.right))

    def _said(self, language: Language) -> list[str]:
        return _phrases()[language][_KINDS.get(self.field, "name")].get(self.level, [])


def _quoted(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def make_evidence(
    left: Described, right: Described, results: list[FieldResult], weights: Weights
) -> tuple[Evidence, ...]:
    """Evidence for every field that was compared; fields with nothing on a side follow as blank, weighing
    nothing."""
    found = [
        Evidence(r.field, r.level, weights.value(r.terms), _quoted_of(left, r.field), _quoted_of(right, r.field))
        for r in results
    ]
    spoken = {one.field for one in found}
    for field in _SHOWN:
        mine, other = written(left, field), written(right, field)
        if field not in spoken and (mine or other):
            found.append(Evidence(field, "blank", 0.0, mine, other))
    return tuple(found)


_SHOWN = (
    "given_names",
    "surnames",
    "nickname",
    "sex",
    "birth_date",
    "birth_place",
    "place",
    "mother",
    "father",
    "relatives",
    "phone",
    "document",
)


def _quoted_of(person: Described, field: str) -> str:
    """What was compared of a field: a call-name meets a given name where the other side has no call-name."""
    said = written(person, field)
    return said or written(person, "given_names") if field == "nickname" else said


def written(person: Described, field: str) -> str:
    """A field as it was written, for quoting: the full name where the name fields are empty, an age with
    its day."""
    if field in _WITHOUT_SIDES:
        return ""
    if field in {"given_names", "surnames"} and not (person.given_names or person.surnames):
        return person.full_name
    if field == "relatives":
        return ", ".join(person.relatives)
    if field == "birth_date" and not person.birth_date:
        return _written_age(person)
    return str(getattr(person, field))


def _written_age(person: Described) -> str:
    if person.age is None:
        return ""
    return f"{person.age} ({person.age_on})" if person.age_on else str(person.age)
