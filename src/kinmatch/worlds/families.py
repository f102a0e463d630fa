"""Families over four generations: couples of one place and age, their children, the names handed down, and twins.

All arrays; a person is a row number. Dates are days since 1 January 1970.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kinmatch.worlds.naming import COHORTS, Flags, Floats, Ints, Naming
from kinmatch.worlds.rates import Rates

MALE, FEMALE = 1, 2
YEAR = 365.25
LAST_DAY = 17_953  # 26 February 2019
FIRST_IN_REGISTER = -16_500  # born 1924 or later
LAYERS = 4
HANDED_DOWN, OF_GRANDPARENTS, SECOND_HANDED_DOWN, SHARED_SECOND = 0.11, 0.05, 0.08, 0.05
TWINS, TWINS_ALIKE = 0.015, 0.35
FATHER_UNNAMED, FOREIGN_TO_PLACE = 0.07, 0.3


class Kin(NamedTuple):
    """n people: `sex` int8, `born` int32, `given` and `surnames` int32[n, 2] (-1: none), `mother`, `father`, `partner`
    int32[n] (-1: nobody known), `town` int32[n], `home` int32[n] (who share one live together), `layer` int8."""

    sex: npt.NDArray[np.int8]
    born: Ints
    given: Ints
    surnames: Ints
    mother: Ints
    father: Ints
    partner: Ints
    town: Ints
    home: Ints
    layer: npt.NDArray[np.int8]


def grow(naming: Naming, rates: Rates, founders: int, rng: np.random.Generator) -> Kin:
    """Families grown from so many founding people; those of the first layer are there to be parents."""
    kin = _founders(naming, founders, rng)
    for layer in range(LAYERS - 1):
        rows = np.flatnonzero(kin.layer == layer).astype(np.int32)
        men, women = _couples(kin, rows, rng)
        kin = _settle(kin, men, women)
        kin = _together(kin, _children(naming, rates, kin, men, women, rng))
    return kin


def _together(one: Kin, other: Kin) -> Kin:
    columns: list[tuple[Any, Any]] = list(zip(one, other, strict=True))
    return Kin(*(np.concatenate(pair) for pair in columns))


def is_present(kin: Kin, rates: Rates, rng: np.random.Generator) -> Flags:
    """Who is in the register: whole homes come or stay away, and the very old have died."""
    homes = rng.random(int(kin.home.max()) + 1) < rates.home_present
    years_old = (LAST_DAY - kin.born) / YEAR
    alive = rng.random(len(kin.born)) < np.clip(1.6 - years_old / 65, 0.02, 0.9)
    return np.asarray(homes[kin.home] & alive & (kin.layer > 0) & (kin.born > FIRST_IN_REGISTER))


def draw_given(naming: Naming, sex: npt.NDArray[np.int8], born: Ints, rng: np.random.Generator) -> Ints:
    """One given name each, by sex and by the fashion of the year of birth."""
    years = 1970 + born / YEAR
    cohort = np.clip(np.searchsorted(COHORTS, years, side="right") - 1, 0, len(COHORTS) - 1)
    found = np.empty(len(sex), dtype=np.int32)
    chance = rng.random(len(sex))
    for which in np.unique(cohort * 2 + sex - 1):
        rows = np.flatnonzero(cohort * 2 + sex - 1 == which)
        sums = naming.fashion[which // 2, which % 2]
        found[rows] = np.minimum(np.searchsorted(sums, chance[rows], side="right"), len(sums) - 1)
    return found


def draw_surnames(sums: Floats, count: int, rng: np.random.Generator) -> Ints:
    """So many surnames by their summed shares (float64[m]); -1 where there are none."""
    if not len(sums):
        return np.full(count, -1, dtype=np.int32)
    return _int32(np.minimum(np.searchsorted(sums, rng.random(count) * sums[-1], side="right"), len(sums) - 1))


def _founders(naming: Naming, count: int, rng: np.random.Generator) -> Kin:
    sex = np.where(np.arange(count) % 2, FEMALE, MALE).astype(np.int8)
    born = _int32(rng.uniform(1893, 1945, count) * YEAR - 1970 * YEAR)
    nobody = np.full(count, -1, dtype=np.int32)
    firsts = naming.clan_sums if naming.customs.clans else naming.surname_sums
    surnames = np.stack([draw_surnames(firsts, count, rng), draw_surnames(naming.surname_sums, count, rng)], axis=1)
    towns = _draw_towns(naming, count, rng)
    given = _given_names(naming, sex, born, rng)
    home = np.arange(count, dtype=np.int32)
    layer = np.zeros(count, dtype=np.int8)
    return Kin(sex, born, given, surnames, nobody, nobody, nobody.copy(), towns, home, layer)


def _draw_towns(naming: Naming, count: int, rng: np.random.Generator) -> Ints:
    sums = np.cumsum(1.0 / (np.arange(len(naming.customs.towns)) + 3))
    return _int32(np.searchsorted(sums, rng.random(count) * sums[-1] * 0.999999, side="right"))


def _given_names(naming: Naming, sex: npt.NDArray[np.int8], born: Ints, rng: np.random.Generator) -> Ints:
    given = np.stack([draw_given(naming, sex, born, rng), draw_given(naming, sex, born, rng)], axis=1)
    single = (rng.random(len(sex)) >= naming.customs.second) | (given[:, 0] == given[:, 1])
    given[single, 1] = -1
    return given


def _couples(kin: Kin, rows: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Men and women of one place and about one age; never brother and sister."""
    sides = []
    for sex in (MALE, FEMALE):
        side = rows[kin.sex[rows] == sex]
        town = kin.town[side].copy()
        moved = rng.random(len(side)) < FOREIGN_TO_PLACE
        town[moved] = rng.permutation(town[moved])
        age = kin.born[side] + rng.normal(0, 3 * YEAR, len(side)) - (1000 if sex == MALE else -1000) // 2
        sides.append(side[np.lexsort((age, town))])
    size = min(len(side) for side in sides)
    men, women = (side[:size] for side in sides)
    apart = np.abs(kin.born[men] - kin.born[women]) < 18 * YEAR
    related = (kin.mother[men] == kin.mother[women]) & (kin.mother[men] >= 0)
    kept = apart & ~related & (rng.random(size) < 0.9)
    return men[kept], women[kept]


def _settle(kin: Kin, men: Ints, women: Ints) -> Kin:
    """Couples live together, where the woman lived, and know each other as partners."""
    partner, home, town = kin.partner.copy(), kin.home.copy(), kin.town.copy()
    partner[men], partner[women] = women, men
    home[men] = home[women] = men + len(kin.born)  # a new home, numbered apart from those so far
    town[men] = town[women]
    return kin._replace(partner=partner, home=_renumbered(home), town=town)


def _renumbered(home: Ints) -> Ints:
    return _int32(np.unique(home, return_inverse=True)[1])


def _int32(values: npt.NDArray[np.float64] | npt.NDArray[np.intp]) -> Ints:
    return values.astype(np.int32)


def _births(kin: Kin, men: Ints, women: Ints, rates: Rates, rng: np.random.Generator) -> tuple[Ints, Ints, Flags]:
    """Of each child: its couple, its day of birth, and whether it is the twin of the one before."""
    couple = np.repeat(np.arange(len(men)), np.minimum(rng.poisson(rates.children, len(men)), 13)).astype(np.int32)
    first = np.diff(couple, prepend=-1) > 0
    start = np.maximum(kin.born[women] + rng.uniform(16, 34, len(men)) * YEAR, kin.born[men] + 16 * YEAR)
    gap = (0.85 + rng.gamma(1.6, 1.3, len(couple))) * YEAR
    twin = (rng.random(len(couple)) < TWINS) & ~first
    gap[twin] = 0
    gap[first] = start[couple[first]]
    summed = np.cumsum(gap)
    before = np.repeat((summed - gap)[first], np.bincount(couple, minlength=len(men))[couple[first]])
    born = _int32(summed - before)
    kept = (born <= LAST_DAY) & (born - kin.born[women[couple]] < 46 * YEAR)
    return couple[kept], born[kept], twin[kept] & ~(np.diff(couple[kept], prepend=-1) > 0)


def _children(naming: Naming, rates: Rates, kin: Kin, men: Ints, women: Ints, rng: np.random.Generator) -> Kin:
    couple, born, twin = _births(kin, men, women, rates, rng)
    count = len(couple)
    sex = rng.integers(MALE, FEMALE + 1, count).astype(np.int8)
    follows = np.flatnonzero(twin & (rng.random(count) < 0.67))
    sex[follows] = sex[follows - 1]
    father, mother = men[couple], women[couple]
    unnamed = (rng.random(len(men)) < FATHER_UNNAMED)[couple]
    given = _handed_down(_given_names(naming, sex, born, rng), kin, sex, couple, (father, mother), rng)
    given = _told_apart(naming, given, sex, born, couple, rng)
    given = _twins_alike(naming, given, sex, twin, rng)
    town = kin.town[mother].copy()
    moved = rng.random(count) < 0.12
    town[moved] = _draw_towns(naming, int(moved.sum()), rng)
    return Kin(
        sex,
        born,
        given,
        _child_surnames(naming, kin, father, mother, unnamed),
        mother,
        np.where(unnamed, -1, father).astype(np.int32),
        np.full(count, -1, dtype=np.int32),
        town,
        kin.home[mother],
        np.full(count, kin.layer[men[0]] + 1 if len(men) else 1, dtype=np.int8),
    )


def _child_surnames(naming: Naming, kin: Kin, father: Ints, mother: Ints, unnamed: Flags) -> Ints:
    rule = naming.customs.surnames_from
    his, hers = kin.surnames[father], kin.surnames[mother]
    if rule == "both":
        found = np.stack([his[:, 0], hers[:, 0]], axis=1)
    elif rule == "mother_first":
        found = np.stack([hers[:, 1], his[:, 1]], axis=1)
    elif rule == "clan":
        found = np.stack([hers[:, 0], his[np.arange(len(his)), father % 2]], axis=1)  # his clan, or his father's name
    elif rule == "none":
        found = np.full_like(his, -1)
    else:
        found = his.copy()
    if rule != "clan":
        found[unnamed] = hers[unnamed]
    return found


def _handed_down(
    given: Ints,
    kin: Kin,
    sex: npt.NDArray[np.int8],
    couple: Ints,
    parents: tuple[Ints, Ints],
    rng: np.random.Generator,
) -> Ints:
    """Children named after a parent or a grandparent of their sex, and second names that all children share."""
    parent = np.where(sex == MALE, parents[0], parents[1])
    first = rng.random(len(sex)) < HANDED_DOWN
    given[first, 0] = kin.given[parent[first], 0]
    grandparent = np.where(sex == MALE, kin.father[parent], kin.mother[parent])
    of_old = (rng.random(len(sex)) < OF_GRANDPARENTS) & (grandparent >= 0) & ~first
    given[of_old, 0] = kin.given[grandparent[of_old], 0]
    second = (rng.random(len(sex)) < SECOND_HANDED_DOWN) & (given[:, 1] >= 0)
    given[second, 1] = kin.given[parent[second], 0]
    shares = (rng.random(int(couple.max(initial=0)) + 1) < SHARED_SECOND)[couple] & (given[:, 1] >= 0)
    leader = np.searchsorted(couple, couple)
    same_sex = shares & (sex == sex[leader]) & (given[leader, 1] >= 0)
    given[same_sex, 1] = given[leader[same_sex], 1]
    given[given[:, 0] == given[:, 1], 1] = -1
    return given


def _told_apart(
    naming: Naming, given: Ints, sex: npt.NDArray[np.int8], born: Ints, couple: Ints, rng: np.random.Generator
) -> Ints:
    """Brothers and sisters have different first names, but for the great compounds: María José, María Isabel."""
    texts = naming.given.texts
    compound = np.isin(np.arange(len(texts)), [texts.index(text) for text in naming.customs.compound if text in texts])
    for _ in range(3):
        key = couple.astype(np.int64) * len(texts) + given[:, 0]
        _, at = np.unique(key, return_index=True)
        again = np.ones(len(key), dtype=np.bool_)
        again[at] = False
        rows = np.flatnonzero(again & ~(compound[given[:, 0]] & (given[:, 1] >= 0)))
        given[rows, 0] = draw_given(naming, sex[rows], born[rows], rng)
    given[given[:, 0] == given[:, 1], 1] = -1
    return given


def _twins_alike(naming: Naming, given: Ints, sex: npt.NDArray[np.int8], twin: Flags, rng: np.random.Generator) -> Ints:
    """Some twins get names that stand close together in the alphabet: Yuleisy and Yuleima."""
    order = naming.initial_order
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    own = np.diff(naming.fashion[-2], axis=1, prepend=0.0) > 0
    rows = np.flatnonzero(twin & (rng.random(len(sex)) < TWINS_ALIKE))
    other = order[np.clip(rank[given[rows - 1, 0]] + rng.integers(1, 6, len(rows)), 0, len(order) - 1)]
    fits = own[sex[rows] - 1, other]
    given[rows[fits], 0] = other[fits]
    given[given[:, 0] == given[:, 1], 1] = -1
    return given
