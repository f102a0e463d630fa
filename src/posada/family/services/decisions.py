"""A named person decides on a proposal. Nobody is told anything by it.

"Same person" takes two: who compared says so, and a tracing officer or the site manager agrees. The other decisions
need nobody else.
"""

import uuid

import msgspec
from django.db import transaction

from posada.accounts import approvals
from posada.accounts.acts import Act
from posada.accounts.approvals import Kind, Way
from posada.accounts.approvals.queries import holds_role_of_second
from posada.accounts.models import Approval
from posada.accounts.permissions import Actor, granted_role, require, system_actor
from posada.audit import services as audit
from posada.family.models import (
    TAKEN_BACK,
    DecisionNote,
    Enquirer,
    Proposal,
    ProposalState,
    Release,
    ReleaseState,
    RequestState,
    Share,
    TracingRequest,
)
from posada.family.queries.proposals import asked_of, question_of, seen_of, subject_of_proposal, versions_of
from posada.family.rules.protecting import Protection, protections
from posada.family.services.entrusting import entrust_proposal
from posada.ground import clock
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.services import Stale
from posada.vault import keyring


class AlreadyTold(Exception):
    """Something was told on this match: it cannot be taken back as if nothing had happened."""


class IsTheSame(Exception):
    """Two persons decided that it is the same person: it is taken back with a reason, not decided over."""


class NotTheSame(Exception):
    """Nobody decided that it is the same person, or somebody took it back already."""


class AlreadyAsked(Exception):
    """Somebody else said already that it is the same person; who may not be the second can only wait."""


def decide(
    *,
    by: Actor,
    proposal: Proposal,
    decision: ProposalState,
    note: str = "",
    seen: tuple[int, int, int] | None = None,
    once: uuid.UUID | None = None,
) -> Proposal:
    """Different person, or not yet; the house's own jobs also decide "same". A refusal holds while the versions do.

    `Stale` if one of the two records changed since it was read, or somebody else decided: it must be looked at again.
    `NotAgreed` if somebody wants to decide alone that it is the same person: see `propose_same`.
    """
    require(by, Act.DECIDE_PROPOSAL, subject_of_proposal(proposal))
    if decision == ProposalState.SAME and by.user is not None:
        raise approvals.NotAgreed
    with transaction.atomic():
        sent.claim(once, proposal.pk)
        held = _undecided(_looked_at(proposal, seen), by)
        _seal_note(held, _content(held, decision, note, by), by)
        _set(held, decision, by.user)
    return held


def propose_same(
    *,
    by: Actor,
    proposal: Proposal,
    note: str = "",
    seen: tuple[int, int, int] | None = None,
    once: uuid.UUID | None = None,
) -> Approval:
    """Somebody who compared says that it is the same person. It counts when a second agrees, or after the wait.

    If another one said so already and this user may be the second, they agree by it. `AlreadyAsked` if they may not.
    """
    require(by, Act.DECIDE_PROPOSAL, subject_of_proposal(proposal))
    with transaction.atomic():
        sent.claim(once, proposal.pk)
        held = _undecided(_looked_at(proposal, seen), by)
        asked = asked_of(held)
        if asked is not None and asked.asked_by_id != by.user:
            if not holds_role_of_second(asked, by.user or 0):
                raise AlreadyAsked
            agree_same(by=by, approval=asked)
            return asked
        _seal_note(held, _content(held, ProposalState.SAME, note, by), by)
        return approvals.ask(by=by, question=question_of(held))


def agree_same(*, by: Actor, approval: Approval) -> Proposal:
    """A second agrees that it is the same person, and with that it is decided. Raises `NotAllowed`, or `Stale`."""
    with transaction.atomic():
        approvals.agree(by=by, approval=approval, digest=question_of(_locked(approval.subject)).digest)
        return carry_out_same(by=by, approval=approval)


def carry_out_same(*, by: Actor, approval: Approval) -> Proposal:
    """Decide what was agreed to, or waited for. The name that stands beside it is that of who compared."""
    with transaction.atomic():
        held = _locked(approval.subject)
        way = approvals.use(by=by, approval=approval, kind=Kind.SAME_PERSON, digest=question_of(held).digest)
        _set(held, ProposalState.SAME, approval.asked_by_id)
        _note_way(held, by, way)
    return held


def take_back_same(
    *, by: Actor, proposal: Proposal, why: str, seen: tuple[int, int, int] | None = None, once: uuid.UUID | None = None
) -> Proposal:
    """It was not the same person, or it is not sure: undecided again, with the reason. It protects, so one may do it.

    `NotTheSame` if nothing of the kind stands; `AlreadyTold` if somebody was told something on it.
    """
    require(by, Act.DECIDE_PROPOSAL, subject_of_proposal(proposal))
    with transaction.atomic():
        sent.claim(once, proposal.pk)
        held = _looked_at(proposal, seen)
        if held.state != ProposalState.SAME:
            raise NotTheSame
        if Release.objects.filter(decision__proposal=held, state=ReleaseState.TOLD).exists():
            raise AlreadyTold
        content = DecisionNote(decision=TAKEN_BACK, note=why, at=clock.now(), by=by.user)
        _seal_note(held, content, by)
        records.note(by, Act.DECIDE_PROPOSAL, subject_of_proposal(held), reason=TAKEN_BACK)
        _set(held, ProposalState.NOT_YET, by.user)
    return held


def _note_way(held: Proposal, by: Actor, way: Way) -> None:
    audit.write(
        audit.Event(
            act=Act.DECIDE_PROPOSAL,
            actor=by.user,
            role=require(by, Act.SEE_TODAY),
            site=by.site,
            subject=keyring.pseudonym(subject_of_proposal(held).id),
            reason=f"{Kind.SAME_PERSON}:{way}",
        )
    )


def _locked(proposal_id: uuid.UUID | None) -> Proposal:
    if proposal_id is None:
        raise Proposal.DoesNotExist
    # Locked first and read after: what is joined in one question may be older than the lock (PostgreSQL).
    Proposal.objects.select_for_update().get(pk=proposal_id)
    rows = Proposal.objects.select_related(
        "request__sought",
        "request__enquirer",
        "person__identity",
        "other_request__sought",
        "other_request__enquirer",
        "record",
        "kin_check__record",
    )
    return rows.get(pk=proposal_id)


def _looked_at(proposal: Proposal, seen: tuple[int, int, int] | None) -> Proposal:
    """The proposal as it stands, locked. `Stale` if it is decided from other versions than were `seen`, or gone."""
    held = _locked(proposal.pk)
    if held.withdrawn or (seen is not None and seen != seen_of(held)):
        raise Stale
    entrust_proposal(held)
    return held


def _undecided(held: Proposal, by: Actor) -> Proposal:
    if held.state == ProposalState.SAME and by.user is not None:
        raise IsTheSame
    return held


def _set(held: Proposal, decision: ProposalState, decided_by: int | None) -> None:
    held.state = decision
    held.sought_version, held.candidate_version = versions_of(held)
    held.decided_on, held.decided_by = clock.today(), decided_by
    held.save()
    _carry_on(held.request)


def _content(held: Proposal, decision: ProposalState, note: str, by: Actor) -> DecisionNote:
    content = DecisionNote(decision=decision.value, note=note, at=clock.now(), by=by.user)
    return _with_asker(content, held.request, by) if decision == ProposalState.SAME else content


def _with_asker(content: DecisionNote, request: TracingRequest, by: Actor) -> DecisionNote:
    """What the enquirer agreed that the found person may be told, if this user may read it; and what protects them.

    The latter concerns whoever asks the found person, so the house itself looks for it where this user may not.
    """
    may_read = by.user is None or granted_role(by, Act.READ_REQUEST, request.enquirer_subject) is not None
    reader, reason = (by, Reason.COMPARE) if may_read else (system_actor(request.site_id), Reason.SYSTEM)
    asking = open_record(request.enquirer, Enquirer, by=reader, reason=reason)
    content = msgspec.structs.replace(content, protections=protections(asking.flags))
    if not may_read or asking.share_with is Share.NOTHING or Protection.NO_NAME in content.protections:
        return content
    name = asking.name if asking.share_with is Share.NAME else ""
    return msgspec.structs.replace(content, relationship=asking.relationship, asker_name=name)


def _seal_note(proposal: Proposal, content: DecisionNote, by: Actor) -> None:
    if proposal.record is None:
        subject = proposal.request.sought.subject
        proposal.record = records.seal_new(content, subject=subject, by=by, act=Act.DECIDE_PROPOSAL)
    else:
        proposal.record = records.revise(proposal.record, content, by=by, act=Act.DECIDE_PROPOSAL)
    proposal.save(update_fields=["record"])


def _carry_on(request: TracingRequest) -> None:
    """Verified while some proposal of it is the same person; traced otherwise. In contact stays so by itself."""
    if request.state in {RequestState.CLOSED, RequestState.IN_CONTACT}:
        return
    verified = request.proposals.filter(state=ProposalState.SAME).exists()
    request.state = RequestState.VERIFIED if verified else RequestState.TRACING
    request.save(update_fields=["state"])
