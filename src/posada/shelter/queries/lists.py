"""What stands on the lists for paper: numbers, rooms and beds. No name is read anywhere here."""

from dataclasses import dataclass
from itertools import groupby

from posada.accounts.permissions import Actor
from posada.records.models import Hidden
from posada.shelter.models import Stay
from posada.shelter.queries.beds import arrivals_without_bed


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody in the house tonight: a number, and the bed if they have one."""

    number: int
    bed: int | None
    room: str


def here_tonight(actor: Actor) -> list[Here]:
    """Everybody in the house, as somebody walks through it; who waits for a bed comes last."""
    stays = Stay.objects.visible_to(actor).open().exclude(person_id__in=Hidden.all())
    stays = stays.select_related("person", "bed__room").order_by("bed__room__position", "bed__number")
    lodged = [Here(stay.person.number, stay.bed.number, stay.bed.room.name) for stay in stays]
    return [*lodged, *(Here(one.number, None, "") for one in arrivals_without_bed(actor))]


def by_room(people: list[Here]) -> list[tuple[str, list[Here]]]:
    """The same, gathered by room."""
    return [(room, list(held)) for room, held in groupby(people, key=lambda one: one.room)]
