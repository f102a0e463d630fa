"""Whether somebody counts as an adult, a child or an infant, from what the house holds in memory. Nothing is shown."""

import uuid
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import kinmatch
from posada.people.matching.counting import INFANT_UNDER
from posada.people.matching.describing import as_indexed
from posada.people.matching.held import records_of
from posada.people.rules.birth import Minor, is_minor, oldest_in_years, treated_as_minor


class Age(StrEnum):
    """As coarse as a bed needs it."""

    ADULT = "adult"
    CHILD = "child"
    INFANT = "infant"


def ages(site: int, persons: Iterable[uuid.UUID], on: date) -> dict[uuid.UUID, Age]:
    """How each of these persons counts on a day. Whose age nobody knows counts as a child, and never as an infant."""
    wanted = list(persons)
    held = records_of(site, wanted)
    return {one: _age(held[one], on) if one in held else Age.CHILD for one in wanted}


def _age(record: kinmatch.Record, on: date) -> Age:
    identity = as_indexed(record)
    years = oldest_in_years(identity, on)
    if years is not None and years < INFANT_UNDER:
        return Age.INFANT
    return Age.CHILD if treated_as_minor(identity, on) else Age.ADULT


def surely_minors(site: int, persons: Iterable[uuid.UUID], on: date) -> frozenset[uuid.UUID]:
    """Those of whom it is known that they are minors on a day; nobody whose age is unknown is among them."""
    held = records_of(site, list(persons))
    return frozenset(one for one, record in held.items() if is_minor(as_indexed(record), on) is Minor.YES)
