"""Registers as frames: the same pairs whatever the order of rows, and groups with what speaks against them."""

from functools import cache

import polars
import pytest

from kinmatch.clustering import clusters as plain_clusters
from kinmatch.columns import running
from kinmatch.columns.people import frame_of
from kinmatch.pairing import dedupe
from kinmatch.synthetic import World, make_world
from kinmatch.weights import probability

pytestmark = pytest.mark.xdist_group("numba")


@cache
def _world() -> World:
    return make_world(800, 33)


@cache
def _frame() -> polars.DataFrame:
    return frame_of(_world().records)


def test_the_order_of_rows_and_columns_does_not_matter() -> None:
    shuffled = _frame().sample(fraction=1.0, shuffle=True, seed=1).select(sorted(_frame().columns))
    assert running.dedupe(shuffled, 0.2).equals(running.dedupe(_frame(), 0.2))


def test_groups_are_those_of_the_plain_clusters() -> None:
    pairs = running.dedupe(_frame(), 0.2)
    found = running.clusters(pairs, _frame(), 0.4)
    expected = [
        (one, cluster.cluster_id, " ".join(cluster.contradictions))
        for cluster in plain_clusters(dedupe(_world().records, 0.2), _world().records, 0.4)
        for one in cluster.record_ids
    ]
    assert sorted(found.rows()) == sorted(expected)


def test_a_repeated_id_is_refused_and_nobody_makes_no_pairs() -> None:
    with pytest.raises(ValueError, match="more than once"):
        running.dedupe(polars.concat([_frame(), _frame()[:1]]))
    assert running.dedupe(_frame()[:0]).height == 0
    assert running.link(_frame()[:0], _frame()).height == 0
    assert running.clusters(running.dedupe(_frame()[:1]), _frame()).height == 0


def test_probabilities_are_those_of_the_weights() -> None:
    weights = [-2000.0, -3.5, 0.0, 2.25, 70.0]
    found = running.probabilities(polars.Series(weights, dtype=polars.Float32).to_numpy())
    assert found.tolist() == pytest.approx([probability(one) for one in weights])
    assert running.weight_of(0.5) == 0.0
