"""Tracing requests: open, update, renew, close; and enquiries that are refused at the door."""

import uuid
from datetime import timedelta

import msgspec
from django.db import transaction
from django.db.models import Q

from posada.accounts import services as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.models import Assignment
from posada.accounts.permissions import Actor, Refused, require, system_actor
from posada.audit import services as audit
from posada.family import matching
from posada.family.models import (
    UNDECIDED,
    Contents,
    Enquirer,
    Proposal,
    Renewal,
    RenewalWords,
    RequestState,
    Separation,
    Share,
    Sought,
    TracingRequest,
    WhyRenewed,
)
from posada.family.queries.representing import standing_of
from posada.family.queries.requests import number_is_taken, together_with
from posada.family.rules.kinship import Relation
from posada.family.rules.representing import may_ask
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


class ParentsAsk(Exception):
    """A child who is here with its parents: the request is theirs, made with the child."""


class EndsByWord(Exception):
    """After contact a request ends only by the word of who asked: see services.after."""


class StaysClosed(Exception):
    """It was found out that no family asks: the request is not opened again."""


def _look_who_asks(resident: Person | None, enquirer: Enquirer) -> None:
    if resident is None:
        return
    stands = standing_of(resident)
    if not may_ask(enquirer.represented_by, is_child=stands.is_child, is_accompanied=stands.is_accompanied):
        raise ParentsAsk


def _entrust_to(by: Actor, resident: Person | None, *subjects: uuid.UUID) -> None:
    """Who writes a request for a resident holds it; they could not write it otherwise."""
    if by.user is not None:
        for subject in subjects:
            follows, why = resident.pk if resident else None, Assignment.Why.FOLLOWS
            accounts.assign(user_id=by.user, site_id=by.site, subject=subject, why=why, follows=follows)


def write_request(
    *,
    by: Actor,
    contents: Contents,
    resident: Person | None,
    act: Act,
    external: str = "",
    together: uuid.UUID | None = None,
) -> TracingRequest:
    """Seal and store a request; the caller has checked `act` and opened the transaction. May raise `ParentsAsk`."""
    enquirer, sought, separation = contents
    _look_who_asks(resident, enquirer)
    asking, looked_for = ids.new_id(), ids.new_id()
    if act is Act.UPDATE_KIN:
        _entrust_to(by, resident, asking, looked_for)
    parted: SealedRecord | None = None
    if separation is not None:
        parted = records.seal_new(separation, subject=looked_for, by=by, act=act)
    request = TracingRequest(
        id=ids.new_id(),
        number=ids.free_number(number_is_taken, 4),
        site_id=by.site,
        opened_on=clock.today(),
        expires_on=clock.today() + LASTS,
        together=together,
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
    """A tracing request: who asks, whom they seek, how they were parted. Nobody is told anything by it.

    `ParentsAsk` if the resident is a child who is here with its parents and none of them asks with it.
    """
    require(by, Act.OPEN_REQUEST, resident.subject if resident else None)
    with transaction.atomic():
        request = write_request(by=by, contents=(enquirer, sought, separation), resident=resident, act=Act.OPEN_REQUEST)
        sent.claim(once, request.pk)
    return request


def may_add_sought(by: Actor, request: TracingRequest) -> bool:
    """Whether this user may join another sought person to it: the desk only on the day on which it was opened."""
    return by.user is None or Role.TRACING_OFFICER in by.roles or request.opened_on == clock.today()


def add_sought(
    *,
    by: Actor,
    request: TracingRequest,
    sought: Sought,
    separation: Separation | None = None,
    relationship: Relation = Relation.OTHER,
    share_with: Share = Share.NOT_ASKED,
    once: uuid.UUID | None = None,
) -> TracingRequest:
    """One more person whom the same enquirer seeks: a request of its own, joined to the first.

    The desk may, on the day on which the first was opened. What is known of who asks is copied by the house itself:
    nobody reads it for this. `StaysClosed` if it was found out that no family asks.
    """
    require(by, Act.OPEN_REQUEST, request.sought_subject)
    if not may_add_sought(by, request):
        raise Refused(Act.OPEN_REQUEST, request.sought_subject)
    with transaction.atomic():
        sent.claim(once, request.pk)
        held = _held(request)
        if held.refused_on is not None:
            raise StaysClosed
        if held.together is None:
            held.together = ids.new_id()
            held.save(update_fields=["together"])
        house = system_actor(held.site_id)
        asking = open_record(held.enquirer, Enquirer, by=house, reason=Reason.SYSTEM)
        asking = msgspec.structs.replace(asking, relationship=relationship, share_with=share_with)
        contents = (asking, sought, separation)
        resident, together = held.resident, held.together
        return write_request(by=by, contents=contents, resident=resident, act=Act.OPEN_REQUEST, together=together)


def _held(request: TracingRequest) -> TracingRequest:
    """The request as it stands, locked for a change."""
    rows = TracingRequest.objects.select_for_update(of=("self",)).select_related(
        "enquirer", "sought", "separation", "resident__identity"
    )
    return rows.get(pk=request.pk)


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
        held = _held(request)
        if _revise(held.enquirer, enquirer, by=by, expected=expected[0]):
            _keep_together(held, enquirer, by)
        _revise(held.sought, sought, by=by, expected=expected[1])
        if separation is not None and held.separation is not None:
            _revise(held.separation, separation, by=by, expected=expected[2])
        elif separation is not None:
            subject = held.sought.subject
            held.separation = records.seal_new(separation, subject=subject, by=by, act=Act.UPDATE_REQUEST)
        _take_up(held)
        held.save()
    return held


def _revise(record: SealedRecord, content: Content, *, by: Actor, expected: int) -> bool:
    """Whether it said something else before."""
    if record.version != expected:
        raise Stale
    if open_record(record, type(content), by=by, reason=Reason.WRITE) == content:
        return False
    records.revise(record, content, by=by, act=Act.UPDATE_REQUEST, expected=expected)
    return True


def _keep_together(request: TracingRequest, enquirer: Enquirer, by: Actor) -> None:
    """Who asks is one, for all whom they seek in one telling: how to reach them safely must not differ."""
    if request.together is None:
        return
    for other in together_with(request):
        if other.together != request.together:
            continue
        said = open_record(other.enquirer, Enquirer, by=by, reason=Reason.WRITE)
        told = msgspec.structs.replace(enquirer, relationship=said.relationship, share_with=said.share_with)
        if told != said:
            records.revise(other.enquirer, told, by=by, act=Act.UPDATE_REQUEST, expected=other.enquirer.version)


def _take_up(request: TracingRequest) -> None:
    if request.state == RequestState.OPEN:
        request.state = RequestState.TRACING


def renew_request(
    *,
    by: Actor,
    request: TracingRequest,
    words: RenewalWords | None = None,
    once: uuid.UUID | None = None,
) -> TracingRequest:
    """A request lasts another half year because a person said so, and why. A closed one opens again.

    `StaysClosed` if it was found out that no family asks.
    """
    with transaction.atomic():
        records.note(by, Act.UPDATE_REQUEST, request.sought_subject, reason="renew")
        sent.claim(once, request.pk)
        held = _held(request)
        if held.refused_on is not None:
            raise StaysClosed
        held.expires_on = clock.today() + LASTS
        if held.state == RequestState.CLOSED:
            held.state = RequestState.TRACING
        held.save(update_fields=["expires_on", "state"])
        said = words or RenewalWords(why=WhyRenewed.THEY_WANT_IT)
        said = msgspec.structs.replace(said, until=held.expires_on, by=by.user)
        subject = held.sought.subject
        record = records.seal_new(said, subject=subject, by=by, act=Act.UPDATE_REQUEST)
        Renewal.objects.create(id=ids.new_id(), request=held, record=record, renewed_on=clock.today())
        changes.append(held.sought, Change.What.WRITTEN)  # the reader looks at everybody who came meanwhile
    return held


def close_request(*, by: Actor, request: TracingRequest) -> TracingRequest:
    """Nobody is looked for any longer; nothing is told to anybody. After contact it raises `EndsByWord`."""
    with transaction.atomic():
        records.note(by, Act.UPDATE_REQUEST, request.sought_subject, reason="close")
        held = _held(request)
        if held.state == RequestState.IN_CONTACT:
            raise EndsByWord
        return _close(held)


def _close(held: TracingRequest) -> TracingRequest:
    held.state = RequestState.CLOSED
    held.save(update_fields=["state", "refused_on"])
    changes.append(held.sought, Change.What.WRITTEN)  # the readers let go of it, and of what it said of others
    transaction.on_commit(lambda: matching.let_go(held))
    return held


def refuse_request(*, by: Actor, request: TracingRequest, kind: str) -> TracingRequest:
    """It was found out later that no family asks, but a State, an army, the police, an employer or the media.

    Closed for good, this one and all that were told together with it. What nobody decided on is withdrawn; whoever
    asks hears the same words as before. Logged as a refusal, of which kind.
    """
    require(by, Act.UPDATE_REQUEST, request.sought_subject)
    with transaction.atomic():
        joined = [one for one in together_with(request) if one.together and one.together == request.together]
        for one in (request, *joined):
            records.note(by, Act.UPDATE_REQUEST, one.sought_subject, reason="notfam")
            held = _held(one)
            held.refused_on = clock.today()
            _close(held)
            for row in Proposal.objects.filter(Q(request=held) | Q(other_request=held), state__in=UNDECIDED):
                matching.withdraw(row)
        refuse_enquiry(by=by, kind=kind)
    return _held(request)
