"""Reads of the house. No name is read anywhere here but by the lists that say so."""

from posada.shelter.queries.beds import (
    BedCell,
    RoomBox,
    RoomList,
    Sleeper,
    arrivals_without_bed,
    bed_of,
    board,
    boxes,
    evacuation_list,
    free_beds,
    next_position,
    people_in_house,
    stay_in,
)

__all__ = [
    "BedCell",
    "RoomBox",
    "RoomList",
    "Sleeper",
    "arrivals_without_bed",
    "bed_of",
    "board",
    "boxes",
    "evacuation_list",
    "free_beds",
    "next_position",
    "people_in_house",
    "stay_in",
]
