"""A case and an account in it, and a session, for the matrix of permissions."""

from dataclasses import dataclass

import msgspec

from posada.accounts.models import User
from posada.accounts.permissions import Actor
from posada.asylum.guides import reading
from posada.asylum.models import Case, GuideChange, Session, Statement
from posada.asylum.rules.guide_changes import written
from posada.asylum.rules.offers import Offer
from posada.asylum.rules.topics import Topic
from posada.asylum.services import cases, sessions, statement
from posada.asylum.services.parts import change_part
from posada.asylum.services.statement import Telling
from posada.ground import clock, ids
from posada.people.models import Person


@dataclass(frozen=True, slots=True)
class Asylum:
    """What a lawyer keeps of one person, each under a subject of its own; and a session at which the person was."""

    case: Case
    account: Statement
    session: Session
    offer: Offer


def guide_change() -> GuideChange:
    """A change of a guide that waits; it is about nobody."""
    rule = reading.guide("CO").rule[0]  # type: ignore[union-attr]
    words = {"was": written([rule]), "becomes": written([rule]), "proposed_on": clock.today()}
    by = User.objects.earliest("pk")
    return GuideChange.objects.get_or_create(country="CO", rule=rule.id, defaults={**words, "proposed_by": by})[0]


def asylum_of(by: Actor, person: Person, canary: str) -> Asylum:
    """All for one person."""
    case = cases.open_case(by=by, person=person, country="CO")
    told = Telling(text=f"{canary}Vino de noche.", on=clock.today(), language="Español", present=f"{canary}Testigo")
    held = sessions.hold_session(by=by, on=clock.today(), topic=Topic.STEPS, language="es")
    sessions.was_there(by=by, session=held, person=person)
    offer = Offer(id=ids.new_id(), by_whom=f"{canary}Alguien", words=f"{canary}Firme aquí")
    change_part(by=by, case=case, part="offers", alter=lambda file: msgspec.structs.replace(file, offers=(offer,)))
    return Asylum(case, statement.begin_account(by=by, case=case, person=person, told=told), held, offer)
