"""The one act of this room that the table in accounts does not hold: making rooms."""

from enum import StrEnum

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor, Refused, require


class ShelterAct(StrEnum):
    """Acts of the house itself; they have no person."""

    MAKE_ROOM = "shelter.make_room"


def may_make_rooms(actor: Actor) -> bool:
    """Whether the actor runs this house: the site manager, or the system when a site is made."""
    return actor.user is None or Role.SITE_MANAGER in actor.roles


def require_room_making(actor: Actor) -> str:
    """The word for the audit under which a room may be made; `Refused` otherwise."""
    word = require(actor, Act.SEE_HOUSE)
    if not may_make_rooms(actor):
        raise Refused(Act.SEE_HOUSE)
    return word if actor.user is None else Role.SITE_MANAGER.value
