"""What a paper is made from: the case, its guide, who stands in it, and what was typed for this print alone."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from posada.asylum.queries.counted import Counted
from posada.asylum.rules.casefile import Appeal, CaseFile, Decision, Meeting, Part
from posada.asylum.rules.deadlines import State
from posada.asylum.rules.guide import Ends, Guide
from posada.asylum.rules.terms import OnWhom
from posada.people.models import Identity

LATE = frozenset({State.PAST, State.PERHAPS_PAST, State.DONE_LATE, State.DONE_PERHAPS_LATE})
WAITS = frozenset({State.OPEN, State.TODAY, State.PERHAPS_PAST, State.PAST, State.ASK, State.NO_RULE})


class PaperKind(StrEnum):
    """Which paper."""

    LETTER = "letter"
    IDENTITY = "identity"
    LATE = "late"
    FAMILY = "family"
    APPEAL = "appeal"
    APPOINTMENT = "appointment"
    STEPS = "steps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed to print one paper, and is forgotten with it. `about` is what was chosen of the case, if a paper
    is about one thing: a person, a rule, a decision, a meeting."""

    names_by_hand: bool = False
    about: str = ""
    address: str = ""
    contact: str = ""
    evidence: str = ""
    reasons: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Everything that a paper may say. `people` are those whose names may be read by whoever prints."""

    number: int
    person: uuid.UUID
    guide: Guide | None
    file: CaseFile
    today: date
    people: Mapping[uuid.UUID, Identity]
    counted: Sequence[Counted]
    typed: Typed = Typed()

    def name(self, person: uuid.UUID) -> str:
        """A name; empty where it is written by hand, or may not be read."""
        held = self.people.get(person)
        return held.shown_name if held is not None and not self.typed.names_by_hand else ""

    @property
    def included(self) -> tuple[uuid.UUID, ...]:
        """Who stands in this claim beside whoever asks. Who needs a claim of their own is not named in another's."""
        return tuple(one.person for one in self.file.members if one.part is Part.INCLUDED and one.person != self.person)

    @property
    def asked_of_person(self) -> tuple[Counted, ...]:
        """The times within which the person has to act: not those of the authority, nor how long a permit is good."""
        return tuple(
            one
            for one in self.counted
            if one.rule.duration and one.rule.duration.on_whom is OnWhom.APPLICANT and not one.rule.duration.paper
        )

    def ended_by(self, *ends: Ends) -> tuple[Counted, ...]:
        """The times that end when this is done."""
        return tuple(one for one in self.asked_of_person if one.rule.duration and one.rule.duration.done_by in ends)

    @property
    def late_rules(self) -> frozenset[str]:
        """The rules whose day has passed, or may have."""
        return frozenset(one.rule.id for one in self.counted if one.deadline.state in LATE)

    @property
    def decision(self) -> Decision | None:
        """The decision that was chosen."""
        return next((one for one in self.file.decisions if str(one.id) == self.typed.about), None)

    @property
    def appeal(self) -> Appeal | None:
        """The appeal that was handed in against it, if there is one."""
        return next((one for one in self.file.appeals if str(one.against) == self.typed.about), None)

    @property
    def meeting(self) -> Meeting | None:
        """The meeting that was chosen."""
        return next((one for one in self.file.meetings if str(one.id) == self.typed.about), None)

    @property
    def chosen_deadline(self) -> Counted | None:
        """The time that was chosen."""
        return next((one for one in self.counted if one.rule.id == self.typed.about), None)
