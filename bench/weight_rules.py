"""What match weights must obey, whatever generated worlds say: sums of weights that may not fall below a bound.

More agreement never weighs less; a correction never takes back more than the agreement gave; and the judged pairs of
test_hard_pairs (twins, namesakes, cousins, a name spelt by ear) keep their ceilings and floors, for generated people
say too little of them.
"""

from itertools import pairwise
from typing import NamedTuple

import msgspec
import numpy as np

from kinmatch.compare.comparer import Comparer
from kinmatch.prepare import Prepared
from kinmatch.records import Record
from kinmatch.tests.test_hard_pairs import NEGATIVES, POSITIVES
from kinmatch.training import ORDERS

EXPECTED, GROWTH = "model.expected", "model.growth"  # the prior: log2 of expected, and minus the growth
SLACK = 0.2
JUDGED_SIZES = (2_000, 100_000)
# A given name that differs speaks against a pair even where nothing says that a family is behind it.
LEAST_AGAINST = {"given.different": 4.0, "surname.different": 3.0, "sex.different": 2.0}
# Generated people have telephones of their own; a family has one, and the same relatives.
OF_A_HOME, LEFT_TO_FAMILIES = ("phone", "relatives"), 1.0
NEVER_FOR, AGAINST = ("partial", "held", "swapped", "crossed"), ("different", "far")
NEVER_AGAINST = ("same", "rarity", "contained", "fits")


class Rule(NamedTuple):
    """The sum of weights times `amounts` is at least `least`."""

    amounts: dict[str, float]
    least: float = 0.0


def rules(names: list[str]) -> list[Rule]:
    """All rules over these weights."""
    found = [Rule({high: 1.0, low: -1.0}) for chain in ORDERS for high, low in pairwise(chain)]
    found += [_sign(name) for name in names if _sign(name).amounts]
    found += [Rule({name: -1.0}, least) for name, least in LEAST_AGAINST.items()]
    found += _corrections()
    found += [Rule({name: -1.0}, 0.1) for name in ("given.held", "namesake.rarity")]
    found += [Rule({f"{field}.same": -1.0, f"family.{field}": -1.0}, -LEFT_TO_FAMILIES) for field in OF_A_HOME]
    return found + _judged()


def _sign(name: str) -> Rule:
    section, level = name.split(".")
    is_part_of_name = section in ("given", "surname") and level in NEVER_FOR
    if section in ("family", "namesake") or is_part_of_name or level in AGAINST:
        return Rule({name: -1.0})
    return Rule({name: 1.0} if level in NEVER_AGAINST else {})


def _corrections() -> list[Rule]:
    """What families and namesakes have in common still counts for nothing at the least."""
    sums = [(f"surname.{grade}", "family.surname") for grade in ("same", "sounds", "variant", "near")]
    sums += [(f"{role}.rarity", "family.rarity") for role in ("surname", "parent", "place")]
    sums += [(f"{field}.same", f"family.{field}") for field in ("phone", "relatives")]
    sums += [("place.contained", "family.place"), ("given.rarity", "namesake.rarity"), ("given.rarity", "given.held")]
    found = [Rule({one: 1.0, other: 1.0}) for one, other in sums]
    found.append(Rule({"parent.same": 1.0, "parent.partial": -1.0, "family.parent": 1.0}))
    found += [
        Rule({"birth_date.same": 1.0, f"birth_date.{level}": -1.0, "family.birth": 1.0})
        for level in ("month_fits", "year_fits", "age_fits", "month")
    ]
    found.append(Rule({"given.alike": 1.0, "given.different": -1.0, "family.given": 1.0}))
    found.append(Rule({"given.near": 1.0, "given.different": -1.0, "given.partial": 1.0}))
    return found


def _judged() -> list[Rule]:
    comparer, found = Comparer(), []
    for sign, pairs in ((-1.0, NEGATIVES), (1.0, POSITIVES)):
        for _, left, right, *bounds in pairs:
            sides = [msgspec.convert({"record_id": name} | side, Record) for name, side in (("a", left), ("b", right))]
            people = [Prepared(side, comparer.frequencies) for side in sides]
            amounts: dict[str, float] = {}
            for result in comparer.compare(people[0], people[1]):
                for name, amount in result.terms:
                    amounts[name] = amounts.get(name, 0.0) + sign * amount
            for size, bound in zip(JUDGED_SIZES, bounds, strict=True):
                prior = {EXPECTED: sign, GROWTH: sign * float(np.log2(size))}
                found.append(Rule(amounts | prior, sign * float(np.log2(bound / (1 - bound))) + SLACK))
    return found


def as_matrix(found: list[Rule], names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """The rules as float64[rules, names] and the bounds float64[rules]; those about unknown weights are left out."""
    place = {name: number for number, name in enumerate(names)}
    kept = [rule for rule in found if all(name in place for name in rule.amounts)]
    matrix = np.zeros((len(kept), len(names)))
    for row, rule in enumerate(kept):
        for name, amount in rule.amounts.items():
            matrix[row, place[name]] = amount
    return matrix, np.array([rule.least for rule in kept])
