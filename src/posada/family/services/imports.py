"""What lists bring besides persons: notes, and requests of others. Nothing here changes anybody's status."""

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.family.models import (
    Contents,
    Enquirer,
    ImportedNote,
    PersonNote,
    Separation,
    Sought,
    TracingRequest,
)
from posada.family.services.requests import write_request
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records import erasing, tombstones
from posada.records import services as records
from posada.records.contents import Content, encode
from posada.vault import keyring

NOTE, REQUEST, WORDS = "family/note", "family/request", "family/words"


def _digest(*contents: Content | None) -> str:
    """What was read in, as an HMAC: the same file again changes nothing, so refusals hold."""
    words = b"|".join(encode(content) for content in contents if content is not None)
    return keyring.fingerprint(WORDS, words.decode())


def import_note(*, by: Actor, person: Person, content: PersonNote, external_id: str = "") -> ImportedNote | None:
    """Store a list's note about a person, sealed and unverified. The same `external_id` again replaces it.

    None if this note was erased: it does not come back.
    """
    require(by, Act.IMPORT, person.subject)
    external = keyring.fingerprint(NOTE, external_id) if external_id else ""
    digest = _digest(content)
    with transaction.atomic():
        held = ImportedNote.objects.filter(external=external, person=person).first() if external else None
        if held is not None:
            return held if held.digest == digest else _replace_note(held, content, digest, by)
        if external and tombstones.stands(by.site, [external]):
            return None
        record = records.seal_new(content, subject=person.pk, by=by, act=Act.IMPORT)
        return ImportedNote.objects.create(
            id=ids.new_id(),
            site_id=person.site_id,
            person=person,
            record=record,
            external=external,
            digest=digest,
            imported_on=clock.today(),
        )


def _replace_note(held: ImportedNote, content: PersonNote, digest: str, by: Actor) -> ImportedNote:
    records.revise(held.record, content, by=by, act=Act.IMPORT)
    held.digest, held.imported_on = digest, clock.today()
    held.save(update_fields=["digest", "imported_on"])
    return held


def import_request(
    *,
    by: Actor,
    sought: Sought,
    enquirer: Enquirer,
    separation: Separation | None = None,
    external_id: str = "",
) -> TracingRequest | None:
    """A tracing request read from a list. The same `external_id` again updates it, if it says otherwise.

    None if this request was erased, or is hidden until that is confirmed.
    """
    require(by, Act.IMPORT)
    external = keyring.fingerprint(REQUEST, external_id) if external_id else ""
    digest = _digest(sought, enquirer, separation)
    contents = (enquirer, sought, separation)
    with transaction.atomic():
        held = TracingRequest.objects.filter(external=external, site_id=by.site).first() if external else None
        if _was_erased(held, external, by):
            return None
        if held is None:
            held = write_request(by=by, contents=contents, resident=None, act=Act.IMPORT, external=external)
        elif held.digest == digest:
            return held
        else:
            _replace_request(held, contents, by)
        held.digest = digest
        held.save()
        return held


def _was_erased(held: TracingRequest | None, external: str, by: Actor) -> bool:
    if held is not None:
        return erasing.is_hidden(held.sought.subject, held.enquirer.subject)
    return bool(external) and tombstones.stands(by.site, [external])


def _replace_request(held: TracingRequest, contents: Contents, by: Actor) -> None:
    enquirer, sought, separation = contents
    records.revise(held.sought, sought, by=by, act=Act.IMPORT)
    records.revise(held.enquirer, enquirer, by=by, act=Act.IMPORT)
    if separation is not None and held.separation is not None:
        records.revise(held.separation, separation, by=by, act=Act.IMPORT)
    elif separation is not None:
        held.separation = records.seal_new(separation, subject=held.sought.subject, by=by, act=Act.IMPORT)
