"""A named person decides on a proposal; the found person decides what may be told. Neither tells anybody."""

import uuid

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, granted_role, require
from posada.family.models import (
    DecisionNote,
    Enquirer,
    FoundChoice,
    FoundDecision,
    Proposal,
    ProposalState,
    RequestState,
    Share,
    TracingRequest,
)
from posada.family.queries.proposals import subject_of_proposal, versions_of
from posada.family.services.entrusting import entrust_proposal
from posada.ground import clock, ids
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.services import Stale


class NotTheirs(Exception):
    """Nobody is asked before somebody decided that it is the same person."""


def decide(
    *,
    by: Actor,
    proposal: Proposal,
    decision: ProposalState,
    note: str = "",
    seen: tuple[int, int] | None = None,
    once: uuid.UUID | None = None,
) -> Proposal:
    """Same person, different person, or not yet. A refusal holds while the versions `seen` stand.

    `Stale` if one of the two records changed since it was read: it must be looked at again.
    """
    require(by, Act.DECIDE_PROPOSAL, subject_of_proposal(proposal))
    with transaction.atomic():
        sent.claim(once, proposal.pk)
        rows = Proposal.objects.select_for_update(of=("self",)).select_related(
            "request__sought",
            "request__enquirer",
            "person__identity",
            "other_request__sought",
            "other_request__enquirer",
        )
        held = rows.get(pk=proposal.pk)
        current = versions_of(held)
        if seen is not None and seen != current:
            raise Stale
        entrust_proposal(held)
        content = DecisionNote(decision=decision.value, note=note)
        if decision == ProposalState.SAME:
            content = _with_asker(content, held.request, by)
        _seal_note(held, content, by)
        held.state = decision
        held.sought_version, held.candidate_version = current
        held.decided_on, held.decided_by = clock.today(), by.user
        held.save()
        _carry_on(held.request)
    return held


def _with_asker(content: DecisionNote, request: TracingRequest, by: Actor) -> DecisionNote:
    """What the enquirer agreed that the found person may be told, if this user may read it."""
    if by.user is not None and granted_role(by, Act.READ_REQUEST, request.enquirer_subject) is None:
        return content
    asking = open_record(request.enquirer, Enquirer, by=by, reason=Reason.COMPARE)
    if asking.share_with is Share.NOTHING:
        return content
    name = asking.name if asking.share_with is Share.NAME else ""
    return msgspec.structs.replace(content, relationship=asking.relationship, asker_name=name)


def _seal_note(proposal: Proposal, content: DecisionNote, by: Actor) -> None:
    if proposal.record is None:
        subject = proposal.request.sought.subject
        proposal.record = records.seal_new(content, subject=subject, by=by, act=Act.DECIDE_PROPOSAL)
    else:
        proposal.record = records.revise(proposal.record, content, by=by, act=Act.DECIDE_PROPOSAL)


def _carry_on(request: TracingRequest) -> None:
    """Verified while some proposal of it is the same person; traced otherwise."""
    if request.state == RequestState.CLOSED:
        return
    verified = request.proposals.filter(state=ProposalState.SAME).exists()
    request.state = RequestState.VERIFIED if verified else RequestState.TRACING
    request.save(update_fields=["state"])


def record_found_decision(
    *, by: Actor, proposal: Proposal, content: FoundChoice, once: uuid.UUID | None = None
) -> FoundDecision:
    """What the found person chose. It is stored and carried out by people later; nothing leaves by itself.

    `NotTheirs` unless somebody decided before that it is the same person.
    """
    person = proposal.person
    if person is None or proposal.state != ProposalState.SAME:
        raise NotTheirs
    require(by, Act.RECORD_DECISION, person.subject)
    with transaction.atomic():
        sent.claim(once, proposal.pk)
        held = FoundDecision.objects.filter(proposal=proposal).select_related("record").first()
        if held is not None:
            records.revise(held.record, content, by=by, act=Act.RECORD_DECISION)
            held.asked_on = clock.today()
            held.save(update_fields=["asked_on"])
            return held
        # The subject's day of registration is the person's own, so permissions were asked above for that one.
        record = records.seal_new(content, subject=person.pk, by=by, act=Act.RECORD_DECISION)
        return FoundDecision.objects.create(
            id=ids.new_id(), proposal=proposal, person=person, record=record, asked_on=clock.today()
        )
