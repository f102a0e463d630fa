"""Offers, signed papers, and what is done so that somebody is safe. Kept as what they are: never as advice.

What is done is the same few things for very different reasons, so that they betray none. Nothing here says why, what
somebody was before, or what they are thought to have done; there is no place to write it, and nothing is counted.
"""

import uuid
from datetime import date
from enum import StrEnum

import msgspec


class Effect(StrEnum):
    """Whether it is known what an offer is worth in law."""

    UNKNOWN = "unknown"
    KNOWN = "known"


class Offer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an authority, or who would be one, offered: who, in which words, when, and what is known of its effect.

    `source` says from where its effect is known; without a source it is not known.
    """

    id: uuid.UUID
    by_whom: str
    words: str
    on: str = ""
    about: bool = False
    effect: Effect = Effect.UNKNOWN
    source: str = ""


class Counsel(StrEnum):
    """Whether a lawyer was offered before somebody signed."""

    NOT_ASKED = "not_asked"
    TAKEN = "taken"
    DECLINED = "declined"
    NOT_OFFERED = "not_offered"


class Signed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody signed or was asked to sign: whose paper, its exact words, day and language, and who interpreted.

    `is_signed` false: it was laid before them, and they have not signed it.
    """

    id: uuid.UUID
    of_whom: str
    words: str
    on: str = ""
    is_signed: bool = True
    language: str = ""
    interpreter: str = ""
    counsel: Counsel = Counsel.NOT_ASKED


class Measure(StrEnum):
    """What is done for somebody, whatever the reason."""

    SEPARATE_LODGING = "separate_lodging"
    COUNSEL_FIRST = "counsel_first"
    NO_LOOK_UP_ABROAD = "no_look_up_abroad"


class StepStands(StrEnum):
    """How a step of the State stands. The house does none of them and certifies none."""

    NOT_ASKED = "not_asked"
    PENDING = "pending"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class StateStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step that only the State takes: how it stands, since when, before which authority, and when it is looked at
    again. `rule` is the rule's id. Nothing runs out by itself."""

    rule: str
    stands: StepStands = StepStands.NOT_ASKED
    on: str = ""
    authority: str = ""
    look_again_on: date | None = None


class Safety(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is done, and the State's steps. `family_told`: they know that they are civilians, with claims of their own;
    `child_protection_told`: who protects children was told of a child, who is a victim first."""

    measures: tuple[Measure, ...] = ()
    steps: tuple[StateStep, ...] = ()
    family_told: date | None = None
    child_protection_told: date | None = None
