"""At the start, before anybody writes: keys that no record uses any more, or ever used, are deleted."""

import uuid
from collections.abc import Collection
from datetime import timedelta
from typing import Final

from django.db import transaction

from posada.audit import services as audit
from posada.audit.models import AuditEntry
from posada.ground import clock
from posada.records.models import SealedRecord
from posada.vault import forgetting, orphans
from posada.vault.keyring import Compartment

SWEPT: Final = "records.keys_swept"
# Every record is looked at for it, which takes a second or two for 100,000 persons: not at each start.
EVERY: Final = timedelta(days=7)


def _subjects(compartment: Compartment) -> set[uuid.UUID]:
    rows = SealedRecord.objects.filter(compartment=compartment).order_by()
    return set(rows.values_list("subject", flat=True).iterator(chunk_size=5_000))


def sweep(*, spared: Collection[uuid.UUID]) -> int | None:
    """Delete keys that seal nothing, save those of the `spared` subjects; how many. None if it is not the time, or
    not certain (vault.orphans). One audit entry says how many.

    The transaction holds the one writer of the database, so that no record comes into being meanwhile.
    """
    if not orphans.may_sweep():
        return None
    if AuditEntry.objects.filter(actor=None, act=SWEPT, at__gt=clock.now() - EVERY).exists():
        return None
    with transaction.atomic():
        count = orphans.sweep(_subjects, spared=spared)
        audit.write(audit.Event(act=SWEPT, role="system", count=count))
    if count:
        forgetting.wipe()
    return count
