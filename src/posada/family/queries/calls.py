"""The house's phones and the slots of a day: numbers, tags, days. Whom somebody calls is not among it."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, granted_role
from posada.family.models import (
    CallOffer,
    CallSlot,
    ChargingTicket,
    HousePhone,
    PhoneLoan,
    Relative,
    SlotState,
    ThingKind,
    ThingState,
    WatchCard,
)
from posada.family.models.calls import CallSlotQuerySet
from posada.family.queries.freezing import frozen_of
from posada.family.rules import slots
from posada.family.rules.silence import Watch
from posada.ground import clock
from posada.people import queries as people
from posada.people.models import Person
from posada.records.door import Reason, open_records


@dataclass(frozen=True, slots=True)
class Cell:
    """One quarter of an hour at one phone. `number` is none where it is free, or where who has it is hidden."""

    quarter: int
    minute: str
    is_taken: bool
    number: int | None
    is_past: bool


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour at one phone."""

    hour: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class PhoneDay:
    """One phone's day: its tag, whether it can be used, its hours."""

    thing: HousePhone
    hours: tuple[Hour, ...]


@dataclass(frozen=True, slots=True)
class GivenSlot:
    """A slot that was given. `stands_still`: since then contact was stopped or frozen, or its hour is safe no more."""

    slot: CallSlot
    stands_still: bool
    has_begun: bool

    @property
    def hour(self) -> str:
        """Such as 19:15."""
        return f"{slots.hour_of(self.slot.quarter):%H:%M}"


def phones_of(actor: Actor) -> list[HousePhone]:
    """The phones that calls can be planned for, by tag."""
    usable = {ThingState.READY, ThingState.TO_CLEAR}
    return list(HousePhone.objects.visible_to(actor).filter(kind=ThingKind.PHONE, state__in=usable).order_by("tag"))


def board(actor: Actor, day: date, now: datetime) -> list[PhoneDay]:
    """A day's quarters of an hour, phone by phone. Of today, the hours that are over are left out unless given."""
    rows = CallSlot.objects.filter(thing__site_id=actor.site, day=day)
    taken = {(row.thing_id, row.quarter): row.pk for row in rows}
    shown = CallSlot.objects.visible_to(actor).filter(day=day).values_list("thing_id", "quarter", "person__number")
    numbers = {(thing, quarter): number for thing, quarter, number in shown}
    hours = slots.hours_shown(quarter for _thing, quarter in taken)

    def cell(thing: HousePhone, quarter: int) -> Cell:
        key = (thing.pk, quarter)
        over = slots.is_past(slots.starts_at(day, quarter, clock.house_zone()), now)
        return Cell(quarter, f"{quarter % 4 * 15:02}", key in taken, numbers.get(key), over)

    def hour(thing: HousePhone, number: int) -> Hour:
        return Hour(number, tuple(cell(thing, number * 4 + part) for part in range(4)))

    return [
        PhoneDay(thing, tuple(one for one in (hour(thing, number) for number in hours) if _is_shown(one)))
        for thing in phones_of(actor)
    ]


def _is_shown(hour: Hour) -> bool:
    return any(cell.is_taken or not cell.is_past for cell in hour.cells)


def given_slots(actor: Actor, day: date, now: datetime) -> list[GivenSlot]:
    """The slots that were given for a day, by hour and tag."""
    return _shown(actor, CallSlot.objects.visible_to(actor).filter(day=day), now)


def slots_ahead(actor: Actor, person: Person, now: datetime) -> list[GivenSlot]:
    """The slots of one resident from today on."""
    return _shown(actor, CallSlot.objects.visible_to(actor).filter(person=person, day__gte=clock.today()), now)


def _shown(actor: Actor, rows: CallSlotQuerySet, now: datetime) -> list[GivenSlot]:
    found = list(rows.select_related("thing", "person", "card").order_by("day", "quarter", "thing__tag"))
    frozen = frozen_of((row.person_id for row in found), site=actor.site)
    return [_given(row, frozen, now) for row in found]


def _given(row: CallSlot, frozen: set[uuid.UUID], now: datetime) -> GivenSlot:
    stopped = row.card is not None and row.card.watch is Watch.STOPPED
    waits = row.state == SlotState.GIVEN
    return GivenSlot(row, waits and (stopped or row.held_back or row.person_id in frozen), row.starts <= now)


def slot(actor: Actor, slot_id: uuid.UUID) -> CallSlot | None:
    """One slot of the actor's site."""
    return CallSlot.objects.visible_to(actor).select_related("person", "thing").filter(pk=slot_id).first()


def thing_by_tag(actor: Actor, tag: int) -> HousePhone | None:
    """The thing of the house with this tag that is not taken out of use."""
    return HousePhone.objects.visible_to(actor).in_use().filter(tag=tag).first()


def loans(actor: Actor, *, person: Person | None = None) -> list[PhoneLoan]:
    """What is out and with whom, the longest first; of one person if one is named."""
    rows = PhoneLoan.objects.visible_to(actor).select_related("thing", "person")
    if person is not None:
        rows = rows.filter(person=person)
    return list(rows.order_by("from_on", "thing__tag"))


def to_clear(actor: Actor) -> list[HousePhone]:
    """Phones that came back without the last number erased."""
    return list(HousePhone.objects.visible_to(actor).filter(state=ThingState.TO_CLEAR, loan=None).order_by("tag"))


def ready(actor: Actor) -> list[HousePhone]:
    """What lies ready to be lent."""
    return list(HousePhone.objects.visible_to(actor).filter(state=ThingState.READY, loan=None).order_by("tag"))


def ready_phones(actor: Actor) -> list[int]:
    """The tags of the phones that lie ready."""
    return [thing.tag for thing in ready(actor) if thing.kind == ThingKind.PHONE]


def tickets(actor: Actor, *, person: Person | None = None) -> list[ChargingTicket]:
    """Residents' own phones that lie here to be charged."""
    rows = ChargingTicket.objects.visible_to(actor).select_related("person")
    if person is not None:
        rows = rows.filter(person=person)
    return list(rows.order_by("ticket"))


def callable_cards(actor: Actor, person: Person) -> list[tuple[WatchCard, Relative]]:
    """The cards that a slot can be given for, to whoever may read them; each opening is written down.

    None of a relative to whom we never turn first, nor after words of alarm that were not talked over.
    """
    if granted_role(actor, Act.READ_KIN, person.subject) is None:
        return []
    cards = WatchCard.objects.visible_to(actor).filter(resident=person).exclude(state=Watch.STOPPED.value)
    rows = list(cards.select_related("record", "resident"))
    contents = open_records([row.record for row in rows], Relative, by=actor, reason=Reason.VIEW)
    by_record = {one.record: one.content for one in contents}
    found = [(row, by_record[row.record_id]) for row in rows]
    return [(row, said) for row, said in found if not (said.hold or said.alarmed)]


def without_first_call(actor: Actor) -> list[Person]:
    """Who arrived today, was not offered the call home yet and has no card, and to whom this user may offer it."""
    if not actor.may(Act.ADD_RELATIVE):
        return []
    arrived = people.registered_today(actor)
    offered = set(CallOffer.objects.filter(person__in=arrived).values_list("person_id", flat=True))
    offered |= set(WatchCard.objects.filter(resident__in=arrived).values_list("resident_id", flat=True))
    waiting = [person for person in arrived if person.pk not in offered]
    return [person for person in waiting if people.may(actor, Act.ADD_RELATIVE, person)]
