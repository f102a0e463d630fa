"""Who is in the house tonight and in which bed: whole households together, everybody else by chance."""

from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from random import Random

from .shapes import CLOCK, Person, Room, Stay

ROOMS = (
    Room("room-araguaney", "Araguaney", 16, "families", 610, "families"),
    Room("room-bucare", "Bucare", 16, "families", 580, "families"),
    Room("room-apamate", "Apamate", 16, "women", 585, "quiet"),
    Room("room-ceiba", "Ceiba", 20, "women", 720, "no_steps"),
    Room("room-saman", "Samán", 20, "men", 700),
    Room("room-guayacan", "Guayacán", 20, "men", 705, "early"),
)
PRESENT_SHARE = 90 / 2000
WITHOUT_BED = 6  # came this morning, and wait for a bed


def choose_present(people: list[Person], count: int, chance: Random) -> list[Person]:
    """The register with `present` set for so many, household by household: the others have gone on."""
    groups = [list(group) for _, group in groupby(people, key=lambda one: one.household or one.key)]
    order = list(range(len(groups)))
    chance.shuffle(order)
    this_morning = [at for at in order if groups[at][0].arrived_on == CLOCK.date()]
    chosen: set[int] = set()
    left = count
    for at in [*this_morning[:WITHOUT_BED], *order]:
        if at not in chosen and len(groups[at]) <= left:
            chosen.add(at)
            left -= len(groups[at])
    return [replace(one, present=at in chosen) for at, group in enumerate(groups) for one in group]


def make_beds(people: list[Person], chance: Random) -> tuple[Stay, ...]:
    """A bed for all who are present, but for the last few who came this morning."""
    present = [one for one in people if one.present]
    groups = [list(group) for _, group in groupby(present, key=lambda one: one.household or one.key)]
    waiting = _still_waiting(groups)
    free = {room.key: list(range(1, room.beds + 1)) for room in ROOMS}
    stays: list[Stay] = []
    chance.shuffle(groups)
    for group in sorted(groups, key=len, reverse=True):
        if group[0].key in waiting:
            continue
        room = _room_for(group, free)
        for one in group:
            bed = free[room].pop(chance.randrange(len(free[room])) if len(group) == 1 else 0)
            stays.append(Stay(one.key, room, bed, min(one.arrived_on, CLOCK.date() - timedelta(days=1))))
    return tuple(sorted(stays, key=lambda stay: stay.person))


def _still_waiting(groups: list[list[Person]]) -> set[str]:
    """The keys of the first of each group that waits: the latest of this morning."""
    morning = [group for group in groups if group[0].arrived_on == CLOCK.date()]
    morning.sort(key=lambda group: str(group[0].arrived_at), reverse=True)
    waiting: set[str] = set()
    people = 0
    for group in morning:
        if people + len(group) <= WITHOUT_BED:
            waiting.add(group[0].key)
            people += len(group)
    return waiting


def _room_for(group: list[Person], free: dict[str, list[int]]) -> str:
    """The emptiest fitting room; families go where there is space for all of them."""
    alone = "women" if group[0].sex == "female" else "men"
    kinds = ("families", "women") if len(group) > 1 else (alone, "families", "women", "men")
    for kind in kinds:
        rooms = [room.key for room in ROOMS if room.kept_for == kind and len(free[room.key]) >= len(group)]
        if rooms:
            return max(rooms, key=lambda key: len(free[key]))
    return max(free, key=lambda key: len(free[key]))
