"""Write a relative's card: locked, checked to be the one that was seen, with the clear columns that follow from it.

Slots that lie ahead and a page that waits follow the card in the same transaction.
"""

import math
from datetime import UTC, datetime, time

import msgspec
from django.conf import settings

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.audit import services as audit
from posada.family.models import CallSlot, How, PageState, Relative, RelativePage, SlotState, WatchCard
from posada.family.queries.pages import page_alarm
from posada.family.queries.relatives import reach_of
from posada.family.rules import silence, slots
from posada.family.rules.safe_hours import Window
from posada.family.rules.silence import Watch
from posada.family.services.pages import end_page
from posada.ground import clock
from posada.records import services as records
from posada.records.services import Stale

QUARTER = 15 * 60
NO_HOUR = datetime(9999, 1, 1, tzinfo=UTC)  # the safe hours name no hour that ever comes
_TRIES = 3  # stretches looked at for one that holds a whole quarter of an hour


def locked(card: WatchCard) -> WatchCard:
    """The card as it stands, locked until the transaction ends."""
    return WatchCard.objects.select_for_update(of=("self",)).select_related("record", "resident").get(pk=card.pk)


def held_card(card: WatchCard, seen: int | None = None) -> WatchCard:
    """The card as it stands, locked for a change. `Stale` if somebody else changed it since it was read or `seen`."""
    held = locked(card)
    if held.sequence != card.sequence or (seen is not None and held.sequence != seen):
        raise Stale
    return held


def write_card(card: WatchCard, content: Relative, *, by: Actor, expected: int) -> WatchCard:
    """What the card says now, with its columns; `Stale` if its record is no longer version `expected`."""
    card.record = records.revise(card.record, content, by=by, act=Act.UPDATE_KIN, expected=expected)
    set_times(card, content, now=clock.now())
    card.sequence += 1
    card.save()
    _hold_slots_back(card, content)
    _close_pages(card, content)
    return card


def _hold_slots_back(card: WatchCard, content: Relative) -> None:
    """A slot that was given says "do not call" once its relative may not be reached then, and no more once they may.

    Of one that has begun, the call without an answer may be its own: it does not speak against it.
    """
    for slot in CallSlot.objects.filter(card=card, state=SlotState.GIVEN, day__gte=clock.today()):
        has_begun = slot.starts <= clock.now()
        seen = msgspec.structs.replace(content, history=()) if has_begun else content
        reached = [reach_of(card, seen, moment, frozen=False).may for moment in slots.moments_of(slot.starts)]
        if slot.held_back == all(reached):
            slot.held_back = not all(reached)
            slot.save(update_fields=["held_back"])


def _close_pages(card: WatchCard, content: Relative) -> None:
    """A page that waits is closed once none could be made: words of alarm, danger, the State that was fled."""
    alarm = page_alarm(card, content)
    if not (alarm.heard_duress or alarm.is_in_danger or content.country in settings.FLED_FROM):
        return
    for page in RelativePage.objects.select_for_update(of=("self",)).filter(card=card, state=PageState.WAITING):
        end_page(page, PageState.CLOSED)
        reason = f"page:{PageState.CLOSED.value}"
        audit.write(audit.Event(act=Act.OPEN_PAGE, role="system", site=card.site_id, reason=reason))


def set_times(card: WatchCard, content: Relative, *, now: datetime) -> None:
    """Fill the clear columns, to the hour; empty where nothing was agreed or contact was stopped.

    Who was never heard is silent from when the card was made, and no later press puts that off. Somebody
    who was in danger when last heard, or said the words of alarm, worries whatever was agreed.
    """
    if (content.how is How.IN_DANGER or content.alarmed) and card.watch is Watch.WATCHED:
        card.state = Watch.WORRYING.value
    heard = content.last_heard_at
    card.unheard_on = card.silent_from = card.reach_from = card.reach_until = card.step_on = None
    if card.watch is Watch.STOPPED or content.ended_on is not None:
        return
    since = heard or content.added_at or _made(card)
    card.silent_from = silence.rises_at(since, content.interval_hours, content.next_call_at)
    card.step_on = content.next_step_on
    card.reach_from, card.reach_until = reach_columns(content, now)
    if heard and (card.silent_from or card.step_on):
        card.unheard_on = heard.astimezone(clock.house_zone()).date()


def _made(card: WatchCard) -> datetime:
    """When a card was made that does not say so itself: the beginning of its day."""
    return datetime.combine(card.record.registered_on or clock.today(), time(0), clock.house_zone())


def reach_columns(content: Relative, now: datetime) -> tuple[datetime | None, datetime | None]:
    """The next stretch in which they may be called, cut inwards to quarters of an hour: what Today may know.

    Both empty: at any time. Without an end: from then on at any time. Held back (`hold`), or after the words of
    alarm: no hour at all.
    """
    if content.hold or content.alarmed:
        return NO_HOUR, NO_HOUR
    again = content.again_from
    waits = again if again and again > now else None
    if not (content.hours and content.hours.spans):
        return (_cut_up(waits), None) if waits else (None, None)
    earliest = waits or now
    for _time in range(_TRIES):
        found = content.hours.window_at(earliest)
        if found is None:
            break
        begins, until = _whole_quarters(found, waits)
        if begins < until and until > now:
            return begins, until
        earliest = found.until
    return NO_HOUR, NO_HOUR


def _whole_quarters(found: Window, waits: datetime | None) -> tuple[datetime, datetime]:
    begins = max(found.begins, waits) if waits else found.begins
    end = found.until.timestamp()
    return _cut_up(begins), datetime.fromtimestamp(end - end % QUARTER, UTC)


def _cut_up(moment: datetime) -> datetime:
    return datetime.fromtimestamp(math.ceil(moment.timestamp() / QUARTER) * QUARTER, UTC)
