"""Somebody comes into the register: at the desk, or from a list."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from posada.accounts.acts import Act
from posada.accounts.models import OpenForm
from posada.accounts.permissions import Actor, Subject, require, system_actor
from posada.ground import clock, ids
from posada.people.models import Household, Person, Source
from posada.people.rules.contents import Answer, Consent, ConsentPurpose, Consents, ContactDetails, Identity
from posada.people.services.drafts import forget_form
from posada.people.services.households import members_to_join, name_members
from posada.records import door, services
from posada.records import once as sent_forms
from posada.records.door import Reason

ASK_WITHIN = timedelta(days=2)  # practice, reception: consent to be found is asked in private within 48 hours
HOUSE_DIGITS = 5
LIST_DIGITS = 7  # lists are long: their numbers are longer, and do not use up the short ones on cards
TRIES = 40


class NoNumberLeft(RuntimeError):
    """No free number was found in many tries: the register is far larger than its numbers allow."""


def register_person(
    *,
    by: Actor,
    identity: Identity,
    phone: str = "",
    consents: Sequence[Consent] = (),
    household: Household | None = None,
    once: uuid.UUID | None = None,
) -> Person:
    """Register somebody who is here. `AlreadySent` carries the person's id if the form was sent before."""
    person_id = ids.new_id()
    require(by, Act.REGISTER, Subject(person_id, by.site, clock.today()))
    with transaction.atomic():
        sent_forms.claim(once, person_id)
        close_form(once)
        person = write_person(person_id, identity, by=by, phone=phone, consents=consents, household=household)
        if household is not None:
            name_members(by, Act.REGISTER, members_to_join(by, household, Act.REGISTER, person))
    return person


def write_person(
    person_id: uuid.UUID,
    identity: Identity,
    *,
    by: Actor,
    phone: str = "",
    consents: Sequence[Consent] = (),
    household: Household | None = None,
    act: Act = Act.REGISTER,
) -> Person:
    """Seal and save somebody new, in the transaction at hand; whom they join is checked by the caller."""
    answers = Consents(answers=tuple(consents))
    person = Person(
        id=person_id,
        site_id=by.site,
        source=Source.HOUSE,
        registered_on=clock.today(),
        household=household,
        consent_due_on=consent_due_on(answers),
    )
    _seal(person, identity, phone, by=by, act=act)
    person.consents = services.seal_new(answers, subject=person_id, by=by, act=act)
    _save_with_number(person, HOUSE_DIGITS)
    return person


def close_form(once: uuid.UUID | None) -> None:
    """The form with this key is saved: it is open no more, and what was kept of it goes, in the transaction at hand."""
    if once is not None:
        OpenForm.objects.filter(form=once).delete()
        forget_form(once)


def register_listed(*, by: Actor, identity: Identity, phone: str = "", act: Act = Act.IMPORT) -> Person:
    """Take in somebody who stands on a list: no bed, no household, and never asked."""
    person_id = ids.new_id()
    with transaction.atomic():
        person = Person(id=person_id, site_id=by.site, source=Source.LIST, registered_on=clock.today())
        _seal(person, identity, phone, by=by, act=act, is_listed=True)
        _save_with_number(person, LIST_DIGITS)
    return person


def update_listed(*, by: Actor, person: Person, identity: Identity, phone: str = "", act: Act = Act.IMPORT) -> bool:
    """What a list now says of somebody it named before; whether that is anything new."""
    require(by, act, person.subject)
    house = system_actor(person.site_id)  # compares; whoever imports is not shown what was there
    with transaction.atomic():
        held = door.open_record(person.identity, Identity, by=house, reason=Reason.SYSTEM)
        is_changed = held != identity
        if is_changed:
            services.revise(person.identity, identity, by=by, act=act)
        return write_phone(person, phone, by=by, act=act, reader=house) or is_changed


def consent_due_on(consents: Consents) -> date | None:
    """By when the person is to be asked in private; never, once every purpose has an answer."""
    is_open = any(consents.answer_to(purpose).answer is Answer.NOT_ASKED for purpose in ConsentPurpose)
    return clock.today() + ASK_WITHIN if is_open else None


def write_phone(person: Person, phone: str, *, by: Actor, act: Act, reader: Actor) -> bool:
    """Seal the telephone number if it is new; whether it was. `reader` opens what was there."""
    if person.contact is None:
        if phone:
            content = ContactDetails(phone=phone)
            person.contact = services.seal_new(content, subject=person.pk, by=by, act=act)
            person.save(update_fields=["contact"])
        return bool(phone)
    held = door.open_record(person.contact, ContactDetails, by=reader, reason=Reason.WRITE)
    if held.phone == phone:
        return False
    services.revise(person.contact, ContactDetails(phone=phone, other=held.other), by=by, act=act)
    return True


def _seal(person: Person, identity: Identity, phone: str, *, by: Actor, act: Act, is_listed: bool = False) -> None:
    person.identity = services.seal_new(identity, subject=person.pk, by=by, act=act, is_listed=is_listed)
    if phone:
        contact = ContactDetails(phone=phone)
        person.contact = services.seal_new(contact, subject=person.pk, by=by, act=act, is_listed=is_listed)


def _save_with_number(person: Person, digits: int) -> None:
    """Save under a random number that nobody has. Of two desks that draw the same, the second draws again."""
    for _try in range(TRIES):
        person.number = ids.random_number(digits)
        if Person.objects.filter(number=person.number).exists():
            continue
        try:
            with transaction.atomic():
                person.save(force_insert=True)
        except IntegrityError:
            continue
        return
    raise NoNumberLeft
