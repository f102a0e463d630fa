"""The one door: plain text of a person is reached only through `open_record` and its siblings here, or `scanning.scan`.

In this order: the act (of the kind of record, or of its compartment), the assignment, the quota, the audit entry made
durable, and only then the plain text. Inside a transaction of somebody else's, see docs/decisions/0021.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, Refused, Subject, granted
from posada.audit import services as audit
from posada.records import contents, quotas, undone
from posada.records.contents import C, Content
from posada.records.models import EarlierVersion, Hidden, SealedRecord
from posada.vault import keyring, unsealing
from posada.vault.errors import Unreadable
from posada.vault.keyring import Compartment

READ_ACT: dict[Compartment, Act] = {
    Compartment.IDENTITY: Act.READ_IDENTITY,
    Compartment.CONTACT: Act.READ_CONTACT,
    Compartment.KIN: Act.READ_KIN,
    Compartment.FAMILY: Act.READ_REQUEST,
    Compartment.PROTECTION: Act.READ_PROTECTION,
    Compartment.LEGAL: Act.READ_LEGAL,
    # Nobody is granted it: what people here are called is read by the house itself (records.staff).
    Compartment.STAFF: Act.SCAN,
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
    BREAK_GLASS = "break_glass"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Opened(Generic[C]):
    """An opened record: what it is and what it says."""

    record: uuid.UUID
    subject: uuid.UUID
    version: int
    content: C


def subject_of(record: SealedRecord) -> Subject:
    """The person a record is about, as permissions ask. Of who only stands on a list no day is kept."""
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


def read_act(as_: type[Content]) -> Act:
    """The act that reading this kind of content is: its own if it names one, or that of its compartment."""
    return as_.READ or READ_ACT[as_.COMPARTMENT]


def open_records(records: Sequence[SealedRecord], as_: type[C], *, by: Actor, reason: Reason) -> list[Opened[C]]:
    """Several records at once: every one is checked and written down before the first is unsealed."""
    _write_down([(record, as_) for record in records], by=by, reason=reason)
    return [_open(record, as_) for record in records]


def write_down(*parts: tuple[SealedRecord, type[Content]], by: Actor, reason: Reason) -> "Written":
    """Check and write down several kinds of records in one go; what is given back opens them, and nothing else."""
    _write_down(parts, by=by, reason=reason)
    return Written(frozenset(record.pk for record, _as in parts))


@dataclass(frozen=True, slots=True)
class Written:
    """The records whose opening was checked and stands in the audit."""

    records: frozenset[uuid.UUID]

    def open(self, record: SealedRecord, as_: type[C]) -> C:
        """What one of them says."""
        if record.pk not in self.records or (record.compartment, record.kind) != (as_.COMPARTMENT, as_.KIND):
            raise Unreadable
        return _open(record, as_).content


def _write_down(parts: Sequence[tuple[SealedRecord, type[Content]]], *, by: Actor, reason: Reason) -> None:
    """Act, compartment and quota are checked and the entries durable: only then may a record be unsealed."""
    if any((record.compartment, record.kind) != (as_.COMPARTMENT, as_.KIND) for record, as_ in parts):
        raise Unreadable
    events = [_event(record, as_, by, reason) for record, as_ in parts]
    if not events:
        return
    _refuse_hidden(by, [record for record, _as in parts])
    limited = (
        event.subject
        for event, (_record, as_) in zip(events, parts, strict=True)
        if event.role in quotas.OPENING.roles and read_act(as_) in quotas.OPENING.acts
    )
    inside = undone.is_inside()
    with quotas.within(by, set(limited)):
        undone.write(*events, inside=inside)


def _refuse_hidden(by: Actor, records: Sequence[SealedRecord]) -> None:
    """What is hidden until its erasure is confirmed is as unreadable as what was erased; not for the house's work."""
    things = [thing for record in records for thing in (record.subject, record.pk)]
    if by.user is not None and Hidden.objects.filter(thing__in=things).exists():
        raise Unreadable


def _event(record: SealedRecord, as_: type[Content], by: Actor, reason: Reason) -> audit.Event:
    act, subject = read_act(as_), subject_of(record)
    grant = granted(by, act, subject)
    if by.user is not None and grant is None:
        raise Refused(act, subject)
    return audit.Event(
        act=act,
        actor=by.user,
        role=grant.role.value if grant else "system",
        site=by.site,
        subject=keyring.pseudonym(record.subject),
        reason=Reason.BREAK_GLASS if grant and grant.by_urgency else reason,
    )


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
