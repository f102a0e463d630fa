"""How names and attributes get spoilt between a person and the paper: by ear, by haste, by what is not known."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from anyascii import anyascii

from kinmatch.compare.grades import nicknames
from kinmatch.sounds import fold
from kinmatch.worlds.families import FEMALE, MALE, YEAR
from kinmatch.worlds.naming import Flags, Floats, Ints, Naming, Texts
from kinmatch.worlds.respelling import respell

GIVEN_DROPPED, GIVEN_SWAPPED, GIVEN_INITIAL, CALL_NAME = 0.20, 0.03, 0.05, 0.04
SURNAMES_SWAPPED, FAMILY_NAME_KEPT = 0.015, 0.7
DATE_MISSING, YEAR_ONLY, AGE_ONLY, AGE_OFF = 0.12, 0.14, 0.16, 0.25
SWAPPED_DAY, WRONG_DAY, YEAR_BESIDE, YEAR_FAR = 0.03, 0.02, 0.02, 0.01
SEX_MISSING, SEX_WRONG = 0.05, 0.006
_SHORT: dict[str, dict[str, list[str]]] = {}


class Births(NamedTuple):
    """`birth_date` as text, `age` (int32, -1: not said) and the day the age was said on (text), of n descriptions."""

    date: Texts
    age: Ints
    age_on: Texts


def call_names(naming: Naming) -> dict[str, list[str]]:
    """The call-names of each folded given name: those of the naming, or the shipped Spanish ones."""
    found = _SHORT.get(naming.name)
    if found is None:
        found = {fold(name): shorts for name, shorts in naming.customs.nicknames.items()}
        if naming.customs.sets:
            for short, formals in sorted(nicknames().items()):
                for formal in formals:
                    found.setdefault(formal, []).append(short.capitalize())
        _SHORT[naming.name] = found
    return found


def called(naming: Naming, words: Texts, where: Flags, rng: np.random.Generator) -> Texts:
    """The words with a call-name in place of those that have one, where asked."""
    shorts, found = call_names(naming), words.copy()
    rows = np.flatnonzero(where & (words != ""))
    for row, chance in zip(rows.tolist(), rng.random(len(rows)).tolist(), strict=True):
        fitting = shorts.get(fold(words[row]))
        if fitting:
            found[row] = fitting[int(chance * len(fitting))]
    return found


def spoil_given(naming: Naming, given: list[Texts], rate: Floats, rng: np.random.Generator) -> list[Texts]:
    """Two given names as written: one left out, the two exchanged, an initial, a call-name, misspelt."""
    first, second = given[0].copy(), given[1].copy()
    size, both = len(first), second != ""
    draw = rng.random(size)
    alone = both & (draw < GIVEN_DROPPED)
    only_second = alone & (draw >= GIVEN_DROPPED * 0.9)
    first[only_second] = second[only_second]
    second[alone] = ""
    swapped = both & ~alone & (rng.random(size) < GIVEN_SWAPPED * rate)
    first[swapped], second[swapped] = second[swapped], first[swapped].copy()
    first = called(naming, first, rng.random(size) < CALL_NAME * rate, rng)
    first, second = (respell(words, rate, naming.customs.ear, rng) for words in (first, second))
    initial = (second != "") & ~swapped & (rng.random(size) < GIVEN_INITIAL)
    second[initial] = [word[0] + "." for word in second[initial]]
    return [first, second]


def spoil_surnames(
    naming: Naming, surnames: list[Texts], partner: Texts, sex: Ints, rate: Floats, rng: np.random.Generator
) -> list[Texts]:
    """Two surnames as written: the second left out, exchanged, a married woman under her husband's, misspelt."""
    first, second = surnames[0].copy(), surnames[1].copy()
    size = len(first)
    married = (sex == FEMALE) & (partner != "") & (rng.random(size) < naming.customs.married)
    dropped = (second != "") & (rng.random(size) < naming.customs.surname_dropped) & ~married
    if naming.customs.surnames_from == "patronymic":  # what is left out is the father's given name, mostly
        kept = dropped & (rng.random(size) < FAMILY_NAME_KEPT)
        first[kept] = second[kept]
    second[dropped] = ""
    swapped = (second != "") & (rng.random(size) < SURNAMES_SWAPPED * rate) & ~married
    first[swapped], second[swapped] = second[swapped], first[swapped].copy()
    first, second = (respell(words, rate, naming.customs.ear, rng) for words in (first, second))
    if naming.customs.surnames_from == "father":
        first[married] = partner[married]
    else:
        second[married] = "de " + partner[married]
    return [first, second]


def spoil_births(born: Ints, day: Ints, rate: Floats, missing: Floats, rng: np.random.Generator) -> Births:
    """Births as known at the door: nothing, a year, an age, or a date that may be wrong in one of four ways."""
    size = len(born)
    dates = _wrong_dates(born, rate, rng)
    text = np.datetime_as_string(dates, unit="D").astype(object)
    draw = rng.random(size) - DATE_MISSING * missing
    text[draw < 0] = ""
    year_only = (draw >= 0) & (draw < YEAR_ONLY)
    text[year_only] = [one[:4] for one in text[year_only]]
    aged = (draw >= YEAR_ONLY) & (draw < YEAR_ONLY + AGE_ONLY) & (born < day)
    off = np.where(rng.random(size) < AGE_OFF, rng.integers(-1, 2, size), 0)
    age = np.where(aged, np.maximum(((day - born) / YEAR).astype(np.int32) + off, 0), -1).astype(np.int32)
    text[aged] = ""
    written = np.datetime_as_string(day.astype("datetime64[D]"), unit="D").astype(object)
    return Births(text, age, np.where(aged, written, ""))


def _wrong_dates(born: Ints, rate: Floats, rng: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
    dates = born.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    years = dates.astype("datetime64[Y]")
    day = (dates - months).astype(np.int64) + 1
    month = (months - years).astype(np.int64) + 1
    draw = rng.random(len(born)) / np.maximum(rate, 1e-9)
    size = len(born)
    exchanged = (years.astype("datetime64[M]") + (np.minimum(day, 12) - 1)).astype("datetime64[D]") + (month - 1)
    other_day = months.astype("datetime64[D]") + rng.integers(0, 28, size)
    beside = (months + np.where(rng.random(size) < 0.5, 12, -12)).astype("datetime64[D]") + (day - 1)
    far = (months + rng.integers(-10, 11, size) * 12).astype("datetime64[D]") + (day - 1)
    edges = np.cumsum([SWAPPED_DAY, WRONG_DAY, YEAR_BESIDE, YEAR_FAR])
    kinds = np.searchsorted(edges, draw, side="right")
    found = dates.copy()
    for kind, wrong in enumerate((exchanged, other_day, beside, far)):
        chosen = (kinds == kind) & (day <= 12) if kind == 0 else kinds == kind
        found[chosen] = wrong[chosen]
    return found


def spoil_sex(sex: Ints, rate: Floats, missing: Floats, rng: np.random.Generator) -> Ints:
    """1 man, 2 woman, 0 not said."""
    wrong = rng.random(len(sex)) < SEX_WRONG * rate
    found = np.where(wrong, MALE + FEMALE - sex, sex)
    return np.where(rng.random(len(sex)) < SEX_MISSING * missing, 0, found).astype(np.int32)


def spoil_places(
    naming: Naming, town: Ints, otherwise: Flags, missing: Floats, rate: Floats, rng: np.random.Generator
) -> Texts:
    """Places as written: with or without the state, the state alone, misspelt, or another place meanwhile."""
    size, towns = len(town), naming.customs.towns
    town = np.where(rng.random(size) < 0.10, rng.integers(0, len(towns), size), town)
    if naming.customs.own_letters:
        town = np.where(otherwise, town + len(towns), town)
        towns = [*towns, *(anyascii(text) for text in towns)]
    parts = [text.partition(", ") for text in towns]
    whole = np.array(towns, dtype=object)[town]
    names = np.array([name for name, _, _ in parts], dtype=object)[town]
    states = np.array([state or name for name, _, state in parts], dtype=object)[town]
    draw = rng.random(size)
    found = np.where(draw < 0.4, whole, np.where(draw < 0.93, names, states))
    found = respell(found, rate * 0.6, naming.customs.ear, rng)
    found[rng.random(size) < 0.2 * missing] = ""
    return found


def spoil_numbers(
    numbers: npt.NDArray[np.int64], present: float, rate: Floats, form: str, rng: np.random.Generator
) -> Texts:
    """Numbers said by a share of people, one digit wrong at times; `form` is a template of str.format."""
    size = len(numbers)
    found = np.full(size, "", dtype=object)
    if present <= 0:
        return found
    wrong = rng.random(size) < 0.06 * rate
    changed = np.where(wrong, numbers + 10 ** rng.integers(0, 6, size), numbers)
    rows = np.flatnonzero((rng.random(size) < present) & (numbers >= 0))
    found[rows] = [form.format(number) for number in changed[rows].tolist()]
    return found
