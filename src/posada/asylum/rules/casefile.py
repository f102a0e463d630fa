"""What a case says. Sealed whole, under a subject of the case's own: no word of it stands anywhere in clear.

A date is kept as it was told (2026-03-14, 2026-03 or 2026), never made more exact than that. Nothing here weighs
anybody: what is not known says so.
"""

import uuid
from datetime import date, time
from enum import StrEnum
from typing import ClassVar

import msgspec

from posada.asylum.rules.facts import Fact
from posada.asylum.rules.known import Known
from posada.asylum.rules.offers import Offer, Safety, Signed
from posada.records.contents import Content
from posada.vault.keyring import Compartment


class Stands(StrEnum):
    """How an answer about somebody's nationality stands."""

    NOT_ASKED = "not_asked"
    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


# What is asked first of all: a "yes" may open a way that needs no claim.
NATIONALITY: tuple[Fact, ...] = (
    Fact.PARENT_NATIONAL_HERE,
    Fact.GRANDPARENT_NATIONAL_HERE,
    Fact.NATIONAL_HERE,
    Fact.BINATIONAL_PEOPLE,
    Fact.SPOUSE_NATIONAL_HERE,
    Fact.STATELESS,
)


class Tie(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One question about nationality: how it stands, what is known, and what is to be verified."""

    about: Fact
    stands: Stands = Stands.NOT_ASKED
    known: str = ""
    to_verify: str = ""


class Dated(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """When something happened, as precisely as it is known. `hour` is on the clock there, HH:MM."""

    event: str
    on: str
    about: bool = False
    hour: str = ""

    @property
    def known(self) -> Known:
        """The same, to reckon with."""
        read = Known.read(self.on, about=self.about)
        if self.hour and read.is_exact:
            return Known.on(read.first, time.fromisoformat(self.hour))
        return read


class Manner(StrEnum):
    """How somebody came in."""

    NOT_SAID = "not_said"
    CHECKPOINT = "checkpoint"
    ELSEWHERE = "elsewhere"


class Part(StrEnum):
    """What somebody's part in a case is."""

    APPLICANT = "applicant"
    INCLUDED = "included"
    OWN_CLAIM = "own_claim"
    TO_DECIDE = "to_decide"


class CaseMember(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody in a case. `told_alone`: that they were told, alone, that they may ask for themselves; and when."""

    person: uuid.UUID
    part: Part
    why: str = ""
    told_alone: date | None = None


class StepDone(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that a rule of the guide asks for was done. `rule` is the rule's id."""

    rule: str
    on: str
    by: int | None = None


class MeetingKind(StrEnum):
    """What somebody goes to."""

    INTERVIEW = "interview"
    HEARING = "hearing"
    APPOINTMENT = "appointment"


class Went(StrEnum):
    """What became of it."""

    PLANNED = "planned"
    KEPT = "kept"
    MISSED = "missed"
    MOVED = "moved"


class Interpreter(StrEnum):
    """Who interprets, as the person asks for it. Never a child or a relative."""

    NONE = "none"
    WOMAN = "woman"
    MAN = "man"
    EITHER = "either"


class Meeting(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An interview, a hearing or an appointment."""

    id: uuid.UUID
    kind: MeetingKind
    on: date
    hour: str = ""
    place: str = ""
    language: str = ""
    interpreter: Interpreter = Interpreter.NONE
    went: Went = Went.PLANNED
    said: str = ""


class PaperState(StrEnum):
    """How a paper that the guide asks for stands."""

    NOT_ASKED = "not_asked"
    HAVE = "have"
    MISSING = "missing"
    DECLARED = "declared"
    HANDED_IN = "handed_in"


class CasePaper(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How one paper stands. `line` is its id in the guide."""

    line: str
    state: PaperState = PaperState.NOT_ASKED


class Decided(StrEnum):
    """What an authority decided."""

    ADMITTED = "admitted"
    RECOGNISED = "recognised"
    REFUSED = "refused"
    ARCHIVED = "archived"
    OTHER = "other"


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A decision of an authority: its own day, and the day on which the person was told of it."""

    id: uuid.UUID
    what: Decided
    on: str = ""
    notified_on: str = ""
    words: str = ""


class Appeal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An appeal against a decision."""

    id: uuid.UUID
    against: uuid.UUID
    filed_on: str
    words: str = ""
    answer: str = ""


class Permit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A permit or a paper of stay, until when it is good, and the one that it renews."""

    id: uuid.UUID
    name: str
    issued_on: str
    until: date | None = None
    renews: uuid.UUID | None = None


class CaseFile(Content, frozen=True, kw_only=True):
    """A case.

    `alone`: it is kept from everybody of the household; no page of theirs, and no other case, leads here.
    """

    KIND: ClassVar[str] = "asylum.case"
    COMPARTMENT: ClassVar[Compartment] = Compartment.LEGAL

    nationalities: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    dates: tuple[Dated, ...] = ()
    entry_place: str = ""
    entry_manner: Manner = Manner.NOT_SAID
    members: tuple[CaseMember, ...] = ()
    alone: bool = False
    steps: tuple[StepDone, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    papers: tuple[CasePaper, ...] = ()
    decisions: tuple[Decision, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    permits: tuple[Permit, ...] = ()
    offers: tuple[Offer, ...] = ()
    signed: tuple[Signed, ...] = ()
    safety: Safety = Safety()

    def member(self, person: uuid.UUID) -> CaseMember | None:
        """Somebody's part in it, if they have one."""
        return next((one for one in self.members if one.person == person), None)

    def dated(self, event: str) -> Dated | None:
        """When this event was written down to have been."""
        return next((one for one in self.dates if one.event == event), None)
