"""Writes: rooms, beds and stays; and what is left of the stays of an erased person."""

from posada.shelter.services.beds import (
    AlreadyLodged,
    BedTaken,
    NotLodged,
    OnlyOnAList,
    RoomNameTaken,
    assign_bed,
    leave,
    look_up_bed,
    make_room,
    move,
    open_bed,
)

__all__ = [
    "AlreadyLodged",
    "BedTaken",
    "NotLodged",
    "OnlyOnAList",
    "RoomNameTaken",
    "assign_bed",
    "leave",
    "look_up_bed",
    "make_room",
    "move",
    "open_bed",
]
