"""Pairs worth comparing: nearly all true ones, few others, and never too many."""

from functools import cache

import numpy as np
import pytest

from kinmatch.columns.candidates import candidate_pairs
from kinmatch.columns.people import People
from kinmatch.records import Record
from kinmatch.synthetic import World, make_world
from kinmatch.weights import Weights

pytestmark = pytest.mark.xdist_group("numba")


@cache
def _world() -> World:
    return make_world(1500, 21)


@cache
def _everybody() -> People:
    return People.from_records(_world().records)


WEIGHTS = Weights.shipped()


def test_nearly_all_true_pairs_are_compared_and_few_others() -> None:
    left, right = candidate_pairs(_everybody(), WEIGHTS, -WEIGHTS.prior(1500))
    assert (left < right).all()
    pairs = {(_world().records[a].record_id, _world().records[b].record_id) for a, b in zip(left, right, strict=True)}
    assert len(pairs) == len(left) < 10_000
    found = {(min(pair), max(pair)) for pair in pairs}
    assert len(found & _world().truth()) >= 0.97 * len(_world().truth())


def test_with_a_border_only_pairs_across_it_are_made() -> None:
    left, right = candidate_pairs(_everybody(), WEIGHTS, 10.0, 700)
    assert len(left)
    assert (left < 700).all()
    assert (right >= 700).all()


def test_identical_rows_hang_together_with_few_pairs() -> None:
    people = People.from_records([Record(f"{n}", given_names="Juan", surnames="Rojas") for n in range(4000)])
    left, right = candidate_pairs(people, WEIGHTS, 12.0)
    assert len(left) < 8000
    assert np.array_equal(np.unique(np.concatenate([left, right])), np.arange(4000))


def test_nobody_and_one_make_no_pairs() -> None:
    for records in ([], _world().records[:1], [Record("a"), Record("b")]):
        left, _ = candidate_pairs(People.from_records(records), WEIGHTS, 0.0)
        assert len(left) == 0
