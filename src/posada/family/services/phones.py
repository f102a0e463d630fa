"""Phones, chargers, headsets of the house by tag: lent to a number, given back, lost; residents' own charged."""

import uuid
from enum import StrEnum

from django.db import IntegrityError, transaction

from posada.accounts.acts import Act
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Refused, require
from posada.audit import services as audit
from posada.family.models import CallOffer, CallSlot, ChargingTicket, HousePhone, PhoneLoan, ThingKind, ThingState
from posada.ground import clock
from posada.people.models import Person
from posada.records import once as sent
from posada.records.erasing import Gone
from posada.records.services import note

MOST_TICKETS = 999


class Hindrance(StrEnum):
    """Why a thing is not lent now."""

    OUT = "out"
    TO_CLEAR = "to_clear"
    BROKEN = "broken"
    LOST = "lost"
    AWAY = "away"
    NO_PHONE = "no_phone"


class NotToLend(Exception):
    """The thing cannot be lent now; nothing was written."""

    def __init__(self, why: Hindrance) -> None:
        super().__init__(why.value)
        self.why = why


class NotOut(Exception):
    """Nobody has the thing: it came back before, perhaps at another desk."""


class TagTaken(Exception):
    """A thing of the house has this tag, in use or not."""


class StillOut(Exception):
    """Somebody has the thing: it comes back, or is written down as lost, before it is put away."""


class TicketTaken(Exception):
    """A phone lies under this ticket."""


class NotTheirTicket(Exception):
    """No phone of this person lies under this ticket."""


def add_thing(*, by: Actor, tag: int, kind: ThingKind, once: uuid.UUID | None = None) -> HousePhone:
    """A phone, charger or headset with a tag of its own; `TagTaken` if the house has one with it."""
    with transaction.atomic():
        sent.claim(once)
        _written(by, "add")
        try:
            with transaction.atomic():
                return HousePhone.objects.create(site_id=by.site, tag=tag, kind=kind)
        except IntegrityError as error:
            raise TagTaken from error


def set_state(*, by: Actor, thing: HousePhone, state: ThingState) -> HousePhone:
    """Broken, back in use, found again, or taken out of use. `StillOut` while somebody has it.

    A phone that was away, broken or lost comes back as one that is to be cleared.
    """
    with transaction.atomic():
        _written(by, state.value)
        held = _locked(by, thing)
        if _loan_of(held) is not None:
            raise StillOut
        comes_back = state == ThingState.READY and held.kind == ThingKind.PHONE and held.state != ThingState.READY
        return _set(held, ThingState.TO_CLEAR if comes_back else state)


def _written(by: Actor, reason: str) -> None:
    role = require(by, Act.KEEP_PHONES)
    audit.write(audit.Event(act=Act.KEEP_PHONES, actor=by.user, role=role, site=by.site, reason=reason))


def lend(*, by: Actor, thing: HousePhone, person: Person, once: uuid.UUID | None = None) -> PhoneLoan:
    """Lend a thing to a resident, from today. `NotToLend` if somebody has it, or it is not ready."""
    with transaction.atomic():
        sent.claim(once)
        note(by, Act.LEND_PHONE, person.subject, reason="lend")
        held = _locked(by, thing)
        require_ready(held)
        try:
            with transaction.atomic():
                return PhoneLoan.objects.create(thing=held, person=person, from_on=clock.today())
        except IntegrityError as error:
            raise NotToLend(Hindrance.OUT) from error


def require_ready(thing: HousePhone, *, for_person: Person | None = None) -> None:
    """`NotToLend` unless the thing lies ready, or `for_person` has it already."""
    loan = _loan_of(thing)
    if loan is not None:
        if for_person is None or loan.person_id != for_person.pk:
            raise NotToLend(Hindrance.OUT)
        return
    if thing.state != ThingState.READY:
        raise NotToLend(Hindrance(thing.state))


def give_back(*, by: Actor, thing: HousePhone, cleared: bool) -> HousePhone:
    """It came back. A phone whose last number nobody erased waits to be cleared and is not lent before. `NotOut`.

    Who had which phone, and when, is kept nowhere but in the audit, where it is a pseudonym.
    """
    with transaction.atomic():
        held, loan = _out(by, thing)
        note(by, Act.LEND_PHONE, loan.person.subject, reason="back")
        loan.delete()
        return _set(held, ThingState.READY if cleared or held.kind != ThingKind.PHONE else ThingState.TO_CLEAR)


def lose(*, by: Actor, thing: HousePhone) -> HousePhone:
    """It will not come back: the loan ends, and the tag is not lent any more until the manager finds it. `NotOut`."""
    with transaction.atomic():
        held, loan = _out(by, thing)
        note(by, Act.LEND_PHONE, loan.person.subject, reason="lost")
        loan.delete()
        return _set(held, ThingState.LOST)


def clear(*, by: Actor, thing: HousePhone) -> HousePhone:
    """The last number was erased from a phone that waited for it; whatever else it is stays as it is."""
    with transaction.atomic():
        note(by, Act.LEND_PHONE, None, reason="cleared")
        held = _locked(by, thing)
        return _set(held, ThingState.READY) if held.state == ThingState.TO_CLEAR else held


def used(thing: HousePhone, person: Person, *, cleared: bool) -> None:
    """A phone that was used on the spot, inside the caller's transaction: without the tick it waits to be cleared.

    `NotToLend` if it was not ready. If the person has it on loan, giving it back will ask.
    """
    held = HousePhone.objects.select_for_update().get(pk=thing.pk)
    if held.kind != ThingKind.PHONE:
        raise NotToLend(Hindrance.NO_PHONE)
    require_ready(held, for_person=person)
    if not cleared and _loan_of(held) is None:
        _set(held, ThingState.TO_CLEAR)


def _locked(by: Actor, thing: HousePhone) -> HousePhone:
    if thing.site_id != by.site:
        raise Refused(Act.LEND_PHONE)
    return HousePhone.objects.select_for_update().get(pk=thing.pk)


def _loan_of(thing: HousePhone) -> PhoneLoan | None:
    return PhoneLoan.objects.filter(thing=thing).first()


def _out(by: Actor, thing: HousePhone) -> tuple[HousePhone, PhoneLoan]:
    require(by, Act.LEND_PHONE)
    held = _locked(by, thing)
    loan = PhoneLoan.objects.select_related("person").filter(thing=held).first()
    if loan is None:
        raise NotOut
    return held, loan


def _set(held: HousePhone, state: ThingState) -> HousePhone:
    held.state = state
    held.save(update_fields=["state"])
    return held


def take_to_charge(
    *, by: Actor, person: Person, ticket: int | None = None, once: uuid.UUID | None = None
) -> ChargingTicket:
    """A resident's own phone lies here under a paper ticket: `ticket`, or the lowest free one. `TicketTaken`."""
    with transaction.atomic():
        sent.claim(once)
        note(by, Act.LEND_PHONE, person.subject, reason="charge")
        Site.objects.select_for_update().get(pk=by.site)
        number = ticket if ticket is not None else _free_ticket(by)
        try:
            with transaction.atomic():
                return ChargingTicket.objects.create(
                    site_id=by.site, ticket=number, person=person, from_on=clock.today()
                )
        except IntegrityError as error:
            raise TicketTaken from error


def _free_ticket(by: Actor) -> int:
    taken = set(ChargingTicket.objects.filter(site_id=by.site).values_list("ticket", flat=True))
    free = next((number for number in range(1, MOST_TICKETS + 1) if number not in taken), None)
    if free is None:
        raise TicketTaken
    return free


def collect(*, by: Actor, person: Person, ticket: int) -> None:
    """The phone under the ticket goes to its owner. `NotTheirTicket` if it is not theirs, or lies here no more."""
    with transaction.atomic():
        note(by, Act.LEND_PHONE, person.subject, reason="collect")
        row = ChargingTicket.objects.select_for_update().filter(site_id=by.site, ticket=ticket, person=person).first()
        if row is None:
            raise NotTheirTicket
        row.delete()


def forget(gone: Gone) -> None:
    """What goes with somebody who is erased. A phone that was out with them is to be looked at before it is lent."""
    loans = PhoneLoan.objects.filter(person__in=gone.subjects)
    phones = HousePhone.objects.filter(pk__in=loans.values("thing"), kind=ThingKind.PHONE)
    phones.filter(state=ThingState.READY).update(state=ThingState.TO_CLEAR)
    loans.delete()
    ChargingTicket.objects.filter(person__in=gone.subjects).delete()
    CallOffer.objects.filter(person__in=gone.subjects).delete()
    CallSlot.objects.filter(person__in=gone.subjects).delete()
    CallSlot.objects.filter(card__in=gone.subjects).delete()
