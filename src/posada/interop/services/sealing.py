"""Pieces of a file in quarantine: sealed one by one, opened in their order, erased together with their key."""

import uuid
from collections.abc import Iterator

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, system_actor
from posada.interop.contents import BYTES_A_RECORD, Items, Problems, Reading, Source
from posada.interop.models import ImportFile, QuarantinePart
from posada.records import door, services
from posada.records.contents import C, Content
from posada.records.door import Reason
from posada.records.models import SealedRecord
from posada.vault import forgetting
from posada.vault.keyring import Compartment


def keep(file: ImportFile, content: Content, *, by: Actor) -> None:
    """Seal one piece behind those that stand."""
    subject = file.report_subject if isinstance(content, Problems) else file.pk
    with transaction.atomic():
        record = services.seal_new(content, subject=subject, by=by, act=Act.IMPORT)
        QuarantinePart.objects.create(file=file, place=last_place(file) + 1, record=record)


def last_place(file: ImportFile) -> int:
    """The place of the newest piece; 0 where there is none."""
    return file.parts.order_by("-place").values_list("place", flat=True).first() or 0


def keep_source(file: ImportFile, content: bytes, *, by: Actor) -> None:
    """Seal the file itself."""
    for start in range(0, len(content), BYTES_A_RECORD):
        keep(file, Source(data=content[start : start + BYTES_A_RECORD]), by=by)


def opened(file: ImportFile, as_: type[C]) -> Iterator[C]:
    """The pieces of one kind, in their order, one at a time. The house opens them; nobody reads them."""
    parts = file.parts.filter(record__kind=as_.KIND).order_by("place").select_related("record")
    house = system_actor(file.site_id)
    for part in list(parts):
        yield door.open_record(part.record, as_, by=house, reason=Reason.SYSTEM)


def source_of(file: ImportFile) -> bytes:
    """The file itself; empty when it was not kept."""
    return b"".join(piece.data for piece in opened(file, Source))


def reading_of(file: ImportFile) -> Reading:
    """How the file was read."""
    return next(opened(file, Reading), Reading())


def drop(file: ImportFile, *kinds: type[Content], after: int = 0, up_to: int | None = None) -> None:
    """Remove the pieces of these kinds (of some places), inside the caller's transaction."""
    parts = file.parts.filter(record__kind__in=[kind.KIND for kind in kinds], place__gt=after)
    if up_to is not None:
        parts = parts.filter(place__lte=up_to)
    rows = dict(parts.values_list("pk", "record"))
    file.parts.filter(pk__in=rows).delete()
    records = list(rows.values())
    for start in range(0, len(records), 500):
        SealedRecord.objects.filter(pk__in=records[start : start + 500]).delete()


def erase_contents(file: ImportFile) -> None:
    """Erase what was read, the file itself, and their key; the report stays. Inside the caller's transaction."""
    drop(file, Source, Items, Reading)
    subject = file.pk
    transaction.on_commit(lambda: erase_key(subject))


def erase_all(file: ImportFile) -> None:
    """The same, with the report."""
    erase_contents(file)
    drop(file, Problems)
    subject = file.report_subject
    transaction.on_commit(lambda: erase_key(subject))


def erase_key(subject: uuid.UUID) -> None:
    """Delete a file's key from the keyring: whatever is left of its pieces on the disk opens no more."""
    forgetting.forget([subject], [Compartment.FAMILY])
