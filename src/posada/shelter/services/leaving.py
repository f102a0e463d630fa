"""Writes: a notice to leave, a move to another site, having left, and taking back a wrong "left" on the same day."""

import uuid
from datetime import date, timedelta

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, Refused
from posada.ground import clock
from posada.people import queries as people
from posada.people import services as people_services
from posada.people.models import Answer, Consent, ConsentPurpose, Person
from posada.records import changes
from posada.records import services as records
from posada.records.erasing import Gone
from posada.records.models import Change, EarlierVersion, SealedRecord
from posada.records.once import claim
from posada.records.services import note
from posada.shelter import queries
from posada.shelter.models import (
    Absence,
    Belongings,
    Departure,
    DepartureWords,
    Destination,
    LeaveNotice,
    MoveWords,
    OnwardMove,
    RollMark,
    Stay,
)
from posada.shelter.rules.leaving import GoesAlong
from posada.shelter.rules.tonight import EARLIEST_NOTICE_DAYS
from posada.shelter.services.beds import AlreadyLodged, BedTaken, NotLodged, leave
from posada.shelter.services.tonight import WrongDay


class NothingToUndo(Exception):
    """They did not leave today: what was noted on another day stays."""


class AlreadyAsked(Exception):
    """A bed was asked of another site, and is not answered or used yet."""


class NotAccepted(Exception):
    """The other site did not say yes."""


class NoMove(Exception):
    """Nothing is asked of another site for this person."""


def depart(
    *,
    by: Actor,
    person: Person,
    on: date,
    destination: Destination | None = None,
    findable: Answer = Answer.NOT_ASKED,
    once: uuid.UUID | None = None,
) -> Departure:
    """Somebody leaves the house on a day: the bed is free, where to is sealed. `WrongDay` or `NotLodged`.

    The wish to stay findable is a consent; what was not asked changes nothing.
    """
    with transaction.atomic():
        claim(once, person.pk)
        stay = Stay.objects.open().select_for_update().filter(person=person).first()
        if stay is not None and not stay.from_on <= on <= clock.today():
            raise WrongDay
        record = None
        if destination is not None:
            words = DepartureWords(destination=destination)
            record = records.seal_new(words, subject=person.pk, by=by, act=Act.MOVE_ON)
        if findable is not Answer.NOT_ASKED:
            told = Consent(ConsentPurpose.BE_FOUND, findable, on=clock.today(), how="spoken")
            people_services.record_consent(by=by, person=person, answers=[told])
        stay = leave(by=by, person=person, on=on)
        Absence.objects.filter(person=person).delete()
        return Departure.objects.create(person=person, stay=stay, left_on=on, noted_on=clock.today(), record=record)


def undo_departure(*, by: Actor, person: Person) -> Stay:
    """Take back, on the same day, that somebody left. `NothingToUndo`; `BedTaken` if somebody has the bed now.

    A consent that was given with it stays: the person said it.
    """
    with transaction.atomic():
        note(by, Act.ASSIGN_BED, person.subject, reason="undone")
        row = Departure.objects.select_for_update().filter(person=person, noted_on=clock.today()).last()
        if row is None:
            raise NothingToUndo
        if Stay.objects.open().filter(person=person).exists():
            raise AlreadyLodged
        stay, record = row.stay, row.record
        if queries.stay_in(stay.bed) is not None:
            raise BedTaken
        row.delete()
        if record is not None:
            changes.append(record, Change.What.REMOVED)
            EarlierVersion.objects.filter(record=record).delete()
            SealedRecord.objects.filter(pk=record.pk).delete()
        stay.until_on = None
        stay.save(update_fields=["until_on"])
    return stay


def give_notice(
    *,
    by: Actor,
    person: Person,
    giver: LeaveNotice.Giver,
    given_on: date,
    leave_by: date,
    once: uuid.UUID | None = None,
) -> LeaveNotice:
    """Write down a date by which somebody is to leave. `WrongDay` if the days cannot be; nothing follows by itself."""
    today = clock.today()
    if given_on > today or given_on < today - timedelta(days=EARLIEST_NOTICE_DAYS) or leave_by < given_on:
        raise WrongDay
    with transaction.atomic():
        claim(once, person.pk)
        note(by, Act.GIVE_NOTICE, person.subject, reason="notice")
        if not Stay.objects.open().filter(person=person).exists():
            raise NotLodged
        row, _made = LeaveNotice.objects.update_or_create(
            person=person,
            defaults={
                "given_by": giver,
                "given_on": given_on,
                "leave_by": leave_by,
                "aid_told": False,
                "bed_asked": False,
                "heard": False,
            },
        )
    return row


def note_steps(*, by: Actor, notice: LeaveNotice, aid_told: bool, bed_asked: bool, heard: bool) -> LeaveNotice:
    """What was done about a notice: legal aid named, an onward bed asked, the person heard."""
    with transaction.atomic():
        note(by, Act.GIVE_NOTICE, notice.person.subject, reason="steps")
        notice.aid_told, notice.bed_asked, notice.heard = aid_told, bed_asked, heard
        notice.save(update_fields=["aid_told", "bed_asked", "heard"])
    return notice


def end_notice(*, by: Actor, notice: LeaveNotice) -> None:
    """A notice was withdrawn, or is no longer true."""
    with transaction.atomic():
        note(by, Act.GIVE_NOTICE, notice.person.subject, reason="ended")
        notice.delete()


def ask_move(*, by: Actor, person: Person, to: str, along: GoesAlong, once: uuid.UUID | None = None) -> OnwardMove:
    """Ask another site for a bed. `AlreadyAsked` while one is; `NotLodged` for who has no bed to leave.

    An earlier one that was refused is replaced, and its words go.
    """
    with transaction.atomic():
        claim(once, person.pk)
        if not Stay.objects.open().filter(person=person).exists():
            raise NotLodged
        held = OnwardMove.objects.select_for_update().filter(person=person).first()
        if held is not None and (not held.answer or held.is_accepted):
            raise AlreadyAsked
        if held is not None:
            _drop_move(held)
        record = records.seal_new(MoveWords(to=" ".join(to.split())), subject=person.pk, by=by, act=Act.MOVE_ON)
        return OnwardMove.objects.create(
            person=person,
            record=record,
            asked_on=clock.today(),
            summary=along.summary,
            belongings=along.belongings,
            medicines=along.medicines,
            documents=along.documents,
            household=along.household,
        )


def answer_move(*, by: Actor, move: OnwardMove, answer: OnwardMove.Answer, once: uuid.UUID | None = None) -> OnwardMove:
    """What the other site answered; a later answer replaces an earlier one."""
    if move.person.site_id != by.site:
        raise Refused(Act.ANSWER_MOVE)
    with transaction.atomic():
        claim(once, move.person_id)
        note(by, Act.ANSWER_MOVE, move.person.subject, reason=str(answer))
        move.answer, move.answered_on = answer, clock.today()
        move.save(update_fields=["answer", "answered_on"])
    return move


def leave_with_move(*, by: Actor, person: Person, once: uuid.UUID | None = None) -> list[Departure]:
    """They go to the site that said yes, with their household if it goes along. `NotAccepted` before, or `NoMove`."""
    with transaction.atomic():
        claim(once, person.pk)
        move = OnwardMove.objects.select_for_update().filter(person=person).first()
        if move is None:
            raise NoMove
        if not move.is_accepted:
            raise NotAccepted
        gone = [_gone_along(by, one) for one in _travellers(person, with_household=move.household)]
        gone[0].record = records.seal_new(
            DepartureWords(destination=Destination.SHELTER), subject=person.pk, by=by, act=Act.MOVE_ON
        )
        gone[0].save(update_fields=["record"])
        _drop_move(move)
    return gone


def _travellers(person: Person, *, with_household: bool) -> list[Person]:
    """The person first, then those of the household who have a bed here."""
    if not with_household:
        return [person]
    members = [one for one in people.members_of(person.household) if one.pk != person.pk]
    lodged = set(Stay.objects.open().filter(person__in=members).values_list("person", flat=True))
    return [person, *(one for one in members if one.pk in lodged)]


def _gone_along(by: Actor, person: Person) -> Departure:
    return depart(by=by, person=person, on=clock.today())


def cancel_move(*, by: Actor, move: OnwardMove) -> None:
    """Nobody goes: what was asked, and of whom, is kept no longer."""
    with transaction.atomic():
        note(by, Act.MOVE_ON, move.person.subject, reason="given_up")
        _drop_move(move)


def _drop_move(move: OnwardMove) -> None:
    record = move.record
    move.delete()
    changes.append(record, Change.What.REMOVED)
    EarlierVersion.objects.filter(record=record).delete()
    SealedRecord.objects.filter(pk=record.pk).delete()


def forget(gone: Gone) -> None:
    """What goes with somebody who is erased; called before their stays and their sealed records go."""
    about = {"person__in": gone.subjects}
    Departure.objects.filter(**about).delete()
    LeaveNotice.objects.filter(**about).delete()
    OnwardMove.objects.filter(**about).delete()
    Absence.objects.filter(**about).delete()
    Belongings.objects.filter(**about).delete()
    RollMark.objects.filter(**about).delete()
