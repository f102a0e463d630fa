"""The family of each side of a proposal, side by side: numbers and names only for who may open them."""

import uuid
from dataclasses import dataclass

from django.urls import reverse

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, granted_role
from posada.family.models import Enquirer, Proposal, Sought, TracingRequest
from posada.family.queries.requests import together_with
from posada.family.rules.kinship import RELATION_LABELS, Relation
from posada.people.models import Identity, Person
from posada.people.queries import may, members_of
from posada.people.rules import RELATION_WORDS
from posada.records.door import Reason, open_record, open_records


@dataclass(frozen=True, slots=True)
class Relative:
    """One line: what somebody is there, and for who may know their number and the way to it; the name if asked for."""

    what: str
    number: int | None = None
    url: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Families:
    """Both sides. `hidden`: how many of the household are not this reader's to know. `same_house`: they came with
    whoever asks. `may_name`: whether there is somebody whose name this reader may open."""

    left: tuple[Relative, ...]
    right: tuple[Relative, ...]
    hidden: int
    same_house: bool
    may_name: bool


def may_know_asking(actor: Actor, request: TracingRequest) -> bool:
    """Whether this reader may know who asks."""
    return actor.user is None or granted_role(actor, Act.READ_REQUEST, request.enquirer_subject) is not None


def relation_asked(proposal: Proposal, *, by: Actor) -> Relation | None:
    """What who asks is to the sought person, for who may read it: not who holds only the found person's file."""
    if not may_know_asking(by, proposal.request):
        return None
    return open_record(proposal.request.enquirer, Enquirer, by=by, reason=Reason.COMPARE).relationship


def families_of(proposal: Proposal, *, by: Actor, named: bool) -> Families:
    """Who stands around either side. Names are opened, and counted, only if they are asked for."""
    knows = may_know_asking(by, proposal.request)
    left = _asking_side(proposal.request, by, named=named) if knows else []
    members = [] if proposal.person is None else members_of(proposal.person.household)
    others = [one for one in members if one.pk != proposal.person_id]
    readable = [one for one in others if may(by, Act.READ_IDENTITY, one)]
    same_house = knows and any(one.pk == proposal.request.resident_id for one in readable)
    return Families(
        left=tuple(left),
        right=tuple(_household_side(readable, by, named=named)),
        hidden=len(others) - len(readable),
        same_house=same_house,
        may_name=bool(left or readable),
    )


def _asking_side(request: TracingRequest, by: Actor, *, named: bool) -> list[Relative]:
    """Who asks, and whom else they seek, as far as this reader may read those requests."""
    asking = open_record(request.enquirer, Enquirer, by=by, reason=Reason.COMPARE)
    number = request.resident.number if request.resident is not None else None
    url = reverse("desk:person", args=[number]) if number is not None else ""
    found = [Relative(str(RELATION_LABELS[asking.relationship]), number, url, asking.name if named else "")]
    others = [one for one in together_with(request) if may_know_asking(by, one)]
    opened = open_records([one.sought for one in others], Sought, by=by, reason=Reason.COMPARE) if named else []
    names = {one.subject: one.content.shown_name for one in opened}
    found += [_also_sought(one, names) for one in others]
    return found


def _also_sought(request: TracingRequest, names: dict[uuid.UUID, str]) -> Relative:
    url = reverse("family:request", args=[request.number])
    return Relative("", request.number, url, names.get(request.sought.subject, ""))


def _household_side(readable: list[Person], by: Actor, *, named: bool) -> list[Relative]:
    if not named:
        return [Relative("", one.number, reverse("desk:person", args=[one.number])) for one in readable]
    opened = open_records([one.identity for one in readable], Identity, by=by, reason=Reason.COMPARE)
    return [
        Relative(
            str(RELATION_WORDS[found.content.household_relation]),
            one.number,
            reverse("desk:person", args=[one.number]),
            found.content.shown_name,
        )
        for one, found in zip(readable, opened, strict=True)
    ]
