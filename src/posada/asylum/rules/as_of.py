"""Under which version of a rule a date falls: the law of that date, or today's to compare.

What no source covers is said to be unverified; no version is stretched to fill it in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from posada.asylum.rules import counting
from posada.asylum.rules.deadlines import Coverage, Deadline, Doubt, Law, Place, State, due
from posada.asylum.rules.known import Known
from posada.asylum.rules.terms import Standing, Term

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Held:
    """The versions that can have held on the days in question, in order of time, and whether a source says so."""

    terms: tuple[Term, ...]
    coverage: Coverage
    has_gap: bool = False


def held(versions: Sequence[Term], first: date, last: date) -> Held:
    """Which versions of one rule can have been the law between two days. A draft never was."""
    found = sorted(
        (
            one
            for one in versions
            if one.standing is not Standing.DRAFT
            and (one.valid_from or date.min) <= last
            and first <= (one.valid_to or date.max)
        ),
        key=lambda one: one.valid_from or date.min,
    )
    if not found:
        return Held((), Coverage.UNVERIFIED)
    reached, gap = first, False
    for one in found:
        gap = gap or (one.valid_from or date.min) > reached
        reached = max(reached, min(one.valid_to or date.max, date.max - _ONE_DAY) + _ONE_DAY)
    gap = gap or reached <= last
    unsure = any(one.valid_from is None and (one.source_date is None or first < one.source_date) for one in found)
    coverage = Coverage.UNVERIFIED if gap else Coverage.START_UNKNOWN if unsure else Coverage.COVERED
    return Held(tuple(found), coverage, gap)


def resolved(
    versions: Sequence[Term],
    anchor: Known,
    place: Place,
    now: datetime,
    *,
    law: Law = Law.OF_ITS_DATES,
    done: Known | None = None,
) -> Deadline:
    """The deadline of a rule with all its versions, under the law of the date from which it runs or under today's.

    Where several versions can have held (a date known by its month alone), the one that ends first is given, the
    others beside it. Where none is known to have held there is no day at all.
    """
    today = place.day_of(now)
    begun = anchor.within(None, today) or anchor
    wanted = (today, today) if law is Law.OF_TODAY or not anchor.is_known else (begun.first, begun.last)
    choice = held(versions, *wanted)
    if not choice.terms:
        rule = counting.RULES.get(place.country)
        return Deadline(
            state=State.NO_RULE if anchor.is_known else State.ASK, place=place, today=today, anchor=anchor,
            counting=rule, coverage=Coverage.UNVERIFIED, law=law,
        )  # fmt: skip
    answers = []
    for term in choice.terms:
        part = begun if law is Law.OF_TODAY or not anchor.is_known else begun.within(term.valid_from, term.valid_to)
        answers.append(replace(due(term, part or begun, place, now, done), anchor=anchor))
    return replace(_together(answers, choice), law=law, coverage=choice.coverage)


def _together(answers: Sequence[Deadline], choice: Held) -> Deadline:
    """One answer of several: the earliest day to act on, the latest that is possible. What was done before the days
    of a version shows that it began under another one."""
    possible = [one for one in answers if one.state is not State.OUT_OF_ORDER] or answers
    leading, *others = sorted(possible, key=lambda one: one.act_on or date.max)
    doubts = [doubt for doubt in Doubt if any(doubt in one.doubts for one in possible)]
    doubts += [Doubt.TWO_VERSIONS] if others else []
    doubts += [Doubt.NOT_COVERED] if choice.has_gap else []
    if not others:
        return replace(leading, doubts=tuple(doubts))
    latest = max(one.possible_until or date.min for one in possible)
    state = leading.state
    if state is State.PAST and any(one.state is not State.PAST for one in others):
        state = State.PERHAPS_PAST
    if state in {State.DONE_LATE, State.DONE_IN_TIME} and any(one.state is not state for one in others):
        state = State.DONE_PERHAPS_LATE
    return replace(leading, state=state, possible_until=latest, doubts=tuple(doubts), others=tuple(others))
