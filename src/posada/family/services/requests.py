"""Tracing requests: open, update, renew, close; and enquiries that are refused at the door."""

import uuid
from datetime import timedelta

from django.db import transaction

from posada.accounts import services as accounts
from posada.accounts.acts import Act
from posada.accounts.models import Assignment
from posada.accounts.permissions import Actor, require
from posada.audit import services as audit
from posada.family import matching
from posada.family.models import Contents, Enquirer, RequestState, Separation, Sought, TracingRequest
from posada.family.services.entrusting import entrust_request
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records import changes
from posada.records import once as sent
from posada.records import services as records
from posada.records.contents import Content
from posada.records.door import Reason, open_record
from posada.records.models import Change, SealedRecord
from posada.records.services import Stale

LASTS = timedelta(days=180)  # our proposal: half a year, then a person renews it or it ends (rule 15)


def _free_number() -> int:
    while True:
        number = ids.random_number(4)
        if not TracingRequest.objects.filter(number=number).exists():
            return number


def _entrust_to(by: Actor, resident: Person | None, *subjects: uuid.UUID) -> None:
    """Who writes a request for a resident holds it; they could not write it otherwise."""
    if by.user is not None:
        for subject in subjects:
            follows, why = resident.pk if resident else None, Assignment.Why.FOLLOWS
            accounts.assign(user_id=by.user, site_id=by.site, subject=subject, why=why, follows=follows)


def write_request(
    *, by: Actor, contents: Contents, resident: Person | None, act: Act, external: str = ""
) -> TracingRequest:
    """Seal and store a request; the caller has checked `act` and opened the transaction."""
    enquirer, sought, separation = contents
    asking, looked_for = ids.new_id(), ids.new_id()
    if act is Act.UPDATE_KIN:
        _entrust_to(by, resident, asking, looked_for)
    parted: SealedRecord | None = None
    if separation is not None:
        parted = records.seal_new(separation, subject=looked_for, by=by, act=act)
    request = TracingRequest(
        id=ids.new_id(),
        number=_free_number(),
        site_id=by.site,
        opened_on=clock.today(),
        expires_on=clock.today() + LASTS,
        resident=resident,
        enquirer=records.seal_new(enquirer, subject=asking, by=by, act=act),
        sought=records.seal_new(sought, subject=looked_for, by=by, act=act),
        separation=parted,
        external=external,
    )
    request.save(force_insert=True)
    entrust_request(request)
    return request


def open_request(
    *,
    by: Actor,
    enquirer: Enquirer,
    sought: Sought,
    separation: Separation | None = None,
    resident: Person | None = None,
    once: uuid.UUID | None = None,
) -> TracingRequest:
    """A tracing request: who asks, whom they seek, how they were parted. Nobody is told anything by it."""
    require(by, Act.OPEN_REQUEST, resident.subject if resident else None)
    with transaction.atomic():
        request = write_request(by=by, contents=(enquirer, sought, separation), resident=resident, act=Act.OPEN_REQUEST)
        sent.claim(once, request.pk)
    return request


def refuse_enquiry(*, by: Actor, kind: str) -> None:
    """An enquiry by a state, an army, the police, an employer or the media: refused here, and logged."""
    role = require(by, Act.OPEN_REQUEST)
    audit.write(
        audit.Event(
            act=Act.OPEN_REQUEST,
            actor=by.user,
            role=role,
            site=by.site,
            reason=f"enquiry:{kind}"[:32],
            result=audit.Result.REFUSED,
        )
    )


def update_request(
    *,
    by: Actor,
    request: TracingRequest,
    contents: Contents,
    expected: tuple[int, int, int],
    once: uuid.UUID | None = None,
) -> TracingRequest:
    """Correct or complete a request. Only what changed gets a new version, for a version reopens refusals.

    `expected` are the versions of enquirer, sought person and separation (0 for none) that were read.
    """
    require(by, Act.UPDATE_REQUEST, request.sought_subject)
    enquirer, sought, separation = contents
    with transaction.atomic():
        sent.claim(once, request.pk)
        held = TracingRequest.objects.select_for_update().get(pk=request.pk)
        _revise(held.enquirer, enquirer, by=by, expected=expected[0])
        _revise(held.sought, sought, by=by, expected=expected[1])
        if separation is not None and held.separation is not None:
            _revise(held.separation, separation, by=by, expected=expected[2])
        elif separation is not None:
            subject = held.sought.subject
            held.separation = records.seal_new(separation, subject=subject, by=by, act=Act.UPDATE_REQUEST)
        _take_up(held)
        held.save()
    return held


def _revise(record: SealedRecord, content: Content, *, by: Actor, expected: int) -> None:
    if record.version != expected:
        raise Stale
    if open_record(record, type(content), by=by, reason=Reason.WRITE) != content:
        records.revise(record, content, by=by, act=Act.UPDATE_REQUEST, expected=expected)


def _take_up(request: TracingRequest) -> None:
    if request.state == RequestState.OPEN:
        request.state = RequestState.TRACING


def renew_request(*, by: Actor, request: TracingRequest) -> TracingRequest:
    """A request lasts another half year because a person said so. A closed one opens again."""
    with transaction.atomic():
        records.note(by, Act.UPDATE_REQUEST, request.sought_subject, reason="renew")
        held = TracingRequest.objects.select_for_update().get(pk=request.pk)
        held.expires_on = clock.today() + LASTS
        if held.state == RequestState.CLOSED:
            held.state = RequestState.TRACING
        held.save(update_fields=["expires_on", "state"])
        changes.append(held.sought, Change.What.WRITTEN)  # the reader looks at everybody who came meanwhile
    return held


def close_request(*, by: Actor, request: TracingRequest) -> TracingRequest:
    """Nobody is looked for any longer; nothing is told to anybody."""
    with transaction.atomic():
        records.note(by, Act.UPDATE_REQUEST, request.sought_subject, reason="close")
        held = TracingRequest.objects.select_for_update().get(pk=request.pk)
        held.state = RequestState.CLOSED
        held.save(update_fields=["state"])
        changes.append(held.sought, Change.What.WRITTEN)  # the readers let go of it, and of what it said of others
        transaction.on_commit(lambda: matching.let_go(held))
    return held
