"""My people: the cards of a resident, and the silences that wait on Today."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor
from posada.accounts.queries import assigned_subjects
from posada.family.models import Relative, WatchCard
from posada.family.rules.silence import NEAR, Silence, Watch, silence, words
from posada.people.models import Person
from posada.records.door import Reason, open_records


@dataclass(frozen=True, slots=True)
class SilentCard:
    """A silence for Today, from clear columns alone: nobody's record is opened to show it."""

    number: int
    card: uuid.UUID
    silence: Silence

    @property
    def is_past(self) -> bool:
        """Whether it is past its time, and not only near it."""
        return self.silence.is_past

    @property
    def words(self) -> str:
        """The badge's words: 'silence of 3 days'."""
        return words(self.silence)


@dataclass(frozen=True, slots=True)
class OpenCard:
    """A card as its reader sees it."""

    row: WatchCard
    content: Relative
    silence: Silence


def silences(actor: Actor, now: datetime) -> list[SilentCard]:
    """Cards that worry, are silent too long or due within half a day, of this user's residents; worst first."""
    if not actor.may(Act.READ_KIN):
        return []
    rows = WatchCard.objects.visible_to(actor).select_related("resident")
    if actor.user is not None:
        rows = rows.filter(resident_id__in=assigned_subjects(actor))
    due = rows.exclude(state=Watch.STOPPED.value).filter(silent_from__lte=now + NEAR) | rows.filter(
        state=Watch.WORRYING.value
    )
    found = [SilentCard(row.resident.number, row.pk, _from_columns(row, now)) for row in due]
    return sorted(found, key=lambda one: (one.silence.urgency, -one.silence.past.total_seconds()))


def _from_columns(row: WatchCard, now: datetime) -> Silence:
    days = (timezone.localdate(now) - row.unheard_on).days if row.unheard_on else None
    return silence(state=row.watch, unheard_since=None, silent_from=row.silent_from, now=now, days=days)


def opened(row: WatchCard, content: Relative, now: datetime) -> OpenCard:
    """A card with what its record says."""
    heard = content.last_heard_at
    found = silence(
        state=row.watch,
        unheard_since=heard,
        silent_from=row.silent_from,
        now=now,
        days=(timezone.localdate(now) - timezone.localdate(heard)).days if heard else None,
        next_call_at=content.next_call_at,
    )
    return OpenCard(row, content, found)


def cards_of(actor: Actor, person: Person, now: datetime) -> list[OpenCard]:
    """The cards of a resident, from worrying to quiet. Each opening is checked and written down."""
    rows = list(WatchCard.objects.visible_to(actor).filter(resident=person).select_related("record", "resident"))
    contents = open_records([row.record for row in rows], Relative, by=actor, reason=Reason.VIEW)
    by_record = {one.record: one.content for one in contents}
    cards = [opened(row, by_record[row.record_id], now) for row in rows]
    return sorted(cards, key=lambda one: (one.silence.urgency, -one.silence.past.total_seconds(), one.content.who))


def card(actor: Actor, card_id: uuid.UUID) -> WatchCard | None:
    """One card of the actor's site."""
    rows = WatchCard.objects.visible_to(actor).select_related("record", "resident__identity")
    return rows.filter(pk=card_id).first()
