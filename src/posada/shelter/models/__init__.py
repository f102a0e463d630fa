"""Rows of the house: rooms, beds, stays. No word about anybody stands in clear."""

from posada.shelter.models.beds import (
    Bed,
    BedQuerySet,
    NightsKept,
    Room,
    RoomQuerySet,
    Stay,
    StayQuerySet,
)

__all__ = [
    "Bed",
    "BedQuerySet",
    "NightsKept",
    "Room",
    "RoomQuerySet",
    "Stay",
    "StayQuerySet",
]
