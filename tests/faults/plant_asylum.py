"""What is planted of a claim: every word that a case seals, in two versions, and an account told twice."""

from dataclasses import replace

import msgspec

from posada.accounts.permissions import Actor
from posada.asylum.models import Case
from posada.asylum.rules.account import Account
from posada.asylum.rules.casefile import (
    NATIONALITY,
    Appeal,
    CaseFile,
    Dated,
    Decided,
    Decision,
    Meeting,
    MeetingKind,
    Permit,
    Stands,
    StepDone,
    Tie,
)
from posada.asylum.rules.offers import Offer, Safety, Signed, StateStep
from posada.asylum.services import cases, statement
from posada.asylum.services.statement import Telling
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records.door import Reason, open_record
from tests.faults.plant_shelter import Hidden


def plant(by: Actor, person: Person, words: Hidden) -> Case:
    """A case with a word in every field that takes one, and what somebody told for it."""
    case = cases.open_case(by=by, person=person, country="CO")
    held = open_record(case.record, CaseFile, by=by, reason=Reason.SYSTEM)
    case = cases.write(by=by, case=case, changed_file=_file(held, words), reason="dates")
    cases.write(by=by, case=case, changed_file=msgspec.structs.replace(held, entry_place=words.story), reason="dates")
    _account(by, case, words)
    return case


def _file(held: CaseFile, words: Hidden) -> CaseFile:
    decision = Decision(id=ids.new_id(), what=Decided.REFUSED, words=words.story)
    meeting = Meeting(
        id=ids.new_id(),
        kind=MeetingKind.INTERVIEW,
        on=clock.today(),
        place=words.name,
        language=words.name,
        said=words.story,
    )
    signed = Signed(
        id=ids.new_id(), of_whom=words.name, words=words.story, language=words.name, interpreter=words.phone
    )
    members = tuple(msgspec.structs.replace(one, why=words.story) for one in held.members)
    return msgspec.structs.replace(
        held,
        nationalities=(words.name,),
        ties=(Tie(about=NATIONALITY[0], stands=Stands.PERHAPS, known=words.story, to_verify=words.phone),),
        dates=(Dated(event="entry", on="2026"),),
        entry_place=words.name,
        members=members,
        steps=(StepDone(rule=words.name, on="2026"),),
        meetings=(meeting,),
        decisions=(decision,),
        appeals=(Appeal(id=ids.new_id(), against=decision.id, filed_on="2026", words=words.story, answer=words.phone),),
        permits=(Permit(id=ids.new_id(), name=words.name, issued_on="2026"),),
        offers=(Offer(id=ids.new_id(), by_whom=words.name, words=words.story, source=words.phone),),
        signed=(signed,),
        safety=Safety(steps=(StateStep(rule=words.name, authority=words.phone),)),
    )


def _account(by: Actor, case: Case, words: Hidden) -> None:
    told = Telling(text=words.story, on=clock.today(), language=words.name, interpreter=words.name, present=words.phone)
    row = statement.begin_account(by=by, case=case, person=case.person, told=told)
    said = open_record(row.record, Account, by=by, reason=Reason.SYSTEM)
    seen, more = statement.state_of(row, said), replace(told, text=f"{words.story} {words.phone}.")
    statement.tell_again(by=by, statement=row, told=more, seen=seen)
