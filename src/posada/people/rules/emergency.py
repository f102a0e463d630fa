"""The emergency sheet: the few things that matter when somebody falls ill and cannot speak. All of it is voluntary."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

import msgspec
from django.utils.translation import gettext_lazy as _

from posada.accounts.acts import Act
from posada.records.contents import Content
from posada.vault.keyring import Compartment


class Told(StrEnum):
    """Whether the person wants a sheet at all."""

    TELLS = "tells"
    PREFERS_NOT = "prefers_not"


class Pregnant(StrEnum):
    """Asked of nobody who does not bring it up."""

    NOT_SAID = ""
    YES = "yes"
    NO = "no"
    PREFERS_NOT = "prefers_not"


class EmergencySheet(Content, frozen=True):
    """What the duty person reads in an emergency. `call_name` is what people call somebody, never a surname."""

    KIND: ClassVar[str] = "person.emergency"
    COMPARTMENT: ClassVar[Compartment] = Compartment.PROTECTION
    READ: ClassVar[Act | None] = Act.READ_EMERGENCY

    told: Told = Told.TELLS
    call_name: str = ""
    language: str = ""
    allergies: str = ""
    medicines: str = ""
    illnesses: str = ""
    pregnant: Pregnant = Pregnant.NOT_SAID
    call_whom: str = ""
    written_on: date | None = None


SHEET_LABELS = {
    "language": _("Language they understand"),
    "allergies": _("Allergies"),
    "medicines": _("Medicines taken now"),
    "illnesses": _("Illnesses that matter in an emergency"),
    "pregnant": _("Pregnant"),
    "call_whom": _("Whom to call"),
}
PREGNANT_WORDS = {
    Pregnant.NOT_SAID: _("Not said"),
    Pregnant.YES: _("Yes"),
    Pregnant.NO: _("No"),
    Pregnant.PREFERS_NOT: _("Prefers not to say"),
}


def both_sheets(one: EmergencySheet, two: EmergencySheet) -> EmergencySheet:
    """What both sheets of one person say, the first one's words before: in an emergency nothing may be missing."""
    names = ("language", "allergies", "medicines", "illnesses", "call_whom")
    words = {name: " · ".join(dict.fromkeys(filter(None, (getattr(one, name), getattr(two, name))))) for name in names}
    pregnant = Pregnant.YES if Pregnant.YES in {one.pregnant, two.pregnant} else one.pregnant
    told = one.told if one.told is two.told else Told.TELLS
    return msgspec.structs.replace(one, told=told, pregnant=pregnant, **words)
