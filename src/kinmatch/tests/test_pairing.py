from functools import cache

import msgspec
import pytest

from kinmatch import Pair, Record, Register, clusters, dedupe, evaluate, link
from kinmatch.synthetic import Profile, World, make_world, queries

pytestmark = pytest.mark.xdist_group("numba")


@cache
def _world() -> World:
    return make_world(2500, 3)


@cache
def _found() -> list[Pair]:
    return dedupe(_world().records, 0.1)


@cache
def _others() -> list[World]:
    return [make_world(2500, seed) for seed in (8, 11, 12)]


def test_pairs_of_generated_people_reach_the_quality_floor() -> None:
    result = evaluate(_found(), _world().truth())
    assert result.best.f1 >= 0.88
    assert result.at(0.95).precision >= 0.95
    assert result.at(0.5).recall >= 0.80


def test_what_is_promised_in_the_doubtful_middle_comes_true() -> None:
    """Of one world there are too few doubtful pairs to tell: four are taken together."""
    promised: list[float] = []
    true: list[bool] = []
    for world, found in [(_world(), _found()), *((one, dedupe(one.records, 0.1)) for one in _others())]:
        truth = world.truth()
        doubtful = [one for one in found if one.probability < 0.99]
        promised += [one.probability for one in doubtful]
        true += [(one.id_a, one.id_b) in truth for one in doubtful]
    assert sum(promised) / len(promised) == pytest.approx(sum(true) / len(true), abs=0.08)


def test_the_order_of_the_records_does_not_matter() -> None:
    assert dedupe(reversed(_world().records), 0.1) == _found()


def test_pairs_name_the_smaller_id_first_and_stand_likeliest_first() -> None:
    assert all(pair.id_a < pair.id_b for pair in _found())
    weights = [pair.weight for pair in _found()]
    assert weights == sorted(weights, reverse=True)


def test_linking_finds_the_same_people_across_two_registers() -> None:
    made = list(queries(_world(), 200, 4))
    left = [msgspec.structs.replace(query, record_id=f"q-{record.record_id}") for query, record in made]
    pairs = link(left, Register(_world().records), 0.5)
    truth = {(f"q-{record.record_id}", record.record_id) for _, record in made}
    assert sum((pair.id_a, pair.id_b) in truth for pair in pairs) > 0.6 * len(truth)
    assert all(pair.id_a.startswith("q-") and not pair.id_b.startswith("q-") for pair in pairs)


def test_nothing_one_or_twice_the_same_id() -> None:
    one = Record("a", given_names="Ana", surnames="Rojas")
    assert dedupe([]) == []
    assert dedupe([one]) == []
    assert link([], [one]) == []
    with pytest.raises(ValueError, match="more than once"):
        dedupe([one, one])


def test_many_identical_rows_do_not_explode() -> None:
    rows = [Record(f"{n:05}", given_names="Juan", surnames="Pérez", birth_date="1990-01-01") for n in range(3000)]
    pairs = dedupe(rows, 0.5)
    assert len(pairs) < 10_000
    assert max(len(one.record_ids) for one in clusters(pairs)) == 3000


def test_progress_ends_at_the_number_of_records() -> None:
    told: list[int] = []
    dedupe(_world().records[:300], 0.5, told.append)
    assert told == sorted(told)
    assert told[-1] == 300


def pair(a: str, b: str, probability: float = 0.9, **levels: str) -> Pair:
    return Pair(a, b, probability, 3.0, levels)


def test_clusters_join_pairs_and_keep_contradictions_in_sight() -> None:
    found = clusters([pair("a", "b"), pair("b", "c", 0.6, birth_date="far"), pair("x", "y"), pair("y", "z", 0.1)])
    assert [one.record_ids for one in found] == [("a", "b", "c"), ("x", "y")]
    assert found[0].contradictions == ("birth_date",)
    assert (found[0].weakest, found[1].contradictions) == (0.6, ())
    people = [Record("a", sex="f"), Record("b"), Record("c", sex="m")]
    assert clusters([pair("a", "b"), pair("b", "c")], people)[0].contradictions == ("sex",)


def test_evaluation_counts_right_and_missed() -> None:
    result = evaluate([pair("a", "b", 0.9), pair("b", "c", 0.4)], [("b", "a"), ("x", "y")])
    half = result.at(0.5)
    assert (half.precision, half.recall, half.found, half.right, half.missed) == (1.0, 0.5, 1, 1, 1)
    assert result.at(0.3).precision == 0.5
    with pytest.raises(KeyError):
        result.at(0.123)
    assert evaluate([], []).best.f1 == 0.0


def test_the_same_seed_makes_the_same_world() -> None:
    assert make_world(200, 9) == make_world(200, 9)
    assert make_world(200, 9) != make_world(200, 10)
    assert make_world(200, 9, Profile(missing=2.0)) != make_world(200, 9)
