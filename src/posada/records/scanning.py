"""Reading the whole of a compartment for the house's own work. An import contract names the modules that may."""

import uuid
from collections.abc import Iterable, Iterator
from enum import StrEnum

from django.db import transaction

from posada.accounts.acts import Act
from posada.audit import services as audit
from posada.records.contents import C
from posada.records.door import Opened, unsealed
from posada.records.models import SealedRecord
from posada.vault import unsealing


class Purpose(StrEnum):
    """Why the whole of a compartment is read."""

    INDEX = "index"
    FIGURES = "figures"
    BACKUP = "backup"
    EXPORT = "export"


def scan(as_: type[C], purpose: Purpose, *, records: Iterable[uuid.UUID] | None = None) -> Iterator[Opened[C]]:
    """Every record of one kind, or the named ones, for the house's own work. One audit entry says how many.

    Records whose key was erased are left out.
    """
    rows = SealedRecord.objects.filter(compartment=as_.COMPARTMENT, kind=as_.KIND)
    if records is not None:
        rows = rows.filter(pk__in=list(records))
    with transaction.atomic():
        audit.write(audit.Event(act=Act.SCAN, role="system", reason=f"{purpose}:{as_.KIND}", count=rows.count()))
    subjects = None if records is None else list(rows.values_list("subject", flat=True))
    keys = unsealing.keys_of(as_.COMPARTMENT, subjects)
    for row in rows.iterator(chunk_size=2_000):
        key = keys.get(row.subject)
        if key is not None:
            yield Opened(row.pk, row.subject, row.version, unsealed(row, as_, bytes(row.body), row.version, key))
