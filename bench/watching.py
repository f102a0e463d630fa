"""The rehearsal *Watch*, imported once Django is set up: a caseworker works for months from what Today offers.

The clock is simulated; residents, relatives and what happens to them are drawn at random. What should have been raised
and what must never be offered is worked out here once more, from what was agreed and by nothing of the product but the
records' own fields: `Known` is the truth against which Today is held.
"""

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import msgspec

from posada.accounts import services as accounts
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, system_actor
from posada.desk import waiting
from posada.family import services
from posada.family.models import Channel, Check, Contact, ContactKind, How, Relative, WatchCard
from posada.family.queries.relatives import SilentCard, cards_of, silences
from posada.family.rules.kinship import Relation
from posada.family.rules.safe_hours import EVERY_DAY, SafeHours, Span
from posada.family.rules.silence import Urgency, Watch
from posada.ground import clock
from posada.people import services as people
from posada.people.models import Identity, Person, Sex

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LOOKS = timedelta(minutes=30)  # how often somebody looks at Today
STARTS = datetime(2019, 2, 15, 5, tzinfo=UTC)  # clocks change in these weeks on both sides of the equator
ZONES = ("America/Caracas", "America/Bogota", "America/New_York", "Europe/Madrid", "America/Santiago", "Asia/Kathmandu")
INTERVALS = (None, 12, 24, 24, 48, 48, 72, 120, 168)
ON_DUTY = range(6, 23)
CALLS = 4  # in half an hour
WORDS = "La masa quedó buena"


@dataclass
class Known:
    """The truth of one relative: what was agreed, when there was news, what was asked for."""

    card: uuid.UUID
    resident: uuid.UUID
    interval: int | None
    hours: SafeHours | None
    since: datetime
    next_call: datetime | None = None
    stopped: bool = False
    worrying: bool = False
    alarmed: bool = False
    tried: list[datetime] = field(default_factory=list)
    seen_for: datetime | None = None
    watched_from: datetime = STARTS

    @property
    def due(self) -> datetime | None:
        """When the silence begins."""
        ends = [self.since + timedelta(hours=self.interval)] if self.interval else []
        return min([*ends, *([self.next_call] if self.next_call else [])], default=None)

    def is_safe(self, moment: datetime) -> bool:
        """Whether the wall clock there shows an agreed hour, read off as a person would."""
        if self.hours is None:
            return True
        there = moment.astimezone(ZoneInfo(self.hours.zone))
        hour, day, before = there.time(), there.weekday(), (there.weekday() - 1) % 7
        for span in self.hours.spans:
            if span.begins < span.until and day in span.days and span.begins <= hour < span.until:
                return True
            if span.begins > span.until and (
                (day in span.days and hour >= span.begins) or (before in span.days and hour < span.until)
            ):
                return True
        return False

    def tried_lately(self, moment: datetime) -> bool:
        """Whether a call went unanswered so shortly before that the next one would be harassment."""
        if not self.tried:
            return False
        return moment - self.tried[-1] < (DAY if len(self.tried) >= 3 else 4 * HOUR)


@dataclass
class Result:
    """What was measured. `control_*`: what the same eyes find on a watch with that fault."""

    looks: int = 0
    silences: int = 0
    worst: timedelta = timedelta(0)
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def faults(self) -> int:
        """Everything that must be nought."""
        return sum(count for name, count in self.counts.items() if name.startswith("fault"))


class Rehearsal:
    """One house, one caseworker, so many residents and relatives, and the weeks that pass."""

    def __init__(self, site: Site, user: User, actor: Actor, seed: int) -> None:
        self.site, self.user, self.actor = site, user, actor
        self.house = system_actor(site.pk)
        self.chance = Random(seed)
        self.now = STARTS
        self.persons: dict[uuid.UUID, Person] = {}
        self.known: dict[uuid.UUID, Known] = {}
        self.frozen: set[uuid.UUID] = set()
        self.house_frozen = False
        self.result = Result()
        self._behind: tuple[datetime, set[uuid.UUID]] = (STARTS, set())

    def set_clock(self, moment: datetime) -> None:
        """Let the product's clock read this moment, without what the machine took meanwhile."""
        machine = datetime(2000, 1, 1, tzinfo=UTC)
        clock.start_at(machine, since=machine)
        clock.start_at(moment, since=clock.now())
        self.now = moment

    def fill(self, residents: int, relatives: int) -> None:
        """So many residents, and as many cards among them."""
        self.set_clock(STARTS)
        for place in range(residents):
            identity = Identity(given_names=f"Persona {place}", surnames="Ensayo", sex=Sex.FEMALE, birth="1980")
            person = people.register_person(by=self.house, identity=identity)
            accounts.assign(user_id=self.user.pk, site_id=self.site.pk, subject=person.pk)
            self.persons[person.pk] = person
        for place in range(relatives):
            self._add(list(self.persons.values())[place % residents], place)

    def _add(self, person: Person, place: int) -> None:
        chance = self.chance
        heard = None if chance.random() < 0.2 else self.now - timedelta(hours=chance.uniform(0, 100))
        content = Relative(
            who=f"F. {place}",
            relation=chance.choice(list(Relation)),
            last_heard_at=heard,
            interval_hours=chance.choice(INTERVALS),
            agreed_words=chance.choice(("", WORDS)),
            hours=self._hours(),
        )
        card = services.add_relative(by=self.actor, person=person, content=content)
        interval, since = content.interval_hours, heard or self.now
        self.known[card.pk] = Known(card.pk, person.pk, interval, content.hours, since)

    def _hours(self) -> SafeHours | None:
        chance = self.chance
        if chance.random() < 0.3:
            return None
        days = EVERY_DAY if chance.random() < 0.7 else tuple(sorted(chance.sample(range(7), chance.randint(1, 5))))
        spans = []
        for _span in range(chance.choice((1, 1, 2))):
            begins = time(chance.randrange(24), chance.choice((0, 0, 15, 30, 50)))
            length = chance.choice((45, 60, 90, 120, 600))
            until = (datetime.combine(STARTS, begins) + timedelta(minutes=length)).time()
            spans.append(Span(begins, until, days))
        return SafeHours(chance.choice(ZONES), tuple(spans))

    def run(self, days: int) -> Result:
        """Let the days pass; at each look the world moves, Today is read and held against the truth, and is worked."""
        while self.now < STARTS + days * DAY:
            self.set_clock(self.now + LOOKS)
            self._world()
            services.renew_stretches(self.actor)
            rows = {row.card: row for row in silences(self.actor, clock.now())}
            self._hold_against_truth(rows)
            if self.now.hour == 18 and self.now.minute == 0:
                self._read_today(rows)
                self._open_cards()
            if self.now.astimezone(clock.house_zone()).hour in ON_DUTY:
                self._work(rows)
            self.result.looks += 1
        return self.result

    def _is_frozen(self, one: Known) -> bool:
        return self.house_frozen or one.resident in self.frozen

    # What happens in the world

    def _world(self) -> None:
        chance = self.chance
        if chance.random() < 0.02:
            self._freeze_or_lift(chance.choice(list(self.persons.values())))
        if chance.random() < 0.0008:
            (services.lift_house if self.house_frozen else services.freeze_house)(by=self.house)
            self.house_frozen = not self.house_frozen
        for one in chance.sample(list(self.known.values()), min(3, len(self.known))):
            self._happens(one, chance.random())

    def _freeze_or_lift(self, person: Person) -> None:
        if person.pk in self.frozen:
            services.lift(by=self.actor, person=person)
        else:
            services.freeze(by=self.actor, person=person)
        self.frozen ^= {person.pk}

    def _happens(self, one: Known, turn: float) -> None:
        if one.stopped:
            if turn < 0.05:
                services.resume(by=self.actor, card=self._row(one))
                one.stopped, one.worrying, one.watched_from = False, one.alarmed, self.now
        elif turn < 0.006:
            services.stop(by=self.actor, card=self._row(one))
            one.stopped = True
        elif turn < 0.012:
            self._note(one, ContactKind.WORRYING)
        elif turn < 0.02:
            self._note(one, ContactKind.HEARD, check=Check.ALARM)
        elif turn < 0.05:
            self._note(one, ContactKind.HEARD, check=self.chance.choice(list(Check)[:3]))
        elif turn < 0.08:
            self._plan(one)

    def _plan(self, one: Known) -> None:
        """A next call at a safe hour, some days ahead."""
        begins = self.now.replace(minute=0) + timedelta(hours=self.chance.randint(20, 90))
        ahead = (begins + timedelta(minutes=15 * step) for step in range(4 * 24 * 8))
        at = next((moment for moment in ahead if one.is_safe(moment)), None)
        row = self._row(one)
        content = self._content(row)
        changed = msgspec.structs.replace(content, next_call_at=at)
        services.change_agreement(by=self.actor, card=row, content=changed, expected=row.record.version)
        one.next_call, one.seen_for, one.watched_from = at, None, self.now

    def _row(self, one: Known) -> WatchCard:
        return WatchCard.objects.select_related("record", "resident").get(pk=one.card)

    def _content(self, row: WatchCard) -> Relative:
        cards = cards_of(self.actor, row.resident, clock.now())
        return next(card.content for card in cards if card.row.pk == row.pk)

    def _note(self, one: Known, kind: ContactKind, check: Check = Check.NOT_ASKED) -> None:
        event: Contact = services.told(kind, Channel.VOICE, How.UNKNOWN, check=check)
        card = services.record_contact(by=self.actor, card=self._row(one), event=event)
        if kind is ContactKind.WORRYING or check is Check.ALARM:
            one.worrying = True
            one.alarmed = one.alarmed or check is Check.ALARM
        elif kind is ContactKind.HEARD:
            one.since, one.tried, one.seen_for = event.at, [], None
            if one.next_call and one.next_call <= event.at:
                one.next_call = None
            one.worrying = card.watch is Watch.WORRYING
        elif kind is ContactKind.NO_ANSWER:
            self.result.counts["fault: called again too soon"] += one.tried_lately(self.now)
            one.tried.append(event.at)

    # What Today says, against the truth

    def _hold_against_truth(self, rows: dict[uuid.UUID, SilentCard]) -> None:
        for one in self.known.values():
            row = rows.get(one.card)
            self._raised(one, row)
            self._offered(one, row)

    def _raised(self, one: Known, row: SilentCard | None) -> None:
        counts, due = self.result.counts, one.due
        is_past = row is not None and row.is_past
        if one.stopped:
            counts["fault: raised after a stop"] += row is not None
            return
        counts["fault: a worry not raised"] += one.worrying and not is_past
        is_silent = row is not None and row.silence.urgency is Urgency.SILENT
        counts["fault: raised though nothing was agreed"] += due is None and is_silent
        if due is None:
            return
        counts["fault: raised more than an hour early"] += is_silent and self.now < due - HOUR
        if self.now < due:
            return
        begins = max(due, one.watched_from)
        counts["fault: silent and not on Today an hour later"] += not is_past and self.now - begins >= HOUR
        if is_past and one.seen_for != due:
            one.seen_for = due
            self.result.silences += 1
            self.result.worst = max(self.result.worst, self.now - begins)
            counts["control: raised a day later"] += one.card not in self._a_day_late()

    def _a_day_late(self) -> set[uuid.UUID]:
        """What a watch that runs a day behind would have raised by now."""
        if self._behind[0] != self.now:
            late = {row.card for row in silences(self.actor, self.now - DAY) if row.is_past}
            self._behind = (self.now, late)
        return self._behind[1]

    def _offered(self, one: Known, row: SilentCard | None) -> None:
        counts = self.result.counts
        due = one.due
        would = due is not None and self.now >= due  # a watch that knows of nothing but silences offers it now
        for name, is_wrong in self._wrong_now(one).items():
            counts[f"fault: offered {name}"] += is_wrong and row is not None and row.call_now
            counts[f"control: offered {name}"] += is_wrong and would
        counts["offers"] += row is not None and row.call_now

    def _wrong_now(self, one: Known) -> dict[str, bool]:
        return {
            "outside the safe hours": not one.is_safe(self.now),
            "after a stop": one.stopped,
            "while frozen": self._is_frozen(one),
            "after the words of alarm": one.alarmed,
            "soon after a call without an answer": one.tried_lately(self.now),
        }

    def _read_today(self, rows: dict[uuid.UUID, SilentCard]) -> None:
        """Once a day the page itself: a line for each row that is past its time."""
        lines = [task for task in waiting.tasks_for(self.actor) if "/family/" in task.act.url]
        past = sum(row.is_past for row in rows.values())
        self.result.counts["fault: a silence without its line on Today"] += len(lines) < past
        self.result.counts["lines read on Today"] += len(lines)

    def _open_cards(self) -> None:
        """Once a day the cards of some residents: what each says of calling, against the truth."""
        for person in self.chance.sample(list(self.persons.values()), min(5, len(self.persons))):
            for card in cards_of(self.actor, person, clock.now()):
                one = self.known[card.row.pk]
                is_wrong = any(self._wrong_now(one).values())
                self.result.counts["fault: a card offers what is wrong"] += card.reach.may and is_wrong
                self.result.counts["fault: a card refuses what is right"] += not card.reach.may and not is_wrong
                self.result.counts["cards opened"] += 1

    # What the caseworker does with it

    def _work(self, rows: dict[uuid.UUID, SilentCard]) -> None:
        """Half an hour's work: the first calls that Today offers, and some of the worries."""
        for row in [row for row in rows.values() if row.call_now][:CALLS]:
            self._call(self.known[row.card])
        for row in rows.values():
            if row.silence.urgency is Urgency.WORRYING and self.chance.random() < 0.02:
                self._talk_over(self.known[row.card])

    def _call(self, one: Known) -> None:
        self.result.counts["calls made"] += 1
        turn = self.chance.random()
        if turn < 0.35:
            self._note(one, ContactKind.NO_ANSWER)
        elif turn < 0.38:
            self._note(one, ContactKind.HEARD, check=Check.ALARM)
        else:
            self._note(one, ContactKind.HEARD, check=self.chance.choice((Check.SAID, Check.NOT_ASKED, Check.NOT_SAID)))

    def _talk_over(self, one: Known) -> None:
        """An alarm is talked over with the resident; a checked voice then ends the worry."""
        if one.alarmed:
            services.talk_over(by=self.actor, card=self._row(one))
            one.alarmed = False
        elif one.is_safe(self.now) and not self._is_frozen(one):
            self._note(one, ContactKind.HEARD, check=Check.SAID)
