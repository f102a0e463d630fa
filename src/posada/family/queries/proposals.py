"""Proposals: which wait, whom they concern, and at which versions."""

import uuid

from posada.accounts.acts import Act, Role
from posada.accounts.approvals import Kind, Question, digest_of
from posada.accounts.approvals.queries import has_expired
from posada.accounts.models import Approval
from posada.accounts.permissions import Actor, Subject
from posada.accounts.queries import assigned_subjects
from posada.family.models import UNDECIDED, Against, Proposal, ProposalQuerySet, TracingRequest
from posada.ground import clock
from posada.people.models import Person
from posada.records.models import SealedRecord

_COMPARED = (
    "request__sought",
    "person__identity",
    "other_request__sought",
    "other_request__enquirer",
    "record",
    "kin_check__record",
)


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


def seen_of(proposal: Proposal) -> tuple[int, int, int]:
    """What whoever decides has looked at: both records, and the last decision's version (0 for none)."""
    return (*versions_of(proposal), proposal.record.version if proposal.record else 0)


def question_of(proposal: Proposal) -> Question:
    """Bound to the versions of both records, to the last note and to the answers of kin: whatever is decided, written
    or withdrawn since, it is stale."""
    note = (proposal.record_id, proposal.record.version) if proposal.record else None
    check = getattr(proposal, "kin_check", None)
    answers = check.record.version if check else 0
    stands = (proposal.state, proposal.withdrawn)
    digest = digest_of(Kind.SAME_PERSON, proposal.pk, versions_of(proposal), stands, note, answers)
    return Question(
        kind=Kind.SAME_PERSON, digest=digest, subject=proposal.pk, number=proposal.request.number, terms=proposal.band
    )


def asked_of(proposal: Proposal) -> Approval | None:
    """Who said that it is the same person, while that waits for a second and nothing changed since."""
    rows = Approval.objects.open().filter(kind=Kind.SAME_PERSON, subject=proposal.pk)
    digest = question_of(proposal).digest
    return next((row for row in rows.filter(digest=digest) if not has_expired(row)), None)


def waiting_for_second(proposals: ProposalQuerySet) -> set[uuid.UUID]:
    """Those of the proposals that somebody called the same person, and that wait for a second: two questions asked."""
    asked: dict[uuid.UUID, list[Approval]] = {}
    for approval in Approval.objects.open().filter(kind=Kind.SAME_PERSON, subject__in=proposals.values("pk")):
        if approval.subject is not None and not has_expired(approval):
            asked.setdefault(approval.subject, []).append(approval)
    if not asked:
        return set()
    rows = Proposal.objects.filter(pk__in=asked).select_related(*_COMPARED)
    return {row.pk for row in rows if question_of(row).digest in {one.digest for one in asked[row.pk]}}


def decided_by(actor: Actor) -> ProposalQuerySet:
    """The proposals on which this user may decide."""
    rows = Proposal.objects.visible_to(actor)
    if not actor.may(Act.DECIDE_PROPOSAL):
        return rows.none()
    if actor.user is None or Role.TRACING_OFFICER in actor.roles:
        return rows
    return rows.filter(person_id__in=assigned_subjects(actor))


def undecided_by(actor: Actor) -> ProposalQuerySet:
    """What this user may decide and nobody has, of requests that are in force; with what a line of a list needs."""
    rows = decided_by(actor).to_decide().filter(request__expires_on__gte=clock.today())
    return rows.select_related("request", "person", "other_request")


def proposals_to_decide(actor: Actor) -> list[Proposal]:
    """What waits for this user's decision and not for a second: request number and band, no names."""
    rows = undecided_by(actor)
    asked = waiting_for_second(rows)
    return [row for row in rows if row.pk not in asked]


def proposals_waiting(actor: Actor) -> int:
    """How many, for the mark beside the place in the navigation. Mostly there is none: then one short question."""
    if not Proposal.objects.filter(request__site_id=actor.site, state__in=UNDECIDED, withdrawn=False).exists():
        return 0
    rows = undecided_by(actor)
    count = rows.count()
    return count - len(waiting_for_second(rows)) if count else 0


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
        "kin_check__record",
    )
    return rows.filter(pk=proposal_id).first()
