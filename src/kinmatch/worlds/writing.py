"""The words of people's names as somebody writes them: in which letters, in which spelling, with which ending."""

from typing import NamedTuple

import numpy as np

from kinmatch.worlds.families import FEMALE, Kin
from kinmatch.worlds.naming import Flags, Ints, Naming, Texts
from kinmatch.worlds.wordlists import Words

FIRST_SPELLING = 0.6


class Named(NamedTuple):
    """Of n people two given names and two surnames each, object[n]; an empty text where there is none."""

    given: list[Texts]
    surnames: list[Texts]


def write_words(words: Words, ids: Ints, otherwise: Flags, rng: np.random.Generator) -> Texts:
    """The names of these ids (-1: none); where `otherwise`, in another spelling (or in Latin letters)."""
    found = np.array([*words.texts, ""], dtype=object)[ids]
    rows = np.flatnonzero(otherwise & (ids >= 0))
    if len(rows):
        counts = np.array([len(spellings) for spellings in words.spellings])
        flat = np.array([text for spellings in words.spellings for text in spellings], dtype=object)
        start = np.cumsum(counts) - counts
        chance = rng.random(len(rows))
        other = np.where(chance < FIRST_SPELLING, 0, ((chance - FIRST_SPELLING) / 0.4 * counts[ids[rows]]).astype(int))
        found[rows] = flat[start[ids[rows]] + np.minimum(other, counts[ids[rows]] - 1)]
    return found


def write_names(naming: Naming, kin: Kin, rows: Ints, otherwise: Flags, rng: np.random.Generator) -> Named:
    """The names of these people (-1: nobody), each by the rule of its people."""
    known = rows >= 0
    given_ids = np.where(known[:, None], kin.given[rows], -1)
    surname_ids = np.where(known[:, None], kin.surnames[rows], -1)
    given = [write_words(naming.given, given_ids[:, k], otherwise, rng) for k in range(2)]
    surnames = [write_words(naming.surnames, surname_ids[:, k], otherwise, rng) for k in range(2)]
    rule = naming.customs.surnames_from
    if rule in {"father", "slavic", "patronymic"}:
        surnames[1] = np.full(len(rows), "", dtype=object)
    if rule in {"slavic", "patronymic"}:
        fathers = np.where(known, kin.father[rows], -1)
        father_given = np.where(fathers >= 0, kin.given[fathers, 0], -1)
        if rule == "patronymic":
            after = write_words(naming.given, father_given, otherwise, rng)
            surnames = [np.where(after == "", surnames[0], after), np.where(after == "", "", surnames[0])]
        else:
            _turn(
                naming,
                kin.sex[rows] == FEMALE,
                Named(given, surnames),
                (surname_ids[:, 0], father_given),
                otherwise,
                rng,
            )
    return Named(given, surnames)


def _turn(
    naming: Naming, women: Flags, names: Named, ids: tuple[Ints, Ints], otherwise: Flags, rng: np.random.Generator
) -> None:
    """Slavic endings: women's surnames, and the name after the father in the place of the second given name."""
    surname_ids, father_given = ids
    rows = np.flatnonzero(women)
    names.surnames[0][rows] = write_words(naming.feminine, surname_ids[rows], otherwise[rows], rng)
    for side, sex_rows in zip(naming.patronymics, (np.flatnonzero(~women), rows), strict=True):
        names.given[1][sex_rows] = write_words(side, father_given[sex_rows], otherwise[sex_rows], rng)
