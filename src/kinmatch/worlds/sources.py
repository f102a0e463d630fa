"""Those who write people down: each register has its habits of capitals, accents, dates and gaps."""

from typing import NamedTuple

import numpy as np

from kinmatch.worlds.families import LAST_DAY
from kinmatch.worlds.naming import Floats, Ints

SOURCES = 8
_WORDS_FOR_SEX = (("m", "f"), ("M", "F"), ("masculino", "femenino"))


class Habits(NamedTuple):
    """Of each of n descriptions: scale of `errors` and of `missing`, shares of `upper` case and of `plain` letters
    (float64[n]), the day it was written (int32[n], days since 1970) and how it says man and woman (int32[n])."""

    errors: Floats
    missing: Floats
    upper: Floats
    plain: Floats
    day: Ints
    sex: Ints


def draw_habits(seed: int, source: Ints) -> Habits:
    """The habits of the sources (the same for one seed) of these descriptions."""
    rng = np.random.default_rng([seed, 77])
    upper = np.where(rng.random(SOURCES) < 0.5, 0.97, 0.06)
    return Habits(
        rng.uniform(0.5, 1.5, SOURCES)[source],
        rng.uniform(0.5, 1.5, SOURCES)[source],
        upper[source],
        rng.uniform(0.2, 0.95, SOURCES)[source],
        (LAST_DAY - rng.integers(0, 250, SOURCES)).astype(np.int32)[source],
        rng.choice(len(_WORDS_FOR_SEX), SOURCES, p=[0.6, 0.25, 0.15]).astype(np.int32)[source],
    )


def words_for_sex() -> tuple[tuple[str, str], ...]:
    """The ways to say man and woman, by number."""
    return _WORDS_FOR_SEX
