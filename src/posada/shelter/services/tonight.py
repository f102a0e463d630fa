"""Writes: out and back, the roll call, a bed freed after some nights, belongings. Nobody is told by any of them."""

import uuid
from collections.abc import Mapping
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Refused, require
from posada.ground import clock
from posada.people.models import Person
from posada.records.once import claim
from posada.records.services import note
from posada.shelter.models import Absence, Belongings, Departure, NightRules, RollCall, RollMark, Stay
from posada.shelter.queries import arrivals_without_bed
from posada.shelter.queries import tonight as queries
from posada.shelter.rules import tonight as rules
from posada.shelter.services.beds import leave


class NotOfTheHouse(Exception):
    """The person neither has a bed here nor waits for one."""


class WrongDay(Exception):
    """A day that cannot be: before the other one, or too far from today."""


class NotFinished(Exception):
    """Somebody was not looked at yet; `left` says how many."""

    def __init__(self, left: int) -> None:
        super().__init__()
        self.left = left


class NoRollCall(Exception):
    """No roll call goes on: perhaps another telephone finished it."""


class TooEarly(Exception):
    """The bed is kept for them still."""


class NotAway(Exception):
    """The person is here, or came back."""


class BagTagTaken(Exception):
    """Another bag has this tag."""


def go_out(*, by: Actor, person: Person, back_on: date | None = None, once: uuid.UUID | None = None) -> Absence:
    """Somebody says that they go out today, perhaps until a day. `NotOfTheHouse` or `WrongDay`."""
    today = clock.today()
    if back_on is not None and not today <= back_on <= today + timedelta(days=rules.MOST_NIGHTS):
        raise WrongDay
    with transaction.atomic():
        claim(once, person.pk)
        note(by, Act.CALL_ROLL, person.subject, reason="out")
        _require_of_house(by, person)
        row, _made = Absence.objects.update_or_create(
            person=person, defaults={"since_on": today, "told": True, "back_on": back_on}
        )
    return row


def come_back(*, by: Actor, person: Person, once: uuid.UUID | None = None) -> None:
    """Somebody is back: that they were out is kept nowhere."""
    with transaction.atomic():
        claim(once, person.pk)
        note(by, Act.CALL_ROLL, person.subject, reason="back")
        Absence.objects.filter(person=person).delete()


def _require_of_house(by: Actor, person: Person) -> None:
    has_bed = Stay.objects.open().filter(person=person).exists()
    if not has_bed and person.pk not in {one.pk for one in arrivals_without_bed(by)}:
        raise NotOfTheHouse


def begin_roll_call(*, by: Actor, once: uuid.UUID | None = None) -> RollCall:
    """The roll call of today: the one that goes on, or a new one. What was left unfinished on another day goes."""
    with transaction.atomic():
        claim(once)
        note(by, Act.CALL_ROLL, None, reason="begin")
        Site.objects.select_for_update().get(pk=by.site)
        RollCall.objects.filter(site_id=by.site, is_finished=False).exclude(on=clock.today()).delete()
        call, _made = RollCall.objects.get_or_create(site_id=by.site, is_finished=False, defaults={"on": clock.today()})
    return call


def mark_room(*, by: Actor, room: int, marks: Mapping[int, bool]) -> None:
    """What was pressed in one room, by number; who was pressed before may be pressed anew. `NoRollCall`.

    A number that does not belong to the room tonight is passed over: they moved while the page was open.
    """
    with transaction.atomic():
        note(by, Act.CALL_ROLL, None, reason="room")
        call = _running(by)
        people = [one for one in queries.everybody(queries.rooms_tonight(by)) if one.room == room]
        for one in people:
            if one.number in marks:
                RollMark.objects.update_or_create(call=call, person=one.person, defaults={"here": marks[one.number]})


def finish_roll_call(*, by: Actor, once: uuid.UUID | None = None) -> RollCall:
    """Who was found is in, who was not is missing from today (or from the day since when they are). `NotFinished`.

    Only the numbers of it are kept. Nobody is told.
    """
    with transaction.atomic():
        claim(once)
        note(by, Act.CALL_ROLL, None, reason="finish")
        call = _running(by)
        progress = queries.roll_progress(by, call)
        if progress.left:
            raise NotFinished(progress.left)
        found = [one.person.pk for one in queries.everybody(progress.rooms) if progress.marks[one.person.pk]]
        Absence.objects.filter(person__in=found).delete()
        for one in progress.not_here:
            Absence.objects.get_or_create(person=one.person, defaults={"since_on": call.on, "told": False})
        call.is_finished, call.here, call.missing = True, len(found), len(progress.not_here)
        call.save(update_fields=["is_finished", "here", "missing"])
        call.marks.all().delete()
        RollCall.objects.filter(site_id=by.site, is_finished=True).exclude(pk=call.pk).delete()
    return call


def _running(by: Actor) -> RollCall:
    call = RollCall.objects.select_for_update().filter(site_id=by.site, is_finished=False).first()
    if call is None:
        raise NoRollCall
    return call


def free_bed(
    *,
    by: Actor,
    person: Person,
    tag: int | None = None,
    place: Belongings.Place | None = None,
    once: uuid.UUID | None = None,
) -> Departure:
    """Somebody left without telling: after the nights of the house a person frees the bed. Nobody is told.

    `NotAway`, `TooEarly` or `NotLodged` if that cannot be, `BagTagTaken` for the bag; nothing is written then.
    """
    with transaction.atomic():
        claim(once, person.pk)
        note(by, Act.ASSIGN_BED, person.subject, reason="free")
        row = Absence.objects.select_for_update().filter(person=person).first()
        house = queries.night_rules(by.site)
        if row is None or rules.presence(row.gone, clock.today()) is not rules.Presence.MISSING:
            raise NotAway
        if not rules.may_free(row.gone, clock.today(), house.out_nights):
            raise TooEarly
        stay = leave(by=by, person=person)
        if tag is not None and place is not None:
            keep_belongings(by=by, person=person, tag=tag, place=place)
        row.delete()
        return Departure.objects.create(
            person=person, stay=stay, left_on=clock.today(), noted_on=clock.today(), untold=True
        )


def keep_belongings(*, by: Actor, person: Person, tag: int, place: Belongings.Place) -> Belongings:
    """A bag with a tag, for as many days as the house keeps them. `BagTagTaken`."""
    with transaction.atomic():
        note(by, Act.ASSIGN_BED, person.subject, reason="belongings")
        until = clock.today() + timedelta(days=queries.night_rules(by.site).keep_days)
        try:
            with transaction.atomic():
                return Belongings.objects.create(site_id=by.site, person=person, tag=tag, place=place, until_on=until)
        except IntegrityError as error:
            raise BagTagTaken from error


def give_belongings(*, by: Actor, bag: Belongings) -> None:
    """The bag went to its owner, or to whom they named: that it lay here is kept no longer."""
    if bag.site_id != by.site:
        raise Refused(Act.ASSIGN_BED)
    with transaction.atomic():
        note(by, Act.ASSIGN_BED, bag.person.subject, reason="given")
        bag.delete()


def set_night_rules(*, by: Actor, out_nights: int, keep_days: int) -> NightRules:
    """How many nights a bed is kept, and how many days a bag is. `WrongDay` beyond what can be meant."""
    require(by, Act.MAKE_ROOM)
    fits = rules.FEWEST_NIGHTS <= out_nights <= rules.MOST_NIGHTS and 1 <= keep_days <= rules.MOST_KEEP_DAYS
    if not fits:
        raise WrongDay
    with transaction.atomic():
        note(by, Act.MAKE_ROOM, None, reason="nights")
        row, _made = NightRules.objects.update_or_create(
            site_id=by.site, defaults={"out_nights": out_nights, "keep_days": keep_days}
        )
    return row
