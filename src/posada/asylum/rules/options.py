"""From the few facts that were told: how every option of a guide stands, why, and what would settle what is open.

It informs. Nothing is scored or ordered by worth, nothing is hidden, and what was not told is asked, never guessed. An
answer against somebody (closed, not eligible) is given only where a source that was read says so of that day; where the
source is unverified, may have been replaced, or does not cover the day, the answer is "to verify".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from posada.asylum.rules.deadlines import Coverage
from posada.asylum.rules.facts import Fact, Facts
from posada.asylum.rules.guide import Condition, Guide, Kind, Outcome, Rule, Text, Way
from posada.asylum.rules.holding import coverage_on
from posada.asylum.rules.known import Known
from posada.asylum.rules.terms import Standing

# The first that stands among the ways (or conditions) is how the whole stands.
_OF_WAYS = (Outcome.OPEN, Outcome.TO_VERIFY, Outcome.CLOSED, Outcome.NOT_ELIGIBLE)
_OF_CONDITIONS = (Outcome.NOT_ELIGIBLE, Outcome.CLOSED, Outcome.TO_VERIFY)
_SAID_FOR_SURE = {Standing.IN_FORCE, Standing.CLOSED}


class Ground(StrEnum):
    """From where a reason comes. The sentence of each stands in `option_words`."""

    GUIDE = "guide"  # the guide says it
    NOT_TOLD = "not_told"  # a fact is not known
    UNVERIFIED = "unverified"  # the source does not carry a firm answer
    NOT_COVERED = "not_covered"  # no source covers the day
    OUTSIDE = "outside"  # the day is before or after the time in which it was open


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason: how it makes a way stand, from where, in which words, resting on which rule, about which fact."""

    outcome: Outcome
    ground: Ground
    rule: Rule
    text: Text | None = None
    fact: Fact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WayFound:
    """How one way stands, and every reason for it."""

    way: Way
    outcome: Outcome
    reasons: tuple[Reason, ...]

    @property
    def asks(self) -> tuple[Fact, ...]:
        """The facts that would settle it, if it is not settled by another."""
        return tuple(one.fact for one in self.reasons if one.fact and one.ground is Ground.NOT_TOLD)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionFound:
    """How an option stands. `warnings` are to be read before it; `is_to_confirm` says that it is no sure fact."""

    option: Rule
    outcome: Outcome
    ways: tuple[WayFound, ...]
    warnings: tuple[Rule, ...]
    deadlines: tuple[str, ...]
    is_to_confirm: bool

    @property
    def asks(self) -> tuple[Fact, ...]:
        """The facts that would settle it, each once."""
        return tuple(dict.fromkeys(fact for way in self.ways for fact in way.asks))

    @property
    def costs(self) -> Text | None:
        """What it costs; none where no source says."""
        return self.option.costs

    @property
    def forecloses(self) -> Text | None:
        """What it shuts out; none where no source says."""
        return self.option.forecloses


def options(guide: Guide, facts: Facts, day: date) -> tuple[OptionFound, ...]:
    """Every option of a guide on a day, in the guide's order."""
    return tuple(_option(guide, option, facts, day) for option in guide.of_kind(Kind.OPTION))


def facts_asked(guide: Guide) -> tuple[Fact, ...]:
    """The facts that any option of a guide depends on, each once, in the order in which they first matter."""
    rules = guide.of_kind(Kind.OPTION)
    return tuple(dict.fromkeys(one.fact for rule in rules for way in rule.ways for one in way.conditions))


def _option(guide: Guide, option: Rule, facts: Facts, day: date) -> OptionFound:
    ways = tuple(_way(guide, option, way, facts, day) for way in option.ways)
    outcome = _first(_OF_WAYS, (way.outcome for way in ways))
    resting = [reason.rule for way in ways if way.outcome is outcome for reason in way.reasons]
    return OptionFound(
        option=option,
        outcome=outcome,
        ways=ways,
        warnings=tuple(rule for rule in map(guide.find, option.warnings) if rule),
        deadlines=option.deadlines,
        is_to_confirm=outcome is Outcome.TO_VERIFY or any(rule.is_to_confirm for rule in [option, *resting]),
    )


def _way(guide: Guide, option: Rule, way: Way, facts: Facts, day: date) -> WayFound:
    said_by = _resting(guide, way.rests_on, option)
    found = [_told(guide, said_by, condition, facts, day) for condition in way.conditions]
    against = [one for one in found if one and one.ground is not Ground.NOT_TOLD]
    missing = [one for one in found if one and one.ground is Ground.NOT_TOLD]
    if against:
        outcome = _first(_OF_CONDITIONS, (one.outcome for one in against))
        # What is still to be verified may turn out well: then the facts that were not told matter too.
        reasons = against + missing if outcome is Outcome.TO_VERIFY else against
    elif missing:
        outcome, reasons = Outcome.TO_VERIFY, missing
    else:
        reasons = [_held(said_by, way, day)]
        outcome = reasons[0].outcome
    return WayFound(way=way, outcome=outcome, reasons=tuple(reasons))


def _held(rule: Rule, way: Way, day: date) -> Reason:
    """How a way stands of which every condition holds."""
    if (way.opens and day < way.opens) or (way.closes and way.closes < day):
        return _firm(Reason(outcome=way.afterwards, ground=Ground.OUTSIDE, rule=rule, text=way.afterwards_why), day)
    return _firm(Reason(outcome=way.outcome, ground=Ground.GUIDE, rule=rule, text=way.why), day)


def _told(guide: Guide, said_by: Rule, condition: Condition, facts: Facts, day: date) -> Reason | None:
    """Nothing if a condition holds; else why not, or that it was not told."""
    rule = _resting(guide, condition.rests_on, said_by)
    holds = _holds(condition, facts)
    if holds:
        return None
    if holds is None:
        text, fact = condition.why, condition.fact
        return Reason(outcome=Outcome.TO_VERIFY, ground=Ground.NOT_TOLD, rule=rule, text=text, fact=fact)
    found = Reason(outcome=condition.otherwise, ground=Ground.GUIDE, rule=rule, text=condition.why, fact=condition.fact)
    return _firm(found, day)


def _firm(reason: Reason, day: date) -> Reason:
    """The reason if its source carries it on that day; otherwise that it is to be verified, with the same words."""
    rule = reason.rule
    ground = reason.ground
    if coverage_on(rule, day) is not Coverage.COVERED:
        ground = Ground.NOT_COVERED
    elif (
        rule.is_unverified
        or rule.state is Standing.DRAFT
        or (reason.outcome in {Outcome.CLOSED, Outcome.NOT_ELIGIBLE} and rule.state not in _SAID_FOR_SURE)
        or (reason.outcome is Outcome.OPEN and rule.state is Standing.SUPERSEDED_POSSIBLE)
    ):
        ground = Ground.UNVERIFIED
    else:
        return reason
    return Reason(outcome=Outcome.TO_VERIFY, ground=ground, rule=rule, text=reason.text, fact=reason.fact)


def _resting(guide: Guide, rule_id: str, otherwise: Rule) -> Rule:
    return (guide.find(rule_id) if rule_id else None) or otherwise


def _first(order: tuple[Outcome, ...], found: Iterable[Outcome]) -> Outcome:
    standing = set(found)
    return next((outcome for outcome in order if outcome in standing), Outcome.TO_VERIFY)


def _holds(condition: Condition, facts: Facts) -> bool | None:
    """Whether a condition holds; none where what was told does not say."""
    answer = facts.get(condition.fact)
    if isinstance(answer, bool):
        return answer is condition.is_ if condition.is_ is not None else None
    if isinstance(answer, frozenset):
        return _of_countries(condition, answer)
    if isinstance(answer, Known):
        return _of_date(condition, answer)
    if isinstance(answer, int) and condition.at_most is not None:
        return answer <= condition.at_most
    return None


def _of_countries(condition: Condition, answer: frozenset[str]) -> bool | None:
    if condition.has:
        return condition.has in answer
    if condition.has_only:
        return answer <= set(condition.has_only)
    return None


def _of_date(condition: Condition, answer: Known) -> bool | None:
    """Whether it lies before (or from) a day; none where only a part of it does."""
    if not answer.is_known:
        return None
    border = condition.before or condition.from_
    if border is None:
        return None
    lies_before = True if answer.last < border else None if answer.first < border else False
    if lies_before is None:
        return None
    return lies_before if condition.before else not lies_before
