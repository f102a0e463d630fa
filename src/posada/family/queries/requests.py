"""Tracing requests: those that one may see, and one of them."""

from django.db.models import Count, Exists, OuterRef, Q

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor
from posada.accounts.queries import assigned_subjects
from posada.family.models import ProposalState, RequestState, TracingRequest, TracingRequestQuerySet
from posada.family.queries.proposals import decided_by

_WAITING = Q(proposals__state__in=[ProposalState.PROPOSED, ProposalState.NOT_YET])


def _with_matches(actor: Actor, rows: TracingRequestQuerySet) -> TracingRequestQuerySet:
    """Of the matches only those on which this user may decide: how many wait, and whether one is the same person."""
    mine = decided_by(actor)
    same = mine.filter(request=OuterRef("pk"), state=ProposalState.SAME)
    waiting = _WAITING & Q(proposals__in=mine.values("pk"))
    return rows.annotate(waiting=Count("proposals", filter=waiting, distinct=True), same_seen=Exists(same))


def state_seen(actor: Actor, row: TracingRequest) -> RequestState:
    """The state, as far as it says nothing of a match on which this user may not decide.

    A decision moves a request on, so whoever does not see every match reads only that it is in progress.
    """
    state = RequestState(row.state)
    said = state in {RequestState.CLOSED, RequestState.IN_CONTACT}
    if said or actor.user is None or Role.TRACING_OFFICER in actor.roles:
        return state
    return RequestState.VERIFIED if getattr(row, "same_seen", False) else RequestState.TRACING


def _seen_by(actor: Actor) -> TracingRequestQuerySet:
    rows = TracingRequest.objects.visible_to(actor)
    if not actor.may(Act.SEE_REQUESTS):
        return rows.none()
    if actor.user is None or Role.TRACING_OFFICER in actor.roles:
        return rows
    held = assigned_subjects(actor)
    return rows.filter(Q(resident_id__in=held) | Q(enquirer__subject__in=held)).distinct()


def open_requests(actor: Actor) -> TracingRequestQuerySet:
    """The requests that are not closed, the oldest first; `waiting` counts what this user decides. No names."""
    rows = _seen_by(actor).exclude(state=RequestState.CLOSED)
    return _with_matches(actor, rows).order_by("opened_on", "number")


def closed_requests(actor: Actor) -> TracingRequestQuerySet:
    """The requests that were closed, the newest first."""
    return _seen_by(actor).filter(state=RequestState.CLOSED).order_by("-opened_on")


def request_by_number(actor: Actor, number: int) -> TracingRequest | None:
    """One request of the actor's site, whoever may read it."""
    rows = TracingRequest.objects.visible_to(actor).select_related("enquirer", "sought", "separation", "resident")
    return _with_matches(actor, rows.filter(number=number)).first()
