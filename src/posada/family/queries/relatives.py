"""My people: the cards of a resident, and the silences that wait on Today."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from posada.accounts.acts import Act, Role
from posada.accounts.models import Assignment, Membership
from posada.accounts.permissions import Actor
from posada.accounts.queries import assigned_subjects
from posada.family.models import Message, Relative, WatchCard
from posada.family.queries.freezing import frozen_of, is_frozen
from posada.family.rules.calling import Reach, Why, from_when, may_reach
from posada.family.rules.messages import TO_SEND
from posada.family.rules.silence import NEAR, Silence, Urgency, Watch, silence, words
from posada.ground import clock
from posada.people.models import Person, Source
from posada.records.door import Reason, open_records
from posada.records.models import Hidden

AT_ANY_TIME = Reach(Why.YES)
NO_YEAR = 9999  # that of `services.keeping.NO_HOUR`


@dataclass(frozen=True, slots=True)
class SilentCard:
    """A silence for Today, from clear columns alone: nobody's record is opened to show it.

    `reach` says whether they may be called now; `step_due` that the day of a planned step has come.
    """

    number: int
    card: uuid.UUID
    silence: Silence
    reach: Reach = AT_ANY_TIME
    step_due: bool = False

    @property
    def is_past(self) -> bool:
        """Whether it is past its time, and not only near it."""
        return self.silence.is_past

    @property
    def call_now(self) -> bool:
        """Whether a call is offered now. What worries is read and checked first, whatever the hour."""
        return self.reach.may and self.silence.urgency is Urgency.SILENT

    def calling(self, now: datetime) -> str:
        """Whether to call, in two words: 'may be called now', 'not before 19:00', 'frozen'; empty if no call is due."""
        if self.reach.why is Why.FROZEN:
            return _("frozen")
        if self.silence.urgency not in {Urgency.SILENT, Urgency.DUE}:
            return ""
        if self.reach.not_before is not None:
            return _("not before %(at)s") % {"at": from_when(self.reach, now=now, zone=clock.house_zone())}
        if not self.reach.may:
            return _("look at the safe hours first")
        return _("may be called now") if self.call_now else ""

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
    reach: Reach = AT_ANY_TIME


@dataclass(frozen=True, slots=True)
class Watched:
    """One resident of a caseworker: how many relatives, and how the most urgent of them stands, from clear columns."""

    number: int
    count: int
    worst: SilentCard | None
    frozen: bool

    @property
    def order(self) -> tuple[int, float, int]:
        """What worries most comes first; then the longest silence."""
        if self.worst is None:
            return (len(Urgency), 0.0, self.number)
        return (self.worst.silence.urgency, -self.worst.silence.past.total_seconds(), self.number)


def _own_cards(actor: Actor) -> QuerySet[WatchCard]:
    rows = WatchCard.objects.visible_to(actor).select_related("resident", "record")
    return rows.filter(resident_id__in=assigned_subjects(actor)) if actor.user is not None else rows


def _waiting(actor: Actor, now: datetime) -> QuerySet[WatchCard]:
    """The cards that worry, are silent or due within half a day, or whose planned step has come."""
    is_due = Q(silent_from__lte=now + NEAR) | Q(step_on__lte=timezone.localdate(now))
    return _own_cards(actor).exclude(state=Watch.STOPPED).filter(is_due | Q(state=Watch.WORRYING))


def outdated(actor: Actor, now: datetime) -> list[WatchCard]:
    """The cards on this user's Today whose stretch is over, for a call or a message: the next is to be worked out."""
    if not actor.may(Act.READ_KIN):
        return []
    over = _own_cards(actor).exclude(state=Watch.STOPPED).filter(reach_until__lte=now)
    waits = Q(pk__in=_waiting(actor, now).filter(state=Watch.WATCHED).values("pk"))
    writes = Q(pk__in=Message.objects.filter(site_id=actor.site, state__in=TO_SEND).values("card"))
    return list(over.filter(waits | writes))


def silences(actor: Actor, now: datetime) -> list[SilentCard]:
    """Cards that worry, are silent too long, due within half a day or with a step planned for today, of this user's
    residents; worst first.
    """
    if not actor.may(Act.READ_KIN):
        return []
    rows = list(_waiting(actor, now))
    frozen = frozen_of([row.resident_id for row in rows], site=actor.site)
    found = [_from_columns(row, now, frozen=row.resident_id in frozen) for row in rows]
    return sorted(found, key=lambda one: (one.silence.urgency, -one.silence.past.total_seconds()))


def seen_by_nobody(actor: Actor, now: datetime) -> list[int]:
    """The numbers of the residents whose relatives are silent too long or worry, and whom no caseworker accompanies.

    For whoever entrusts files: a silence that rises on nobody's Today is heard by nobody. Nothing is opened.
    """
    if not actor.may(Act.ENTRUST):
        return []
    workers = Membership.objects.filter(site_id=actor.site, role=Role.CASEWORKER.value, user__is_active=True)
    held = Assignment.objects.filter(user_id__in=workers.values("user_id")).values("subject")
    rows = WatchCard.objects.visible_to(actor).exclude(state=Watch.STOPPED).exclude(resident_id__in=held)
    rows = rows.exclude(resident_id__in=Hidden.all()).filter(Q(silent_from__lte=now) | Q(state=Watch.WORRYING))
    return sorted(set(rows.values_list("resident__number", flat=True)))


def _from_columns(row: WatchCard, now: datetime, *, frozen: bool) -> SilentCard:
    days = (timezone.localdate(now) - row.unheard_on).days if row.unheard_on else None
    found = silence(state=row.watch, unheard_since=None, silent_from=row.silent_from, now=now, days=days)
    if found.urgency is Urgency.UNKNOWN and row.unheard_on:
        found = replace(found, urgency=Urgency.QUIET)
    step_due = row.step_on is not None and row.step_on <= timezone.localdate(now)
    return SilentCard(row.resident.number, row.pk, found, _reach_from_columns(row, now, frozen=frozen), step_due)


def _reach_from_columns(row: WatchCard, now: datetime, *, frozen: bool) -> Reach:
    """What the columns know of the safe hours: never more than the card itself allows."""
    found = may_reach(state=row.watch, hours=None, frozen=frozen, now=now)
    if not found.may or row.reach_from is None:
        return found
    if row.reach_from.year == NO_YEAR or (row.reach_until is not None and now >= row.reach_until):
        return Reach(Why.NEVER)
    return Reach(Why.HOURS, row.reach_from) if now < row.reach_from else found


def reach_of(row: WatchCard, content: Relative, now: datetime, *, frozen: bool | None = None) -> Reach:
    """Whether somebody may turn to this relative now: what every call, message and page asks first."""
    if frozen is None:
        frozen = is_frozen(row.resident_id, site=row.site_id)
    return may_reach(
        state=row.watch,
        hours=content.hours,
        frozen=frozen,
        now=now,
        again_from=content.again_from,
        alarmed=content.alarmed,
        withheld=content.hold or content.ended_on is not None,
    )


def opened(row: WatchCard, content: Relative, now: datetime, *, frozen: bool | None = None) -> OpenCard:
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
    return OpenCard(row, content, found, reach_of(row, content, now, frozen=frozen))


def cards_of(actor: Actor, person: Person, now: datetime) -> list[OpenCard]:
    """The cards of a resident, from worrying to quiet. Each opening is checked and written down."""
    rows = list(WatchCard.objects.visible_to(actor).filter(resident=person).select_related("record", "resident"))
    contents = open_records([row.record for row in rows], Relative, by=actor, reason=Reason.VIEW)
    by_record = {one.record: one.content for one in contents}
    frozen = is_frozen(person.pk, site=person.site_id)
    cards = [opened(row, by_record[row.record_id], now, frozen=frozen) for row in rows]
    return sorted(cards, key=lambda one: (one.silence.urgency, -one.silence.past.total_seconds(), one.content.who))


def card(actor: Actor, card_id: uuid.UUID) -> WatchCard | None:
    """One card of the actor's site."""
    rows = WatchCard.objects.visible_to(actor).select_related("record", "resident__identity")
    return rows.filter(pk=card_id).first()


def watched(actor: Actor, now: datetime) -> list[Watched]:
    """Each resident entrusted to this user, by number, the most urgent first: nobody's record is opened."""
    entrusted = Person.objects.visible_to(actor).filter(pk__in=assigned_subjects(actor), source=Source.HOUSE)
    people = dict(entrusted.values_list("pk", "number"))
    frozen = frozen_of(people, site=actor.site)
    cards: dict[uuid.UUID, list[SilentCard]] = defaultdict(list)
    for row in _own_cards(actor).filter(resident_id__in=people):
        cards[row.resident_id].append(_from_columns(row, now, frozen=row.resident_id in frozen))
    found = [
        Watched(number, len(cards[pk]), _worst(cards[pk]), pk in frozen)  # a resident without cards stands last
        for pk, number in people.items()
    ]
    return sorted(found, key=attrgetter("order"))


def _worst(cards: list[SilentCard]) -> SilentCard | None:
    return min(cards, key=lambda one: (one.silence.urgency, -one.silence.past.total_seconds()), default=None)
