"""What agreement is worth less together than alone, as `compare.corrections`, over levels by number."""

from kinmatch.columns.compiled import Array, Number, borrowing
from kinmatch.columns.levels import (
    ALIKE_LEVEL,
    BIRTH_DATE,
    BIRTH_DIGIT,
    BIRTH_PLACE,
    BIRTH_SAME,
    BIRTH_SWAPPED,
    BLANK,
    CORRECTION,
    DIFFERENT,
    FAMILY,
    FAMILY_BIRTH,
    FAMILY_GIVEN,
    FAMILY_PARENT,
    FAMILY_PHONE,
    FAMILY_PLACE,
    FAMILY_RARITY,
    FAMILY_RELATIVES,
    FAMILY_SURNAME,
    FAR,
    FATHER,
    HELD_AT,
    INITIAL_LEVEL,
    MOTHER,
    NAMESAKE,
    NAMESAKE_RARITY,
    NEAR_LEVEL,
    NUMBER_SAME,
    PARENT_DIFFERENT,
    PARENT_NEAR,
    PARENT_SAME,
    PARENT_SURNAME,
    PHONE,
    PLACE,
    PLACE_CONTAINED,
    PLACE_SAME,
    PLAIN_DIFFERENT,
    PLAIN_SAME,
    RELATIVES,
    SEX,
    SHORT_LEVEL,
)
from kinmatch.columns.name_kernel import Role
from kinmatch.compare.corrections import HALF, WHOLE


@borrowing
def _shared_people(flat: Array, levels: Array, rarity: Array) -> tuple[Number, int]:
    """What is taken back for parents and places in common, and for how many."""
    value, terms = 0.0, 0
    for field in (MOTHER, FATHER):
        if levels[field] in (PARENT_SAME, PARENT_NEAR, PARENT_SURNAME):
            value += flat[FAMILY_PARENT] + flat[FAMILY_RARITY] * rarity[field]
            terms += 1
    for field in (BIRTH_PLACE, PLACE):
        if levels[field] in (PLACE_SAME, PLACE_CONTAINED):
            value += flat[FAMILY_PLACE] + flat[FAMILY_RARITY] * rarity[field]
            terms += 1
    return value, terms


@borrowing
def _family(flat: Array, surnames: Role, levels: Array, rarity: Array) -> tuple[Number, int]:
    """The correction for what a family has in common, and of how many terms it is made."""
    value, terms = _shared_people(flat, levels, rarity)
    if surnames.matched:
        value += flat[FAMILY_SURNAME] * surnames.matched + flat[FAMILY_RARITY] * surnames.bits
        terms += 1
    if levels[PHONE] == NUMBER_SAME:
        value, terms = value + flat[FAMILY_PHONE], terms + 1
    if levels[RELATIVES] == PLAIN_SAME:
        value, terms = value + flat[FAMILY_RELATIVES], terms + 1
    if levels[BIRTH_DATE] in (BIRTH_SAME, BIRTH_SWAPPED, BIRTH_DIGIT):
        value, terms = value + flat[FAMILY_BIRTH], terms + 1
    return value, terms


@borrowing
def _namesakes(surnames: Role, levels: Array, fewest: int) -> float:
    """How strongly something speaks for two bearers of one given name."""
    parents = (levels[MOTHER] == PARENT_DIFFERENT) + (levels[FATHER] == PARENT_DIFFERENT)
    if levels[BIRTH_DATE] == FAR or parents > 1:
        return WHOLE
    if surnames.level == DIFFERENT:
        return WHOLE if fewest > 1 else HALF
    return HALF if parents and surnames.conflict else 0.0


@borrowing
def correct(flat: Array, given: Role, surnames: Role, levels: Array, rarity: Array, fewest: int) -> Number:
    """Sets the level of the correction; its weight. `rarity` is what each field gave, `fewest` the surnames of the side
    that has fewer."""
    if given.conflict:
        value, terms = _family(flat, surnames, levels, rarity)
        levels[CORRECTION] = FAMILY if terms else BLANK
        return value
    unsure = given.level in (NEAR_LEVEL, SHORT_LEVEL, ALIKE_LEVEL, INITIAL_LEVEL)
    if unsure and levels[SEX] == PLAIN_DIFFERENT:
        value, _ = _family(flat, surnames, levels, rarity)
        levels[CORRECTION] = FAMILY
        return value + flat[FAMILY_GIVEN] + flat[HELD_AT] * given.bits
    share = _namesakes(surnames, levels, fewest) if given.bits else 0.0
    levels[CORRECTION] = NAMESAKE if share else BLANK
    return flat[NAMESAKE_RARITY] * share * given.bits
