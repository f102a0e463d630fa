"""Reads: who is in, out or missing tonight, by room and number; how far the roll call is. No name is read here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people.models import Person
from posada.records.models import Hidden
from posada.shelter.models import Absence, Belongings, ChildException, NightRules, RollCall, RollMark, Stay
from posada.shelter.queries.beds import arrivals_without_bed
from posada.shelter.rules import tonight as rules
from posada.shelter.rules.tonight import Presence

NO_ROOM = 0  # the place of those who have no bed yet, in addresses


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody who belongs to the house tonight: by number and bed."""

    person: Person
    room: int
    room_name: str
    bed: int | None
    presence: Presence
    since: date | None = None
    back_on: date | None = None

    @property
    def number(self) -> int:
        """The number on their card."""
        return self.person.number


@dataclass(frozen=True, slots=True)
class RoomTonight:
    """One room with those who belong to it; `name` is empty for those without a bed."""

    place: int
    name: str
    people: tuple[Here, ...]

    @property
    def out(self) -> int:
        """How many said that they are out."""
        return sum(one.presence is Presence.OUT for one in self.people)

    @property
    def missing(self) -> int:
        """How many did not come back."""
        return sum(one.presence is Presence.MISSING for one in self.people)


def night_rules(site: int) -> NightRules:
    """What the house decided, or what we propose as long as it decided nothing."""
    return NightRules.objects.filter(site_id=site).first() or NightRules(site_id=site)


def rooms_tonight(actor: Actor) -> tuple[RoomTonight, ...]:
    """Everybody who belongs to the house, room by room, and last who waits for a bed: nobody is left out."""
    today = clock.today()
    absent = {row.person_id: row for row in Absence.objects.visible_to(actor)}
    stays = Stay.objects.visible_to(actor).open().exclude(person_id__in=Hidden.all())
    rows = stays.select_related("person", "bed__room").order_by("bed__room__position", "bed__number")
    held = [_here(stay.person, stay, absent.get(stay.person_id), today) for stay in rows]
    waiting = [_here(person, None, absent.get(person.pk), today) for person in arrivals_without_bed(actor)]
    return tuple(
        RoomTonight(place, people[0].room_name, people)
        for place, people in (
            (key, tuple(group)) for key, group in groupby([*held, *waiting], key=lambda one: one.room)
        )
    )


def _here(person: Person, stay: Stay | None, row: Absence | None, today: date) -> Here:
    gone = row.gone if row else None
    return Here(
        person,
        stay.bed.room.position if stay else NO_ROOM,
        stay.bed.room.name if stay else "",
        stay.bed.number if stay else None,
        rules.presence(gone, today),
        rules.missing_since(gone) if gone else None,
        gone.back_on if gone else None,
    )


def everybody(rooms: Iterable[RoomTonight]) -> tuple[Here, ...]:
    """All of all rooms."""
    return tuple(one for room in rooms for one in room.people)


def roll_open(actor: Actor) -> RollCall | None:
    """The roll call that goes on, or none. One of an earlier day goes on, too, until somebody begins anew."""
    return RollCall.objects.filter(site_id=actor.site, is_finished=False).first()


def roll_last(actor: Actor) -> RollCall | None:
    """The last roll call that was finished."""
    return RollCall.objects.filter(site_id=actor.site, is_finished=True).order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a roll call is: what was pressed, who is still to be looked at, and in which room first."""

    rooms: tuple[RoomTonight, ...]
    marks: dict[object, bool]

    def open_in(self, room: RoomTonight) -> int:
        """How many of a room were not looked at yet."""
        return sum(one.person.pk not in self.marks for one in room.people)

    @property
    def left(self) -> int:
        """How many were not looked at yet, in the whole house."""
        return sum(self.open_in(room) for room in self.rooms)

    @property
    def next_room(self) -> RoomTonight | None:
        """The first room in which somebody was not looked at."""
        return next((room for room in self.rooms if self.open_in(room)), None)

    @property
    def not_here(self) -> tuple[Here, ...]:
        """Who was not found, without those who said that they are out."""
        people = everybody(self.rooms)
        return tuple(one for one in people if self.marks.get(one.person.pk) is False and one.presence != Presence.OUT)


def roll_progress(actor: Actor, call: RollCall) -> Progress:
    """The rooms of tonight beside what was pressed so far."""
    marks: dict[object, bool] = dict(RollMark.objects.filter(call=call).values_list("person", "here"))
    return Progress(rooms_tonight(actor), marks)


@dataclass(frozen=True, slots=True)
class AwayLine:
    """Somebody who did not come back: since when, how many nights, and from when the bed may be freed."""

    number: int
    since: date
    nights: int
    frees_on: date
    may_free: bool
    is_told: bool


def away_lines(actor: Actor) -> list[AwayLine]:
    """Who is missing and has a bed, the longest first."""
    today, nights = clock.today(), night_rules(actor.site).out_nights
    rows = Absence.objects.visible_to(actor).filter(person__stays__until_on__isnull=True, person__stays__isnull=False)
    lines = [
        AwayLine(
            row.person.number,
            rules.missing_since(row.gone),
            rules.nights_away(row.gone, today),
            rules.frees_on(row.gone, nights),
            rules.may_free(row.gone, today, nights),
            rules.is_told_before(row.gone, today, nights),
        )
        for row in rows.select_related("person").distinct()
        if rules.presence(row.gone, today) is Presence.MISSING
    ]
    return sorted(lines, key=lambda line: (line.since, line.number))


def exceptions_open(actor: Actor) -> list[ChildException]:
    """The children who sleep among unrelated adults by an exception that nobody ended, its last day first."""
    rows = ChildException.objects.visible_to(actor).open().select_related("person", "room")
    return list(rows.order_by("until_on", "person__number"))


def belongings_kept(actor: Actor) -> list[Belongings]:
    """The bags that lie here, those to be asked about first."""
    rows = Belongings.objects.filter(site_id=actor.site).exclude(person_id__in=Hidden.all())
    return list(rows.select_related("person").order_by("until_on", "tag"))
