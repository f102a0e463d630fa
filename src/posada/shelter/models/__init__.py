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
from posada.shelter.models.directory import DirectoryEntry, InterpreterWords, OrganisationWords
from posada.shelter.models.door import (
    Apart,
    ApartWords,
    ChildAlone,
    ChildException,
    ChildExceptionWords,
    ChildWords,
    Claimed,
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
from posada.shelter.models.referring import NeedReferral, ReferralForNeed
from posada.shelter.models.tonight import Absence, Belongings, NightRules, RollCall, RollMark
from posada.shelter.models.vouchers import Voucher, VoucherSeries, VouchersHad
from posada.shelter.rules.checkpoints import CheckKind, CheckRule, Meal
from posada.shelter.rules.nights import Item

__all__ = [
    "Absence",
    "Apart",
    "ApartWords",
    "Bed",
    "BedQuerySet",
    "Belongings",
    "CheckCount",
    "CheckKind",
    "CheckOff",
    "CheckRule",
    "Checkpoint",
    "ChildAlone",
    "ChildException",
    "ChildExceptionWords",
    "ChildWords",
    "Claimed",
    "Departure",
    "DepartureWords",
    "Destination",
    "DirectoryEntry",
    "FirstNight",
    "HandedIn",
    "HandedInWords",
    "HouseFigures",
    "InterpreterWords",
    "Item",
    "LeaveNotice",
    "Meal",
    "MoveWords",
    "NeedReferral",
    "NightRules",
    "NightsKept",
    "ObjectKind",
    "OnwardMove",
    "OrganisationWords",
    "PostWaiting",
    "PrintedList",
    "ReferralForNeed",
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
