"""Which rules held on a day, as far as sources say. What no source covers is said to be unverified, never filled in."""

from dataclasses import dataclass
from datetime import date

from posada.asylum.rules.deadlines import Coverage
from posada.asylum.rules.guide import Guide, Rule
from posada.asylum.rules.terms import Standing


@dataclass(frozen=True, slots=True)
class RuleOnDay:
    """A rule, and whether a source says that it was the law on the day that was asked for."""

    rule: Rule
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class GuideOnDay:
    """A guide on a day. `not_covered` are the subjects of which no version is known to have held then."""

    day: date
    rules: tuple[RuleOnDay, ...]
    not_covered: tuple[str, ...]


def coverage_on(rule: Rule, day: date) -> Coverage:
    """Whether a source says that a rule held on a day: from its first day, or else from when its source was written.

    Where neither is known it is the day on which the source was read.
    """
    if not rule.holds_on(day):
        return Coverage.UNVERIFIED
    since = rule.valid_from or rule.source.dated or rule.source.read
    return Coverage.COVERED if since <= day else Coverage.START_UNKNOWN


def guide_on(guide: Guide, day: date) -> GuideOnDay:
    """The rules that can have held on a day, each with whether that is known, and what is left without any."""
    held = tuple(RuleOnDay(rule, coverage_on(rule, day)) for rule in guide.rule if rule.holds_on(day))
    about = {one.rule.about for one in held}
    # What was never more than a draft leaves no gap.
    asked = [rule.about for rule in guide.rule if rule.state is not Standing.DRAFT]
    return GuideOnDay(day, held, tuple(dict.fromkeys(subject for subject in asked if subject not in about)))
