"""A case is looked at under the law of its dates, and under today's only when somebody asks."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from posada.asylum.rules.as_of import held, resolved
from posada.asylum.rules.deadlines import Coverage, Doubt, Law, Place, State
from posada.asylum.rules.known import Known
from posada.asylum.rules.terms import Standing, Term
from posada.asylum.tests.worked import CO_SC2, CO_SC2_OLD

BOGOTA = Place("CO", "America/Bogota")
NOW = datetime(2020, 9, 1, 17, tzinfo=UTC)
CHANGE = date(2020, 7, 14)
OLD = replace(CO_SC2_OLD, valid_from=date(2013, 12, 6), valid_to=date(2020, 7, 13), superseded_by="CO-ASY-041")
NEW = replace(CO_SC2, valid_from=CHANGE)
BOTH = (NEW, OLD)  # the order in which a file gives them does not matter


@pytest.mark.parametrize(
    ("issued", "value", "ends"),
    [
        (date(2020, 7, 13), 90, date(2020, 10, 11)),  # 18 left of July, 49 August, 79 September, 11 October
        (date(2020, 7, 14), 180, date(2021, 1, 10)),
    ],
)
def test_the_permit_lasts_as_the_law_of_its_day_says(issued: date, value: int, ends: date) -> None:
    found = resolved(BOTH, Known.on(issued), BOGOTA, NOW)
    assert found.term is not None
    assert (found.term.value, found.act_on, found.coverage) == (value, ends, Coverage.COVERED)
    assert found.law is Law.OF_ITS_DATES
    assert found.others == ()


def test_one_call_shows_it_under_the_law_of_today() -> None:
    found = resolved(BOTH, Known.on(date(2020, 7, 13)), BOGOTA, NOW, law=Law.OF_TODAY)
    assert found.term is not None
    assert (found.term.value, found.act_on, found.law) == (180, date(2021, 1, 9), Law.OF_TODAY)


def test_a_month_in_which_the_law_changed_is_counted_both_ways() -> None:
    found = resolved(BOTH, Known.read("2020-07"), BOGOTA, NOW)
    assert found.term is not None
    assert found.term.value == 90
    assert found.act_on == date(2020, 9, 29)  # 1 July: 30 left, 61 August, 29 September
    assert found.possible_until == date(2021, 1, 27)  # 31 July: 31 August, 61, 92, 122, 153 December, 27 January
    assert {Doubt.TWO_VERSIONS, Doubt.INTERVAL} <= set(found.doubts)
    assert [one.term.value for one in found.others if one.term] == [180]
    assert found.others[0].act_on == date(2021, 1, 10)  # of the second version only the days on which it held
    assert found.anchor == Known.read("2020-07")


def test_a_day_past_the_first_version_is_perhaps_past() -> None:
    moment = datetime(2020, 12, 1, 17, tzinfo=UTC)
    assert resolved(BOTH, Known.read("2020-07"), BOGOTA, moment).state is State.PERHAPS_PAST


def test_what_was_done_before_the_change_shows_under_which_law_it_began() -> None:
    found = resolved(BOTH, Known.read("2020-07"), BOGOTA, NOW, done=Known.on(date(2020, 7, 5)))
    assert found.state is State.DONE_IN_TIME
    assert found.others == ()


def test_done_between_the_ends_of_two_versions_is_perhaps_late() -> None:
    moment = datetime(2021, 6, 1, 17, tzinfo=UTC)
    found = resolved(BOTH, Known.read("2020-07"), BOGOTA, moment, done=Known.on(date(2020, 12, 1)))
    assert found.state is State.DONE_PERHAPS_LATE


class TestWhatNoSourceCovers:
    def test_a_date_before_the_first_version_has_no_day_at_all(self) -> None:
        found = resolved(BOTH, Known.on(date(2013, 12, 5)), BOGOTA, NOW)
        assert (found.state, found.term, found.act_on) == (State.NO_RULE, None, None)
        assert found.coverage is Coverage.UNVERIFIED
        assert found.to_confirm

    def test_a_gap_between_two_versions_is_not_filled_in(self) -> None:
        later = replace(NEW, valid_from=date(2020, 8, 1))
        assert resolved((OLD, later), Known.on(date(2020, 7, 20)), BOGOTA, NOW).state is State.NO_RULE
        partly = resolved((OLD, later), Known.read("2020-07"), BOGOTA, NOW)
        assert partly.coverage is Coverage.UNVERIFIED
        assert Doubt.NOT_COVERED in partly.doubts
        assert partly.to_confirm

    def test_a_version_without_its_first_day_is_sure_only_since_its_source_was_written(self) -> None:
        rule = replace(CO_SC2, source_date=date(2020, 8, 1), standing=Standing.IN_FORCE)
        sure = resolved((rule,), Known.on(date(2020, 8, 1)), BOGOTA, NOW)
        before = resolved((rule,), Known.on(date(2020, 7, 31)), BOGOTA, NOW)
        assert (sure.coverage, sure.to_confirm) == (Coverage.COVERED, False)
        assert (before.coverage, before.to_confirm) == (Coverage.START_UNKNOWN, True)

    def test_a_draft_was_never_the_law(self) -> None:
        assert held((replace(NEW, standing=Standing.DRAFT),), CHANGE, CHANGE).terms == ()

    def test_an_unknown_date_is_asked_for_under_either_law(self) -> None:
        for law in Law:
            for versions in (BOTH, ()):
                assert resolved(versions, Known(), BOGOTA, NOW, law=law).state is State.ASK

    @pytest.mark.parametrize(
        ("versions", "gap"),
        [
            ((OLD, NEW), False),
            ((NEW,), True),
            ((OLD,), True),
            ((OLD, replace(NEW, valid_from=date(2020, 7, 15))), True),
        ],
    )
    def test_a_gap_of_one_day_is_seen(self, versions: tuple[Term, ...], gap: bool) -> None:
        assert held(versions, date(2020, 7, 1), date(2020, 7, 31)).has_gap is gap

    def test_a_version_said_to_hold_for_ever_is_taken(self) -> None:
        for_ever = replace(NEW, valid_to=date.max)
        assert held((for_ever,), CHANGE, CHANGE).coverage is Coverage.COVERED
