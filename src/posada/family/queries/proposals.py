"""Proposals: which wait, whom they concern, and at which versions."""

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from posada.accounts.acts import Act, Role
from posada.accounts.approvals import Kind, Question, digest_of
from posada.accounts.approvals.queries import has_expired
from posada.accounts.models import Approval
from posada.accounts.permissions import Actor, Subject
from posada.accounts.queries import assigned_subjects
from posada.family.models import Against, Proposal, ProposalQuerySet, TracingRequest
from posada.people.models import Person
from posada.records.models import SealedRecord

_COMPARED = ("request__sought", "person__identity", "other_request__sought", "other_request__enquirer", "record")


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


def question_of(proposal: Proposal) -> Question:
    """Bound to the versions of both records and to the last note: whatever is decided or written since, it is stale."""
    note = (proposal.record_id, proposal.record.version) if proposal.record else None
    digest = digest_of(Kind.SAME_PERSON, proposal.pk, versions_of(proposal), proposal.state, note)
    return Question(
        kind=Kind.SAME_PERSON, digest=digest, subject=proposal.pk, number=proposal.request.number, terms=proposal.band
    )


def asked_of(proposal: Proposal) -> Approval | None:
    """Who said that it is the same person, while that waits for a second and nothing changed since."""
    rows = Approval.objects.open().filter(kind=Kind.SAME_PERSON, subject=proposal.pk)
    digest = question_of(proposal).digest
    return next((row for row in rows.filter(digest=digest) if not has_expired(row)), None)


def waiting_for_second(proposals: Iterable[Proposal]) -> set[uuid.UUID]:
    """Those of the proposals that somebody called the same person, and that wait for a second."""
    rows = {row.pk: row for row in proposals}
    asked = Approval.objects.open().filter(kind=Kind.SAME_PERSON, subject__in=rows)
    return {pk for pk in asked.values_list("subject", flat=True) if pk and asked_of(rows[pk]) is not None}


def decided_by(actor: Actor) -> ProposalQuerySet:
    """The proposals on which this user may decide."""
    rows = Proposal.objects.visible_to(actor)
    if not actor.may(Act.DECIDE_PROPOSAL):
        return rows.none()
    if actor.user is None or Role.TRACING_OFFICER in actor.roles:
        return rows
    return rows.filter(person_id__in=assigned_subjects(actor))


def proposals_to_decide(actor: Actor) -> list[Proposal]:
    """What waits for this user's decision and not for a second: request number and band, no names."""
    rows = decided_by(actor).to_decide().select_related(*_COMPARED)
    found = list(rows)
    asked = waiting_for_second(found)
    return [row for row in found if row.pk not in asked]


def proposals_waiting(actor: Actor) -> int:
    """How many, for the mark beside the place in the navigation."""
    rows = decided_by(actor).to_decide()
    asked = waiting_for_second(rows.filter(pk__in=_asked_at_all()).select_related(*_COMPARED))
    return rows.count() - len(asked)


def _asked_at_all() -> QuerySet[Approval, uuid.UUID | None]:
    return Approval.objects.open().filter(kind=Kind.SAME_PERSON).values_list("subject", flat=True)


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
        "record",
    )
    return rows.filter(pk=proposal_id).first()
