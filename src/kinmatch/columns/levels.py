"""The levels of every field by number, and match weights as one vector."""

import numpy as np
import numpy.typing as npt

from kinmatch.compare.comparer import FIELDS
from kinmatch.compare.grades import GRADES
from kinmatch.weights import Weights

# A name's level has the number of its grade up to `same`; 0 is blank in every field.
_NAME = ("blank", *GRADES[1:], "fewer", "swapped", "partial", "different", "crossed")
BLANK = 0
INITIAL_LEVEL, ALIKE_LEVEL, NEAR_LEVEL, SHORT_LEVEL = 1, 2, 3, 4
VARIANT_LEVEL, SOUNDS_LEVEL, SAME_LEVEL, FEWER, SWAPPED, PARTIAL, DIFFERENT, CROSSED = 6, 7, 8, 9, 10, 11, 12, 13
# A call-name that sounds like the other one, and one that sounds like a given name, are one level with two weights.
_NICKNAME = ("blank", "same", "sounds", "nickname", "fits", "different", "sounds")
CALL_SAME, CALL_SOUNDS, CALL_NICKNAME, CALL_FITS, CALL_DIFFERENT, CALL_SOUNDS_FIT = 1, 2, 3, 4, 5, 6
_BIRTH = (
    *("blank", "same", "swapped", "digit", "month_fits", "year_fits", "age_fits"),
    *("month", "year", "near_year", "age_near", "different", "far"),
)
BIRTH_SAME, BIRTH_SWAPPED, BIRTH_DIGIT, MONTH_FITS, YEAR_FITS, AGE_FITS = 1, 2, 3, 4, 5, 6
BIRTH_MONTH, BIRTH_YEAR, NEAR_YEAR, AGE_NEAR, BIRTH_DIFFERENT, FAR = 7, 8, 9, 10, 11, 12
_PLACE = ("blank", "same", "contained", "near", "different")
PLACE_SAME, PLACE_CONTAINED, PLACE_NEAR, PLACE_DIFFERENT = 1, 2, 3, 4
_PARENT = ("blank", "same", "near", "surname", "partial", "different")
PARENT_SAME, PARENT_NEAR, PARENT_SURNAME, PARENT_PARTIAL, PARENT_DIFFERENT = 1, 2, 3, 4, 5
_NUMBER = ("blank", "same", "near", "different")
NUMBER_SAME, NUMBER_NEAR, NUMBER_DIFFERENT = 1, 2, 3
_PLAIN = ("blank", "same", "different")
PLAIN_SAME, PLAIN_DIFFERENT = 1, 2
FAMILY, NAMESAKE = 1, 2

LEVELS: dict[str, tuple[str, ...]] = {
    "given_names": _NAME,
    "surnames": _NAME,
    "nickname": _NICKNAME,
    "sex": _PLAIN,
    "birth_date": _BIRTH,
    "birth_place": _PLACE,
    "place": _PLACE,
    "mother": _PARENT,
    "father": _PARENT,
    "relatives": _PLAIN,
    "phone": _NUMBER,
    "document": _NUMBER,
    "family": ("blank", "family", "namesake"),
}
GIVEN_NAMES, SURNAMES, CALL_NAME, SEX, BIRTH_DATE, BIRTH_PLACE, PLACE = 0, 1, 2, 3, 4, 5, 6
MOTHER, FATHER, RELATIVES, PHONE, DOCUMENT, CORRECTION = 7, 8, 9, 10, 11, 12

# Where the weights of a role begin in the vector: grades by their numbers, then these.
ROLE_WIDTH = 16
RARITY_AT, PARTIAL_AT, DIFFERENT_AT, SWAPPED_AT, HELD_AT, CROSSED_AT = 9, 10, 11, 12, 13, 14
_ROLE_EXTRAS = ("rarity", "partial", "different", "swapped", "held", "crossed")
FIELD_WIDTH = 16
FIELDS_AT = 2 * ROLE_WIDTH
# The rarity of a field stands at the end of its weights.
FIELD_RARITY = FIELD_WIDTH - 1
CORRECTIONS_AT = FIELDS_AT + FIELD_WIDTH * len(FIELDS)
_CORRECTIONS = ("given", "surname", "rarity", "parent", "place", "phone", "relatives", "birth")
FAMILY_GIVEN, FAMILY_SURNAME, FAMILY_RARITY, FAMILY_PARENT = range(CORRECTIONS_AT, CORRECTIONS_AT + 4)
FAMILY_PLACE, FAMILY_PHONE, FAMILY_RELATIVES, FAMILY_BIRTH = range(CORRECTIONS_AT + 4, CORRECTIONS_AT + 8)
NAMESAKE_RARITY = CORRECTIONS_AT + 8
SAME_FOR = {"birth_place": "place", "mother": "parent", "father": "parent"}


def flat_weights(weights: Weights) -> npt.NDArray[np.float64]:
    """All weights as one vector, by the numbers of this module; what the table does not hold is 0."""
    table = weights.table
    flat = np.zeros(CORRECTIONS_AT + len(_CORRECTIONS) + 1, dtype=np.float64)
    for role, name in enumerate(("given", "surname")):
        for at, level in enumerate((*GRADES, *_ROLE_EXTRAS)):
            flat[role * ROLE_WIDTH + at] = table.get(f"{name}.{level}", 0.0)
    for field, name in enumerate(FIELDS[:-1]):
        for at, level in enumerate(LEVELS[name]):
            flat[FIELDS_AT + field * FIELD_WIDTH + at] = table.get(f"{SAME_FOR.get(name, name)}.{level}", 0.0)
        flat[FIELDS_AT + field * FIELD_WIDTH + FIELD_RARITY] = table.get(f"{SAME_FOR.get(name, name)}.rarity", 0.0)
    call_names = FIELDS_AT + CALL_NAME * FIELD_WIDTH
    flat[call_names + CALL_SOUNDS] = flat[call_names + CALL_SAME]
    flat[[call_names + CALL_NICKNAME, call_names + CALL_SOUNDS_FIT]] = flat[call_names + CALL_FITS]
    flat[CORRECTIONS_AT:-1] = [table.get(f"family.{name}", 0.0) for name in _CORRECTIONS]
    flat[-1] = table.get("namesake.rarity", 0.0)
    return flat
