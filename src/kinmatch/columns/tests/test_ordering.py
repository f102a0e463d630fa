"""Those of like names side by side: nobody is lost or changed, and the pairs are the same."""

from functools import cache

import numpy as np
import polars
import pytest

from kinmatch.columns import running
from kinmatch.columns.ordering import by_name
from kinmatch.columns.people import People, frame_of
from kinmatch.pairing import dedupe
from kinmatch.synthetic import World, make_world

pytestmark = pytest.mark.xdist_group("numba")


@cache
def _world() -> World:
    return make_world(600, 5)


@cache
def _frame() -> polars.DataFrame:
    return frame_of(_world().records).drop("relatives").sort("record_id")


@pytest.mark.parametrize("border", [0, 250])
def test_everybody_is_moved_whole_and_stays_on_their_side(border: int) -> None:
    people = People.from_frame(_frame())
    moved, order = by_name(people, border)
    assert sorted(order.tolist()) == list(range(len(people)))
    assert order[:border].max(initial=-1) < max(border, 1)
    assert order.tolist() != sorted(order.tolist())
    for column in ("given", "surnames", "married", "nickname", "sex", "year", "age", "place", "phone", "document"):
        assert np.array_equal(getattr(moved, column), getattr(people, column)[order])
    for parent in ("mother", "father"):
        old, new = getattr(people, parent)[order], getattr(moved, parent)
        assert np.array_equal(old < 0, new < 0)
        assert np.array_equal(people.names.given[old[old >= 0]], moved.names.given[new[new >= 0]])


def test_someone_with_relatives_keeps_them() -> None:
    people = People.from_frame(frame_of(_world().records))
    assert by_name(people)[0] is people


def test_the_pairs_are_those_of_records_in_any_order() -> None:
    records = [record for record in _world().records if not record.relatives]
    found = {(pair.id_a, pair.id_b): round(pair.weight, 4) for pair in dedupe(records, 0.3)}
    frame = running.dedupe(frame_of(records).drop("relatives").reverse(), 0.3)
    assert dict(zip(zip(frame["id_a"], frame["id_b"], strict=True), frame["weight"].round(4), strict=True)) == found
    assert all(one < other for one, other in found)
