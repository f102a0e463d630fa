"""What the found person of a case decided, and what two agreed to tell of it, for the matrix of permissions."""

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.family.models import FoundChoice, FoundDecision, FoundWords, Proposal, Release
from posada.family.rules.choices import Choice
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records import services as records


def release_of(by: Actor, person: Person, proposal: Proposal, canary: str) -> Release:
    """A message that the found person allowed and two agreed to; nobody told it yet."""
    content = FoundChoice(
        choice=Choice.SEND_MESSAGE, named=f"{canary}Prima", witness=f"{canary}Testiga", at=clock.now()
    )
    words = FoundWords(text=f"{canary}Recado")
    decision = FoundDecision.objects.create(
        id=ids.new_id(),
        proposal=proposal,
        person=person,
        record=records.seal_new(content, subject=person.pk, by=by, act=Act.RECORD_DECISION),
        words=records.seal_new(words, subject=ids.new_id(), by=by, act=Act.RECORD_DECISION),
        asked_on=clock.today(),
    )
    return Release.objects.create(
        id=ids.new_id(), site_id=by.site, decision=decision, version=1, agreed_on=clock.today()
    )
