"""A country's guide: its rules as data, in Spanish and in English, each with where it is written and how sure that is.

What no source says stays unknown (none, or an empty text); nothing is filled in. A guide ranks nothing.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec

from posada.asylum.rules.facts import Fact
from posada.asylum.rules.terms import LONGEST, Confidence, OnWhom, Standing, Term, Unit


class Kind(StrEnum):
    """What a rule is about."""

    BODY = "body"
    DEFINITION = "definition"
    STEP = "step"
    DEADLINE = "deadline"
    DOCUMENT = "document"
    RIGHT = "right"
    RESTRICTION = "restriction"
    RISK = "risk"
    OPTION = "option"
    CONTACT = "contact"


class Anchor(StrEnum):
    """The event from which a time runs."""

    ENTRY = "entry"
    LAST_ARRIVAL = "last_arrival"
    EVENT = "event"  # what happened after leaving, and made going back impossible
    BORDER_CLAIM = "border_claim"  # the authority at the border got it
    BORDER_SAFE_CONDUCT = "border_safe_conduct"
    FILING = "filing"
    FILED_BY_ANOTHER = "filed_by_another"
    ADMISSION = "admission"
    STAY_PERMIT = "stay_permit"  # the day the paper was issued
    CORRECTION_ASKED = "correction_asked"
    INTERVIEW = "interview"
    ARCHIVED = "archived"
    NOTIFICATION = "notification"
    FINAL_REFUSAL = "final_refusal"
    RECOGNITION = "recognition"
    STATELESS_FILING = "stateless_filing"
    PERMIT_FILING = "permit_filing"
    PERMIT_ISSUED = "permit_issued"
    ABSENCE = "absence"  # the day somebody left
    HELD = "held"
    LODGING = "lodging"
    FEE_NOTICE = "fee_notice"


class Ends(StrEnum):
    """The event by which what a time asks for is done, where one event does it."""

    RATIFICATION = "ratification"
    FILING = "filing"
    ADMISSION = "admission"
    DECISION = "decision"
    APPEAL = "appeal"


class Referral(StrEnum):
    """With what a contact helps."""

    LEGAL = "legal"
    CHILD = "child"
    FAMILY = "family"
    HEALTH = "health"
    TRAFFICKING = "trafficking"
    DOCUMENTS = "documents"
    CASH_WORK_SCHOOL = "cash_work_school"
    PROTECTED_PATH = "protected_path"


class Need(StrEnum):
    """Whether something must stand in an application."""

    REQUIRED = "required"
    IF_AVAILABLE = "if_available"
    IF_LATE = "if_late"


class Holds(StrEnum):
    """What a line of an application is about, so that a paper can fill in what the case knows."""

    NAMES = "names"
    IDENTITY = "identity"
    ENTRY = "entry"
    ADDRESS = "address"
    ACCOUNT = "account"
    EVIDENCE = "evidence"
    PHOTO = "photo"
    SIGNATURE = "signature"
    NOTICE_BY_EMAIL = "notice_by_email"
    REASONS_LATE = "reasons_late"


class Outcome(StrEnum):
    """How an option stands for somebody. Not an order of worth."""

    OPEN = "open"
    CLOSED = "closed"
    NOT_ELIGIBLE = "not_eligible"
    TO_VERIFY = "to_verify"


class _Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is read from a file: a name that is not known is a mistake, never passed over."""


class Text(_Written, frozen=True, kw_only=True):
    """The same in both languages."""

    es: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in Spanish or English: Spanish for any language that is not English."""
        return self.en if language.startswith("en") else self.es


class Source(_Written, frozen=True, kw_only=True):
    """Where it is written. `dated` is the day the source gives, or says that it was checked on; none is unknown."""

    article: str
    address: str = ""
    dated: date | None = msgspec.field(default=None, name="date")
    read: date


class Duration(_Written, frozen=True, kw_only=True):
    """A time: so many of a unit, from an event. `paper`: it runs out by itself, nobody has to do a thing in it.

    `done_by` is the event that ends the wait; none where only a step that was written down does.
    """

    value: Annotated[int, msgspec.Meta(ge=1, le=LONGEST)]
    unit: Unit
    anchor: Anchor
    on_whom: OnWhom
    paper: bool = False
    done_by: Ends | None = None


class Line(_Written, frozen=True, kw_only=True):
    """One thing that an application holds. Its source is its rule's."""

    id: str
    need: Need
    holds: Holds | None = None
    title: Text
    note: Text | None = None


class Condition(_Written, frozen=True, kw_only=True):
    """What must be so for a way to be open, the outcome when it is not, and why.

    Exactly one test is given. `rests_on` is the rule that says it, where that is not the option itself.
    """

    fact: Fact
    is_: bool | None = msgspec.field(default=None, name="is")
    has: str = ""
    has_only: tuple[str, ...] = ()
    before: date | None = None
    from_: date | None = msgspec.field(default=None, name="from")
    at_most: int | None = None
    otherwise: Outcome
    why: Text
    rests_on: str = ""


class Way(_Written, frozen=True, kw_only=True):
    """One way into an option: every condition must hold. `outcome` is how it then stands, and `why`.

    `opens` and `closes` are its first and last day, where a source gives them; `afterwards` is how it stands outside.
    """

    id: str
    title: Text
    outcome: Outcome
    why: Text
    conditions: tuple[Condition, ...] = ()
    opens: date | None = None
    closes: date | None = None
    afterwards: Outcome = Outcome.TO_VERIFY
    afterwards_why: Text | None = None
    rests_on: str = ""


class Rule(_Written, frozen=True, kw_only=True):
    """One statement with one source. `subject` joins the versions of a rule; by itself it is the rule's id."""

    id: str
    kind: Kind
    title: Text
    text: Text
    source: Source
    confidence: Confidence
    state: Standing
    subject: str = ""
    duration: Duration | None = None
    late: Text | None = None
    who_receives: Text | None = None
    contents: tuple[Line, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    not_before: date | None = None  # the day it was made, where its first day in force is not known
    superseded_by: str = ""
    referral: Referral | None = None
    ways: tuple[Way, ...] = ()
    costs: Text | None = None
    forecloses: Text | None = None
    warnings: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """What joins it with its other versions."""
        return self.subject or self.id

    @property
    def is_unverified(self) -> bool:
        """Whether no page that was read confirms it: never shown as a fact."""
        return self.confidence is Confidence.D

    @property
    def is_to_confirm(self) -> bool:
        """Whether it is shown with "to be confirmed"."""
        return self.is_unverified or self.state not in {Standing.IN_FORCE, Standing.CLOSED}

    def holds_on(self, day: date) -> bool:
        """Whether it can have held on a day, as far as its own two dates say. A draft never did."""
        if self.state is Standing.DRAFT:
            return False
        return (self.valid_from or self.not_before or date.min) <= day <= (self.valid_to or date.max)

    @property
    def term(self) -> Term | None:
        """Its time, for counting; none if it gives none."""
        if self.duration is None:
            return None
        return Term(
            rule=self.id, value=self.duration.value, unit=self.duration.unit, anchor=self.duration.anchor.value,
            on_whom=self.duration.on_whom, article=self.source.article, confidence=self.confidence,
            standing=self.state, source_url=self.source.address, source_date=self.source.dated,
            valid_from=self.valid_from, valid_to=self.valid_to, superseded_by=self.superseded_by,
            paper=self.duration.paper,
        )  # fmt: skip


class Guide(_Written, frozen=True, kw_only=True):
    """A country's rules. `zone` is where its days begin; `checked` is the day on which the whole was last looked at."""

    country: str
    name: Text
    zone: str
    checked: date
    note: Text | None = None
    rule: tuple[Rule, ...]

    def find(self, rule_id: str) -> Rule | None:
        """The rule with this id, if there is one."""
        return next((rule for rule in self.rule if rule.id == rule_id), None)

    def of_kind(self, kind: Kind) -> tuple[Rule, ...]:
        """Every rule of a kind, as they stand."""
        return tuple(rule for rule in self.rule if rule.kind is kind)

    def versions(self, subject: str) -> tuple[Rule, ...]:
        """Every version of what a rule is about, given that subject or the id of one version."""
        found = self.find(subject)
        about = found.about if found else subject
        return tuple(rule for rule in self.rule if rule.about == about)

    def terms(self, subject: str) -> tuple[Term, ...]:
        """The times of every version, for counting under the law of a date."""
        return tuple(rule.term for rule in self.versions(subject) if rule.term)


def on_day(rules: Iterable[Rule], day: date) -> tuple[Rule, ...]:
    """The rules that can have held on a day."""
    return tuple(rule for rule in rules if rule.holds_on(day))
