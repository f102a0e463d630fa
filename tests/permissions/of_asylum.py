"""A case and an account in it, for the matrix of permissions."""

from dataclasses import dataclass

from posada.accounts.permissions import Actor
from posada.asylum.models import Case, Statement
from posada.asylum.services import cases, statement
from posada.asylum.services.statement import Telling
from posada.ground import clock
from posada.people.models import Person


@dataclass(frozen=True, slots=True)
class Asylum:
    """What a lawyer keeps of one person. Both have subjects of their own."""

    case: Case
    account: Statement


def asylum_of(by: Actor, person: Person, canary: str) -> Asylum:
    """Both for one person."""
    case = cases.open_case(by=by, person=person, country="CO")
    told = Telling(text=f"{canary}Vino de noche.", on=clock.today(), language="Español", present=f"{canary}Testigo")
    return Asylum(case, statement.begin_account(by=by, case=case, person=person, told=told))
