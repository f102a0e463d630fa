"""A world: a register of so many descriptions of invented people, and the truth about who is who."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import polars

from kinmatch.worlds.describing import Scene, describe
from kinmatch.worlds.families import Kin, grow, is_present
from kinmatch.worlds.naming import Floats, Ints, Naming, read_naming
from kinmatch.worlds.rates import Rates
from kinmatch.worlds.sources import SOURCES, draw_habits

CHUNK = 40_000  # founders whose families are grown at once
SECOND_COPY = 0.15
FIRST_IS_BETTER = 0.5
HOME = 4  # its place among the sides of a portion
COLUMNS = (
    "record_id", "given_names", "surnames", "full_name", "nickname", "sex", "birth_date", "age", "age_on",
    "birth_place", "place", "mother", "father", "relatives", "phone", "document",
)  # fmt: skip


class World(NamedTuple):
    """`people`: a frame of n descriptions, columns as COLUMNS (those that nobody says are left out). `person` int32[n]:
    the number of whom each describes; `mother`, `father`, `partner` int32[n]: the persons who are theirs, -1 if
    unknown; `home` int32[n]: whose home; `visit` int32[n]: 0 for a person's first description, then 1, 2."""

    people: polars.DataFrame
    person: Ints
    mother: Ints
    father: Ints
    partner: Ints
    home: Ints
    visit: Ints

    def truth(self) -> polars.DataFrame:
        """All pairs of descriptions of one person, id_a the smaller id, in the order of the ids."""
        order = np.lexsort((np.arange(len(self.person)), self.person))
        sorted_persons = self.person[order]
        lefts, rights = [], []
        for step in range(1, int(np.bincount(sorted_persons).max(initial=1))):
            same = np.flatnonzero(sorted_persons[:-step] == sorted_persons[step:])
            lefts.append(order[same])
            rights.append(order[same + step])
        ids = self.people["record_id"]
        left = np.concatenate(lefts) if lefts else np.zeros(0, dtype=np.int64)
        right = np.concatenate(rights) if rights else np.zeros(0, dtype=np.int64)
        found = polars.DataFrame({"id_a": ids.gather(left), "id_b": ids.gather(right)})
        return found.sort("id_a", "id_b")

    def relations(self, share: float = 0.8, seed: int = 0) -> polars.DataFrame:
        """Relations as a register has them: record_id, relation and other_id, who is the mother, father, partner or
        sibling of the first. Between descriptions of one home that were made together, each with the chance `share`.
        """
        sides = {name: getattr(self, name) for name in ("person", "mother", "father", "partner", "home", "visit")}
        rows = polars.DataFrame({"record_id": self.people["record_id"], **sides})
        both = rows.join(rows, on=["home", "visit"], suffix="_b").filter(
            polars.col("record_id") != polars.col("record_id_b")
        )
        told = _relation_of().alias("relation")
        found = both.select("record_id", told, other_id="record_id_b").drop_nulls().sort("record_id", "other_id")
        return found.filter(polars.Series(np.random.default_rng([seed, 7]).random(found.height) < share))


def _relation_of() -> polars.Expr:
    """What the second is to the first; partners and siblings once."""
    other, once = polars.col("person_b"), polars.col("record_id") < polars.col("record_id_b")
    siblings = (polars.col("mother") == polars.col("mother_b")) & (polars.col("mother") >= 0)
    return (
        polars.when(polars.col("mother") == other)
        .then(polars.lit("mother"))
        .when(polars.col("father") == other)
        .then(polars.lit("father"))
        .when((polars.col("partner") == other) & once)
        .then(polars.lit("partner"))
        .when(siblings & once)
        .then(polars.lit("sibling"))
    )


class _Part(NamedTuple):
    """A portion: the frame, of each row person, mother, father, partner, home (counted in the portion) and visit, and
    the number of its first home."""

    frame: polars.DataFrame
    sides: tuple[Ints, Ints, Ints, Ints, Ints, Ints]
    first_home: int


def make_world(
    naming: str,
    count: int,
    seed: int,
    rates: Rates | None = None,
    told: Callable[[int], None] | None = None,
) -> World:
    """A world of exactly `count` descriptions (about three quarters as many people); the same naming, count, seed and
    rates give the same world. Raises ValueError for a naming that there is not. `told` hears how many are made."""
    chosen = rates or Rates()
    tables = read_naming(naming, chosen.invented)
    parts: list[_Part] = []
    made = 0
    for whole in _parts(tables, chosen, count, seed):
        part = _cut(whole, count - made, np.random.default_rng([seed, 0]))
        parts.append(part)
        made += len(part.frame)
        if told:
            told(min(made, count))
        if made >= count:
            break
    return _shuffled(parts, count, np.random.default_rng([seed, 1]))


def _parts(naming: Naming, rates: Rates, count: int, seed: int) -> Iterator[_Part]:
    """Families without end, in portions; a small world is one portion."""
    founders = max(min(CHUNK, int(count * 0.55 / max(rates.home_present, 0.05)) + 60), 60)
    first_person, number = 0, 2
    while True:
        rng = np.random.default_rng([seed, number])
        kin = grow(naming, rates, founders, rng)
        present = np.flatnonzero(is_present(kin, rates, rng)).astype(np.int32)
        copies = np.where(_comes_again(kin, present, rates, rng) < rates.copies, 1, 0)
        copies += copies * (rng.random(len(present)) < SECOND_COPY)
        rows = np.concatenate([present, np.repeat(present, copies)])
        first = np.arange(len(rows)) < len(present)
        habits = draw_habits(seed, rng.integers(0, SOURCES, len(rows)).astype(np.int32))
        rate = rates.errors * habits.errors * np.where(first, FIRST_IS_BETTER, 1.0)
        missing = rates.missing * habits.missing
        share = rates.other_letters if naming.customs.own_letters else 0.06 * rates.errors
        otherwise = rng.random(len(rows)) < share
        frame = describe(naming, rates, Scene(kin, rows, rate, missing, habits, otherwise), rng)
        nth = np.arange(int(copies.sum())) - np.repeat(np.cumsum(copies) - copies, copies) + 1
        visit = np.concatenate([np.zeros(len(present), dtype=np.int32), nth.astype(np.int32)])
        near = (
            np.where(side[rows] < 0, -1, side[rows] + first_person) for side in (kin.mother, kin.father, kin.partner)
        )
        mother, father, partner = (side.astype(np.int32) for side in near)
        person = (rows + first_person).astype(np.int32)
        yield _Part(frame, (person, mother, father, partner, kin.home[rows], visit), first_person)
        first_person += len(kin.sex)
        number += 1


def _comes_again(kin: Kin, present: Ints, rates: Rates, rng: np.random.Generator) -> Floats:
    """float64[n]: a draw for each of those present; of the share `together` it is their home's."""
    draws: Floats = rng.random(len(present))
    if rates.together > 0:
        homes = rng.random(int(kin.home.max()) + 1)[kin.home[present]]
        draws = np.where(rng.random(len(present)) < rates.together, homes, draws)
    return draws


def _cut(part: _Part, room: int, rng: np.random.Generator) -> _Part:
    """Of a portion that is too large, whole homes as far as there is room (the last one in part)."""
    if len(part.frame) <= room:
        return part
    person, mother, father, partner, home, visit = part.sides
    key = rng.permutation(int(home.max()) + 1)
    kept = np.lexsort((person, key[home]))[:room]
    sides = (person[kept], mother[kept], father[kept], partner[kept], home[kept], visit[kept])
    return _Part(part.frame[kept], sides, part.first_home)


def _shuffled(parts: list[_Part], count: int, rng: np.random.Generator) -> World:
    order = rng.permutation(sum(len(part.frame) for part in parts))[:count]
    people = polars.concat([part.frame for part in parts], rechunk=False)
    sides = [np.concatenate([part.sides[k] for part in parts]) for k in range(len(parts[0].sides))]
    sides[HOME] = np.concatenate([part.sides[HOME] + part.first_home for part in parts]).astype(np.int32)
    sides = [side[order] for side in sides]
    parts.clear()
    ids = polars.Series("record_id", [f"r{number:07}" for number in range(count)])
    people = people[order].insert_column(0, ids)
    return World(people.select(name for name in COLUMNS if name in people.columns), *sides)
