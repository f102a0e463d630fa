"""Writes: register, correct, record consent, households, taking on, and the acts of searching."""

from posada.people.services.changing import correct_person, record_consent, take_on
from posada.people.services.households import (
    changing_act,
    household_of,
    join_household,
    leave_household,
    member_to_join,
    new_household,
)
from posada.people.services.presence import require_here
from posada.people.services.registering import register_listed, register_person, update_listed
from posada.people.services.searching import (
    find,
    look_at_card,
    look_for_number,
    look_whether_here,
    recognise,
)

__all__ = [
    "changing_act",
    "correct_person",
    "find",
    "household_of",
    "join_household",
    "leave_household",
    "look_at_card",
    "look_for_number",
    "look_whether_here",
    "member_to_join",
    "new_household",
    "recognise",
    "record_consent",
    "register_listed",
    "register_person",
    "require_here",
    "take_on",
    "update_listed",
]
