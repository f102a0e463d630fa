"""Tracing requests: those that one may see, and one of them."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor
from posada.accounts.queries import assigned_subjects
from posada.family.models import (
    Against,
    Placeholder,
    Proposal,
    ProposalState,
    RequestState,
    TracingRequest,
    TracingRequestQuerySet,
)
from posada.family.queries.proposals import decided_by
from posada.ground import clock

EXPIRES_SOON = timedelta(days=14)
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


def together_with(request: TracingRequest) -> list[TracingRequest]:
    """The other sought persons of the same enquirer: of the same telling, or sought by the same resident."""
    same = Q(pk__in=[])
    if request.together is not None:
        same |= Q(together=request.together)
    if request.resident_id is not None:
        same |= Q(resident_id=request.resident_id)
    rows = TracingRequest.objects.filter(same, site_id=request.site_id).exclude(pk=request.pk).shown()
    return list(rows.select_related("enquirer", "sought", "resident").order_by("opened_on", "number"))


def ends_soon(actor: Actor) -> list[TracingRequest]:
    """The requests that end within two weeks, or have ended and wait to be renewed: numbers and days alone."""
    if not actor.may(Act.UPDATE_REQUEST):
        return []
    rows = _seen_by(actor).exclude(state__in=[RequestState.CLOSED, RequestState.IN_CONTACT])
    return list(rows.filter(expires_on__lte=clock.today() + EXPIRES_SOON).order_by("expires_on", "number"))


def number_is_taken(number: int) -> bool:
    """Whether a request has this number, or had it: who calls with an old number must not hear of a new request."""
    held = TracingRequest.objects.filter(number=number), Placeholder.objects.filter(number=number)
    return any(rows.exists() for rows in held)


def was_asked(actor: Actor, number: int) -> bool:
    """Whether a request of the actor's site has this number, or had it before it was wiped."""
    return request_by_number(actor, number) is not None or (
        Placeholder.objects.visible_to(actor).filter(number=number).exists()
    )


def counter_requests(actor: Actor, request: TracingRequest) -> list[TracingRequest]:
    """Requests by which the sought person asks for the one who asks here, as far as somebody decided that.

    For those who search alone: whoever accompanies one side would learn by it that the other is known here.
    """
    if actor.user is not None and Role.TRACING_OFFICER not in actor.roles:
        return []
    decided = Proposal.objects.visible_to(actor).filter(state=ProposalState.SAME)
    by_other = decided.filter(request=request, against=Against.ENQUIRER).values("other_request")
    by_this = decided.filter(other_request=request, against=Against.ENQUIRER).values("request")
    # The one who was found lives here and made a request, whose sought person is the resident who asks here.
    found = decided.filter(request=request, person__isnull=False).values("person")
    of_found = decided.filter(request__resident__in=found, person=request.resident_id).values("request")
    wanted = Q(pk__in=by_other) | Q(pk__in=by_this)
    if request.resident_id is not None:
        wanted |= Q(pk__in=of_found)
    return list(TracingRequest.objects.visible_to(actor).filter(wanted).exclude(pk=request.pk).order_by("number"))
