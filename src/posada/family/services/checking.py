"""What goes before a decision: answers of kin are noted, a colleague is asked. Nobody is told anything."""

import uuid

import msgspec
from django.db import IntegrityError, transaction

from posada.accounts.acts import Act
from posada.accounts.models import User
from posada.accounts.permissions import Actor, require
from posada.family.models import (
    AskedColleague,
    ColleagueQuestion,
    KinAnswers,
    KinCheck,
    Opinion,
    Proposal,
)
from posada.family.queries.colleagues import may_be_asked
from posada.family.queries.proposals import subject_of_proposal
from posada.family.services.entrusting import entrust_proposal
from posada.ground import clock, ids
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.services import Stale


class NotEntitled(Exception):
    """The colleague may not see this proposal: nobody sees more by being asked."""


class AlreadyWaiting(Exception):
    """This colleague was asked by the same person and has not answered yet."""


def note_kin_answers(
    *, by: Actor, proposal: Proposal, content: KinAnswers, expected: int, once: uuid.UUID | None = None
) -> KinCheck:
    """What came of questions that only kin can answer. `expected` is the version that was read, 0 for none: `Stale`."""
    require(by, Act.DECIDE_PROPOSAL, subject_of_proposal(proposal))
    content = msgspec.structs.replace(content, at=clock.now(), by=by.user)
    with transaction.atomic():
        sent.claim(once, proposal.pk)
        row = Proposal.objects.select_for_update(of=("self",)).select_related("request__sought", "person")
        held = row.get(pk=proposal.pk)
        entrust_proposal(held)
        check = KinCheck.objects.select_related("record").filter(proposal=held).first()
        if (check.record.version if check else 0) != expected:
            raise Stale
        if check is not None:
            records.revise(check.record, content, by=by, act=Act.DECIDE_PROPOSAL)
            return check
        subject = held.request.sought.subject
        record = records.seal_new(content, subject=subject, by=by, act=Act.DECIDE_PROPOSAL)
        return KinCheck.objects.create(proposal=held, record=record)


def ask_colleague(
    *, by: Actor, proposal: Proposal, colleague: int, question: str, once: uuid.UUID | None = None
) -> ColleagueQuestion:
    """Ask somebody who may decide on this proposal, too, what they think. It is not the second person's agreement.

    `NotEntitled` if they may not see it; `AlreadyWaiting` if they were asked and have not answered.
    """
    require(by, Act.DECIDE_PROPOSAL, subject_of_proposal(proposal))
    if by.user is None or colleague == by.user or not may_be_asked(proposal, colleague):
        raise NotEntitled
    try:
        with transaction.atomic():
            sent.claim(once, proposal.pk)
            entrust_proposal(proposal)
            content = AskedColleague(question=question)
            subject = proposal.request.sought.subject
            record = records.seal_new(content, subject=subject, by=by, act=Act.DECIDE_PROPOSAL)
            return ColleagueQuestion.objects.create(
                id=ids.new_id(),
                proposal=proposal,
                asked_by=User.objects.get(pk=by.user),
                asked_of=User.objects.get(pk=colleague),
                asked_on=clock.today(),
                record=record,
            )
    except IntegrityError as error:
        raise AlreadyWaiting from error


def answer_colleague(
    *, by: Actor, question: ColleagueQuestion, answer: str, opinion: Opinion, once: uuid.UUID | None = None
) -> ColleagueQuestion:
    """The colleague's answer and opinion. `NotEntitled` for anybody else; `Stale` if it is answered."""
    require(by, Act.DECIDE_PROPOSAL, subject_of_proposal(question.proposal))
    if by.user != question.asked_of_id:
        raise NotEntitled
    with transaction.atomic():
        sent.claim(once, question.pk)
        rows = ColleagueQuestion.objects.select_for_update(of=("self",)).select_related("record")
        held = rows.get(pk=question.pk)
        if held.answered_on is not None:
            raise Stale
        asked = open_record(held.record, AskedColleague, by=by, reason=Reason.COMPARE)
        content = msgspec.structs.replace(asked, answer=answer, opinion=opinion)
        records.revise(held.record, content, by=by, act=Act.DECIDE_PROPOSAL)
        held.answered_on = clock.today()
        held.save(update_fields=["answered_on"])
    return held


def note_answers_seen(*, by: Actor, proposal: Proposal) -> None:
    """Who asked has read the answers: Today says no more of them."""
    rows = ColleagueQuestion.objects.filter(proposal=proposal, asked_by_id=by.user, answered_on__isnull=False)
    unread = rows.filter(seen=False)
    if unread.exists():
        unread.update(seen=True)
