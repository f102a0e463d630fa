"""Fill the family's room of a fresh site: phones, calls, messages, harm, false callers, ties; by its own services."""

from collections.abc import Callable
from datetime import UTC, datetime, time

from tools.demo import shapes

from posada.accounts.acts import Role
from posada.accounts.models import User
from posada.accounts.permissions import Actor, system_actor
from posada.family import services as family
from posada.family.models import (
    Channel,
    ContactKind,
    FalseCall,
    HarmEvent,
    HousePhone,
    MessageContent,
    SaidToBe,
    SlotState,
    ThingKind,
    Wanted,
    WatchCard,
)
from posada.family.rules import slots as quarters
from posada.family.rules.harm import Harm, Part, Sure, Yes
from posada.family.rules.kinship import Relation
from posada.family.rules.messages import Failure, MessageKind, MessageState, Told, Way
from posada.family.services import callers, first_call, harm, messages, phones, referrals, slots, ties
from posada.people.models import Person

LANGUAGE = "es"
AT_WORK = time(8, 30)


class FamilySeeder:
    """Carries the keys of the world over to the residents and cards that were made of them."""

    def __init__(
        self,
        world: shapes.World,
        *,
        persons: dict[str, Person],
        cards: dict[str, WatchCard],
        users: dict[Role, User],
        caseworker: Actor,
        set_clock: Callable[[datetime], None],
    ) -> None:
        self.world, self.room = world, world.family
        self.persons, self.cards, self.users = persons, cards, users
        self.caseworker, self.system = caseworker, system_actor(caseworker.site)
        self.set_clock = set_clock

    def fill(self) -> None:
        """Everything, in the order of the hours."""
        self._first_calls()
        self._things()
        self._calls()
        self._messages()
        self._harm()
        for tie in self.room.ties:
            one, other = self.persons[tie.one], self.persons[tie.other]
            ties.tie_residents(by=self.caseworker, one=one, other=other, relation=Relation(tie.relation))
        self._callers()
        self._this_morning()

    def _card(self, key: str) -> WatchCard:
        return WatchCard.objects.select_related("record", "resident").get(pk=self.cards[key].pk)

    def _first_calls(self) -> None:
        """Everybody who slept here was offered one; what they answered is kept nowhere."""
        offered = first_call.FirstCall(outcome=first_call.Outcome.NOT_WANTED)
        for stay in self.world.stays:
            if stay.since < self.world.clock.date():
                self.set_clock(datetime.combine(stay.since, time(20), shapes.HOUSE_ZONE))
                first_call.first_call(by=self.system, person=self.persons[stay.person], told=offered)

    def _things(self) -> None:
        self.set_clock(datetime.combine(self.world.clock.date(), time(7), shapes.HOUSE_ZONE))
        for thing in self.room.things:
            phones.add_thing(by=self.system, tag=thing.tag, kind=ThingKind(thing.kind))
        for tag, person in self.room.lent:
            phones.lend(by=self.system, thing=self._thing(tag), person=self.persons[person])
        for person in self.room.charging:
            phones.take_to_charge(by=self.system, person=self.persons[person])

    def _thing(self, tag: int) -> HousePhone:
        return HousePhone.objects.get(site_id=self.system.site, tag=tag)

    def _calls(self) -> None:
        today = self.world.clock.date()
        for call in self.room.calls:
            self.set_clock(datetime.combine(today, time(7), shapes.HOUSE_ZONE))
            quarter = quarters.quarter_of(call.at)
            if quarter is None:
                raise ValueError(f"no slot begins at {call.at}")
            slot = slots.give_slot(
                by=self.system,
                person=self.persons[call.person],
                thing=self._thing(call.tag),
                day=today,
                quarter=quarter,
                card=self._card(call.card) if call.card else None,
            )
            if call.made:
                self.set_clock(datetime.combine(today, AT_WORK, shapes.HOUSE_ZONE))
                slots.mark_slot(by=self.system, slot=slot, state=SlotState.DONE)

    def _messages(self) -> None:
        for message in self.room.messages:
            self.set_clock(message.at)
            card = self._card(message.card)
            content = MessageContent(language=LANGUAGE, sentences=message.sentences, text=message.words)
            if message.reply:
                content = MessageContent(text=message.words)
                messages.note_reply(by=self.caseworker, card=card, content=content, channel=Channel.TEXT)
                continue
            kind = MessageKind.LETTER if message.words else MessageKind.SENTENCES
            way = Way(message.way)
            row = messages.write_message(by=self.caseworker, card=card, kind=kind, way=way, content=content)
            for stands in message.stands:
                reason = Failure.NO_SIGNAL if stands == "failed" else None
                said = Told(MessageState(stands), way, reason)
                row = messages.note_step(by=self.caseworker, message=row, said=said, was_shown=True)

    def _harm(self) -> None:
        lawyer = self.users[Role.LAWYER].pk
        for one in self.room.harmed:
            self.set_clock(datetime.combine(self.world.clock.date(), AT_WORK, shapes.HOUSE_ZONE))
            event = HarmEvent(
                harm=Harm(one.what),
                on=one.on.isoformat(),
                place=one.place,
                seen_on=one.seen_on.isoformat(),
                seen_where=one.seen_where,
                who_knows=one.who_knows,
                said=one.said,
                sure=Sure.TOLD,
            )
            note = harm.note_harm(by=self.caseworker, card=self._card(one.card), content=event)
            yes = Yes(parts=frozenset(map(Part, one.told)), to=lawyer, language=LANGUAGE)
            referrals.refer(by=self.caseworker, harm=note, yes=yes)

    def _callers(self) -> None:
        for one in self.room.callers:
            self.set_clock(datetime.combine(one.on, time(17), shapes.HOUSE_ZONE))
            said = FalseCall(
                on=one.on.isoformat(),
                phone=one.phone.replace(" ", ""),  # as the form keeps a number
                said_to_be=SaidToBe(one.said_to_be),
                wanted=tuple(map(Wanted, one.wanted)),
                words=one.words,
            )
            callers.note_caller(by=self.system, content=said)

    def _this_morning(self) -> None:
        """Somebody did not answer: the card says what to do next."""
        for one in self.room.unanswered:
            for moment in one.moments:
                self.set_clock(moment.astimezone(UTC))
                event = family.told(ContactKind.NO_ANSWER, Channel.VOICE)
                family.record_contact(by=self.caseworker, card=self._card(one.card), event=event)
