"""Handing a request to another tracing service: which way it goes, and what of it may go out."""

from enum import StrEnum
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class HandState(models.TextChoices):
    """How far a hand-over has come."""

    AGREED = "agreed", _("agreed to, not yet handed over")
    HANDED = "handed", _("handed over, no answer yet")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped: the one who asks took their yes back")


_NEXT: Final = {
    HandState.AGREED: frozenset({HandState.HANDED, HandState.STOPPED}),
    HandState.HANDED: frozenset({HandState.ACCEPTED, HandState.REFUSED, HandState.DONE, HandState.STOPPED}),
    HandState.ACCEPTED: frozenset({HandState.REFUSED, HandState.DONE, HandState.STOPPED}),
}


def may_follow(before: HandState, after: HandState) -> bool:
    """Whether a hand-over may come from one state into another. Refused, done and stopped are its ends."""
    return after in _NEXT.get(before, frozenset())


def answers_to(state: HandState) -> tuple[HandState, ...]:
    """What may be noted next, besides that it was handed over: nothing is answered before the other side has it."""
    return tuple(one for one in HandState if one is not HandState.HANDED and may_follow(state, one))


class Field(StrEnum):
    """What of a request is dangerous, and goes to another service only if the one who asks agreed to it by name."""

    BIRTH = "birth"
    ORIGIN = "origin"
    PARENTS = "parents"
    MARKS = "marks"
    PHONE = "phone"
    DOCUMENT = "document"
    SEPARATION = "separation"
    LAST_PLACE = "last_place"
    ENQUIRER = "enquirer"
    CONTACT = "contact"


FIELD_LABELS = {
    Field.BIRTH: _("birth or age of the sought person"),
    Field.ORIGIN: _("where the sought person comes from"),
    Field.PARENTS: _("names of the sought person's mother and father"),
    Field.MARKS: _("marks by which a relative would know them"),
    Field.PHONE: _("telephone of the sought person"),
    Field.DOCUMENT: _("document of the sought person"),
    Field.SEPARATION: _("when, where and how they were parted"),
    Field.LAST_PLACE: _("where the sought person was last"),
    Field.ENQUIRER: _("name of the one who asks"),
    Field.CONTACT: _("how to reach the one who asks"),
}
ALWAYS_OUT: Final = (
    _("photograph"),
    _("where anybody of the two is now"),
    _("circumstances in their own words"),
    _("notes and warnings of this house"),
    _("whether a possible match exists"),
)
NEVER_OF_A_CHILD: Final = frozenset({Field.LAST_PLACE, Field.ORIGIN, Field.PHONE, Field.DOCUMENT})


def may_go(agreed: frozenset[Field], *, is_minor: bool) -> frozenset[Field]:
    """What of it goes out: what was agreed to by name; of a child never what leads to a place."""
    return agreed - NEVER_OF_A_CHILD if is_minor else agreed
