"""Several hundred people at five desks: a simulation of the queue, with what each desk does measured beforehand."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

BUSES = 6
BUS_EVERY = 8 * 60.0


@dataclass(frozen=True, slots=True)
class Group:
    """Some who come together: how many, how long their form takes to type, how long the desk waited for the house."""

    persons: int
    typing: float
    waiting: float


@dataclass(frozen=True, slots=True)
class Evening:
    """How it went, in seconds."""

    last_done: float
    median_wait: float
    longest_wait: float


def arrivals_of(groups: Sequence[Group], rng: Random) -> list[float]:
    """When each group stands in the queue: the buses come one after the other, and empty within two minutes."""
    return sorted(BUS_EVERY * (place * BUSES // len(groups)) + rng.uniform(0, 120) for place in range(len(groups)))


def simulate(groups: Sequence[Group], *, desks: int, talk: float, each_more: float, seed: int) -> Evening:
    """One queue, first come first served. Speaking takes `talk` seconds, and `each_more` for each further person."""
    rng = Random(seed)
    free = [0.0] * desks
    waits: list[float] = []
    done = 0.0
    for arrived, group in zip(arrivals_of(groups, rng), groups, strict=True):
        begins = max(arrived, heapq.heappop(free))
        spoken = rng.uniform(0.5, 1.5) * (talk + each_more * (group.persons - 1))
        ends = begins + spoken + group.typing + group.waiting
        heapq.heappush(free, ends)
        waits += [begins - arrived] * group.persons
        done = max(done, ends)
    waits.sort()
    return Evening(done, waits[len(waits) // 2], waits[-1])
