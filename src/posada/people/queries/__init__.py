"""Reads: persons, households, histories, and what waits."""

from posada.people.queries.entrusting import LoneFile, LoneFiles, left_alone, without_caseworker
from posada.people.queries.history import HistoryEntry, history_lines, history_of
from posada.people.queries.households import Picture, Row, household_picture
from posada.people.queries.persons import (
    OpenFile,
    consent_due,
    consents_of,
    contact_of,
    facts_of,
    file_of,
    identity_of,
    last_registered,
    may,
    members_of,
    person_by_id,
    person_by_number,
    persons_by_id,
    registered_today,
)

__all__ = [
    "HistoryEntry",
    "LoneFile",
    "LoneFiles",
    "OpenFile",
    "Picture",
    "Row",
    "consent_due",
    "consents_of",
    "contact_of",
    "facts_of",
    "file_of",
    "history_lines",
    "history_of",
    "household_picture",
    "identity_of",
    "last_registered",
    "left_alone",
    "may",
    "members_of",
    "person_by_id",
    "person_by_number",
    "persons_by_id",
    "registered_today",
    "without_caseworker",
]
