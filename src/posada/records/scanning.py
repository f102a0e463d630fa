"""Reading the whole of a compartment for the house's own work. An import contract names the modules that may."""

import uuid
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.models import Notice
from posada.accounts.permissions import Actor, require
from posada.audit import services as audit
from posada.records import notices
from posada.records.contents import C
from posada.records.door import Opened, opened_again, unsealed
from posada.records.models import Hidden, SealedRecord
from posada.vault import unsealing
from posada.vault.errors import Unreadable


class Purpose(StrEnum):
    """Why the whole of a compartment is read."""

    INDEX = "index"
    FIGURES = "figures"
    BACKUP = "backup"
    EXPORT = "export"
    EVACUATION = "evacuation"
    COUNT = "count"


# The act whose grant somebody needs to have a compartment read for a purpose; for the others nobody may.
_GRANTED_BY: Final = {
    Purpose.EXPORT: Act.EXPORT,
    Purpose.COUNT: Act.EXPORT,
    Purpose.EVACUATION: Act.PRINT_EVACUATION,
}
# What the manager and the auditor are told of at once; counting who would stand on a list is not yet a list.
_TOLD: Final = {Purpose.EXPORT: Notice.Kind.EXPORT, Purpose.EVACUATION: Notice.Kind.EVACUATION}


def scan(
    as_: type[C], purpose: Purpose, *, records: Iterable[uuid.UUID] | None = None, by: Actor | None = None
) -> Iterator[Opened[C]]:
    """Every record of one kind, or the named ones. One audit entry, written first, says how many.

    Without `by` it is the house's own work, over all sites; with it, the entry names who had it read and in which
    site, and records of other sites are left out. So are records whose key was erased, and those that are hidden.
    """
    role = "system" if by is None else require(by, _GRANTED_BY.get(purpose, Act.SCAN))
    rows = SealedRecord.objects.filter(compartment=as_.COMPARTMENT, kind=as_.KIND)
    if purpose is not Purpose.BACKUP:
        rows = rows.exclude(subject__in=Hidden.all()).exclude(pk__in=Hidden.all())
    if records is not None:
        rows = rows.filter(pk__in=list(records))
    if by is not None:
        rows = rows.filter(site_id=by.site)
    with transaction.atomic():
        audit.write(
            audit.Event(
                act=Act.SCAN,
                actor=by.user if by else None,
                role=role,
                site=by.site if by else None,
                reason=f"{purpose}:{as_.KIND}",
                count=rows.count(),
            )
        )
        if by is not None and by.user is not None and purpose in _TOLD:
            notices.tell(_TOLD[purpose], user=by.user, site=by.site)
    subjects = None if records is None else list(rows.values_list("subject", flat=True))
    keys = unsealing.keys_of(as_.COMPARTMENT, subjects)
    for row in rows.iterator(chunk_size=2_000):
        key = keys.get(row.subject)
        if key is not None:
            opened = _opened(row, as_, key)
            if opened is not None:
                yield opened


def _opened(row: SealedRecord, as_: type[C], key: bytes) -> Opened[C] | None:
    """The record; none if it was erased while the scan was under way."""
    try:
        return Opened(row.pk, row.subject, row.version, unsealed(row, as_, bytes(row.body), row.version, key))
    except Unreadable:
        return opened_again(row, as_) if SealedRecord.objects.filter(pk=row.pk).exists() else None
