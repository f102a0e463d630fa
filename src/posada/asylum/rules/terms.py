"""A time that a rule gives: so many of one unit, from one event, on somebody; with where that is written."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LONGEST = 1000


class Unit(StrEnum):
    """What is counted. One is never turned into another: ten working days are not two weeks."""

    HOUR = "hour"
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    CALENDAR_MONTH = "calendar_month"
    YEAR = "year"


class OnWhom(StrEnum):
    """Who has to act within the time."""

    APPLICANT = "applicant"
    AUTHORITY = "authority"


class Confidence(StrEnum):
    """How sure a source makes us: A the law or the authority itself, B a body of the UN or a court, C press and
    firms, D general knowledge that no page confirms and that is never shown as a fact."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Standing(StrEnum):
    """Whether a rule holds."""

    IN_FORCE = "in_force"
    IN_FORCE_TO_CONFIRM = "in_force_to_confirm"
    SUPERSEDED_POSSIBLE = "superseded_possible"
    CLOSED = "closed"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One version of one rule's time. `rule` is the fact's id; `anchor` names the event from which it runs.

    `valid_from` and `valid_to` are the first and last day on which this version was the law, where a source says so.
    `paper` says that something runs out (a permit), not that something must be done: closed offices prolong nothing.
    """

    rule: str
    value: int
    unit: Unit
    anchor: str
    on_whom: OnWhom
    article: str
    confidence: Confidence
    standing: Standing
    source_url: str = ""
    source_date: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    superseded_by: str = ""
    paper: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.value <= LONGEST:
            raise ValueError(f"{self.rule}: a time is 1 to {LONGEST} of its unit, not {self.value}")
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(f"{self.rule}: it ends before it begins")
