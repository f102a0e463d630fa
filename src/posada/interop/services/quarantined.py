"""An erased person's rows in files that still wait in quarantine: taken out, and the file's key changed."""

from msgspec import structs

from posada.accounts.acts import Act
from posada.accounts.permissions import system_actor
from posada.interop.contents import Items, Reading, Source
from posada.interop.items import ImportedPerson
from posada.interop.models import ExternalId, ImportFile, QuarantinePart
from posada.interop.services import sealing
from posada.interop.services.gathering import keys_of
from posada.interop.services.keys import Keys
from posada.interop.shaping import identity_of
from posada.people.services.erasing import fingerprints_of
from posada.records import door, resealing, services, tombstones
from posada.records.contents import Content
from posada.records.door import Reason
from posada.records.erasing import Gone
from posada.vault.errors import Unreadable
from posada.vault.keyring import Compartment


def take_out(gone: Gone) -> None:
    """Look through every waiting file of the site, by the tombstones that now stand. The file itself goes with them.

    Inside the transaction of the erasure. Rows of a file are read by the house; nobody is shown them.
    """
    if not gone.subjects:
        return
    held = ExternalId.objects.filter(site_id=gone.site, person__in=gone.subjects)
    fingerprints = frozenset(held.values_list("fingerprint", flat=True))
    for file in ImportFile.objects.filter(site_id=gone.site, state=ImportFile.State.WAITING):
        try:
            _take_out_of(file, fingerprints)
        except Unreadable:
            continue  # nothing of it can be read any more


def _take_out_of(file: ImportFile, fingerprints: frozenset[str]) -> None:
    keys = keys_of(sealing.reading_of(file).facts)
    lines: set[int] = set()
    for part in file.parts.filter(record__kind=Items.KIND).select_related("record"):
        items = _opened(part, file).items
        found = {
            item.line
            for item in items
            if isinstance(item, ImportedPerson) and _is_erased(item, file, keys, fingerprints)
        }
        if found:
            ids = {item.external_id for item in items if isinstance(item, ImportedPerson) and item.line in found}
            kept = tuple(item for item in items if item.line not in found and not _speaks_of(item, ids))
            _replace(part, Items(items=kept), file)
            lines |= found
    if lines:
        _forget_lines(file, lines)


def _opened(part: QuarantinePart, file: ImportFile) -> Items:
    return door.open_record(part.record, Items, by=system_actor(file.site_id), reason=Reason.SYSTEM)


def _speaks_of(item: object, ids: set[str]) -> bool:
    about = getattr(item, "person_external_id", "")
    return bool(about) and about in ids


def _is_erased(item: ImportedPerson, file: ImportFile, keys: Keys, fingerprints: frozenset[str]) -> bool:
    if not fingerprints.isdisjoint(keys.of_person(item)):
        return True
    return tombstones.stands(file.site_id, fingerprints_of(identity_of(item, "")))


def _replace(part: QuarantinePart, content: Content, file: ImportFile) -> None:
    before = part.record
    house = system_actor(file.site_id)
    part.record = services.seal_new(content, subject=file.pk, by=house, act=Act.IMPORT)
    part.save(update_fields=["record"])
    before.delete()


def _forget_lines(file: ImportFile, lines: set[int]) -> None:
    """The counts, the sample, the file's own bytes; and the key under which the old pieces were sealed."""
    for part in file.parts.filter(record__kind=Reading.KIND).select_related("record"):
        house = system_actor(file.site_id)
        reading = door.open_record(part.record, Reading, by=house, reason=Reason.SYSTEM)
        first = tuple(row for row in reading.first if row.line not in lines)
        _replace(part, structs.replace(reading, first=first), file)
    sealing.drop(file, Source)
    file.persons = max(file.persons - len(lines), 0)
    file.save(update_fields=["persons"])
    resealing.rekey(file.pk, Compartment.FAMILY)
