"""A full house and a child: a bed among unrelated adults by a written decision, until a day, watched by two."""

import uuid
from datetime import date, timedelta

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, Refused
from posada.ground import clock
from posada.people.models import Person
from posada.records import door as records_door
from posada.records import services
from posada.records.door import Reason
from posada.records.once import claim
from posada.shelter import queries
from posada.shelter.models import Bed, ChildException, ChildExceptionWords, Stay
from posada.shelter.rules.children import MOST_EXCEPTION_DAYS
from posada.shelter.services.beds import assign_bed, move
from posada.shelter.services.door import said, two_adults


class WrongDay(ValueError):
    """The last day lies before today, or further ahead than an exception may go."""


class NotNeeded(Exception):
    """No child would sleep among unrelated adults by this: the bed is given without an exception."""


def give_bed_by_exception(
    *, by: Actor, person: Person, bed: Bed, words: ChildExceptionWords, until_on: date, once: uuid.UUID | None = None
) -> Stay:
    """Give or change a bed although a child will sleep among unrelated adults: written for each such child.

    `TwoAdults`, `NothingSaid`, `WrongDay` or `NotNeeded`, and all that giving a bed raises: a bed that is taken or
    blocked, or somebody to be kept apart, is no matter of an exception. Nothing is written then.
    """
    two_adults(words.watching)
    said(words.why, words.decided_by)
    today = clock.today()
    if not today <= until_on <= today + timedelta(days=MOST_EXCEPTION_DAYS):
        raise WrongDay
    with transaction.atomic():
        claim(once, person.pk)
        services.note(by, Act.ASSIGN_BED, person.subject, reason="exception")
        if bed.site_id != by.site:
            raise Refused(Act.ASSIGN_BED)
        children = queries.children_among_strangers(person, bed)
        if not children:
            raise NotNeeded
        for child in children:
            record = services.seal_new(words, subject=child.pk, by=by, act=Act.ASSIGN_BED)
            ChildException.objects.create(
                person=child, room_id=bed.room_id, words=record, since=today, until_on=until_on
            )
        lodged = Stay.objects.open().filter(person=person).exists()
        return move(by=by, person=person, bed=bed) if lodged else assign_bed(by=by, person=person, bed=bed)


def end_exception(*, by: Actor, row: ChildException, once: uuid.UUID | None = None) -> None:
    """The child sleeps elsewhere, or alone with its own: said by somebody. Ended twice, it stays as it was."""
    with transaction.atomic():
        claim(once, row.person_id)
        services.note(by, Act.ASSIGN_BED, row.person.subject, reason="exception_ended")
        ChildException.objects.open().filter(pk=row.pk).update(ended_on=clock.today())


def read_exception(*, by: Actor, row: ChildException) -> ChildExceptionWords:
    """Why it was, who decided and who watches; for whoever accompanies the child, and written down."""
    return records_door.open_record(row.words, ChildExceptionWords, by=by, reason=Reason.VIEW)
