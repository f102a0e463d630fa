"""Rows of the house: rooms, beds, stays. No word about anybody stands in clear."""

from posada.shelter.models.beds import (
    Bed,
    BedQuerySet,
    HouseFigures,
    NightsKept,
    Room,
    RoomQuerySet,
    Stay,
    StayQuerySet,
    WaitEnded,
)
from posada.shelter.models.checkpoints import (
    CheckCount,
    CheckOff,
    Checkpoint,
    PostWaiting,
)
from posada.shelter.models.handed_in import HandedIn, HandedInWords, ObjectKind
from posada.shelter.models.leaving import (
    Departure,
    DepartureWords,
    Destination,
    LeaveNotice,
    MoveWords,
    OnwardMove,
)
from posada.shelter.models.lists import PrintedList
from posada.shelter.models.nights import FirstNight, WentOut
from posada.shelter.models.tonight import Absence, Belongings, NightRules, RollCall, RollMark
from posada.shelter.models.vouchers import Voucher, VoucherSeries, VouchersHad
from posada.shelter.rules.checkpoints import CheckKind, CheckRule, Meal
from posada.shelter.rules.nights import Item

__all__ = [
    "Absence",
    "Bed",
    "BedQuerySet",
    "Belongings",
    "CheckCount",
    "CheckKind",
    "CheckOff",
    "CheckRule",
    "Checkpoint",
    "Departure",
    "DepartureWords",
    "Destination",
    "FirstNight",
    "HandedIn",
    "HandedInWords",
    "HouseFigures",
    "Item",
    "LeaveNotice",
    "Meal",
    "MoveWords",
    "NightRules",
    "NightsKept",
    "ObjectKind",
    "OnwardMove",
    "PostWaiting",
    "PrintedList",
    "RollCall",
    "RollMark",
    "Room",
    "RoomQuerySet",
    "Stay",
    "StayQuerySet",
    "Voucher",
    "VoucherSeries",
    "VouchersHad",
    "WaitEnded",
    "WentOut",
]
