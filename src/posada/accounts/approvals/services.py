"""Ask, agree, stop, carry out. Each locks the approval's row first: of two at once, one comes after the other."""

import uuid
from typing import Final

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.approvals import errors
from posada.accounts.approvals.codes import take_code
from posada.accounts.approvals.queries import holds_role_of_second
from posada.accounts.approvals.rules import (
    ASKED_FOR,
    BY_AGREEING,
    LASTS,
    WAIT,
    Kind,
    Question,
    Way,
    WithoutSecond,
    goes_alone,
    may_wait,
)
from posada.accounts.approvals.waiting import waited
from posada.accounts.models import Approval, Site
from posada.accounts.permissions import Actor, Refused, require
from posada.audit import queries as audit_queries
from posada.audit import services as audit
from posada.ground import clock, ids
from posada.vault import keyring

State = Approval.State
_ASK: Final = "approvals.ask"
_STOP: Final = "approvals.stop"
_USE: Final = "approvals.use"
_TRY: Final = "approvals.wrong_code"


def _note(act: str, approval: Approval, *, by: Actor, role: str, reason: str = "", done: bool = True) -> None:
    audit.write(
        audit.Event(
            act=act,
            actor=by.user,
            role=role,
            site=approval.site_id,
            subject=keyring.pseudonym(approval.subject) if approval.subject else "",
            reason=f"{approval.kind}:{reason}" if reason else approval.kind,
            result=audit.Result.DONE if done else audit.Result.REFUSED,
            count=approval.count,
        )
    )


def ask(*, by: Actor, question: Question, words: uuid.UUID | None = None) -> Approval:
    """Ask for an act that needs two. `words` is the subject of a sealed why (records.agreeing).

    Asking twice for the same is asking once; what the same asker wanted before of the same subject is stopped.
    """
    role = require(by, ASKED_FOR[question.kind])
    if by.user is None:
        raise Refused(ASKED_FOR[question.kind])
    with transaction.atomic():
        rows = Approval.objects.select_for_update().visible_to(by).open()
        for held in rows.filter(kind=question.kind, subject=question.subject, asked_by_id=by.user):
            if held.digest == question.digest and waited(held).most < LASTS:
                return held
            _close(held, State.STOPPED, by)
        running = clock.running()
        approval = Approval(
            id=ids.new_id(),
            site_id=by.site,
            kind=question.kind,
            digest=question.digest,
            subject=question.subject,
            number=question.number,
            count=question.count,
            terms=question.terms,
            words=words,
            asked_by_id=by.user,
            asked_at=clock.now(),
            boot=running.boot,
            uptime=running.seconds,
        )
        _note(_ASK, approval, by=by, role=role)
        approval.asked_after = audit_queries.last_sequence()
        approval.save(force_insert=True)
    return approval


def _close(held: Approval, state: Approval.State, by: Actor) -> None:
    held.state, held.closed_at = state, clock.now()
    if state is State.STOPPED:
        held.stopped_by_id = by.user
    held.save(update_fields=["state", "closed_at", "stopped_by"])


def _locked(approval: Approval, by: Actor) -> Approval:
    """The approval as it stands now, nobody else's turn until the transaction ends; of another site it is not there."""
    return Approval.objects.select_for_update().visible_to(by).get(pk=approval.pk)


def _open(held: Approval) -> None:
    """Raise what stands in the way of anything at all."""
    if held.state == State.STOPPED:
        raise errors.Stopped
    if held.state == State.USED:
        raise errors.AlreadyUsed
    if waited(held).most >= LASTS:
        raise errors.Expired


def agree(*, by: Actor, approval: Approval, digest: str = "") -> Approval:
    """A second person agrees, at their own sign-in. `digest`, if given, is what they were shown now."""
    role = require(by, Act.AGREE)
    with transaction.atomic():
        held = _locked(approval, by)
        _open(held)
        if by.user is None or held.asked_by_id == by.user:
            raise errors.SamePerson
        if not holds_role_of_second(held, by.user):
            raise Refused(Act.AGREE)
        if digest and digest != held.digest:
            raise errors.StaleApproval
        _still_to_agree(held)
        _agreed(held, by.user, elsewhere=False)
        _note(Act.AGREE, held, by=by, role=role)
    return held


def _still_to_agree(held: Approval) -> None:
    """One second is enough; another may take the place of one who lost their role meanwhile."""
    if held.agreed_by_id is not None and holds_role_of_second(held, held.agreed_by_id):
        raise errors.AlreadyAgreed


def _agreed(held: Approval, second: int, *, elsewhere: bool) -> None:
    held.state, held.agreed_by_id, held.agreed_at = State.AGREED, second, clock.now()
    held.elsewhere, held.told = elsewhere, not elsewhere
    held.save(update_fields=["state", "agreed_by", "agreed_at", "elsewhere", "told"])


def agree_elsewhere(*, by: Actor, approval: Approval, name: str, code: str) -> Approval:
    """Who asked types the sign-in name and the code that the second read to them over the phone.

    `WrongCode` whatever was wrong; the try is counted although nothing else happens.
    """
    role = require(by, ASKED_FOR[Kind(approval.kind)])
    with transaction.atomic():
        held = _locked(approval, by)
        _open(held)
        if held.asked_by_id != by.user:
            raise errors.NotTheAsker
        _still_to_agree(held)
        second = take_code(held, name=name, code=code)
        if second is None:
            _note(_TRY, held, by=by, role=role, done=False)
        else:
            _agreed(held, second, elsewhere=True)
            _note(Act.AGREE, held, by=by, role=role, reason=Way.ELSEWHERE)
    if second is None:
        raise errors.WrongCode
    return held


def heard(*, by: Actor, approval: Approval) -> None:
    """The second, signed in again, has seen what they agreed to by a code."""
    Approval.objects.visible_to(by).filter(pk=approval.pk, agreed_by_id=by.user).update(told=True)


def stop(*, by: Actor, approval: Approval) -> Approval:
    """Either stops it while it is not carried out: who asked, or anybody who may be the second."""
    require(by, Act.SEE_TODAY)
    with transaction.atomic():
        held = _locked(approval, by)
        mine = by.user is not None and held.asked_by_id == by.user
        if not mine and (by.user is None or not holds_role_of_second(held, by.user)):
            raise Refused(Act.AGREE)
        if held.state == State.USED:
            raise errors.AlreadyUsed
        if held.state != State.STOPPED:
            _close(held, State.STOPPED, by)
            _note(_STOP, held, by=by, role=require(by, Act.SEE_TODAY))
    return held


def use(*, by: Actor, approval: Approval, kind: Kind, digest: str) -> Way:
    """Take the approval for the act, once, in the transaction of the act itself; the way goes to the act's audit entry.

    Only who asked carries out; where the agreement itself does (`BY_AGREEING`), the second as well.
    """
    role = require(by, ASKED_FOR[kind]) if kind not in BY_AGREEING else require(by, Act.SEE_TODAY)
    with transaction.atomic():
        held = _locked(approval, by)
        _open(held)
        if held.kind != kind:
            raise errors.NotThis
        if by.user != held.asked_by_id and not (kind in BY_AGREEING and by.user == held.agreed_by_id):
            raise errors.NotTheAsker
        if held.digest != digest:
            raise errors.StaleApproval
        way = _way(held)
        _close(held, State.USED, by)
        _note(_USE, held, by=by, role=role, reason=way)
    return way


def _way(held: Approval) -> Way:
    """By what it goes on now; `NotAgreed` or `SecondGone` if by nothing."""
    kind, site = Kind(held.kind), Site.objects.get(pk=held.site_id)
    if held.state == State.AGREED and held.agreed_by_id is not None:
        if not holds_role_of_second(held, held.agreed_by_id):
            raise errors.SecondGone
        return Way.ELSEWHERE if held.elsewhere else Way.AGREED
    if goes_alone(kind, single_keeper=site.single_keeper):
        return Way.SINGLE_KEEPER
    so_far = waited(held)
    if may_wait(kind, WithoutSecond(site.without_second)) and so_far.least >= WAIT:
        return Way.WAITED_IN_DOUBT if so_far.in_doubt else Way.WAITED
    raise errors.NotAgreed
