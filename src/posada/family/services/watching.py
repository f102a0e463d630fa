"""What is done around a silence: steps ticked, the next one planned, an alarm talked over; stretches kept current."""

import uuid
from collections.abc import Iterable
from datetime import date

import msgspec
from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require, system_actor
from posada.family.models import Relative, WatchCard
from posada.family.queries.relatives import outdated
from posada.family.rules.advice import Todo
from posada.family.services.keeping import held_card, reach_columns, write_card
from posada.ground import clock
from posada.records import once as sent
from posada.records.door import Reason, open_record, open_records


def note_steps(
    *,
    by: Actor,
    card: WatchCard,
    done: Iterable[Todo],
    next_step: str = "",
    next_step_on: date | None = None,
    once: uuid.UUID | None = None,
    seen: int | None = None,
) -> WatchCard:
    """Keep which steps were done, what comes next and on which day; that day brings the card to Today."""
    require(by, Act.UPDATE_KIN, card.subject)
    with transaction.atomic():
        sent.claim(once, card.pk)
        held = held_card(card, seen)
        content = open_record(held.record, Relative, by=by, reason=Reason.FOLLOW_UP)
        ticked = tuple(one for one in Todo if one in set(done))
        changed = msgspec.structs.replace(content, done=ticked, next_step=next_step, next_step_on=next_step_on)
        return write_card(held, changed, by=by, expected=held.record.version)


def talk_over(*, by: Actor, card: WatchCard, seen: int | None = None) -> WatchCard:
    """The alarm was talked over with the resident: they may be reached again. The card still worries."""
    require(by, Act.UPDATE_KIN, card.subject)
    with transaction.atomic():
        held = held_card(card, seen)
        content = open_record(held.record, Relative, by=by, reason=Reason.FOLLOW_UP)
        changed = msgspec.structs.replace(content, alarmed=False)
        return write_card(held, changed, by=by, expected=held.record.version)


def renew_stretches(actor: Actor) -> None:
    """Bring up to date the stretches that ended, of the cards that wait on this user's Today: the house's own work.

    A card is opened for it at most once a stretch, and each opening stands in the audit as the house's.
    """
    now = clock.now()
    rows = outdated(actor, now)
    found = open_records([row.record for row in rows], Relative, by=system_actor(actor.site), reason=Reason.SYSTEM)
    contents = {one.record: one.content for one in found}
    for row in rows:
        begins, until = reach_columns(contents[row.record_id], now)
        as_read = WatchCard.objects.filter(pk=row.pk, sequence=row.sequence)  # else a later press has set them
        as_read.update(reach_from=begins, reach_until=until)
