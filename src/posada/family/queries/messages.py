"""Messages: which wait, whether one may go now, and one of them."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.accounts.queries import assigned_subjects
from posada.family.models import Message, MessageLog, MessageQuerySet, MessageStep, Relative, WatchCard
from posada.family.queries.freezing import frozen_of, is_frozen
from posada.family.queries.relatives import NO_YEAR
from posada.family.rules.calling import Reach, again_from, may_reach
from posada.family.rules.messages import TO_SEND, UNDER_WAY, Direction, MessageState, Way
from posada.family.rules.silence import Watch
from posada.people.models import Person
from posada.records.door import Reason, open_record
from posada.shelter.models import Room


@dataclass(frozen=True, slots=True)
class WaitingMessage:
    """A message that waits, from clear columns alone. `may_now` is none where the columns do not tell."""

    row: Message
    number: int
    days: int
    is_old: bool
    may_now: bool | None

    @property
    def is_reply(self) -> bool:
        """Whether it came from the family."""
        return self.row.direction == Direction.IN


def log_of(actor: Actor, row: Message, *, reason: Reason) -> MessageLog:
    """How a message went so far; opening it is checked and written down."""
    return open_record(row.log, MessageLog, by=actor, reason=reason) if row.log else MessageLog()


def reach_of(
    row: WatchCard,
    content: Relative,
    now: datetime,
    *,
    way: Way | str = "",
    steps: tuple[MessageStep, ...] = (),
) -> Reach:
    """Whether something may go to this relative now. Paper rings at nobody's: it asks no hour, but all the rest."""
    failed = [step.at for step in steps if step.state is MessageState.FAILED]
    tried = [content.again_from, again_from(failed[-1], len(failed)) if failed else None]
    on_paper = way == Way.PAPER
    return may_reach(
        state=row.watch,
        hours=None if on_paper else content.hours,
        frozen=is_frozen(row.resident_id, site=row.site_id),
        now=now,
        again_from=None if on_paper else max((one for one in tried if one), default=None),
        alarmed=content.alarmed,
        withheld=content.hold or content.ended_on is not None,
    )


def _mine(actor: Actor) -> MessageQuerySet:
    rows = Message.objects.visible_to(actor).select_related("card__resident")
    if not actor.may(Act.SEND_MESSAGE):
        return rows.none()
    if actor.user is None:
        return rows
    return rows.filter(card__resident_id__in=assigned_subjects(actor))


def waiting(actor: Actor, now: datetime) -> list[WaitingMessage]:
    """What is to be sent, to be tried again, to be told or not known to have arrived; the oldest first."""
    states = [*UNDER_WAY, MessageState.NOTED]
    rows = list(_mine(actor).filter(state__in=states).order_by("written_on", "number"))
    frozen = frozen_of((row.card.resident_id for row in rows), site=actor.site)
    return [_seen(row, now, frozen=row.card.resident_id in frozen) for row in rows]


def _seen(row: Message, now: datetime, *, frozen: bool) -> WaitingMessage:
    days = (timezone.localdate(now) - (row.sent_on or row.written_on)).days
    is_old = row.direction == Direction.OUT and days >= settings.MESSAGE_DAYS
    return WaitingMessage(row, row.card.resident.number, days, is_old, _may_now(row, now, frozen=frozen))


def _may_now(row: Message, now: datetime, *, frozen: bool) -> bool | None:
    if row.stands not in TO_SEND:
        return False
    if frozen or row.card.watch is Watch.STOPPED:
        return False
    if row.way == Way.PAPER:
        return row.card.reach_from is None or row.card.reach_from.year != NO_YEAR  # no hour at all: held back
    return _within_hours(row.card, now)


def _within_hours(card: WatchCard, now: datetime) -> bool | None:
    """What the card's columns know of its safe hours: none once the stretch that they name is over."""
    if card.reach_from is None:
        return True
    if card.reach_until is not None and now >= card.reach_until:
        return None
    return now >= card.reach_from


def ended(actor: Actor, now: datetime) -> list[Message]:
    """What was delivered, read, told or given up in the last two weeks: how it went, no words."""
    since = timezone.localdate(now) - timedelta(days=14)
    rows = _mine(actor).exclude(state__in=[*UNDER_WAY, MessageState.NOTED])
    return list(rows.filter(ended_on__gte=since).order_by("-ended_on", "-number")[:50])


def messages_of(actor: Actor, card: WatchCard) -> list[Message]:
    """The messages of one card, the newest first."""
    return list(Message.objects.visible_to(actor).filter(card=card).order_by("-written_on", "-sequence", "number"))


def just_kept(actor: Actor, person: Person, kept: str) -> WatchCard | None:
    """The card of this resident that was kept a moment ago, so that the desk may write to the relative at once."""
    try:
        wanted = uuid.UUID(kept)
    except ValueError:
        return None
    return WatchCard.objects.visible_to(actor).filter(pk=wanted, resident=person).first()


def message(actor: Actor, message_id: uuid.UUID) -> Message | None:
    """One message of the actor's site."""
    rows = Message.objects.visible_to(actor).select_related("record", "log", "card__record", "card__resident__identity")
    return rows.filter(pk=message_id).first()


def house_names(site: int) -> tuple[str, ...]:
    """The names by which this house may be known: its own and those of its rooms, for the look at what endangers."""
    rooms = Room.objects.filter(site_id=site).values_list("name", flat=True)
    return (settings.SITE.name, *rooms)
