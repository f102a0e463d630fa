"""The kernels say of a pair exactly what the plain comparer says: the same levels, the same weight."""

from itertools import product

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinmatch.columns.comparing import compare
from kinmatch.columns.levels import LEVELS
from kinmatch.columns.people import People
from kinmatch.columns.tests.test_people import RECORDS
from kinmatch.compare.comparer import FIELDS, Comparer
from kinmatch.prepare import Prepared
from kinmatch.records import Record
from kinmatch.synthetic import Profile, make_world
from kinmatch.weights import Weights

pytestmark = pytest.mark.xdist_group("numba")

WEIGHTS = Weights.shipped()


def check(records: list[Record], left: np.ndarray, right: np.ndarray) -> None:
    comparer = Comparer(WEIGHTS)
    plain = [Prepared(record, comparer.frequencies) for record in records]
    for one in plain:
        one.count(comparer.frequencies, 1)
    levels, weight = compare(People.from_records(records), left, right, WEIGHTS, 5000)
    names = list(LEVELS.values())
    for k, (i, j) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        results = comparer.compare(plain[i], plain[j])
        expected = {result.field: result.level for result in results}
        found = {field: names[at][levels[k, at]] for at, field in enumerate(FIELDS) if levels[k, at]}
        assert found == expected, (records[i], records[j])
        assert weight[k] == pytest.approx(comparer.weigh(results, 5000), abs=1e-3), (records[i], records[j])


def all_pairs(count: int) -> tuple[np.ndarray, np.ndarray]:
    pairs = np.array(list(product(range(count), repeat=2)), dtype=np.int32).reshape(-1, 2)
    return pairs[:, 0].copy(), pairs[:, 1].copy()


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORDS, min_size=1, max_size=4))
def test_strange_records_compare_as_in_the_plain_comparer(records: list[Record]) -> None:
    check(records, *all_pairs(len(records)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_generated_people_compare_as_in_the_plain_comparer(seed: int) -> None:
    world = make_world(400, seed, Profile(copies=0.6, errors=1.8))
    order = np.argsort(np.array(world.persons), kind="stable")
    rng = np.random.default_rng(seed)
    chosen = rng.integers(0, len(order), size=(2, 1500))
    left = np.concatenate([order[:-1], chosen[0]]).astype(np.int32)
    right = np.concatenate([order[1:], chosen[1]]).astype(np.int32)
    check(world.records, left, right)


def test_crossed_fields_joined_names_and_ages_compare_as_in_the_plain_comparer() -> None:
    base = Record("a", given_names="Ana María", surnames="Rojas Pérez", birth_date="1990-03-12", sex="f")
    change = msgspec.structs.replace
    records = [
        base,
        change(base, given_names="Anamaría", nickname="Mari"),
        change(base, given_names="Rojas Pérez", surnames="Ana María", birth_date="1990-12-03"),
        change(base, given_names="", surnames="", full_name="Rojas Ana Maria", birth_date="", age=28, age_on="2019-02"),
        change(base, given_names="A. M.", surnames="de Gómez", birth_date="1990", phone="0414-1234567"),
        change(base, surnames="Rojas de Gómez", birth_date="", age=30, phone="4141234567", document="V-1234567"),
        change(base, given_names="Maria Ana", sex="m", document="V-1234568", place="San José de Colón"),
        change(base, given_names="María", surnames="Roja", birth_date="1991-03-12", place="Colón", document="AB1"),
        change(base, given_names="Mary", nickname="Anita", birth_date="1990-03", place="Kolon del Tachira"),
    ]
    check(records, *all_pairs(len(records)))
