"""What stands on a request's page besides its story: protections, who is joined to it, hand-overs, renewals."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor, granted_role
from posada.family.forms.requests import WHY_RENEWED
from posada.family.forms.words import ANSWER_LABELS, SHARE_LABELS
from posada.family.models import (
    Contents,
    Enquirer,
    Proposal,
    Renewal,
    RenewalWords,
    RequestState,
    Sought,
    TracingRequest,
)
from posada.family.queries.fishing import similar_enquiries
from posada.family.queries.handing import Handed, hand_overs_of
from posada.family.queries.representing import minor_of
from posada.family.queries.requests import counter_requests, together_with
from posada.family.rules.handing import HandState
from posada.family.rules.protecting import PROTECTION_WORDS, Protection, protections
from posada.family.rules.representing import is_unrepresented
from posada.family.rules.tracing_services import service
from posada.family.views.requests_shown import RequestRow
from posada.people.models import Source
from posada.people.rules import Minor, treated_as_minor
from posada.records.door import Reason, open_records
from posada.records.staff import name_of
from posada.ui.parts import Badge, Fact, Kind

_HAND_KINDS: dict[HandState, Kind] = {
    HandState.AGREED: "wait",
    HandState.HANDED: "note",
    HandState.ACCEPTED: "good",
    HandState.REFUSED: "danger",
    HandState.DONE: "good",
    HandState.STOPPED: "neutral",
}


@dataclass(frozen=True, slots=True)
class HandedRow:
    """A hand-over in its request."""

    name: str
    line: str
    badge: Badge
    url: str


@dataclass(frozen=True, slots=True)
class More:
    """What this user sees of it."""

    protections: tuple[str, ...]
    cautions: tuple[str, ...]
    sharing: tuple[Fact, ...]
    joined: tuple[RequestRow, ...]
    counter: tuple[int, ...]
    handed: tuple[HandedRow, ...]
    renewals: tuple[str, ...]
    fishing: Badge | None
    may_add: bool
    may_hand_over: bool


def more_of(actor: Actor, request: TracingRequest, contents: Contents, proposals: list[Proposal], today: date) -> More:
    """All of it; `proposals` are those on which this user may decide."""
    enquirer, sought, _parted = contents
    is_open = request.state != RequestState.CLOSED and request.refused_on is None
    return More(
        protections=tuple(str(PROTECTION_WORDS[one]) for one in protections(enquirer.flags)),
        cautions=tuple(_cautions(request, enquirer, sought, proposals, today)),
        sharing=sharing(enquirer),
        joined=_joined(actor, request, today),
        counter=tuple(row.number for row in counter_requests(actor, request)),
        handed=tuple(handed_row(one) for one in hand_overs_of(actor, request)),
        renewals=_renewals(actor, request),
        fishing=_fishing(actor, request),
        may_add=granted_role(actor, Act.OPEN_REQUEST, request.sought_subject) is not None,
        may_hand_over=is_open and granted_role(actor, Act.HAND_OVER, request.sought_subject) is not None,
    )


def sharing(enquirer: Enquirer) -> tuple[Fact, ...]:
    """What may be shared, with whom: two answers of the one who asks, and what holds for everybody."""
    told = str(SHARE_LABELS[enquirer.share_with])
    if Protection.NO_NAME in protections(enquirer.flags):
        told = _("Nothing, until counsel took place")
    return (
        Fact(_("The sought person, if found"), told),
        Fact(_("Another tracing service"), str(ANSWER_LABELS[enquirer.share_onward])),
        Fact(_("Whoever accompanies the sought person here"), _("Who is sought, never who asks")),
        Fact(_("Whoever asks for them in turn"), _("Nothing")),
        Fact(_("The State, the police, employers, media"), _("Never")),
    )


def _cautions(
    request: TracingRequest, enquirer: Enquirer, sought: Sought, proposals: list[Proposal], today: date
) -> list[str]:
    found = []
    minor = minor_of(request.resident, enquirer)
    if is_unrepresented(enquirer.represented_by, treated_as_minor=minor is Minor.YES):
        found.append(_("A child asks, and nobody speaks for it yet: tell the child-protection authority today."))
    if treated_as_minor(sought.as_identity, today):
        found.append(
            _(
                "The sought person is a child, or nobody knows their age: where they are is told to nobody who asks. "
                "Parents who are with the child decide, or the child-protection authority, and the child is heard."
            )
        )
    if _is_own_parent(sought):
        found.append(_("The sought person and a parent of theirs have the same name: was it written twice?"))
    if request.resident is not None and any(_lives_here(row) for row in proposals):
        found.append(_("Both may live in this house. Ask each alone and tell neither that the other is here or asks."))
    return found


def _is_own_parent(sought: Sought) -> bool:
    name = sought.shown_name.casefold()
    return bool(name) and name in {sought.mother.casefold(), sought.father.casefold()}


def _lives_here(row: Proposal) -> bool:
    return row.person is not None and row.person.source == Source.HOUSE


def _joined(actor: Actor, request: TracingRequest, today: date) -> tuple[RequestRow, ...]:
    rows = together_with(request)
    seen = [row for row in rows if granted_role(actor, Act.READ_REQUEST, row.enquirer_subject) is not None]
    return tuple(RequestRow.of(row, today, actor) for row in seen)


def handed_row(one: Handed) -> HandedRow:
    """A hand-over as a line: to whom, since when, and where it stands."""
    day = date_format(one.row.done_on or one.row.answered_on or one.row.handed_on or one.row.agreed_on, "DATE_FORMAT")
    number = _(" · their number %(number)s") % {"number": one.words.reference} if one.words.reference else ""
    return HandedRow(
        name=str(service(one.words.to).name),
        line=_("since %(day)s") % {"day": day} + number,
        badge=Badge(str(one.state.label), _HAND_KINDS[one.state]),
        url=reverse("family:hand_over_state", args=[one.row.pk]),
    )


def _renewals(actor: Actor, request: TracingRequest) -> tuple[str, ...]:
    rows = list(Renewal.objects.filter(request=request).select_related("record").order_by("renewed_on", "pk"))
    if not rows or (actor.user is not None and Role.TRACING_OFFICER not in actor.roles):
        return ()
    opened = open_records([row.record for row in rows], RenewalWords, by=actor, reason=Reason.VIEW)
    return tuple(_renewal(row, one.content) for row, one in zip(rows, opened, strict=True))


def _renewal(row: Renewal, words: RenewalWords) -> str:
    line = _("%(day)s, by %(by)s") % {"day": date_format(row.renewed_on, "DATE_FORMAT"), "by": name_of(words.by)}
    asked = _("asked") if words.asked else _("not asked")
    return " · ".join(part for part in (line, str(WHY_RENEWED[words.why]), asked, words.note) if part)


def _fishing(actor: Actor, request: TracingRequest) -> Badge | None:
    """For tracing officers alone: nearly the same was asked before."""
    similar = similar_enquiries(actor, [request.pk]).get(request.pk)
    if similar is None or not similar.is_any:
        return None
    if similar.times:
        return Badge(_("asked before with small differences"), "wait")
    return Badge(_("the same voice under another name"), "wait")
