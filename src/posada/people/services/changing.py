"""What is known of somebody is corrected; what they agree to is written down; a caseworker takes them on."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from posada.accounts import services as accounts
from posada.accounts.acts import Act
from posada.accounts.models import Assignment, UrgentReading
from posada.accounts.permissions import Actor, require
from posada.people.models import Person
from posada.people.queries.files import subjects_of
from posada.people.rules.contents import Consent, Consents, Identity
from posada.people.services.presence import require_here
from posada.people.services.registering import consent_due_on, write_phone
from posada.records import door, quotas, services, urgency
from posada.records.door import Reason
from posada.records.services import Stale
from posada.vault import keyring


def correct_person(
    *, by: Actor, person: Person, identity: Identity, expected_version: int, phone: str | None = None
) -> bool:
    """Correct what is known of somebody; whether anything changed. The earlier version stays, sealed.

    `phone` None leaves the telephone as it is. Raises `Stale` if somebody else was quicker.
    """
    require(by, Act.CORRECT, person.subject)
    with transaction.atomic():
        person.identity.refresh_from_db()
        if person.identity.version != expected_version:
            raise Stale
        held = door.open_record(person.identity, Identity, by=by, reason=Reason.WRITE)
        is_changed = held != identity
        if is_changed:
            person.identity = services.revise(
                person.identity, identity, by=by, act=Act.CORRECT, expected=expected_version
            )
        if phone is not None:
            is_changed = write_phone(person, phone, by=by, act=Act.CORRECT, reader=by) or is_changed
    return is_changed


def record_consent(*, by: Actor, person: Person, answers: Sequence[Consent]) -> Consents:
    """Write down what the person answered. What did not change keeps its day, its way and its witness."""
    require(by, Act.RECORD_CONSENT, person.subject)
    require_here(person, Act.RECORD_CONSENT)
    with transaction.atomic():
        held = _held_consents(person, by)
        kept = {row.purpose: row for row in held.answers}
        for row in answers:
            if row.answer is not held.answer_to(row.purpose).answer:
                kept[row.purpose] = row
        merged = Consents(answers=tuple(kept.values()))
        if person.consents is None:
            person.consents = services.seal_new(merged, subject=person.pk, by=by, act=Act.RECORD_CONSENT)
        elif merged != held:
            person.consents = services.revise(person.consents, merged, by=by, act=Act.RECORD_CONSENT)
        else:
            services.note(by, Act.RECORD_CONSENT, person.subject, reason="unchanged")
        if consent_due_on(merged) is None:
            person.consent_due_on = None
        person.save(update_fields=["consents", "consent_due_on"])
    return merged


def _held_consents(person: Person, by: Actor) -> Consents:
    if person.consents is None:
        return Consents()
    return door.open_record(person.consents, Consents, by=by, reason=Reason.WRITE)


def take_on(*, by: Actor, person: Person, why: Assignment.Why | None = None) -> None:
    """A caseworker takes on a person's file; `QuotaReached` after too many in an hour or a day.

    `ReasonNeeded` if somebody else holds it and no reason is given.
    """
    require(by, Act.TAKE_ON, person.subject)
    require_here(person, Act.TAKE_ON)
    with quotas.within(by, {keyring.pseudonym(person.pk)}, quotas.TAKING_ON):
        for subject in subjects_of(person):
            accounts.take_on(by, subject, why)


def open_by_urgency(
    *, by: Actor, person: Person, why: UrgentReading.Why, words: str, once: uuid.UUID | None = None
) -> UrgentReading:
    """Open a resident's file to a caseworker for an hour, for reading. `QuotaReached` after too many."""
    require_here(person, Act.BREAK_GLASS)
    return urgency.break_glass(by=by, subject=person.subject, why=why, words=words, once=once)
