"""Enquiries from outside: taken without a promise, read by few, made a request, refused, or erased by themselves."""

import uuid
from datetime import timedelta
from typing import Final

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, system_actor
from posada.accounts.queries import the_site
from posada.audit import services as audit
from posada.family.models import (
    Contents,
    Door,
    DoorUse,
    Enquiry,
    EnquiryState,
    EnquiryWords,
    TracingRequest,
    WhyRefused,
)
from posada.family.services import doors
from posada.family.services.requests import open_request
from posada.ground import clock, ids
from posada.records import changes, resealing
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.models import Change, KeyDue
from posada.records.once import AlreadySent

KEPT: Final = timedelta(days=30)  # our proposal: long enough to be read and to see who asks again, then it is erased


def _free_number() -> int:
    return ids.free_number(lambda number: Enquiry.objects.filter(number=number).exists(), 4)


def take_enquiry(*, words: EnquiryWords, once: uuid.UUID | None = None) -> None:
    """Seal what a stranger wrote. Whether it was kept, was sent before or was one too many: nothing comes back."""
    site = the_site().pk
    subject = ids.new_id()
    with transaction.atomic():
        is_free = doors.knocked(site, Door.ASK)
        try:
            sent.claim(once, subject)
        except AlreadySent:
            return
        if not is_free:
            return
        Enquiry.objects.create(
            id=subject,
            number=_free_number(),
            site_id=site,
            record=records.seal_new(words, subject=subject, by=system_actor(site), act=Act.READ_ENQUIRIES),
            received_on=clock.today(),
        )


def refuse_stranger(*, kind: str) -> None:
    """Somebody who is no family asked through the form: refused, counted and logged."""
    site = the_site().pk
    with transaction.atomic():
        if doors.knocked(site, Door.ASK):
            refused = audit.Result.REFUSED
            reason = f"enquiry:{kind}"
            audit.write(audit.Event(act=Act.OPEN_REQUEST, role="stranger", site=site, reason=reason, result=refused))


def read_enquiry(*, by: Actor, enquiry: Enquiry) -> EnquiryWords | None:
    """What it says, written down first; none once a request was made of it."""
    with transaction.atomic():
        records.note(by, Act.READ_ENQUIRIES, enquiry.subject, reason="view")
        if enquiry.record is None:
            return None
        if enquiry.state == EnquiryState.UNREAD:
            Enquiry.objects.filter(pk=enquiry.pk, state=EnquiryState.UNREAD).update(state=EnquiryState.READ)
        return open_record(enquiry.record, EnquiryWords, by=by, reason=Reason.VIEW)


def _locked(enquiry: Enquiry) -> Enquiry:
    return Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)


def open_from(*, by: Actor, enquiry: Enquiry, contents: Contents, once: uuid.UUID | None = None) -> TracingRequest:
    """A tracing request made of an enquiry by a named person; only now is anybody looked for. `AlreadySent` if it was.

    What the stranger wrote goes: from here on it stands in the request, under its own keys.
    """
    enquirer, sought, separation = contents
    with transaction.atomic():
        records.note(by, Act.READ_ENQUIRIES, enquiry.subject, reason="open")
        held = _locked(enquiry)
        if held.request_id is not None:
            raise AlreadySent(held.request_id)
        made = open_request(by=by, enquirer=enquirer, sought=sought, separation=separation, once=once)
        held.request = made
        _decide(held, EnquiryState.OPENED, by)
        _wipe(held)
    return made


def refuse_enquiry_from_outside(*, by: Actor, enquiry: Enquiry, why: WhyRefused) -> Enquiry:
    """It is not followed. Whoever wrote it learns nothing; its words stay until their day, to see who asks again."""
    with transaction.atomic():
        records.note(by, Act.READ_ENQUIRIES, enquiry.subject, reason=f"refused:{why}")
        held = _locked(enquiry)
        if held.request_id is None:
            held.why = why
            _decide(held, EnquiryState.REFUSED, by)
    return held


def _decide(held: Enquiry, state: EnquiryState, by: Actor) -> None:
    held.state, held.decided_on, held.decided_by_id = state, clock.today(), by.user
    held.save(update_fields=["state", "why", "decided_on", "decided_by", "request"])


def _wipe(enquiry: Enquiry) -> None:
    """Delete the words, in the transaction at hand; their key goes once that is committed."""
    record, enquiry.record = enquiry.record, None
    if record is None:
        return
    enquiry.save(update_fields=["record"])
    changes.append(record, Change.What.REMOVED)
    record.delete()
    KeyDue.objects.create(subject=enquiry.pk)
    transaction.on_commit(resealing.finish)


def erase_enquiry(*, by: Actor, enquiry: Enquiry) -> None:
    """Erase an enquiry for ever: nobody it names was ever looked for because of it."""
    with transaction.atomic():
        records.note(by, Act.READ_ENQUIRIES, enquiry.subject, reason="erased")
        _erase(_locked(enquiry))


def _erase(held: Enquiry) -> None:
    _wipe(held)
    held.delete()


def erase_past(site: int) -> int:
    """Sweep: what was received more than thirty days ago, read or not, and the counts of knocks from then."""
    oldest = clock.today() - KEPT
    rows = list(Enquiry.objects.filter(site_id=site, received_on__lt=oldest))
    for row in rows:
        with transaction.atomic():
            audit.write(audit.Event(act=Act.READ_ENQUIRIES, role="system", site=site, reason="over"))
            _erase(_locked(row))
    DoorUse.objects.filter(site_id=site, on__lt=oldest).delete()
    return len(rows)
