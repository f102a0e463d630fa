"""What is planted of a claim: an account told twice, in a case of the person's own."""

from dataclasses import replace

from posada.accounts.permissions import Actor
from posada.asylum.models import Case
from posada.asylum.rules.account import Account
from posada.asylum.services import cases, statement
from posada.asylum.services.statement import Telling
from posada.ground import clock
from posada.people.models import Person
from posada.records.door import Reason, open_record
from tests.faults.plant_shelter import Hidden


def plant(by: Actor, person: Person, words: Hidden) -> Case:
    """A case, and what somebody told for it, in two versions."""
    case = cases.open_case(by=by, person=person, country="CO")
    _account(by, case, words)
    return case


def _account(by: Actor, case: Case, words: Hidden) -> None:
    told = Telling(text=words.story, on=clock.today(), language=words.name, interpreter=words.name, present=words.phone)
    row = statement.begin_account(by=by, case=case, person=case.person, told=told)
    said = open_record(row.record, Account, by=by, reason=Reason.SYSTEM)
    seen, more = statement.state_of(row, said), replace(told, text=f"{words.story} {words.phone}.")
    statement.tell_again(by=by, statement=row, told=more, seen=seen)
