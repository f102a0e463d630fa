"""What agreement is worth less together than alone, taken back by name.

`family`: brothers and sisters share surnames, parents, place and telephone, so these count for less when the given
names differ, or are a boy's and a girl's that are nearly the same. `namesake`: many bear a rare given name, for names
run in families, years and regions, so its rarity counts for less when something says that the two are different
bearers of it. Only disagreement brings a correction about, and it never takes back more than the agreement gave: more
agreement never weighs less.
"""

from collections.abc import Mapping
from typing import NamedTuple

from kinmatch.compare.naming import RoleResult, Term
from kinmatch.names import PersonName


class FieldResult(NamedTuple):
    """One field's level of agreement and the terms that weigh it."""

    field: str
    level: str
    terms: list[Term]


Found = Mapping[str, FieldResult]

# What brothers and sisters have in common, and the correction's term for it.
_SHARED_LEVELS = {
    "mother": (("same", "near", "surname"), "family.parent"),
    "father": (("same", "near", "surname"), "family.parent"),
    "birth_place": (("same", "contained"), "family.place"),
    "place": (("same", "contained"), "family.place"),
    "phone": (("same",), "family.phone"),
    "relatives": (("same",), "family.relatives"),
    "birth_date": (("same", "swapped", "digit"), "family.birth"),
}
# Grades that also join a man's name with a woman's.
_UNSURE = frozenset({"near", "short", "alike", "initial"})
# How much of the rarity of given names is taken back: by all that tells namesakes apart, or by half of it.
WHOLE, HALF = 1.0, 0.5


def correct(
    left: PersonName, right: PersonName, names: tuple[RoleResult, RoleResult], found: Found
) -> tuple[str, list[Term]]:
    """The level and terms of the correction that a pair needs; no terms if it needs none."""
    given, surnames = names
    if given.conflict:
        return "family", _family(surnames, found)
    if _is_other_name(given, found):
        return "family", [*_family(surnames, found), ("family.given", 1.0), ("given.held", given.bits)]
    share = _namesakes(left, right, surnames, found) if given.bits else 0.0
    return "namesake", [("namesake.rarity", share * given.bits)] if share else []


def _family(surnames: RoleResult, found: Found) -> list[Term]:
    """The correction for what a family has in common, when a given name says it is another person."""
    terms: list[Term] = []
    if surnames.matched:
        terms = [("family.surname", float(surnames.matched)), ("family.rarity", surnames.bits)]
    for result in found.values():
        levels, name = _SHARED_LEVELS.get(result.field, ((), ""))
        if result.level in levels:
            terms.append((name, 1.0))
            terms += [("family.rarity", amount) for key, amount in result.terms if key.endswith(".rarity")]
    return terms


def _is_other_name(given: RoleResult, found: Found) -> bool:
    """Daniel and Daniela, a boy and a girl: names that are only near one another are then two names."""
    return given.level in _UNSURE and _level(found, "sex") == "different"


def _namesakes(left: PersonName, right: PersonName, surnames: RoleResult, found: Found) -> float:
    """How strongly something speaks for two bearers of one given name: other surnames, a generation, other parents."""
    parents = sum(_level(found, field) == "different" for field in ("mother", "father"))
    if _level(found, "birth_date") == "far" or parents > 1:
        return WHOLE
    if surnames.level == "different":
        both_have_two = min(len(left.surnames), len(right.surnames)) > 1
        return WHOLE if both_have_two else HALF
    return HALF if parents and surnames.conflict else 0.0


def _level(found: Found, field: str) -> str:
    return found[field].level if field in found else ""
