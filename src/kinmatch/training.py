"""Match weights adapted to a register: from what people decided, or without any decision.

Both start at weights that are given and stay near them where the register says little. Without decisions, each field's
agreement among the pairs is estimated by expectation-maximisation from how likely the other fields make each pair; so
no field judges itself. A field that agrees as the weights expect keeps its weights.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from kinmatch.columns.candidates import candidate_pairs
from kinmatch.columns.comparing import compare
from kinmatch.columns.people import People
from kinmatch.compare.comparer import FIELDS, Comparer
from kinmatch.prepare import Prepared
from kinmatch.records import Record
from kinmatch.weights import Weights

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST_PAIRS = 30_000
MOST_COUNTED = 100_000
DOUBTFUL = -6.0  # bits; half of the pairs looked at weigh more
STEPS = 12
# Pairs of probable brothers or sisters for each pair that is probably one person; with more, families are registered.
FEW_BROTHERS = 0.2
RIDGE = 4.0
SECTIONS = {
    "given_names": "given",
    "surnames": "surname",
    "birth_place": "place",
    "mother": "parent",
    "father": "parent",
}
# What brothers and sisters do not share: without decisions only these can be told from the other fields. Names, parents
# and places hang together inside a family, so that each would vouch for the other's error.
APART = ("nickname", "sex", "birth_date", "phone", "document")
# What only families need: taken back in a register without them.
_OF_FAMILIES = ("family.", "namesake.", "given.held")
# More agreement never weighs less: each weight is at least the next one's.
_SURNAMES_SHARED = frozenset({"same", "sounds", "fewer"})
_GRADES = ("sounds", "variant", "nickname", "short", "near", "initial", "alike")
ORDERS = (
    *((f"{role}.same", f"{role}.{grade}") for role in ("given", "surname") for grade in _GRADES),
    *((f"{role}.partial", f"{role}.different") for role in ("given", "surname")),
    tuple(f"birth_date.{at}" for at in ("same", "swapped", "digit", "month", "year", "near_year", "different", "far")),
    tuple(f"birth_date.{at}" for at in ("same", "month_fits", "year_fits", "age_fits", "age_near", "different")),
    tuple(f"place.{at}" for at in ("same", "contained", "near", "different")),
    tuple(f"parent.{at}" for at in ("same", "near", "partial", "different")),
    ("parent.near", "parent.surname", "parent.different"),
    *(tuple(f"{field}.{at}" for at in ("same", "near", "different")) for field in ("phone", "document")),
    ("nickname.same", "nickname.fits", "nickname.different"),
    ("sex.same", "sex.different"),
    ("relatives.same", "relatives.different"),
)
_NEVER_AGAINST = frozenset({"same", "rarity", "contained", "fits"})
_NEVER_FOR = frozenset({"partial", "held", "swapped", "crossed"})
_DIFFERENT = frozenset({"different", "far"})


class Trained(msgspec.Struct, frozen=True):
    """Adapted weights and what they were learnt on: `expected` is how many of `pairs` looked at are one person."""

    weights: Weights
    records: int
    pairs: int
    decisions: int
    expected: float
    moved: dict[str, float]


class _Pace(NamedTuple):
    """How far and how fast weights move without decisions.

    `held_by`: as if so many pairs had agreed as the weights expect; `sure`: so many pairs of one person at a level move
    its weight by half of what they say; `farthest`: bits that a weight may move in all.
    """

    sweeps: int
    held_by: float
    sure: float
    farthest: float


CAREFUL, FREE = _Pace(1, 300.0, 100.0, 1.5), _Pace(4, 50.0, 20.0, 6.0)


class _Terms(NamedTuple):
    """The terms of pairs, one after the other: which pair, field and weight, and how often the weight counts."""

    pair: Ints
    field: Ints
    name: Ints
    amount: Floats
    levels: list[dict[str, str]]
    names: list[str]
    prior: float
    importance: Floats

    def evidence(self, values: Floats) -> Floats:
        """Bits by pair and field, float64[k, 13]."""
        place = self.pair * len(FIELDS) + self.field
        size = len(self.levels) * len(FIELDS)
        summed: Floats = np.bincount(place, self.amount * values[self.name], size).astype(np.float64)
        return summed.reshape(-1, len(FIELDS))


def train(
    records: Iterable[Record],
    decisions: Mapping[tuple[str, str], bool] | None = None,
    weights: Weights | None = None,
    progress: Callable[[int], None] | None = None,
) -> Trained:
    """Weights adapted to these records; with `decisions` (two record ids: the same person or not) from them alone.

    Raises ValueError when there are fewer than two records, no pair to learn from, or a decision names an unknown
    record.
    """
    rows = sorted(records, key=lambda record: record.record_id)
    start = weights or Weights.shipped()
    if len(rows) < 2:
        raise ValueError("Training needs at least two records.")
    left, right, importance = _decided(rows, decisions) if decisions else _sampled(rows, start)
    if not len(left):
        raise ValueError("Nothing to learn from: no two records are alike.")
    terms = _terms(rows, (left, right, importance), start, progress)
    before = np.array([start.table.get(name, 0.0) for name in terms.names])
    if decisions:
        same = np.array([decisions[rows[i].record_id, rows[j].record_id] for i, j in zip(left, right, strict=True)])
        after = _from_decisions(terms, before, same.astype(np.float64))
    else:
        after = _without_decisions(terms, before)
    return _trained(terms, start, after, (len(rows), len(decisions or {})))


def _trained(terms: _Terms, start: Weights, values: Floats, sizes: tuple[int, int]) -> Trained:
    learnt = {name: round(float(value), 3) for name, value in zip(terms.names, values, strict=True)}
    table = in_order({**start.table, **{name: learnt[name] for name in learnt if name in start.table}})
    moved = {name: round(table[name] - start.table[name], 3) for name in table if table[name] != start.table[name]}
    mark = hashlib.sha256(repr(sorted(table.items())).encode()).hexdigest()[:8]
    weights = msgspec.structs.replace(start, version=f"{start.version}+{mark}", table=table)
    final = np.array([table.get(name, 0.0) for name in terms.names])
    expected = float((terms.importance * _chance(terms.prior + terms.evidence(final).sum(axis=1))).sum())
    return Trained(weights, sizes[0], len(terms.levels), sizes[1], round(expected, 1), moved)


def in_order(table: dict[str, float]) -> dict[str, float]:
    """The weights with none above one that stands for more agreement, and none with a sign that it may not have."""
    found = dict(table)
    for name, value in found.items():
        level = name.split(".")[1]
        if level in _NEVER_AGAINST and not name.startswith(("family.", "namesake.")):
            found[name] = max(value, 0.0)
        if _is_never_for(name):
            found[name] = min(value, 0.0)
    for chain in ORDERS:
        for high, low in pairwise(chain):
            if high in found and low in found:
                found[low] = min(found[low], found[high])
    return found


def _is_never_for(name: str) -> bool:
    section, level = name.split(".")
    if section in ("family", "namesake"):
        return True
    return level in _DIFFERENT or (section in ("given", "surname") and level in _NEVER_FOR)


def _chance(weight: Floats) -> Floats:
    chance: Floats = 1.0 / (1.0 + np.exp2(-np.clip(weight, -60, 60)))
    return chance


def _decided(rows: Sequence[Record], decisions: Mapping[tuple[str, str], bool]) -> tuple[Ints, Ints, Floats]:
    place = {record.record_id: number for number, record in enumerate(rows)}
    for ids in decisions:
        for one in ids:
            if one not in place:
                raise ValueError(f"A decision names the record {one!r}, which the register does not have.")
    pairs = np.array([[place[one], place[other]] for one, other in decisions], dtype=np.int64)
    return pairs[:, 0], pairs[:, 1], np.ones(len(pairs))


def _sampled(rows: Sequence[Record], weights: Weights) -> tuple[Ints, Ints, Floats]:
    """Some of the pairs worth comparing, each standing for as many as it was drawn from; half of them doubtful."""
    people = People.from_records(rows)
    left, right = candidate_pairs(people, weights, DOUBTFUL - weights.prior(len(rows)))
    _, weight = compare(people, left, right, weights, len(rows))
    rng = np.random.default_rng(len(left))
    chosen, importance = [], []
    for group in (np.flatnonzero(weight >= DOUBTFUL), np.flatnonzero(weight < DOUBTFUL)):
        some = group if len(group) <= MOST_PAIRS // 2 else np.sort(rng.choice(group, MOST_PAIRS // 2, replace=False))
        chosen.append(some)
        importance.append(np.full(len(some), len(group) / max(len(some), 1)))
    kept = np.concatenate(chosen)
    return left[kept].astype(np.int64), right[kept].astype(np.int64), np.concatenate(importance)


def _terms(
    rows: Sequence[Record],
    pairs: tuple[Ints, Ints, Floats],
    weights: Weights,
    progress: Callable[[int], None] | None,
) -> _Terms:
    left, right, importance = pairs
    comparer = Comparer(weights)
    every = max(1, len(rows) // MOST_COUNTED)
    counted = {*range(0, len(rows), every)}
    people = {row: Prepared(rows[row], comparer.frequencies) for row in {*left.tolist(), *right.tolist()} | counted}
    for row in counted:
        people[row].count(comparer.frequencies, 1)
    column: dict[str, int] = {}
    found: list[tuple[int, int, int, float]] = []
    levels: list[dict[str, str]] = []
    for number, (i, j) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        results = comparer.compare(people[i], people[j])
        levels.append({result.field: result.level for result in results})
        for result in results:
            field = FIELDS.index(result.field)
            found += [(number, field, column.setdefault(name, len(column)), amount) for name, amount in result.terms]
        if progress and number % 1000 == 0:
            progress(number)
    table = np.array(found, dtype=np.float64).reshape(-1, 4)
    pair, field, name = table[:, :3].astype(np.int64).T
    prior = weights.prior(len(rows))
    return _Terms(pair, field, name, table[:, 3], levels, list(column), prior, importance)


def _from_decisions(terms: _Terms, start: Floats, same: Floats) -> Floats:
    """The likeliest weights for these decisions, held near the start by a ridge."""
    x = np.zeros((len(same), len(start)))
    np.add.at(x, (terms.pair, terms.name), terms.amount)
    values, scale = start.copy(), np.log(2.0)
    for _ in range(40):
        chance = _chance(terms.prior + x @ values)
        slope = scale * x.T @ (chance - same) + RIDGE * (values - start)
        bend = scale * scale * (x * (chance * (1 - chance))[:, None]).T @ x + RIDGE * np.eye(len(start))
        step = np.clip(np.linalg.solve(bend, slope), -2.0, 2.0)
        values -= step
        if np.abs(step).max() < 1e-4:
            break
    return values


def _without_decisions(terms: _Terms, start: Floats) -> Floats:
    """Expectation-maximisation: over all fields where there are hardly any brothers and sisters, else over some."""
    values = start.copy()
    fields: tuple[str, ...] = APART
    pace = CAREFUL
    if _brothers(terms, start) < FEW_BROTHERS:
        fields, pace = FIELDS[:-1], FREE
        values[[name.startswith(_OF_FAMILIES) for name in terms.names]] = 0.0
    for _ in range(pace.sweeps):
        evidence = terms.evidence(values)
        for field in fields:
            _refine(terms, evidence, FIELDS.index(field), values, pace)
        values = np.clip(values, start - pace.farthest, start + pace.farthest)
    return values


def _brothers(terms: _Terms, values: Floats) -> float:
    """How many pairs share surnames, not given names, and are not one person, for each pair that is."""
    chance = _chance(terms.prior + terms.evidence(values).sum(axis=1))
    alike = [
        levels.get("surnames") in _SURNAMES_SHARED and levels.get("given_names") in ("different", "partial")
        for levels in terms.levels
    ]
    brothers = (terms.importance * (1 - chance))[np.array(alike, dtype=np.bool_)].sum()
    return float(brothers / max((terms.importance * chance).sum(), 1.0))


def _refine(terms: _Terms, evidence: Floats, number: int, values: Floats, pace: _Pace) -> None:
    """Moves the weights of one field's levels towards what the other fields say of its agreement."""
    field = FIELDS[number]
    rows = np.array([row for row, levels in enumerate(terms.levels) if field in levels], dtype=np.int64)
    if not len(rows):
        return
    kinds = sorted({terms.levels[row][field] for row in rows})
    level = np.array([kinds.index(terms.levels[row][field]) for row in rows])
    own = evidence[rows, number]
    whole = terms.prior + evidence.sum(axis=1)[rows]
    shift = _level_shifts(level, own, whole, terms.importance[rows], pace)
    section = SECTIONS.get(field, field)
    for kind, bits in zip(kinds, shift, strict=True):
        name = f"{section}.{'same' if kind == 'fewer' else kind}"
        if name in terms.names and kind != "fewer":
            at = terms.names.index(name)
            held = (terms.field == number) & (terms.name == at)
            often = float(terms.amount[held].mean()) if held.any() else 1.0
            values[at] += bits / max(often, 1.0)


def _level_shifts(level: Ints, own: Floats, whole: Floats, importance: Floats, pace: _Pace) -> Floats:
    """By how many bits each level weighs more among these pairs than it does now (0 where all is as expected)."""
    size = int(level.max()) + 1
    other = importance * (1 - _chance(whole))
    unlike = np.bincount(level, other, size) + 1e-6
    weighed = np.bincount(level, other * np.exp2(np.clip(own, -40, 40)), size) + 1e-6
    alike_now, unlike_now = weighed / weighed.sum(), unlike / unlike.sum()
    rest = whole - own + np.log2(weighed.sum() / unlike.sum())
    alike, not_alike = alike_now.copy(), unlike_now.copy()
    fine = own - np.log2(weighed / unlike)[level]
    held = np.zeros(size)
    for _ in range(STEPS):
        same = importance * _chance(rest + fine + np.log2(alike / not_alike)[level])
        held = np.bincount(level, same, size).astype(np.float64)
        alike = held + pace.held_by * alike_now
        not_alike = np.bincount(level, importance - same, size) + pace.held_by * unlike_now
        alike, not_alike = alike / alike.sum(), not_alike / not_alike.sum()
    shifts: Floats = np.log2(alike / alike_now) - np.log2(not_alike / unlike_now)
    return shifts * held / (held + pace.sure)
