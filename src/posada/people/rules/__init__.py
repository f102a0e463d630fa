"""Pure decisions about a person: no database, no clock, no request."""

from posada.people.rules.birth import (
    BirthProblem,
    Minor,
    ReadBirth,
    WrongBirth,
    age_in_words,
    birth_in_words,
    birth_span,
    is_minor,
    read_birth,
    treated_as_minor,
)
from posada.people.rules.differences import Difference, consent_differences, identity_differences
from posada.people.rules.household import household_tree
from posada.people.rules.naming import Mask, TooLong, clean_text, mask
from posada.people.rules.words import ANSWER_WORDS, FIELD_LABELS, PURPOSE_WORDS, RELATION_WORDS, SEX_WORDS

__all__ = [
    "ANSWER_WORDS",
    "FIELD_LABELS",
    "PURPOSE_WORDS",
    "RELATION_WORDS",
    "SEX_WORDS",
    "BirthProblem",
    "Difference",
    "Mask",
    "Minor",
    "ReadBirth",
    "TooLong",
    "WrongBirth",
    "age_in_words",
    "birth_in_words",
    "birth_span",
    "clean_text",
    "consent_differences",
    "household_tree",
    "identity_differences",
    "is_minor",
    "mask",
    "read_birth",
    "treated_as_minor",
]
