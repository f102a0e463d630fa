"""Call slots: a quarter of an hour at a phone of the house, given to a number. Never outside a relative's safe hours,
never while contact stands still."""

import uuid
from collections.abc import Callable
from datetime import date, datetime

from django.db import IntegrityError, transaction

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Refused, require
from posada.family.models import (
    CallSlot,
    HousePhone,
    Relative,
    SlotState,
    ThingKind,
    ThingState,
    WatchCard,
)
from posada.family.queries.freezing import is_frozen
from posada.family.queries.relatives import reach_of
from posada.family.rules import slots
from posada.family.rules.calling import Reach, Why
from posada.family.services.phones import Hindrance, NotToLend
from posada.ground import clock
from posada.people.models import Person
from posada.records import once as sent
from posada.records.door import Reason, open_record
from posada.records.services import note


class NoSlot(Exception):
    """The slot cannot be given; nothing was written."""


class SlotTaken(NoSlot):
    """Somebody has this phone at this hour; perhaps another desk was quicker."""


class BusyThen(NoSlot):
    """The resident has another phone at this hour."""


class SlotPast(NoSlot):
    """The slot is over."""


class TooEarly(Exception):
    """The slot has not begun: nothing can be said of its call."""


class SlotTooFar(NoSlot):
    """The slot lies further ahead than anybody plans."""


class NotNow(NoSlot):
    """The relative may not be reached then, or nothing may go to this family at all."""

    def __init__(self, reach: Reach) -> None:
        super().__init__(reach.why.value)
        self.reach = reach


class SlotGone(Exception):
    """The slot was called off, or its day is over."""


def give_slot(
    *,
    by: Actor,
    person: Person,
    thing: HousePhone,
    day: date,
    quarter: int,
    card: WatchCard | None = None,
    once: uuid.UUID | None = None,
) -> CallSlot:
    """Give a resident a phone for a quarter of an hour.

    `NotToLend`, `SlotPast`, `SlotTooFar`, `NotNow`, `SlotTaken` or `BusyThen` if that cannot be:
    nothing is written then.
    """
    start = slots.starts_at(day, quarter, clock.house_zone())
    with transaction.atomic():
        sent.claim(once)
        note(by, Act.LEND_PHONE, person.subject, reason="slot")
        if thing.site_id != by.site or (card is not None and card.resident_id != person.pk):
            raise Refused(Act.LEND_PHONE)
        _require_time(start)
        _require_phone(thing)
        _require_reach(by, person, card, start)
        CallSlot.objects.filter(thing__site_id=by.site, day__lt=clock.today()).delete()
        return _given(CallSlot(thing=thing, person=person, card=card, day=day, quarter=quarter))


def _require_time(start: datetime) -> None:
    if slots.is_past(start, clock.now()):
        raise SlotPast
    if start - clock.now() > slots.AHEAD:
        raise SlotTooFar


def _require_phone(thing: HousePhone) -> None:
    """One that is to be cleared, or is out, will be back by then."""
    held = HousePhone.objects.get(pk=thing.pk)
    if held.kind != ThingKind.PHONE:
        raise NotToLend(Hindrance.NO_PHONE)
    if held.state not in {ThingState.READY, ThingState.TO_CLEAR}:
        raise NotToLend(Hindrance(held.state))


def _require_reach(by: Actor, person: Person, card: WatchCard | None, start: datetime) -> None:
    """The first and the last minute must be safe. The card is locked, so that a stop is before the slot or sees it."""
    frozen = is_frozen(person.pk, site=by.site)
    if card is None:
        if frozen:
            raise NotNow(Reach(Why.FROZEN))
        return
    held = WatchCard.objects.select_for_update(of=("self",)).select_related("record").get(pk=card.pk)
    content = open_record(held.record, Relative, by=by, reason=Reason.FOLLOW_UP)
    if content.hold:
        raise NotNow(Reach(Why.WITHHELD))
    for moment in slots.moments_of(start):
        reach = reach_of(held, content, moment, frozen=frozen)
        if not reach.may:
            raise NotNow(reach)


def _given(slot: CallSlot) -> CallSlot:
    """The constraints of the database have the last word when two desks press at once."""
    try:
        with transaction.atomic():
            slot.save(force_insert=True)
    except IntegrityError as error:
        taken = CallSlot.objects.filter(thing=slot.thing, day=slot.day, quarter=slot.quarter).exists()
        raise (SlotTaken if taken else BusyThen) from error
    return slot


def call_off(*, by: Actor, slot: CallSlot) -> None:
    """Nobody calls then, and others can have the phone. `SlotGone` if it was called off before."""
    _change(by, slot, "slot_off", lambda held: held.delete())


def mark_slot(*, by: Actor, slot: CallSlot, state: SlotState) -> None:
    """Whether the call was made. What was heard is noted on the card, by whoever may. `SlotGone`, or `TooEarly`."""
    if state != SlotState.GIVEN and slot.starts > clock.now():
        raise TooEarly

    def mark(held: CallSlot) -> None:
        held.state = state
        held.save(update_fields=["state"])

    _change(by, slot, "slot_mark", mark)


def _change(by: Actor, slot: CallSlot, reason: str, change: Callable[[CallSlot], object]) -> None:
    with transaction.atomic():
        require(by, Act.LEND_PHONE)
        Site.objects.select_for_update().get(pk=by.site)
        held = CallSlot.objects.visible_to(by).select_related("person").filter(pk=slot.pk).first()
        if held is None:
            raise SlotGone
        note(by, Act.LEND_PHONE, held.person.subject, reason=reason)
        change(held)


def sweep(_tell: Callable[[int, int], None] | None = None) -> None:
    """At opening: the slots of earlier days go, in every site."""
    CallSlot.objects.filter(day__lt=clock.today()).delete()
