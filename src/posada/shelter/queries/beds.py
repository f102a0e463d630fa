"""Reads: the board, free beds, who waits. No name is read anywhere here."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from posada.accounts.permissions import Actor
from posada.people import matching
from posada.people.models import Person, Source
from posada.shelter.models import Bed, BedQuerySet, Room, Stay
from posada.shelter.rules.house import Blocked, RoomRule


class Mark(StrEnum):
    """What a bed of the board shows, without anybody's name or number."""

    FREE = "free"
    TAKEN = "taken"
    FAMILY = "family"
    OUT = "out"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class BedCell:
    """One bed of the board, or a mat."""

    number: int
    mark: Mark = Mark.FREE
    is_mat: bool = False
    why: str = ""
    is_shared: bool = False

    @property
    def taken(self) -> bool:
        """Whether somebody has it tonight: who is out keeps theirs."""
        return self.mark in {Mark.TAKEN, Mark.FAMILY, Mark.OUT}


@dataclass(frozen=True, slots=True)
class RoomBox:
    """One room of the board, with its beds in order."""

    name: str
    beds: tuple[BedCell, ...]
    rule: str = ""

    @property
    def free(self) -> int:
        """How many of its beds are free tonight."""
        return sum(bed.mark is Mark.FREE for bed in self.beds)


def board(actor: Actor) -> tuple[RoomBox, ...]:
    """Every room of the house with its beds, in the order in which somebody walks through it."""
    rows = Bed.objects.visible_to(actor).standing().with_board_marks().in_order()
    return boxes(rows)


def boxes(beds: BedQuerySet) -> tuple[RoomBox, ...]:
    """Beds in order, gathered by room; a bed without the board's annotations is free, unless it is blocked."""
    rooms = groupby(beds, key=lambda bed: bed.room)
    return tuple(RoomBox(room.name, tuple(map(_cell, held)), _rule(room)) for room, held in rooms)


def _rule(room: Room) -> str:
    return "" if room.rule == RoomRule.ANY else str(RoomRule(room.rule).label)


def _cell(bed: Bed) -> BedCell:
    many = getattr(bed, "sleepers", 0)
    why = str(Blocked(bed.blocked).label) if bed.blocked else ""
    return BedCell(bed.number, _mark(bed), bed.is_mat, why, many > 1)


def _mark(bed: Bed) -> Mark:
    if getattr(bed, "sleepers", 0):
        if getattr(bed, "is_out", False):
            return Mark.OUT
        return Mark.FAMILY if getattr(bed, "is_family", False) else Mark.TAKEN
    return Mark.BLOCKED if bed.blocked else Mark.FREE


def free_beds(actor: Actor) -> BedQuerySet:
    """The beds that are free tonight, in order."""
    return Bed.objects.visible_to(actor).free().in_order()


def stay_in(bed: Bed) -> Stay | None:
    """The open stay in this bed, or none."""
    return Stay.objects.open().filter(bed=bed).select_related("person").order_by("is_beside").first()


def bed_of(person: Person) -> Bed | None:
    """Where a person sleeps tonight, or none. Whoever shows it has checked Act.ASSIGN_BED."""
    stay = Stay.objects.open().filter(person=person).select_related("bed__room").first()
    return stay.bed if stay else None


def people_in_house(actor: Actor) -> int:
    """How many people have a bed here tonight."""
    return Stay.objects.visible_to(actor).open().count()


def arrivals_without_bed(actor: Actor) -> list[Person]:
    """Who was registered here and has had no bed yet: the longest wait first.

    They stay on the list until somebody gives them a bed or says what became of them; no day makes anybody vanish.
    Somebody who had a bed and left is no arrival: they do not wait.
    """
    rows = Person.objects.visible_to(actor).filter(source=Source.HOUSE, stays__isnull=True, wait_ended__isnull=True)
    return list(rows.order_by("registered_on", "household_id", "number"))


@dataclass(frozen=True, slots=True)
class Sleeper:
    """One line of the evacuation list: a bed (none for who waits for one), a number, and what the person is called."""

    bed: int | None
    number: int
    call_name: str


@dataclass(frozen=True, slots=True)
class RoomList:
    """The people of one room tonight, by bed; `name` is empty for those who have none yet."""

    name: str
    sleepers: tuple[Sleeper, ...]


def evacuation_list(actor: Actor) -> tuple[RoomList, ...]:
    """Who is in the house tonight, room by room, then who waits for a bed: numbers and call-names, never names.

    Written down with its count, and told to the manager and the auditor; no quota stops it. Raises `Refused`.
    """
    rows = Stay.objects.visible_to(actor).open().select_related("person", "bed__room")
    stays = list(rows.order_by("bed__room__position", "bed__number"))
    waiting = arrivals_without_bed(actor)
    called = matching.call_names(actor, [*(stay.person for stay in stays), *waiting])
    rooms = [
        RoomList(
            room.name,
            tuple(
                Sleeper(stay.bed.number, stay.person.number, called[stay.person_id])
                for stay in held
                if stay.person_id in called
            ),
        )
        for room, held in groupby(stays, key=lambda stay: stay.bed.room)
    ]
    without = tuple(Sleeper(None, one.number, called[one.pk]) for one in waiting if one.pk in called)
    return (*rooms, RoomList("", without)) if without else tuple(rooms)


def next_position(actor: Actor) -> int:
    """The place of the next room, counted from 1."""
    last = Room.objects.visible_to(actor).order_by("-position").values_list("position", flat=True).first()
    return (last or 0) + 1
