"""Descriptions of people: for each row a person, seen and written down by one source, as a frame of the register."""

from typing import NamedTuple

import numpy as np
import polars

from kinmatch.worlds.families import Kin
from kinmatch.worlds.naming import Flags, Floats, Ints, Naming, Texts
from kinmatch.worlds.rates import Rates
from kinmatch.worlds.respelling import plain
from kinmatch.worlds.sources import Habits, words_for_sex
from kinmatch.worlds.spoiling import (
    called,
    spoil_births,
    spoil_given,
    spoil_numbers,
    spoil_places,
    spoil_sex,
    spoil_surnames,
)
from kinmatch.worlds.writing import write_names

FIELDS_EXCHANGED, NICKNAME = 0.012, 0.05
MOTHER_MISSING, FATHER_MISSING, PARENT_ONE_NAME, PARENT_SHORT = 0.30, 0.38, 0.25, 0.40


class Scene(NamedTuple):
    """What is written down: people, the rows described (int32[n]), the share of errors (float64[n]; less for a first
    description) and of gaps, and the habits of whoever wrote."""

    kin: Kin
    rows: Ints
    rate: Floats
    missing: Floats
    habits: Habits
    otherwise: Flags


def describe(naming: Naming, rates: Rates, scene: Scene, rng: np.random.Generator) -> polars.DataFrame:
    """The descriptions, a row each, without a record_id; columns as engine.md names them, empty text for nothing."""
    kin, rows, rate, missing = scene.kin, scene.rows, scene.rate, scene.missing
    sex = kin.sex[rows].astype(np.int32)
    names = write_names(naming, kin, rows, scene.otherwise, rng)
    partners = write_names(naming, kin, kin.partner[rows], scene.otherwise, rng)
    given = spoil_given(naming, names.given, rate, rng)
    surnames = spoil_surnames(naming, names.surnames, partners.surnames[0], sex, rate, rng)
    columns = _name_columns(naming, scene, _given_text(naming, given, rng), _joined(surnames), rng)
    hidden = rng.random(len(rows)) < NICKNAME
    call = called(naming, names.given[0], hidden, rng)
    columns["nickname"] = np.where(call != names.given[0], call, "")
    births = spoil_births(kin.born[rows], scene.habits.day, rate, missing, rng)
    said = spoil_sex(sex, rate, missing, rng)
    columns["sex"] = _sex_words()[scene.habits.sex, said]
    columns["birth_date"], columns["age_on"] = births.date, births.age_on
    columns["place"] = spoil_places(naming, kin.town[rows], scene.otherwise, missing, rate, rng)
    if rates.birth_place > 0:
        columns["birth_place"] = spoil_places(naming, kin.town[rows], scene.otherwise, missing, rate, rng)
        columns["birth_place"][rng.random(len(rows)) >= rates.birth_place] = ""
    for field, parents, share in (("mother", kin.mother, MOTHER_MISSING), ("father", kin.father, FATHER_MISSING)):
        columns[field] = _parents(naming, scene, parents[rows], share, rng)
    columns |= _numbers(rates, scene, rng)
    if rates.relatives > 0:
        columns["relatives"] = _relatives(naming, scene, rates.relatives, rng)
    _as_the_source_writes(columns, scene.habits, rng)
    age = polars.Series("age", np.where(births.age < 0, 0, births.age), dtype=polars.Int32)
    frame = polars.DataFrame({name: polars.Series(name, texts, dtype=polars.String) for name, texts in columns.items()})
    return frame.with_columns(polars.when(polars.Series(births.age >= 0)).then(age).otherwise(None).alias("age"))


def _sex_words() -> Texts:
    return np.array([["", *pair] for pair in words_for_sex()], dtype=object)


def _given_text(naming: Naming, given: list[Texts], rng: np.random.Generator) -> Texts:
    """Given names; Chinese ones run together: 嘉平, Jiaping, Jia-Ping, Jia Ping."""
    if naming.customs.letters != "chinese":
        return _joined(given)
    latin = np.array([text[:1].isascii() for text in given[0]])
    between = rng.choice(np.array(["", "-", " "], dtype=object), len(latin), p=[0.55, 0.15, 0.3])
    between[~latin | (given[1] == "") | (given[0] == "")] = ""
    second = given[1].copy()
    low = latin & (between == "")
    second[low] = [text.lower() for text in second[low]]
    return np.asarray(given[0] + between + second, dtype=object)


def _whole(naming: Naming, surnames: Texts, given: Texts) -> Texts:
    """The surname first; Chinese characters without a blank between."""
    if naming.customs.letters != "chinese":
        return _joined([surnames, given])
    pairs = zip(surnames, given, strict=True)
    return np.array([a + b if not a.isascii() else f"{a} {b}".strip() for a, b in pairs], dtype=object)


def _joined(parts: list[Texts]) -> Texts:
    """The words of each row with blanks between them."""
    first, *others = parts
    found = first
    for other in others:
        between = np.where((found != "") & (other != ""), " ", "")
        found = found + between + other
    return np.asarray(found, dtype=object)


def _name_columns(
    naming: Naming, scene: Scene, given: Texts, surnames: Texts, rng: np.random.Generator
) -> dict[str, Texts]:
    """given_names, surnames, full_name: in their fields, in each other's, or in one piece."""
    size = len(given)
    full = rng.random(size) < naming.customs.full
    exchanged = ~full & (rng.random(size) < FIELDS_EXCHANGED * scene.rate) & (surnames != "")
    surname_first = rng.random(size) < naming.customs.surname_first
    whole = np.where(surname_first, _whole(naming, surnames, given), _joined([given, surnames]))
    return {
        "given_names": np.where(full, "", np.where(exchanged, surnames, given)),
        "surnames": np.where(full, "", np.where(exchanged, given, surnames)),
        "full_name": np.where(full, whole, ""),
    }


def _parents(naming: Naming, scene: Scene, parents: Ints, share: float, rng: np.random.Generator) -> Texts:
    """A parent's name as a child gives it: nothing, a given name alone, one of each, or all."""
    size = len(parents)
    names = write_names(naming, scene.kin, parents, scene.otherwise, rng)
    given = spoil_given(naming, names.given, scene.rate, rng)
    nobody = np.full(size, "", dtype=object)
    surnames = spoil_surnames(naming, names.surnames, nobody, np.zeros(size, np.int32), scene.rate, rng)
    draw = rng.random(size)
    short = draw < PARENT_ONE_NAME + PARENT_SHORT
    given[1][short] = ""
    surnames[1][short] = ""
    surnames[0][(draw < PARENT_ONE_NAME) & (given[0] != "")] = ""
    surnames[1][surnames[0] == ""] = ""
    found = _joined([_given_text(naming, given, rng), _joined(surnames)])
    found[(rng.random(size) < share * scene.missing) | (parents < 0)] = ""
    return found


def _relatives(naming: Naming, scene: Scene, share: float, rng: np.random.Generator) -> Texts:
    """Some of those who live in the same home, by one given name and one surname each."""
    order = np.argsort(scene.kin.home, kind="stable").astype(np.int32)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    found = np.full(len(scene.rows), "", dtype=object)
    for step in (-1, 1, 2):
        other = order[np.clip(place[scene.rows] + step, 0, len(order) - 1)]
        near = (scene.kin.home[other] == scene.kin.home[scene.rows]) & (other != scene.rows)
        chosen = np.where(near & (rng.random(len(other)) < share), other, -1).astype(np.int32)
        names = write_names(naming, scene.kin, chosen, scene.otherwise, rng)
        text = _joined([names.given[0], names.surnames[0]])
        found = found + np.where((found != "") & (text != ""), "; ", "") + text
    return np.asarray(found, dtype=object)


def _numbers(rates: Rates, scene: Scene, rng: np.random.Generator) -> dict[str, Texts]:
    """Phones, shared in a home, and documents; drawn from the person, so that each description has the same one."""
    found: dict[str, Texts] = {}
    people = len(scene.kin.sex)
    if rates.phone > 0:
        phones = 4_120_000_000 + (scene.kin.home.astype(np.int64) * 7_919 + rng.integers(0, 10**6)) % 120_000_000
        found["phone"] = spoil_numbers(phones[scene.rows], rates.phone, scene.rate, "0{}", rng)
    if rates.document > 0:
        documents = rng.integers(1_000_000, 33_000_000, people)
        found["document"] = spoil_numbers(documents[scene.rows], rates.document, scene.rate, "V-{}", rng)
    return found


def _as_the_source_writes(columns: dict[str, Texts], habits: Habits, rng: np.random.Generator) -> None:
    """Capitals and accents, alike for all the names of one description."""
    size = len(habits.day)
    bare, upper = rng.random(size) < habits.plain, rng.random(size) < habits.upper
    for field in ("given_names", "surnames", "full_name", "nickname", "mother", "father", "relatives", "place"):
        if field in columns:
            texts = columns[field]
            texts[bare] = [plain(text) for text in texts[bare]]
            texts[upper] = [text.upper() for text in texts[upper]]
