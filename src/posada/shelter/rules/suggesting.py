"""Which beds to propose: a household in one room, who is kept apart never in one, no child alone among strangers."""

from collections.abc import Hashable, Iterable, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

from posada.shelter.rules.house import RoomRule

MOST_PROPOSALS = 3


class Why(StrEnum):
    """A few words of why, none of which says anything about anybody."""

    JOINS = "joins"
    ONE_ROOM = "one_room"
    OWN_ROOM = "own_room"
    RULE = "rule"
    SEVERAL = "several"
    MATS = "mats"
    LEAVES_LARGE = "leaves_large"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody, for whoever gives beds: in which household, and whether they count as a child (unknown age does).

    Whose age nobody knows `may_be_adult`, too: beside a child who is one, they count as an adult.
    """

    key: Hashable
    household: Hashable | None
    is_child: bool
    may_be_adult: bool = False


@dataclass(frozen=True, slots=True)
class RoomNow:
    """A room tonight: its free beds and mats by number, and who sleeps in it."""

    place: int
    name: str
    rule: RoomRule
    beds: tuple[int, ...]
    mats: tuple[int, ...]
    guests: tuple[Guest, ...]

    @property
    def free(self) -> tuple[int, ...]:
        """Beds first, mats last."""
        return (*self.beds, *self.mats)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A bed for each of a party, and why."""

    places: tuple[tuple[Guest, RoomNow, int], ...]
    why: tuple[Why, ...]

    @property
    def rooms(self) -> tuple[str, ...]:
        """The rooms it takes, in order."""
        return tuple(dict.fromkeys(room.name for _guest, room, _bed in self.places))


def may_sleep(part: Sequence[Guest], room: RoomNow, apart: Set[Hashable]) -> bool:
    """Whether these may sleep in a room: nobody to be kept apart there, and no child alone among unrelated adults."""
    if any(guest.key in apart for guest in room.guests):
        return False
    return not among_strangers(part, room.guests)


def among_strangers(part: Sequence[Guest], guests: Sequence[Guest]) -> list[Guest]:
    """The children who would sleep among unrelated adults, without one of their own, if this part joined the guests."""
    new = {guest.key for guest in part}
    together = (*guests, *part)
    return [
        child
        for child in together
        if child.is_child
        and not _has_adult(child, together)
        and any(_is_strange_adult(child, one) and (child.key in new or one.key in new) for one in together)
    ]


def _is_strange_adult(child: Guest, one: Guest) -> bool:
    is_adult = not one.is_child or (one.may_be_adult and not child.may_be_adult)
    return is_adult and one.key != child.key and not _related(child, one)


def _related(one: Guest, other: Guest) -> bool:
    return one.household is not None and one.household == other.household


def _has_adult(child: Guest, together: Iterable[Guest]) -> bool:
    return any(not one.is_child and _related(child, one) for one in together)


def propose(party: Sequence[Guest], rooms: Sequence[RoomNow], apart: Set[Hashable]) -> tuple[Proposal, ...]:
    """At most three proposals, the best first; none when the free beds do not suffice.

    The party is split only if no room may hold all of it; mats are taken only where beds do not suffice.
    """
    whole = [room for room in rooms if len(room.free) >= len(party) and may_sleep(party, room, apart)]
    ranked = sorted(whole, key=lambda room: _rank(party, room))
    if ranked:
        return tuple(_in_one(party, room, whole) for room in ranked[:MOST_PROPOSALS])
    split = _in_several(party, rooms, apart)
    return (split,) if split else ()


def _joins(party: Sequence[Guest], room: RoomNow) -> bool:
    return any(_related(one, other) for one in party for other in room.guests)


def _suits(party: Sequence[Guest], room: RoomNow) -> bool:
    needs_family = len(party) > 1 or any(one.is_child for one in party)
    return (room.rule is RoomRule.FAMILIES) == needs_family


def _has_strangers(party: Sequence[Guest], room: RoomNow) -> bool:
    return any(not any(_related(one, other) for one in party) for other in room.guests)


def _rank(party: Sequence[Guest], room: RoomNow) -> tuple[bool, bool, bool, bool, int, int]:
    """Less is better; what is left of a room decides last, so that large rooms stay free for large households."""
    return (
        not _joins(party, room),
        len(room.beds) < len(party),
        not _suits(party, room),
        len(party) > 1 and _has_strangers(party, room),
        len(room.free) - len(party),
        room.place,
    )


def _in_one(party: Sequence[Guest], room: RoomNow, others: Sequence[RoomNow]) -> Proposal:
    why = []
    if _joins(party, room):
        why.append(Why.JOINS)
    if len(party) > 1:
        why.append(Why.ONE_ROOM)
    if not room.guests:
        why.append(Why.OWN_ROOM)
    if room.rule is not RoomRule.ANY and _suits(party, room):
        why.append(Why.RULE)
    if len(room.beds) < len(party):
        why.append(Why.MATS)
    if len(room.free) < max(len(one.free) for one in others):
        why.append(Why.LEAVES_LARGE)
    return Proposal(tuple((one, room, bed) for one, bed in zip(party, room.free, strict=False)), tuple(why))


def _in_several(party: Sequence[Guest], rooms: Sequence[RoomNow], apart: Set[Hashable]) -> Proposal | None:
    """In as few rooms as we find: the largest first, and in each an adult of theirs while there is one."""
    places: list[tuple[Guest, RoomNow, int]] = []
    left = list(party)
    for room in sorted(rooms, key=lambda room: (not _joins(party, room), -len(room.beds), -len(room.free), room.place)):
        part = _part(left, room, apart, more_rooms=len(room.free) < len(left))
        places += [(one, room, bed) for one, bed in zip(part, room.free, strict=False)]
        taken = {one.key for one in part}
        left = [one for one in left if one.key not in taken]
        if not left:
            break
    if left:
        return None
    mats = any(bed in room.mats for _one, room, bed in places)
    return Proposal(tuple(places), (Why.SEVERAL, Why.MATS) if mats else (Why.SEVERAL,))


def _part(left: Sequence[Guest], room: RoomNow, apart: Set[Hashable], *, more_rooms: bool) -> list[Guest]:
    adults = [one for one in left if not one.is_child]
    children = [one for one in left if one.is_child]
    # One adult goes with as many children as fit; the other adults wait for the rooms where the other children sleep.
    order = [*adults[:1], *children, *adults[1:]] if more_rooms else list(left)
    for wanted in (order, adults):
        part = wanted[: len(room.free)]
        if part and may_sleep(part, room, apart):
            return part
    return []
