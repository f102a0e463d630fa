"""My people: add a relative, note a contact, stop, change what was agreed, turn a card into a request."""

import uuid
from datetime import datetime

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.family.models import (
    Channel,
    Contact,
    ContactKind,
    Enquirer,
    How,
    Relative,
    Separation,
    Sought,
    TracingRequest,
    WatchCard,
)
from posada.family.rules import silence
from posada.family.rules.kinship import other_way, sex_of
from posada.family.rules.silence import Watch
from posada.family.services.entrusting import entrust, entrust_cards
from posada.family.services.requests import write_request
from posada.ground import clock, ids
from posada.people.models import Person, Sex
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.services import Stale


def _set_times(card: WatchCard, content: Relative, *, since: datetime) -> None:
    """Fill the clear columns, to the hour; empty where nothing was agreed or contact was stopped.

    Somebody who was in danger when last heard worries whatever was agreed.
    """
    if content.how is How.IN_DANGER and card.watch is Watch.WATCHED:
        card.state = Watch.WORRYING.value
    heard = content.last_heard_at
    card.unheard_on = card.silent_from = None
    if card.watch is not Watch.STOPPED:
        card.silent_from = silence.rises_at(heard or since, content.interval_hours, content.next_call_at)
    if card.silent_from and heard:
        card.unheard_on = heard.astimezone(clock.house_zone()).date()


def add_relative(*, by: Actor, person: Person, content: Relative, once: uuid.UUID | None = None) -> WatchCard:
    """A card for a relative whom a resident left behind. The desk may add one on the first night, not read it."""
    require(by, Act.ADD_RELATIVE, person.subject)
    subject = ids.new_id()
    with transaction.atomic():
        sent.claim(once, subject)
        records.note(by, Act.ADD_RELATIVE, person.subject)
        entrust(person.pk, [subject], site=person.site_id)
        record = records.seal_new(content, subject=subject, by=by, act=Act.ADD_RELATIVE)
        card = WatchCard(id=subject, site_id=person.site_id, resident=person, record=record)
        _set_times(card, content, since=clock.now())
        card.save(force_insert=True)
    return card


def _locked(card: WatchCard) -> WatchCard:
    return WatchCard.objects.select_for_update(of=("self",)).select_related("record", "resident").get(pk=card.pk)


def _held(card: WatchCard, seen: int | None = None) -> WatchCard:
    """The card as it stands, locked for a change. `Stale` if somebody else changed it since it was read or `seen`."""
    held = _locked(card)
    if held.sequence != card.sequence or (seen is not None and held.sequence != seen):
        raise Stale
    return held


def _write(card: WatchCard, content: Relative, *, by: Actor, expected: int) -> WatchCard:
    card.record = records.revise(card.record, content, by=by, act=Act.UPDATE_KIN, expected=expected)
    _set_times(card, content, since=clock.now())
    card.sequence += 1
    card.save()
    return card


def _after(content: Relative, event: Contact) -> Relative:
    """What a card says after an event."""
    changed = msgspec.structs.replace(content, history=(*content.history, event))
    if event.kind is not ContactKind.HEARD:
        return changed
    due = content.next_call_at
    return msgspec.structs.replace(
        changed,
        last_heard_at=event.at,
        last_channel=event.channel,
        how=event.how,
        note=event.note or content.note,
        next_call_at=due if due and due > event.at else None,
    )


def _state_after(card: WatchCard, event: Contact) -> Watch:
    if event.kind is ContactKind.STOP:
        return Watch.STOPPED
    if event.kind is ContactKind.WORRYING or event.how is How.IN_DANGER:
        return Watch.WORRYING
    return Watch.WATCHED if event.kind is ContactKind.HEARD else card.watch


def told(kind: ContactKind, channel: Channel = Channel.UNKNOWN, how: How = How.UNKNOWN, note: str = "") -> Contact:
    """One press, now: heard, no answer, worrying or stop."""
    return Contact(at=clock.now(), kind=kind, channel=channel, how=how, note=note)


def record_contact(
    *, by: Actor, card: WatchCard, event: Contact, once: uuid.UUID | None = None, seen: int | None = None
) -> WatchCard:
    """Note what was `told` by one press. A card that was stopped takes no press but `resume`.

    `Stale` if the card is no longer the one whose sequence was `seen`. Nothing holds up a stop: it asks neither
    whether the page was old nor whether another press was sent from it.
    """
    require(by, Act.UPDATE_KIN, card.subject)
    event = msgspec.structs.replace(event, by=by.user)
    with transaction.atomic():
        if event.kind is ContactKind.STOP:
            held = _locked(card)
        else:
            sent.claim(once, card.pk)
            held = _held(card, seen)
        if held.watch is Watch.STOPPED:
            return held
        version = held.record.version
        content = open_record(held.record, Relative, by=by, reason=Reason.FOLLOW_UP)
        held.state = _state_after(held, event).value
        return _write(held, _after(content, event), by=by, expected=version)


def stop(*, by: Actor, card: WatchCard) -> WatchCard:
    """The stop signal: from now on nobody calls or writes. It never needs a second person."""
    return record_contact(by=by, card=card, event=told(ContactKind.STOP))


def resume(*, by: Actor, card: WatchCard) -> WatchCard:
    """Watch again, because the resident asked for it."""
    require(by, Act.UPDATE_KIN, card.subject)
    with transaction.atomic():
        held = _held(card)
        content = open_record(held.record, Relative, by=by, reason=Reason.FOLLOW_UP)
        held.state = Watch.WATCHED.value
        return _write(held, content, by=by, expected=held.record.version)


def change_agreement(
    *, by: Actor, card: WatchCard, content: Relative, expected: int, once: uuid.UUID | None = None
) -> WatchCard:
    """Change what is known or agreed. `Stale` if it is no longer version `expected`."""
    require(by, Act.UPDATE_KIN, card.subject)
    with transaction.atomic():
        sent.claim(once, card.pk)
        held = _held(card)
        return _write(held, content, by=by, expected=expected)


def open_request_from(
    *,
    by: Actor,
    card: WatchCard,
    sought: Sought | None = None,
    enquirer: Enquirer | None = None,
    separation: Separation | None = None,
    once: uuid.UUID | None = None,
) -> TracingRequest:
    """A tracing request made of a card: only now is this relative looked for. The resident asks."""
    require(by, Act.UPDATE_KIN, card.subject)
    with transaction.atomic():
        sent.claim(once, card.pk)
        held = _held(card)
        version = held.record.version
        content = open_record(held.record, Relative, by=by, reason=Reason.FOLLOW_UP)
        entrust_cards(held.resident)
        request = write_request(
            by=by,
            contents=(enquirer or _asking(content), sought or _looked_for(content), separation),
            resident=held.resident,
            act=Act.UPDATE_KIN,
        )
        _write(held, msgspec.structs.replace(content, request=request.pk), by=by, expected=version)
    return request


def _asking(content: Relative) -> Enquirer:
    return Enquirer(relationship=other_way(content.relation))


def _looked_for(content: Relative) -> Sought:
    return Sought(full_name=content.who, sex=Sex(sex_of(content.relation)))
