"""My people: add a relative, note a contact, stop, change what was agreed, turn a card into a request."""

import uuid

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.family.models import (
    Channel,
    Check,
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
from posada.family.queries.relatives import reach_of
from posada.family.rules.calling import Why
from posada.family.rules.kinship import other_way, sex_of
from posada.family.rules.silence import Watch
from posada.family.services.entrusting import entrust, entrust_cards
from posada.family.services.keeping import held_card, locked, set_times, write_card
from posada.family.services.requests import write_request
from posada.ground import clock, ids
from posada.people.models import Person, Sex
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason, open_record


def add_relative(*, by: Actor, person: Person, content: Relative, once: uuid.UUID | None = None) -> WatchCard:
    """A card for a relative whom a resident left behind. The desk may add one on the first night, not read it."""
    require(by, Act.ADD_RELATIVE, person.subject)
    subject = ids.new_id()
    with transaction.atomic():
        sent.claim(once, subject)
        records.note(by, Act.ADD_RELATIVE, person.subject)
        entrust(person.pk, [subject], site=person.site_id)
        content = msgspec.structs.replace(content, added_at=content.added_at or clock.now())
        record = records.seal_new(content, subject=subject, by=by, act=Act.ADD_RELATIVE)
        card = WatchCard(id=subject, site_id=person.site_id, resident=person, record=record)
        set_times(card, content, now=clock.now())
        card.save(force_insert=True)
    return card


def _after(content: Relative, event: Contact) -> Relative:
    """What a card says after an event. What was said with the words of alarm is no news; what was said without the
    agreed ones is news of nobody's well-being.
    """
    changed = msgspec.structs.replace(content, history=(*content.history, event))
    if event.check is Check.ALARM:
        return msgspec.structs.replace(changed, alarmed=True, checked=Check.ALARM, done=())
    if event.kind is not ContactKind.HEARD:
        return changed
    due = content.next_call_at
    is_believed = event.check is not Check.NOT_SAID or event.how is How.IN_DANGER
    return msgspec.structs.replace(
        changed,
        last_heard_at=event.at,
        last_channel=event.channel,
        how=event.how if is_believed else How.UNKNOWN,
        checked=event.check,
        done=(),
        note=event.note or content.note,
        next_call_at=due if due and due > event.at else None,
    )


def _state_after(card: WatchCard, content: Relative, event: Contact) -> Watch:
    """A worry ends with news that was checked, or with any where no words were agreed; an alarm never by itself."""
    if event.kind is ContactKind.STOP:
        return Watch.STOPPED
    if event.kind is ContactKind.WORRYING or event.how is How.IN_DANGER or event.check is Check.ALARM:
        return Watch.WORRYING
    if event.kind is not ContactKind.HEARD or card.watch is Watch.WATCHED:
        return card.watch
    is_checked = event.check is Check.SAID or not content.agreed_words
    return Watch.WATCHED if is_checked and not content.alarmed else Watch.WORRYING


def told(
    kind: ContactKind,
    channel: Channel = Channel.UNKNOWN,
    how: How = How.UNKNOWN,
    note: str = "",
    check: Check = Check.NOT_ASKED,
) -> Contact:
    """One press, now: heard, no answer, worrying or stop; of what was heard, whether the agreed words were said."""
    checked = check if kind in {ContactKind.HEARD, ContactKind.WORRYING} else Check.NOT_ASKED
    return Contact(at=clock.now(), kind=kind, channel=channel, how=how, note=note, check=checked)


def record_contact(
    *, by: Actor, card: WatchCard, event: Contact, once: uuid.UUID | None = None, seen: int | None = None
) -> WatchCard:
    """Note what was `told` by one press. A card that was stopped takes no press but `resume`.

    `Stale` if the card is no longer the one whose sequence was `seen`. Nothing holds up a stop: it asks neither
    whether the page was old nor whether another press was sent from it. A contact that should not have been made
    (outside the safe hours, while all is frozen) is a fact like any other, and kept with what spoke against it.
    """
    require(by, Act.UPDATE_KIN, card.subject)
    event = msgspec.structs.replace(event, by=by.user)
    with transaction.atomic():
        if event.kind is ContactKind.STOP:
            held = locked(card)
        else:
            sent.claim(once, card.pk)
            held = held_card(card, seen)
        if held.watch is Watch.STOPPED:
            return held
        version = held.record.version
        content = open_record(held.record, Relative, by=by, reason=Reason.FOLLOW_UP)
        event = msgspec.structs.replace(event, against=_against(held, content, event))
        held.state = _state_after(held, content, event).value
        return write_card(held, _after(content, event), by=by, expected=version)


def _against(card: WatchCard, content: Relative, event: Contact) -> Why:
    """What spoke against a contact when it was made; nothing does against a worry or a stop."""
    if event.kind not in {ContactKind.HEARD, ContactKind.NO_ANSWER}:
        return Why.YES
    return reach_of(card, content, event.at).why


def stop(*, by: Actor, card: WatchCard) -> WatchCard:
    """The stop signal: from now on nobody calls or writes. It never needs a second person."""
    return record_contact(by=by, card=card, event=told(ContactKind.STOP))


def resume(*, by: Actor, card: WatchCard) -> WatchCard:
    """Watch again a card that was stopped, because the resident asked for it. A worry that no news ended is there, too.

    Any other card stays as it is, and so does one whose watch ended with the news of a death.
    """
    require(by, Act.UPDATE_KIN, card.subject)
    with transaction.atomic():
        held = held_card(card)
        content = open_record(held.record, Relative, by=by, reason=Reason.FOLLOW_UP)
        if held.watch is not Watch.STOPPED or content.ended_on is not None:
            return held
        held.state = _before_the_stop(held, content).value
        return write_card(held, content, by=by, expected=held.record.version)


def _before_the_stop(card: WatchCard, content: Relative) -> Watch:
    """How a card would stand had it not been stopped: its events, one after the other."""
    card.state = Watch.WATCHED.value
    for event in content.history:
        if event.kind is not ContactKind.STOP:
            card.state = _state_after(card, content, event).value
    return card.watch


def change_agreement(
    *, by: Actor, card: WatchCard, content: Relative, expected: int, once: uuid.UUID | None = None
) -> WatchCard:
    """Change what is known or agreed. `Stale` if it is no longer version `expected`."""
    require(by, Act.UPDATE_KIN, card.subject)
    with transaction.atomic():
        sent.claim(once, card.pk)
        held = held_card(card)
        return write_card(held, content, by=by, expected=expected)


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
        held = held_card(card)
        version = held.record.version
        content = open_record(held.record, Relative, by=by, reason=Reason.FOLLOW_UP)
        entrust_cards(held.resident)
        request = write_request(
            by=by,
            contents=(enquirer or _asking(content), sought or _looked_for(content), separation),
            resident=held.resident,
            act=Act.UPDATE_KIN,
        )
        write_card(held, msgspec.structs.replace(content, request=request.pk), by=by, expected=version)
    return request


def _asking(content: Relative) -> Enquirer:
    return Enquirer(relationship=other_way(content.relation))


def _looked_for(content: Relative) -> Sought:
    return Sought(full_name=content.who, sex=Sex(sex_of(content.relation)))
