"""Compares two prepared persons field by field, and weighs what it finds.

Every field gives a level in words and terms: names of weights with amounts. The weight of a pair is the
prior and the
sum of all terms, so that an explanation adds up by construction. Brothers and sisters share surnames,
parents, place
and telephone, and strangers share a rare given name: the named corrections take back what these gave.
"""

from kinmatch.compare.attributes import (
    compare_nicknames,
    compare_parent,
    compare_place_field,
    compare_relatives,
)
from kinmatch.compare.corrections import FieldResult, correct
from kinmatch.compare.grades import TokenGrades
from kinmatch.compare.naming import NameComparer, Term
from kinmatch.dates import compare_births
from kinmatch.frequencies import Frequencies
from kinmatch.numbers import compare_documents, compare_phones
from kinmatch.prepare import Prepared
from kinmatch.weights import Weights

# Names exactly as the fields of a record; `family` holds the corrections. This is the order of every explanation.
FIELDS = (
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
    "family",
)


class Comparer:
    """Compares persons with one set of weights and one register's frequencies. It may be used by several
    threads."""

    def __init__(self, weights: Weights | None = None, frequencies: Frequencies | None = None) -> None:
        self.weights = weights or Weights.shipped()
        self.frequencies = frequencies or Frequencies()
        self.grades = TokenGrades(self.frequencies)
        self.names = NameComparer(self.grades, self.frequencies, self.weights)

    def compare(self, left: Prepared, right: Prepared) -> list[FieldResult]:
        """Every field's level and terms; those that are empty on a side are left out."""
        may_cross = bool(left.given_sounds & right.surname_sounds or left.surname_sounds & right.given_sounds)
        given, surnames = self.names.both(left.name, right.name, may_cross=may_cross)
        found: list[FieldResult] = []
        if given.level != "blank":
            found.append(FieldResult("given_names", given.level, given.terms))
        if surnames.level != "blank":
            found.append(FieldResult("surnames", surnames.level, surnames.terms))
        self._attributes(left, right, found)
        self._people(left, right, found)
        level, terms = correct(left.name, right.name, (given, surnames), {one.field: one for one in found})
        if terms:
            found.append(FieldResult("family", level, terms))
        return found

    def weigh(self, results: list[FieldResult], register_size: int) -> float:
        """The weight of a comparison in bits: the prior and every field."""
        value = self.weights.value
        return self.weights.prior(register_size) + sum(value(result.terms) for result in results)

    def _attributes(self, left: Prepared, right: Prepared, found: list[FieldResult]) -> None:
        if left.sex and right.sex:
            _level(found, "sex", "same" if left.sex == right.sex else "different")
        if left.birth and right.birth:
            _level(found, "birth_date", compare_births(left.birth, right.birth))
        if left.birth_place and right.birth_place:
            found.append(
                FieldResult("birth_place", *compare_place_field(left.birth_place, right.birth_place, self.frequencies))
            )
        if left.place and right.place:
            found.append(FieldResult("place", *compare_place_field(left.place, right.place, self.frequencies)))
        if left.phone and right.phone:
            _level(found, "phone", compare_phones(left.phone, right.phone))
        if left.document and right.document:
            _level(found, "document", compare_documents(left.document, right.document))

    def _people(self, left: Prepared, right: Prepared, found: list[FieldResult]) -> None:
        if left.nickname or right.nickname:
            _add(found, "nickname", *compare_nicknames(left, right, self.grades))
        if left.mother and right.mother:
            _add(found, "mother", *compare_parent(left.mother, right.mother, self.names))
        if left.father and right.father:
            _add(found, "father", *compare_parent(left.father, right.father, self.names))
        if left.relatives and right.relatives:
            _add(found, "relatives", *compare_relatives(left.relatives, right.relatives, self.names))


def _level(found: list[FieldResult], field: str, level: str) -> None:
    if level != "blank":
        found.append(FieldResult(field, level, [(f"{field}.{level}", 1.0)]))


def _add(found: list[FieldResult], field: str, level: str, terms: list[Term]) -> None:
    if level != "blank":
        found.append(FieldResult(field, level, terms))
