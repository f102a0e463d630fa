"""Whether somebody objects to being looked for, and what they may see of who looks for them."""

import uuid
from dataclasses import dataclass
from datetime import date

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, granted_role, system_actor
from posada.family.models import DecisionNote, NotMissing, NotMissingWords, Proposal, ProposalState
from posada.family.rules.kinship import Relation
from posada.people.models import Person
from posada.records.door import Reason, open_record


def objects(person_id: uuid.UUID) -> bool:
    """Whether this person objected to being looked for and did not take it back: nobody proposes them for a request.

    It stands sealed under their key, so asking it is written down.
    """
    held = NotMissing.objects.filter(person_id=person_id).select_related("record", "person").first()
    if held is None:
        return False
    house = system_actor(held.person.site_id)
    return open_record(held.record, NotMissingWords, by=house, reason=Reason.SYSTEM).objects


def decided_about(person: Person) -> list[Proposal]:
    """The matches by which somebody decided that this person is sought. Nobody is told of any other."""
    rows = Proposal.objects.filter(person=person, state=ProposalState.SAME, request__site_id=person.site_id)
    return list(rows.select_related("request__sought", "request__enquirer", "record").order_by("decided_on", "pk"))


def to_compare_first(actor: Actor, person: Person) -> list[Proposal]:
    """The matches about this person on which this user may decide and nobody has; for others there is no trace."""
    if granted_role(actor, Act.DECIDE_PROPOSAL, person.subject) is None:
        return []
    waiting = [ProposalState.PROPOSED, ProposalState.NOT_YET]
    rows = Proposal.objects.visible_to(actor).to_decide().filter(person=person, state__in=waiting)
    return list(rows.select_related("request"))


@dataclass(frozen=True, slots=True)
class About:
    """A request about somebody, as far as who asks allowed: its number, since when, and who they say they are."""

    number: int
    opened_on: date
    relationship: Relation | None
    name: str


def requests_about(actor: Actor, person: Person) -> list[About]:
    """What the person may see. What is told of who asks was noted when it was decided; nobody opens more for this."""
    found = []
    for row in decided_about(person):
        note = DecisionNote(decision=ProposalState.SAME)
        if row.record is not None:
            note = open_record(row.record, DecisionNote, by=actor, reason=Reason.VIEW)
        found.append(About(row.request.number, row.request.opened_on, note.relationship, note.asker_name))
    return found


def words_of(actor: Actor, person: Person) -> NotMissingWords | None:
    """What the person said of it before; none if they never did."""
    held = NotMissing.objects.filter(person=person).select_related("record").first()
    return open_record(held.record, NotMissingWords, by=actor, reason=Reason.VIEW) if held else None
