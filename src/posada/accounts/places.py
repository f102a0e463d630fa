"""The places of a room, as its front page shows them: each with the act that opens it and a line of what it is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor


@dataclass(frozen=True, slots=True)
class Place:
    """One place: the act that opens it, its address by name, its icon, its name and what is done there."""

    act: Act
    name: str
    icon: str
    label: Any
    line: Any

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.name)


def open_to(actor: Actor, parts: Sequence[tuple[Any, Sequence[Place]]]) -> list[tuple[Any, list[Place]]]:
    """The parts of a room (heading, places) with only those places that this user may enter; empty parts left out."""
    found = [(heading, [place for place in places if actor.may(place.act)]) for heading, places in parts]
    return [(heading, places) for heading, places in found if places]
