"""Specific needs by ids of our own, the category that each stands for, and what follows for the house.

What follows says only what to do, never why: whoever gives beds reads that and nothing else.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, TypeVar

import msgspec
from django.utils.translation import gettext_lazy as _

from posada.accounts.acts import Act
from posada.records.contents import Content
from posada.vault.keyring import Compartment


class Need(StrEnum):
    """A situation that asks for notice; the id says nothing by itself."""

    CHILD_AT_RISK = "n01"
    CHILD_ALONE = "n02"
    WOMAN_AT_RISK = "n03"
    OLDER = "n04"
    LONE_PARENT = "n05"
    PREGNANT = "n06"
    DISABILITY = "n07"
    ILLNESS = "n08"
    FAMILY_UNITY = "n09"
    PROTECTION = "n10"
    ILL_TREATED = "n11"
    VIOLENCE = "n12"


NEED_WORDS = {
    Need.CHILD_AT_RISK: _("Is there a child here who needs somebody to look after them?"),
    Need.CHILD_ALONE: _("Is the person a child without their parents?"),
    Need.WOMAN_AT_RISK: _("Does she need protection as a woman?"),
    Need.OLDER: _("Does their age make something difficult?"),
    Need.LONE_PARENT: _("Do they look after children or others alone?"),
    Need.PREGNANT: _("Are they pregnant, or nursing a child?"),
    Need.DISABILITY: _("Is something difficult: walking, seeing, hearing, remembering, washing, being understood?"),
    Need.ILLNESS: _("Is there an illness that must be treated?"),
    Need.FAMILY_UNITY: _("Must somebody of the family be brought here, or be found?"),
    Need.PROTECTION: _("Is there somebody, or something, from which they must be protected?"),
    Need.ILL_TREATED: _("Was the person tortured or ill-treated?"),
    Need.VIOLENCE: _("Did the person live through sexual violence, or violence for being who they are?"),
}


class Consequence(StrEnum):
    """What the house does. The same few words for very different reasons, so that they betray none."""

    LOWER_BED = "lower_bed"
    GROUND_FLOOR = "ground_floor"
    NEAR_TOILET = "near_toilet"
    NO_STAIRS = "no_stairs"
    SEPARATE = "separate"


CONSEQUENCE_WORDS = {
    Consequence.LOWER_BED: _("A lower bed"),
    Consequence.GROUND_FLOOR: _("On the ground floor"),
    Consequence.NEAR_TOILET: _("Near a toilet"),
    Consequence.NO_STAIRS: _("No stairs"),
    Consequence.SEPARATE: _("Separate lodging"),
}


class Said(StrEnum):
    """An answer. What was not said is no answer, and is not kept."""

    YES = "yes"
    NO = "no"
    PREFERS_NOT = "prefers_not"


SAID_WORDS = {Said.YES: _("Yes"), Said.NO: _("No"), Said.PREFERS_NOT: _("Prefers not to say")}


class NeedSaid(msgspec.Struct, frozen=True):
    """One answer to one question."""

    need: Need
    said: Said


class Needs(Content, frozen=True):
    """What was said of needs, but for what is kept apart."""

    KIND: ClassVar[str] = "person.needs"
    COMPARTMENT: ClassVar[Compartment] = Compartment.PROTECTION
    READ: ClassVar[Act | None] = Act.READ_NEEDS

    answers: tuple[NeedSaid, ...] = ()
    words: str = ""
    written_on: date | None = None


class NeedsApart(Content, frozen=True):
    """What is most dangerous to know: asked by the caseworker alone, opened by a press of its own."""

    KIND: ClassVar[str] = "person.needs_apart"
    COMPARTMENT: ClassVar[Compartment] = Compartment.PROTECTION
    READ: ClassVar[Act | None] = Act.READ_PROTECTION

    answers: tuple[NeedSaid, ...] = ()
    words: str = ""
    written_on: date | None = None


class Consequences(Content, frozen=True):
    """What follows for the house, without a reason: for whoever gives beds."""

    KIND: ClassVar[str] = "person.consequences"
    COMPARTMENT: ClassVar[Compartment] = Compartment.PROTECTION
    READ: ClassVar[Act | None] = Act.ASSIGN_BED

    consequences: tuple[Consequence, ...] = ()


_STRONGER = (Said.NO, Said.PREFERS_NOT, Said.YES)
_Said = TypeVar("_Said", Needs, NeedsApart)


def both_answers(one: _Said, two: _Said) -> _Said:
    """What both files of one person say: whoever said yes once is protected. The first one's words before."""
    said = {need.need: need for need in sorted((*one.answers, *two.answers), key=lambda row: _STRONGER.index(row.said))}
    days = [day for day in (one.written_on, two.written_on) if day is not None]
    return msgspec.structs.replace(
        one,
        answers=tuple(said[need] for need in Need if need in said),
        words=" · ".join(dict.fromkeys(filter(None, (one.words, two.words)))),
        written_on=max(days, default=None),
    )


def both_consequences(one: Consequences, two: Consequences) -> Consequences:
    """What follows from either of two files of one person."""
    return Consequences(tuple(row for row in Consequence if row in {*one.consequences, *two.consequences}))


@dataclass(frozen=True, slots=True)
class Category:
    """What a need is called by UNHCR. The code was checked by nobody."""

    need: Need
    code: str
    text: str
    apart: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table with where it comes from, and how sure texts and codes are."""

    source: str
    text_confidence: str
    code_confidence: str
    rows: tuple[Category, ...]

    def of(self, need: Need) -> Category:
        """The category of one need."""
        return next(row for row in self.rows if row.need is need)


def _read() -> Table:
    held = tomllib.loads((Path(__file__).parent / "needs.toml").read_text(encoding="utf-8"))
    rows = tuple(Category(Need(r["id"]), r["code"], r["text"], bool(r.get("apart"))) for r in held["need"])
    return Table(held["source"], held["text_confidence"], held["code_confidence"], rows)


TABLE = _read()
APART = frozenset(row.need for row in TABLE.rows if row.apart)
ASKED = tuple(need for need in Need if need not in APART)
ASKED_APART = tuple(need for need in Need if need in APART)
