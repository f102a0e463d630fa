"""The written lives: their right answers, fixed from the sources, against what the options say."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest

from posada.asylum.guides import reading
from posada.asylum.rules.as_of import resolved
from posada.asylum.rules.deadlines import Coverage, Place
from posada.asylum.rules.facts import NOTHING_SAID
from posada.asylum.rules.guide import Guide, Outcome
from posada.asylum.rules.holding import coverage_on
from posada.asylum.rules.known import Known
from posada.asylum.rules.options import OptionFound, facts_asked, options
from posada.asylum.rules.terms import Standing
from posada.asylum.tests.lives import LIVES, Life

pytestmark = pytest.mark.django_db
AGAINST = {Outcome.CLOSED, Outcome.NOT_ELIGIBLE}


def _guide(country: str) -> Guide:
    found = reading.guide(country)
    assert found is not None
    return found


def _of(life: Life) -> dict[str, OptionFound]:
    return {one.option.id: one for one in options(_guide(life.country), life.facts, life.on)}


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_every_option_of_a_life_stands_as_its_sources_say(life: Life) -> None:
    found = _of(life)
    assert {name: one.outcome.value for name, one in found.items()} == life.outcomes
    for option, traps in life.traps.items():
        assert set(traps) <= {one.id for one in found[option].warnings}, option
    for option, asked in life.questions.items():
        assert set(asked) <= {fact.value for fact in found[option].asks}, option


@pytest.mark.parametrize("life", [life for life in LIVES if life.deadlines], ids=lambda life: life.name)
def test_the_days_of_a_life_are_those_counted_on_a_paper_calendar(life: Life) -> None:
    guide = _guide(life.country)
    for worked in life.deadlines:
        place = Place(life.country, guide.zone)
        now = datetime.combine(life.on, time(9), tzinfo=place.clock).astimezone(UTC)
        found = resolved(guide.terms(worked.rule), Known.read(worked.from_), place, now)
        assert found.act_on == worked.act_on, worked.how
        assert found.state.value == worked.state, worked.how


def test_there_are_twenty_lives_and_every_country_and_answer_is_among_them() -> None:
    assert len(LIVES) >= 20
    assert {life.country for life in LIVES} == set(reading.countries())
    answers = Counter(outcome for life in LIVES for outcome in life.outcomes.values())
    assert set(answers) == {outcome.value for outcome in Outcome}


def test_nothing_is_closed_where_the_source_is_unverified() -> None:
    against = 0
    for life in LIVES:
        for found in _of(life).values():
            for way in found.ways:
                for reason in way.reasons:
                    if reason.outcome in AGAINST:
                        against += 1
                        assert not reason.rule.is_unverified, reason.rule.id
                        assert reason.rule.state in {Standing.IN_FORCE, Standing.CLOSED}, reason.rule.id
                        assert coverage_on(reason.rule, life.on) is Coverage.COVERED, reason.rule.id
    assert against  # the control: there are answers against somebody


def test_who_said_nothing_is_refused_nothing_that_a_fact_could_open() -> None:
    for code in reading.countries():
        guide = _guide(code)
        assert facts_asked(guide)
        for found in options(guide, NOTHING_SAID, date(2026, 11, 23)):
            assert found.outcome is not Outcome.NOT_ELIGIBLE, found.option.id


def test_what_no_source_covers_is_never_said_for_sure() -> None:
    long_ago = date(1990, 1, 1) - timedelta(days=1)
    for life in LIVES:
        answers = {one.outcome for one in options(_guide(life.country), life.facts, long_ago)}
        assert not answers & AGAINST
