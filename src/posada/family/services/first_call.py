"""The first call home, on the first night: offered to everybody, and not wanting it is a fine answer.

The desk writes the card of who was called and does not read it later.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.family.models import (
    CallOffer,
    Channel,
    Contact,
    ContactKind,
    HousePhone,
    How,
    Relative,
    WatchCard,
)
from posada.family.queries.freezing import is_frozen
from posada.family.rules.kinship import Relation
from posada.family.services import phones
from posada.family.services.relatives import add_relative
from posada.ground import clock
from posada.people.models import Person
from posada.records import once as sent
from posada.records.services import note


class Outcome(StrEnum):
    """How the first call home went."""

    WELL = "well"
    WORRIED = "worried"
    IN_DANGER = "in_danger"
    NO_ANSWER = "no_answer"
    NOT_REACHED = "not_reached"
    NOT_WANTED = "not_wanted"


HEARD = {Outcome.WELL: How.WELL, Outcome.WORRIED: How.WORRIED, Outcome.IN_DANGER: How.IN_DANGER}
NOBODY_CALLED = frozenset({Outcome.NOT_WANTED})
TRY_AGAIN = timedelta(days=1)  # else a call that nobody answered would rise on nobody's Today. Our proposal


class StandsStill(Exception):
    """All contact with this family, or with every family, is frozen: nobody calls."""


@dataclass(frozen=True, slots=True)
class FirstCall:
    """What is written of it. `hidden`: whether the caller's number was; `cleared`: whether the last number was erased.

    `thing` is the phone of the house that was used, none for a phone of their own.
    """

    outcome: Outcome
    who: str = ""
    relation: Relation = Relation.OTHER
    thing: HousePhone | None = None
    hidden: bool | None = None
    cleared: bool = False
    interval_hours: int | None = None
    words: str = ""


def first_call(*, by: Actor, person: Person, told: FirstCall, once: uuid.UUID | None = None) -> WatchCard | None:
    """Write down that the call was offered, and the card of who was called. No card if none was wanted.

    `StandsStill` if there was a call although contact is frozen, `phones.NotToLend` if the phone was not ready:
    nothing is written then.
    """
    require(by, Act.ADD_RELATIVE, person.subject)
    with transaction.atomic():
        sent.claim(once)
        note(by, Act.ADD_RELATIVE, person.subject, reason="first_call")
        CallOffer.objects.get_or_create(person=person, defaults={"offered_on": clock.today()})
        if told.outcome in NOBODY_CALLED:
            return None
        if is_frozen(person.pk, site=by.site):
            raise StandsStill
        if told.thing is not None:
            phones.used(told.thing, person, cleared=told.cleared)
        return add_relative(by=by, person=person, content=_card(told, by))


def _card(told: FirstCall, by: Actor) -> Relative:
    now, how = clock.now(), HEARD.get(told.outcome)
    event = Contact(
        at=now,
        kind=ContactKind.NO_ANSWER if how is None else ContactKind.HEARD,
        channel=Channel.VOICE,
        how=how or How.UNKNOWN,
        note=told.words,
        by=by.user,
        hidden=told.hidden,
    )
    return Relative(
        who=told.who,
        relation=told.relation,
        last_heard_at=None if how is None else now,
        last_channel=Channel.UNKNOWN if how is None else Channel.VOICE,
        how=how or How.UNKNOWN,
        note=told.words,
        interval_hours=told.interval_hours,
        next_call_at=now + TRY_AGAIN if how is None else None,
        history=(event,),
    )
