"""Hand-overs of a request, and one of them, for those who hand over."""

import uuid
from dataclasses import dataclass

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, granted_role
from posada.family.models import HandOver, HandOverWords, Sought, TracingRequest
from posada.family.rules.handing import ALWAYS_OUT, FIELD_LABELS, Field, HandState, may_go
from posada.ground import clock
from posada.people.rules import treated_as_minor
from posada.records.door import Reason, open_records


@dataclass(frozen=True, slots=True)
class Handed:
    """A hand-over with its sealed words."""

    row: HandOver
    words: HandOverWords

    @property
    def state(self) -> HandState:
        """Where it stands."""
        return HandState(self.row.state)


def hand_overs_of(actor: Actor, request: TracingRequest) -> list[Handed]:
    """Those of one request, the newest first; none for whoever may not hand over."""
    if granted_role(actor, Act.HAND_OVER, request.sought_subject) is None:
        return []
    rows = list(HandOver.objects.visible_to(actor).filter(request=request).select_related("record"))
    opened = open_records([row.record for row in rows], HandOverWords, by=actor, reason=Reason.VIEW)
    found = [Handed(row, one.content) for row, one in zip(rows, opened, strict=True)]
    return sorted(found, key=lambda one: (one.row.agreed_on, one.row.pk), reverse=True)


def hand_over_by_id(actor: Actor, pk: uuid.UUID) -> HandOver | None:
    """One of the actor's site."""
    rows = HandOver.objects.visible_to(actor).select_related(
        "record", "request__enquirer", "request__sought", "request__separation", "request__resident"
    )
    return rows.filter(pk=pk).first()


def goes_out(words: HandOverWords, sought: Sought) -> frozenset[Field]:
    """Which dangerous fields go: those agreed to by name; of a child, or an unknown age, none that leads to a place."""
    return may_go(frozenset(words.fields), is_minor=treated_as_minor(sought.as_identity, clock.today()))


def left_out(going: frozenset[Field]) -> tuple[str, ...]:
    """Everything dangerous that does not go, each by its name: for the screen and for the form."""
    return (*(str(FIELD_LABELS[one]) for one in Field if one not in going), *(str(one) for one in ALWAYS_OUT))
