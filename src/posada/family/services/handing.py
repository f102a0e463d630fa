"""A request handed to another tracing service: with consent, in named parts, and with an answer."""

import uuid

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.family.models import Enquirer, HandOver, HandOverWords, RequestState, TracingRequest
from posada.family.queries.representing import minor_of
from posada.family.rules import handing, tracing_services
from posada.family.rules.handing import HandState
from posada.family.rules.protecting import Protection, protections
from posada.family.rules.representing import is_unrepresented
from posada.ground import clock, ids
from posada.people.models import Answer
from posada.people.rules import Minor
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.services import Stale


class MayNotLeave(Exception):
    """The request stays in this house; the exception's word says why."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def may_leave(request: TracingRequest, enquirer: Enquirer) -> str:
    """Why a request may not be handed over, as a fixed word; empty if it may."""
    if request.state == RequestState.CLOSED or request.refused_on is not None:
        return "closed"
    if request.expires_on < clock.today():
        return "ended"
    if Protection.STAYS_HERE in protections(enquirer.flags):
        return "danger"
    if enquirer.share_onward is Answer.NO:
        return "said_no"
    protected = minor_of(request.resident, enquirer) is not Minor.NO
    if is_unrepresented(enquirer.represented_by, treated_as_minor=protected):
        return "child"
    return ""


def agree_hand_over(
    *, by: Actor, request: TracingRequest, words: HandOverWords, once: uuid.UUID | None = None
) -> HandOver:
    """The one who asks agreed: to which service, and to which dangerous fields by name. Nothing leaves by it.

    `MayNotLeave` if it stays here, `KeyError` for a service that is not in the directory.
    """
    require(by, Act.HAND_OVER, request.sought_subject)
    tracing_services.service(words.to)
    with transaction.atomic():
        sent.claim(once, request.pk)
        held = (
            TracingRequest.objects.select_for_update(of=("self",))
            .select_related("enquirer", "sought", "resident__identity")
            .get(pk=request.pk)
        )
        _look(held, by)
        said = msgspec.structs.replace(words, by=by.user)
        record = records.seal_new(said, subject=held.enquirer.subject, by=by, act=Act.HAND_OVER)
        return HandOver.objects.create(id=ids.new_id(), request=held, record=record, agreed_on=clock.today())


def _look(request: TracingRequest, by: Actor) -> None:
    why = may_leave(request, open_record(request.enquirer, Enquirer, by=by, reason=Reason.WRITE))
    if why:
        raise MayNotLeave(why)


def hand_over(*, by: Actor, row: HandOver, way: str) -> HandOver:
    """It leaves the house now, on paper or as a file (`way`), written down first. A second copy is handed the same way.

    `MayNotLeave` if something speaks against it by now; `Stale` if it came to an end meanwhile.
    """
    with transaction.atomic():
        held = _locked(row)
        records.note(by, Act.HAND_OVER, held.request.sought_subject, reason=f"handed:{way}")
        _look(held.request, by)
        state = HandState(held.state)
        if state is not HandState.HANDED and not handing.may_follow(state, HandState.HANDED):
            raise Stale
        held.state, held.handed_on = HandState.HANDED, held.handed_on or clock.today()
        held.save(update_fields=["state", "handed_on"])
    return held


def answer_hand_over(
    *, by: Actor, row: HandOver, state: HandState, reference: str = "", note: str = "", once: uuid.UUID | None = None
) -> HandOver:
    """What the other service answered, or that the one who asks took their yes back. `Stale` if that cannot follow."""
    with transaction.atomic():
        sent.claim(once, row.pk)
        held = _locked(row)
        records.note(by, Act.HAND_OVER, held.request.sought_subject, reason=f"answered:{state.value}")
        if state not in handing.answers_to(HandState(held.state)):
            raise Stale
        held.state = state
        held.answered_on = held.answered_on or clock.today()
        if state in {HandState.DONE, HandState.REFUSED, HandState.STOPPED}:
            held.done_on = clock.today()
        words = open_record(held.record, HandOverWords, by=by, reason=Reason.WRITE)
        said = msgspec.structs.replace(words, reference=reference or words.reference, note=note or words.note)
        if said != words:
            records.revise(held.record, said, by=by, act=Act.HAND_OVER)
        held.save(update_fields=["state", "answered_on", "done_on"])
    return held


def _locked(row: HandOver) -> HandOver:
    rows = HandOver.objects.select_for_update(of=("self",)).select_related(
        "record", "request__enquirer", "request__sought", "request__resident__identity"
    )
    return rows.get(pk=row.pk)
