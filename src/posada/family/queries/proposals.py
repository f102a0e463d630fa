"""Proposals: which wait, whom they concern, and at which versions."""

import uuid

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor, Subject
from posada.accounts.queries import assigned_subjects
from posada.family.models import Against, Proposal, ProposalQuerySet, TracingRequest
from posada.people.models import Person
from posada.records.models import SealedRecord


def subject_of_proposal(proposal: Proposal) -> Subject:
    """Whom a decision concerns: the person who is here, or else the two requests that meet.

    A request is entrusted to nobody: whoever accompanies one side would learn by it that the other is here.
    """
    if proposal.person is not None:
        return proposal.person.subject
    return Subject(proposal.request_id, proposal.request.site_id, proposal.request.opened_on)


def candidate_record(against: Against, person: Person | None, other: TracingRequest | None) -> SealedRecord:
    """The record with which a request's sought person is compared."""
    if against == Against.PERSON and person is not None:
        return person.identity
    if other is None:
        raise ValueError("a proposal has a person or another request")
    return other.sought if against == Against.SOUGHT else other.enquirer


def candidate_version(against: Against, person: Person | None, other: TracingRequest | None) -> int:
    """The version of that record."""
    return candidate_record(against, person, other).version


def versions_of(proposal: Proposal) -> tuple[int, int]:
    """The present versions of the two records of a proposal."""
    against = Against(proposal.against)
    candidate = candidate_version(against, proposal.person, proposal.other_request)
    return proposal.request.sought.version, candidate


def decided_by(actor: Actor) -> ProposalQuerySet:
    """The proposals on which this user may decide."""
    rows = Proposal.objects.visible_to(actor)
    if not actor.may(Act.DECIDE_PROPOSAL):
        return rows.none()
    if actor.user is None or Role.TRACING_OFFICER in actor.roles:
        return rows
    return rows.filter(person_id__in=assigned_subjects(actor))


def proposals_to_decide(actor: Actor) -> list[Proposal]:
    """What waits for this user's decision: request number and band, no names."""
    return list(decided_by(actor).to_decide().select_related("request", "person", "other_request"))


def proposals_waiting(actor: Actor) -> int:
    """How many, for the mark beside the place in the navigation."""
    return decided_by(actor).to_decide().count()


def proposals_of(actor: Actor, request: TracingRequest) -> list[Proposal]:
    """The proposals of one request on which this user may decide, the undecided first. No trace of the others."""
    mine = decided_by(actor).filter(request=request)
    rows = mine.select_related("request", "person", "other_request", "found_decision")
    order = {"proposed": 0, "not_yet": 1, "same": 2, "different": 3}
    return sorted(rows, key=lambda row: (order[row.state], row.proposed_on))


def proposal(actor: Actor, proposal_id: uuid.UUID) -> Proposal | None:
    """One proposal of the actor's site, with what a page needs."""
    rows = Proposal.objects.visible_to(actor).select_related(
        "request__sought",
        "request__enquirer",
        "request__separation",
        "request__resident",
        "person__identity",
        "person__consents",
        "other_request__sought",
        "other_request__enquirer",
    )
    return rows.filter(pk=proposal_id).first()
