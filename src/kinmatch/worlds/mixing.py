"""People of several namings in one register, as where a border is."""

from collections.abc import Callable, Sequence

import numpy as np
import polars

from kinmatch.worlds.making import World, make_world
from kinmatch.worlds.naming import Ints
from kinmatch.worlds.rates import Rates

PROFILE = "profile"


def mix_worlds(
    namings: Sequence[str],
    count: int,
    seed: int,
    rates: Rates | None = None,
    told: Callable[[int], None] | None = None,
) -> World:
    """A world of `count` descriptions with equal shares of each naming, families apart; `people` has one more column,
    profile: whose naming it is. Raises ValueError for a naming that there is not."""
    sizes = [(count + place) // len(namings) for place in range(len(namings))]
    wanted = [(naming, size) for naming, size in zip(namings, sizes, strict=True) if size]
    parts = [make_world(naming, size, seed + place, rates) for place, (naming, size) in enumerate(wanted)]
    if told:
        told(count)
    named = zip(wanted, parts, strict=True)
    frames = [part.people.with_columns(polars.lit(naming).alias(PROFILE)) for (naming, _size), part in named]
    people = polars.concat(frames, how="diagonal").with_columns(
        polars.Series("record_id", [f"r{number:07}" for number in range(count)])
    )
    person, mother, father, partner, home = (
        _of_all(parts, name) for name in ("person", "mother", "father", "partner", "home")
    )
    return World(people, person, mother, father, partner, home, np.concatenate([part.visit for part in parts]))


def _of_all(parts: Sequence[World], name: str) -> Ints:
    """One of the numbers of all parts, numbered apart; -1 stays nobody."""
    first, found = 0, []
    for part in parts:
        column: Ints = getattr(part, name)
        found.append(np.where(column < 0, -1, column + first).astype(np.int32))
        first += 1 + int(max(side.max() for side in (part.person, part.mother, part.father, part.partner, part.home)))
    return np.concatenate(found)
