"""Writes: seal a new record, revise one, and note both in the change log. The caller's act is checked and audited."""

import uuid
from datetime import date

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, Subject, require
from posada.audit import services as audit
from posada.ground import clock, ids
from posada.records import changes, contents
from posada.records.contents import Content
from posada.records.models import Change, EarlierVersion, SealedRecord
from posada.vault import keyring


class Stale(Exception):
    """Somebody else changed the record since it was read."""


def _sealed(content: Content, subject: uuid.UUID, version: int) -> bytes:
    key = keyring.ensure_key(subject, content.COMPARTMENT)
    schema = f"{content.KIND}/{content.SCHEMA}"
    data = keyring.sealing_data(subject, content.COMPARTMENT, schema, version)
    return keyring.seal(key, contents.encode(content), data)


def note(by: Actor, act: Act, subject: Subject | None, *, reason: str = "") -> None:
    """Check that the actor may do the act to the subject, and write it down in the transaction at hand."""
    role = require(by, act, subject)
    pseudonym = keyring.pseudonym(subject.id) if subject else ""
    audit.write(audit.Event(act=act, actor=by.user, role=role, site=by.site, subject=pseudonym, reason=reason))


def _registered_on(subject: uuid.UUID) -> date | None:
    """The day that the earlier records about somebody carry; today for somebody new."""
    earlier = SealedRecord.objects.filter(subject=subject).order_by("registered_on").first()
    return earlier.registered_on if earlier else clock.today()


def seal_new(content: Content, *, subject: uuid.UUID, by: Actor, act: Act, is_listed: bool = False) -> SealedRecord:
    """A new sealed record about `subject`, in the actor's site. Who only stands on a list was registered on no day.

    The person's key is committed to the keyring before the record that uses it.
    """
    with transaction.atomic():
        day = None if is_listed else _registered_on(subject)
        body = _sealed(content, subject, 1)
        note(by, act, Subject(subject, by.site, day))
        record = SealedRecord.objects.create(
            id=ids.new_id(),
            subject=subject,
            site_id=by.site,
            compartment=content.COMPARTMENT,
            kind=content.KIND,
            registered_on=day,
            body=body,
        )
        changes.append(record, Change.What.WRITTEN)
    return record


def revise(
    record: SealedRecord, content: Content, *, by: Actor, act: Act, expected: int | None = None, reason: str = ""
) -> SealedRecord:
    """Replace what a record says; the earlier version stays, sealed. `Stale` if it is no longer version `expected`."""
    with transaction.atomic():
        held = SealedRecord.objects.select_for_update().get(pk=record.pk)
        if expected is not None and held.version != expected:
            raise Stale
        note(by, act, Subject(held.subject, held.site_id, held.registered_on), reason=reason)
        EarlierVersion.objects.create(
            record=held, version=held.version, body=held.body, replaced_at=clock.now(), replaced_by=by.user
        )
        held.version += 1
        held.body = _sealed(content, held.subject, held.version)
        held.save(update_fields=["version", "body"])
        changes.append(held, Change.What.WRITTEN)
    return held
