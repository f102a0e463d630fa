"""kinmatch bench"""

import resource
import time
from pathlib import Path

import click

from kinmatch.commands import shared
from kinmatch.commands.evaluate import tables
from kinmatch.evaluation import evaluate
from kinmatch.index import Index
from kinmatch.pairing import dedupe
from kinmatch.synthetic import Profile, World, make_world, queries
from kinmatch.weights import Weights

ADDITIONS = 200
LEAST_SHOWN = 0.1


@click.command()
@click.option("--size", type=click.IntRange(100, 2_000_000), default=100_000, show_default=True, help="Records.")
@click.option("--seed", type=int, default=2019, show_default=True, help="The same seed gives the same people.")
@click.option("--queries", "asked", type=click.IntRange(1, 10_000), default=500, show_default=True, help="Searches.")
@click.option("--errors", type=float, default=1.0, show_default=True, help="Scale of the error rates.")
@click.option("--missing", type=float, default=1.0, show_default=True, help="Scale of the rates of missing fields.")
@shared.weights_option
def bench(size: int, seed: int, asked: int, errors: float, missing: float, weights_file: Path | None) -> None:
    """Measure on generated people: time of each part, memory, quality of pairs, recall and time of
    searching."""
    with shared.refusals():
        weights = shared.read_weights(weights_file)
    world = make_world(size, seed, Profile(errors=errors, missing=missing))
    truth = world.truth()
    shared.out.print(f"{len(world.records)} records, {len(truth)} true pairs, seed {seed}")
    shared.out.print(f"errors x {errors:g}, missing x {missing:g}, weights {weights.version}")
    index = _index(world, weights)
    _searches(index, world, asked, seed + 1)
    _changes(index, world)
    del index
    started = time.perf_counter()
    with shared.progress(len(world.records), "Comparing") as told:
        pairs = dedupe(world.records, LEAST_SHOWN, told, weights)
    shared.out.print(f"dedupe: {time.perf_counter() - started:.1f} s; peak memory {_peak():.0f} MB")
    result = evaluate(pairs, truth)
    best = result.best
    shared.out.print(f"best F1 {best.f1:.3f} at {best.threshold:g} (pairs below {LEAST_SHOWN:g} are not counted)")
    for table in tables(result):
        shared.out.print(table)


def _index(world: World, weights: Weights) -> Index:
    started = time.perf_counter()
    with shared.progress(len(world.records), "Indexing") as told:
        index = Index.from_records(world.records, told, weights)
    shared.out.print(f"index: {time.perf_counter() - started:.1f} s; peak memory {_peak():.0f} MB")
    started = time.perf_counter()
    data = index.to_bytes()
    saved = time.perf_counter() - started
    shared.out.print(f"saved: {saved:.1f} s, {len(data) / len(world.records):.0f} bytes a record")
    return index


def _searches(index: Index, world: World, asked: int, seed: int) -> None:
    times: list[float] = []
    ranks = {1: 0, 5: 0, 10: 0}
    made = queries(world, asked, seed)
    for query, record in made:
        started = time.perf_counter()
        found = index.search(query, limit=10)
        times.append(time.perf_counter() - started)
        ids = [candidate.record_id for candidate in found]
        for rank in ranks:
            ranks[rank] += record.record_id in ids[:rank]
    times.sort()
    shares = ", ".join(f"in the first {rank}: {hits / len(made):.3f}" for rank, hits in ranks.items())
    p50, p95 = times[len(times) // 2] * 1e3, times[int(len(times) * 0.95)] * 1e3
    shared.out.print(f"{len(made)} searches by a spoilt name and attributes: {shares}")
    shared.out.print(f"search: p50 {p50:.1f} ms, p95 {p95:.1f} ms")


def _changes(index: Index, world: World) -> None:
    times: list[float] = []
    for record in world.records[:ADDITIONS]:
        started = time.perf_counter()
        index.replace(record)
        times.append(time.perf_counter() - started)
    times.sort()
    shared.out.print(
        f"one record replaced: p50 {times[len(times) // 2] * 1e3:.1f} ms, slowest {times[-1] * 1e3:.1f} ms"
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
