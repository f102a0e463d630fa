"""Tracing requests: those that one may see, and one of them."""

from django.db.models import Count, Q

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor
from posada.accounts.queries import assigned_subjects
from posada.family.models import ProposalState, RequestState, TracingRequest, TracingRequestQuerySet

_WAITING = Q(proposals__state__in=[ProposalState.PROPOSED, ProposalState.NOT_YET])


def _seen_by(actor: Actor) -> TracingRequestQuerySet:
    rows = TracingRequest.objects.visible_to(actor)
    if not actor.may(Act.SEE_REQUESTS):
        return rows.none()
    if actor.user is None or Role.TRACING_OFFICER in actor.roles:
        return rows
    held = assigned_subjects(actor)
    return rows.filter(Q(resident_id__in=held) | Q(enquirer__subject__in=held)).distinct()


def open_requests(actor: Actor) -> TracingRequestQuerySet:
    """The requests that are not closed, the oldest first; `waiting` counts their proposals. No names."""
    rows = _seen_by(actor).exclude(state=RequestState.CLOSED)
    return rows.annotate(waiting=Count("proposals", filter=_WAITING)).order_by("opened_on", "number")


def closed_requests(actor: Actor) -> TracingRequestQuerySet:
    """The requests that were closed, the newest first."""
    return _seen_by(actor).filter(state=RequestState.CLOSED).order_by("-opened_on")


def request_by_number(actor: Actor, number: int) -> TracingRequest | None:
    """One request of the actor's site, whoever may read it."""
    rows = TracingRequest.objects.visible_to(actor).select_related("enquirer", "sought", "separation", "resident")
    return rows.filter(number=number).first()
