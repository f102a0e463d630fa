"""Messages: write one down, note how it went, note a reply and that it was told. The program sends nothing."""

import uuid
from datetime import datetime

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.family.models import (
    Channel,
    Check,
    ContactKind,
    How,
    Message,
    MessageContent,
    MessageLog,
    MessageStep,
    Relative,
    WatchCard,
)
from posada.family.queries.messages import log_of, reach_of
from posada.family.rules import calling
from posada.family.rules.calling import Reach, Why
from posada.family.rules.dangers import holds
from posada.family.rules.messages import (
    TO_SEND,
    TURNED_TO,
    WITHOUT_WORDS,
    Direction,
    MessageKind,
    MessageState,
    Told,
    Way,
    may_follow,
)
from posada.family.rules.silence import Watch
from posada.family.services.entrusting import entrust, entrust_cards
from posada.family.services.keeping import locked
from posada.family.services.relatives import record_contact, told
from posada.ground import clock, ids
from posada.records import once as sent
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.letting_go import let_go
from posada.records.services import Stale


class NotNow(Exception):
    """Nobody turns to this relative now: as text, why, and from when somebody may."""

    def __init__(self, reach: Reach, now: datetime) -> None:
        super().__init__(reach.why)
        self.reach, self.now = reach, now

    def __str__(self) -> str:
        return calling.words(self.reach, now=self.now, zone=clock.house_zone())


class AlreadyThere(Exception):
    """The message cannot come into that state from where it stands: it was delivered, told or given up before."""


def write_message(
    *, by: Actor, card: WatchCard, kind: MessageKind, way: Way, content: MessageContent, once: uuid.UUID | None = None
) -> Message:
    """Write down what a resident wants to be sent. While everything is frozen it waits; after a stop nobody writes."""
    require(by, Act.WRITE_MESSAGE, card.resident.subject)
    with transaction.atomic():
        held = WatchCard.objects.select_for_update(of=("self",)).select_related("resident").get(pk=card.pk)
        if held.watch is Watch.STOPPED:
            raise NotNow(Reach(Why.STOPPED), clock.now())
        row = _new(held, Direction.OUT, kind, MessageState.PREPARED)
        row.way = way.value
        return _keep(row, content, by=by, act=Act.WRITE_MESSAGE, once=once)


def note_reply(
    *,
    by: Actor,
    card: WatchCard,
    content: MessageContent,
    channel: Channel,
    check: Check = Check.NOT_ASKED,
    once: uuid.UUID | None = None,
) -> Message:
    """Note what came from a relative, with whether the agreed words stood in it. It is news only once it was told.

    The words of alarm are no news and wait for nobody: with them the card worries from now on, and nobody calls back.
    """
    require(by, Act.SEND_MESSAGE, card.resident.subject)
    with transaction.atomic():
        if check is Check.ALARM or _says_alarm(by, card, content.text):
            check = Check.ALARM
            record_contact(by=by, card=locked(card), event=told(ContactKind.HEARD, channel, check=check))
        row = _new(card, Direction.IN, MessageKind.LETTER, MessageState.NOTED)
        entrust_cards(card.resident)
        log = MessageLog(
            channel=channel, check=check, steps=(MessageStep(at=clock.now(), state=MessageState.NOTED, by=by.user),)
        )
        row.log = records.seal_new(log, subject=card.pk, by=by, act=Act.SEND_MESSAGE)
        return _keep(row, content, by=by, act=Act.SEND_MESSAGE, once=once)


def _says_alarm(by: Actor, card: WatchCard, text: str) -> bool:
    """Whether the words of alarm of this card stand in a text."""
    words = open_record(card.record, Relative, by=by, reason=Reason.FOLLOW_UP).duress_words
    return bool(words) and holds(text, [words])


def _new(card: WatchCard, direction: Direction, kind: MessageKind, state: MessageState) -> Message:
    held = Message.objects.filter(site_id=card.site_id)
    number = ids.free_number(lambda number: held.filter(number=number).exists())
    return Message(
        id=ids.new_id(),
        site_id=card.site_id,
        card=card,
        number=number,
        direction=direction.value,
        kind=kind.value,
        state=state.value,
        written_on=clock.today(),
    )


def _keep(row: Message, content: MessageContent, *, by: Actor, act: Act, once: uuid.UUID | None) -> Message:
    person = row.card.resident
    sent.claim(once, row.pk)
    records.note(by, act, person.subject)
    entrust(person.pk, [row.pk], site=row.site_id)
    row.record = records.seal_new(content, subject=row.pk, by=by, act=act)
    row.save(force_insert=True)
    return row


def _held(message: Message, seen: int | None) -> Message:
    """The message as it stands, locked. `Stale` if it is no longer as it was read or `seen`."""
    rows = Message.objects.select_for_update(of=("self",)).select_related("record", "log", "card__resident")
    held = rows.get(pk=message.pk)
    if held.sequence != message.sequence or (seen is not None and held.sequence != seen):
        raise Stale
    return held


def note_step(
    *,
    by: Actor,
    message: Message,
    said: Told,
    was_shown: bool = False,
    seen: int | None = None,
    once: uuid.UUID | None = None,
) -> Message:
    """Note that a message was sent, arrived, was read, did not go (and why), or is given up.

    `NotNow` for turning to somebody who may not be reached, unless its words were shown while they might be
    (`was_shown`): what was done stands in the book. Once it arrived or was given up its words are deleted for ever.
    `AlreadyThere` if it stands further on, `Stale` if somebody else was quicker.
    """
    require(by, Act.SEND_MESSAGE, message.card.resident.subject)
    with transaction.atomic():
        sent.claim(once, message.pk)
        held = _held(message, seen)
        if held.direction != Direction.OUT or not may_follow(held.stands, said.state):
            raise AlreadyThere
        entrust_cards(held.card.resident)
        log = log_of(by, held, reason=Reason.FOLLOW_UP)
        if held.stands in TO_SEND and said.state in TURNED_TO and not was_shown:
            _require_now(by, held, said, log)
        return _move(held, said, log, by=by)


def _require_now(by: Actor, held: Message, said: Told, log: MessageLog) -> None:
    content = open_record(held.card.record, Relative, by=by, reason=Reason.FOLLOW_UP)
    now = clock.now()
    found = reach_of(held.card, content, now, way=said.way or held.way, steps=log.steps)
    if not found.may:
        raise NotNow(found, now)


def _move(held: Message, said: Told, log: MessageLog, *, by: Actor) -> Message:
    step = MessageStep(at=clock.now(), state=said.state, way=said.way, reason=said.reason, by=by.user)
    _write_log(held, msgspec.structs.replace(log, steps=(*log.steps, step)), by=by)
    held.state = said.state.value
    held.way = said.way.value if said.way else held.way
    held.reason = said.reason.value if said.reason else ""
    held.tries += said.state is MessageState.FAILED
    if said.state in TURNED_TO - {MessageState.FAILED} and held.sent_on is None:
        held.sent_on = clock.today()
    return _let_go_if_over(held)


def _write_log(held: Message, log: MessageLog, *, by: Actor) -> None:
    if held.log is None:
        held.log = records.seal_new(log, subject=held.card_id, by=by, act=Act.SEND_MESSAGE)
    else:
        held.log = records.revise(held.log, log, by=by, act=Act.SEND_MESSAGE, expected=held.log.version)


def _let_go_if_over(held: Message) -> Message:
    """Save the row; once the message arrived, was told or is given up, its words and their key go for ever."""
    record = None
    if held.stands in WITHOUT_WORDS:
        record, held.record = held.record, None
        held.ended_on = held.ended_on or clock.today()
    held.sequence += 1
    held.save()
    if record is not None:
        let_go(record)
    return held


def tell_reply(
    *,
    by: Actor,
    message: Message,
    is_news: bool,
    how: How = How.UNKNOWN,
    seen: int | None = None,
    once: uuid.UUID | None = None,
) -> Message:
    """The resident has had a reply: its words go. It counts as news of the relative only if the resident says so, and
    never with the words of alarm.
    """
    person = message.card.resident
    require(by, Act.SEND_MESSAGE, person.subject)
    with transaction.atomic():
        sent.claim(once, message.pk)
        held = _held(message, seen)
        if held.stands is not MessageState.NOTED:
            raise AlreadyThere
        entrust_cards(person)
        log = log_of(by, held, reason=Reason.FOLLOW_UP)
        _move(held, Told(MessageState.TOLD), log, by=by)
        if is_news and log.check is not Check.ALARM:  # the alarm was noted when it came
            event = told(ContactKind.HEARD, log.channel, how, check=log.check)
            record_contact(by=by, card=held.card, event=event)
    return held
