"""The one door: plain text of a person is reached only through `open_record` and its siblings here, or `scanning.scan`.

It checks the act, the compartment and the quota, makes the audit entry durable, and only then unseals.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, Subject, require
from posada.audit import services as audit
from posada.records import contents, quotas
from posada.records.contents import C, Content
from posada.records.models import EarlierVersion, SealedRecord
from posada.vault import keyring, unsealing
from posada.vault.errors import Unreadable
from posada.vault.keyring import Compartment

READ_ACT: dict[Compartment, Act] = {
    Compartment.IDENTITY: Act.READ_IDENTITY,
    Compartment.CONTACT: Act.READ_CONTACT,
    Compartment.KIN: Act.READ_KIN,
    Compartment.FAMILY: Act.READ_REQUEST,
}


class Reason(StrEnum):
    """Why somebody opens a record: a fixed word for the audit."""

    VIEW = "view"
    CORRECT = "correct"
    COMPARE = "compare"
    HISTORY = "history"
    FOLLOW_UP = "follow_up"
    PRINT = "print"
    WRITE = "write"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Opened(Generic[C]):
    """An opened record: what it is and what it says."""

    record: uuid.UUID
    subject: uuid.UUID
    version: int
    content: C


def subject_of(record: SealedRecord) -> Subject:
    """The person a record is about, as permissions ask."""
    return Subject(record.subject, record.site_id, record.registered_on)


def _schema(as_: type[Content]) -> str:
    return f"{as_.KIND}/{as_.SCHEMA}"


def unsealed(record: SealedRecord, as_: type[C], body: bytes, version: int, key: bytes) -> C:
    """The content of one version's blob, for this module and `scanning`."""
    compartment = Compartment(record.compartment)
    data = keyring.sealing_data(record.subject, compartment, _schema(as_), version)
    return contents.decode(unsealing.unseal(key, body, data), as_)


def open_record(record: SealedRecord, as_: type[C], *, by: Actor, reason: Reason) -> C:
    """What one record says, for somebody who may read it; `Refused` or `QuotaReached` otherwise."""
    return open_records([record], as_, by=by, reason=reason)[0].content


def open_records(records: Sequence[SealedRecord], as_: type[C], *, by: Actor, reason: Reason) -> list[Opened[C]]:
    """Several records at once: every one is checked and written down before the first is unsealed."""
    events = []
    for record in records:
        act = READ_ACT[Compartment(record.compartment)]
        role = require(by, act, subject_of(record))
        events.append(
            audit.Event(
                act=act,
                actor=by.user,
                role=role,
                site=by.site,
                subject=keyring.pseudonym(record.subject),
                reason=reason,
            )
        )
    if not events:
        return []
    quotas.check(by, {event.subject for event in events if event.role in quotas.OPENING.roles})
    audit.write(*events)
    return [_open(record, as_) for record in records]


def _open(record: SealedRecord, as_: type[C]) -> Opened[C]:
    key = unsealing.existing_key(record.subject, Compartment(record.compartment))
    try:
        content = unsealed(record, as_, bytes(record.body), record.version, key)
    except Unreadable:
        return opened_again(record, as_)
    return Opened(record.pk, record.subject, record.version, content)


def opened_again(record: SealedRecord, as_: type[C]) -> Opened[C]:
    """The record read once more: its key changed between reading the one and the other (records.resealing)."""
    held = SealedRecord.objects.filter(pk=record.pk).first()
    if held is None:
        raise Unreadable
    key = unsealing.newest_key(held.subject, Compartment(held.compartment))
    content = unsealed(held, as_, bytes(held.body), held.version, key)
    return Opened(held.pk, held.subject, held.version, content)


@dataclass(frozen=True, slots=True)
class Version(Generic[C]):
    """One version of a record; `replaced_*` say when and by whom it was replaced (none for the present one)."""

    number: int
    content: C
    replaced_at: datetime | None
    replaced_by: int | None


def open_history(record: SealedRecord, as_: type[C], *, by: Actor) -> list[Version[C]]:
    """Every version of a record, oldest first, the present one last."""
    present = open_record(record, as_, by=by, reason=Reason.HISTORY)
    key = unsealing.existing_key(record.subject, Compartment(record.compartment))
    earlier = EarlierVersion.objects.filter(record=record).order_by("version")
    rows: list[Version[C]] = [
        Version(
            row.version,
            unsealed(record, as_, bytes(row.body), row.version, key),
            row.replaced_at,
            row.replaced_by,
        )
        for row in earlier
    ]
    return [*rows, Version(record.version, present, None, None)]
