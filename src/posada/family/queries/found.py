"""What found persons chose: of one proposal, of one person; and who is to be asked, from clear columns alone."""

from dataclasses import dataclass

from django.db.models import Q

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor
from posada.accounts.queries import assigned_subjects
from posada.family.models import (
    FoundChoice,
    FoundDecision,
    Proposal,
    ProposalQuerySet,
    ProposalState,
    RequestState,
    TracingRequest,
)
from posada.family.rules.choices import CARRIED_OUT, FOR_OTHERS, Choice, Reach
from posada.ground import clock
from posada.records.door import Reason, Version, open_history, open_records

_READ = ("record", "words", "proposal__request")


@dataclass(frozen=True, slots=True)
class Held:
    """A decision with what was chosen."""

    row: FoundDecision
    content: FoundChoice

    @property
    def holds(self) -> bool:
        """Whether it counts today."""
        return self.content.holds_on(clock.today())


@dataclass(frozen=True, slots=True)
class Chosen:
    """All that a found person said, seen from one proposal.

    `own` is for this enquirer; `other` is said of another one and reaches this one, too: by its words surely
    (`any_relative`), or perhaps (`named`).
    """

    own: Held | None
    other: Held | None

    @property
    def rests(self) -> bool:
        """Whether they are not to be asked: never again, or a refusal for any relative who asks."""
        if self.own is not None and self.own.holds and self.own.content.choice is Choice.NEVER_ASK:
            return True
        held = self.other
        if held is None:
            return False
        any_relative = held.content.reach is Reach.ANY_RELATIVE
        return held.content.choice is Choice.NEVER_ASK or (held.content.choice is Choice.REFUSE and any_relative)

    @property
    def may_carry(self) -> bool:
        """Whether a choice for another enquirer may be kept to for this one."""
        return self.other is not None and (self.own is None or not self.own.holds)


def decision_of(proposal: Proposal) -> FoundDecision | None:
    """The decision on one proposal."""
    return FoundDecision.objects.select_related("record", "words").filter(proposal=proposal).first()


def chosen(actor: Actor, proposal: Proposal) -> Chosen:
    """What this person chose, for this request and for others who asked; each opening is checked and written down."""
    rows = list(FoundDecision.objects.filter(person=proposal.person).select_related(*_READ))
    opened = open_records([one.record for one in rows], FoundChoice, by=actor, reason=Reason.VIEW)
    held = [Held(row, one.content) for row, one in zip(rows, opened, strict=True)]
    own = next((one for one in held if one.row.proposal_id == proposal.pk), None)
    others = [one for one in held if one is not own and (_reaches_others(one) or _never_by(one, proposal.request))]
    return Chosen(own, max(others, key=lambda one: one.content.at, default=None))


def _never_by(held: Held, request: TracingRequest) -> bool:
    """Whether they asked never to be asked again by who asks here: the same resident, or of the same telling.

    A new request of the same enquirer does not begin anew (an enquirer who fishes would wear somebody down).
    """
    if held.content.choice is not Choice.NEVER_ASK or not held.holds:
        return False
    before = held.row.proposal.request
    same_resident = request.resident_id is not None and request.resident_id == before.resident_id
    return same_resident or (request.together is not None and request.together == before.together)


def _reaches_others(held: Held) -> bool:
    """Whether it is said of more than one enquirer. Of the named ones, only what is carried out concerns another."""
    content = held.content
    if not held.holds or content.choice not in FOR_OTHERS or content.reach is Reach.THIS_ENQUIRER:
        return False
    return content.reach is Reach.ANY_RELATIVE or content.choice in CARRIED_OUT


def history_of(decision: FoundDecision, actor: Actor) -> list[Version[FoundChoice]]:
    """Everything they said on one request, the newest first; what was passed on is not in it."""
    return list(reversed(open_history(decision.record, FoundChoice, by=actor)))


def to_ask(actor: Actor) -> ProposalQuerySet:
    """Found persons whom this user may ask and who are to be asked now, in private: numbers only.

    Those never asked, those who wanted to be asked again by today, those whose choice ended.
    """
    rows = Proposal.objects.visible_to(actor).filter(state=ProposalState.SAME, person__isnull=False)
    if not actor.may(Act.RECORD_DECISION):
        return rows.none()
    if actor.user is not None and Role.TRACING_OFFICER not in actor.roles:
        rows = rows.filter(person_id__in=assigned_subjects(actor))
    not_now = Q(found_decision__isnull=False) & (
        Q(found_decision__due_on=None) | Q(found_decision__due_on__gt=clock.today())
    )
    running = rows.exclude(request__state__in=[RequestState.CLOSED, RequestState.IN_CONTACT])
    return running.exclude(not_now).select_related("request", "person").order_by("decided_on", "pk")
