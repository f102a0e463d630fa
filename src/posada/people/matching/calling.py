"""What people are called, for a list that saves them: one scan, written down with its count; no name is read out."""

import uuid
from collections.abc import Iterable

from posada.accounts.permissions import Actor
from posada.people.models import Identity, Person
from posada.records.scanning import Purpose, scan


def call_names(by: Actor, persons: Iterable[Person]) -> dict[uuid.UUID, str]:
    """The call-name of each of these persons; "" for who chose none. Hidden and erased persons are left out.

    Raises `Refused` for whoever may not make the evacuation list. The manager and the auditor are told.
    """
    records = [person.identity_id for person in persons]
    return {one.subject: one.content.call_name for one in scan(Identity, Purpose.EVACUATION, records=records, by=by)}
