"""Writes: rooms, beds and stays; and what is left of the stays of an erased person."""

from posada.shelter.services.beds import (
    AlreadyLodged,
    BedBlocked,
    BedTaken,
    NotBeside,
    NotBesideChild,
    NotLodged,
    NotThisRoom,
    OnlyOnAList,
    RoomNameTaken,
    assign_bed,
    assign_beside,
    leave,
    look_up_bed,
    make_room,
    move,
    open_bed,
)

__all__ = [
    "AlreadyLodged",
    "BedBlocked",
    "BedTaken",
    "NotBeside",
    "NotBesideChild",
    "NotLodged",
    "NotThisRoom",
    "OnlyOnAList",
    "RoomNameTaken",
    "assign_bed",
    "assign_beside",
    "leave",
    "look_up_bed",
    "make_room",
    "move",
    "open_bed",
]
