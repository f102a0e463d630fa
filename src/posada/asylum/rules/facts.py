"""The few facts about a person that an option may depend on. Each is voluntary; why it is asked stands in `questions`.

What was not said is simply not there: nothing is guessed from anything else.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from posada.asylum.rules.known import Known


class Fact(StrEnum):
    """What may be told. "Here" is the country of the guide."""

    # Whose national somebody is.
    NATIONALITIES = "nationalities"  # codes of countries, ISO 3166, two letters
    STATELESS = "stateless"
    NATIONAL_HERE = "national_here"
    PARENT_NATIONAL_HERE = "parent_national_here"
    GRANDPARENT_NATIONAL_HERE = "grandparent_national_here"
    BINATIONAL_PEOPLE = "binational_people"
    LIVED_ABROAD = "lived_abroad"
    SPOUSE_NATIONAL_HERE = "spouse_national_here"
    # How somebody came.
    PRESENT_HERE = "present_here"
    IN_TRANSIT = "in_transit"
    ENTRY = "entry"  # a date
    ENTRY_BY_CHECKPOINT = "entry_by_checkpoint"
    DAYS_IN_A_THIRD_COUNTRY = "days_in_a_third_country"  # a number
    VALID_PASSPORT = "valid_passport"
    # Protection asked for.
    FEARS_RETURN = "fears_return"
    CLAIM_PENDING_HERE = "claim_pending_here"
    CLAIM_PENDING_ELSEWHERE = "claim_pending_elsewhere"
    CLAIM_WITHDRAWN_HERE = "claim_withdrawn_here"
    CLAIM_REFUSED_HERE = "claim_refused_here"
    RECOGNISED_HERE = "recognised_here"
    RECOGNISED_ELSEWHERE = "recognised_elsewhere"
    # Permits, and what stands in their way.
    HOLDS_TEMPORARY_PERMIT = "holds_temporary_permit"
    HELD_TEMPORARY_PERMIT_BEFORE = "held_temporary_permit_before"  # an earlier one, of the same country
    HOLDS_VISA = "holds_visa"
    IRREGULAR_ON_THE_DAY = "irregular_on_the_day"  # here without a permit on the day a rule names
    EXPULSION_ORDERED = "expulsion_ordered"
    CRIMINAL_RECORD = "criminal_record"
    # Children, and who needs more care.
    IS_MINOR = "is_minor"
    IN_SCHOOL_OR_CARE = "in_school_or_care"
    CHILD_HOLDS_PERMIT = "child_holds_permit"  # represents a child who holds the permit a rule names
    NEEDS_MORE_CARE = "needs_more_care"


class Shape(StrEnum):
    """What an answer is."""

    YES_NO = "yes_no"
    COUNTRIES = "countries"
    DAY = "day"
    NUMBER = "number"


_OTHER_SHAPES = {
    Fact.NATIONALITIES: Shape.COUNTRIES,
    Fact.ENTRY: Shape.DAY,
    Fact.DAYS_IN_A_THIRD_COUNTRY: Shape.NUMBER,
}


def shape_of(fact: Fact) -> Shape:
    """What an answer to it is: nearly all are yes or no."""
    return _OTHER_SHAPES.get(fact, Shape.YES_NO)


Answer: TypeAlias = "bool | int | Known | frozenset[str]"
Facts: TypeAlias = Mapping[Fact, Answer]
NOTHING_SAID: Facts = MappingProxyType({})


def answer_read(fact: Fact, written: bool | int | str | date | list[str]) -> Answer:  # noqa: FBT001 - an answer may be yes or no
    """An answer as files and forms write it. Raises ValueError for one that does not fit its question."""
    shape = shape_of(fact)
    if shape is Shape.YES_NO and isinstance(written, bool):
        return written
    if shape is Shape.NUMBER and isinstance(written, int) and not isinstance(written, bool) and written >= 0:
        return written
    if shape is Shape.COUNTRIES and isinstance(written, list) and all(_is_code(one) for one in written):
        return frozenset(written)
    if shape is Shape.DAY and isinstance(written, date):
        return Known.on(written)
    if shape is Shape.DAY and isinstance(written, str):
        return Known.read(written)
    raise ValueError(f"{fact.value}: this is no answer to it")


def _is_code(code: object) -> bool:
    return isinstance(code, str) and len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()
