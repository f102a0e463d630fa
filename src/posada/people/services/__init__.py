"""Writes: register, correct, record consent, households, taking on, and the acts of searching."""

from posada.people.services.arriving import just_registered_too, register_birth, register_household
from posada.people.services.cards import note_lost_card, show_cards
from posada.people.services.changing import correct_person, open_by_urgency, record_consent, take_on
from posada.people.services.drafts import discard_draft, drafts_of, keep_draft, open_draft
from posada.people.services.emergency import (
    read_in_emergency,
    read_sheet,
    sheet_record,
    sheet_to_correct,
    write_sheet,
)
from posada.people.services.entrusting import hand_back, hand_over
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
    note_bed,
    recognise,
)

__all__ = [
    "changing_act",
    "correct_person",
    "discard_draft",
    "drafts_of",
    "find",
    "hand_back",
    "hand_over",
    "household_of",
    "join_household",
    "just_registered_too",
    "keep_draft",
    "leave_household",
    "look_at_card",
    "look_for_number",
    "look_whether_here",
    "member_to_join",
    "new_household",
    "note_bed",
    "note_lost_card",
    "open_by_urgency",
    "open_draft",
    "read_in_emergency",
    "read_sheet",
    "recognise",
    "record_consent",
    "register_birth",
    "register_household",
    "register_listed",
    "register_person",
    "require_here",
    "sheet_record",
    "sheet_to_correct",
    "show_cards",
    "take_on",
    "update_listed",
    "write_sheet",
]
