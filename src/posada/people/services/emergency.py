"""The emergency sheet: written with the person, read by the duty person with one press, looked at afterwards."""

import uuid

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.models import UrgentReading
from posada.accounts.permissions import Actor, require
from posada.people.models import Person
from posada.people.queries.files import record_of
from posada.people.rules.emergency import EmergencySheet
from posada.people.services.presence import require_here
from posada.records import door, services, urgency
from posada.records import once as sent_forms
from posada.records.door import Reason
from posada.records.models import SealedRecord
from posada.records.services import Stale


def sheet_record(person: Person) -> SealedRecord | None:
    """The sealed sheet of somebody, or that of a file put together with theirs; none if none was written."""
    return record_of(person, EmergencySheet.KIND)


def write_sheet(
    *, by: Actor, person: Person, sheet: EmergencySheet, expected: int, once: uuid.UUID | None = None
) -> SealedRecord:
    """Write the sheet or a new version of it. `Stale` unless it still is version `expected` (0: none yet)."""
    require(by, Act.WRITE_EMERGENCY, person.subject)
    require_here(person, Act.WRITE_EMERGENCY)
    with transaction.atomic():
        sent_forms.claim(once, person.pk)
        Person.objects.select_for_update().only("pk").get(pk=person.pk)
        held = sheet_record(person)
        if (held.version if held else 0) != expected:
            raise Stale
        if held is None:
            return services.seal_new(sheet, subject=person.pk, by=by, act=Act.WRITE_EMERGENCY)
        return services.revise(held, sheet, by=by, act=Act.WRITE_EMERGENCY, expected=expected)


def sheet_to_correct(*, by: Actor, person: Person) -> tuple[EmergencySheet | None, int]:
    """The sheet as whoever writes it sees it, and its version: that is no emergency, and nobody is alarmed."""
    require(by, Act.WRITE_EMERGENCY, person.subject)
    held = sheet_record(person)
    if held is None:
        return None, 0
    return door.open_record(held, EmergencySheet, by=by, reason=Reason.CORRECT), held.version


def read_in_emergency(*, by: Actor, person: Person, why: UrgentReading.Why) -> EmergencySheet | None:
    """The sheet, at once and whatever was opened before; manager and auditor are told. None if none was written."""
    require(by, Act.READ_EMERGENCY, person.subject)
    require_here(person, Act.READ_EMERGENCY)
    urgency.note_emergency(by=by, subject=person.subject, why=why)
    held = sheet_record(person)
    return door.open_record(held, EmergencySheet, by=by, reason=Reason.EMERGENCY) if held else None


def read_sheet(*, by: Actor, person: Person) -> EmergencySheet | None:
    """The sheet of somebody entrusted to this caseworker, or whose file stands open by urgency."""
    require(by, Act.READ_EMERGENCY, person.subject)
    held = sheet_record(person)
    return door.open_record(held, EmergencySheet, by=by, reason=Reason.VIEW) if held else None
