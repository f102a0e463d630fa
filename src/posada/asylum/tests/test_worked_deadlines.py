"""Deadlines worked by hand, against what is counted."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from posada.asylum.rules.deadlines import Doubt, Place, due
from posada.asylum.rules.terms import Unit
from posada.asylum.tests.worked import ROWS, ZONES, Row

LATER = datetime(2035, 1, 1, 12, tzinfo=UTC)  # every date of the table has come


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_deadline_ends_on_the_day_that_was_worked_out_by_hand(row: Row) -> None:
    found = due(row.term, row.known, Place(row.country, ZONES[row.country]), LATER)
    assert found.act_on == date.fromisoformat(row.last), row.how
    assert found.possible_until == date.fromisoformat(row.possible), row.how
    assert tuple(one.day.isoformat() for one in found.skipped) == row.skipped, row.how
    assert found.term is not None
    assert found.term.article


@pytest.mark.parametrize("row", [row for row in ROWS if row.hour], ids=lambda row: row.name)
def test_hours_end_at_the_hour_that_was_worked_out_by_hand(row: Row) -> None:
    place = Place(row.country, ZONES[row.country])
    found = due(row.term, row.known, place, LATER)
    ends = {"co-24-hours-over-midnight": "22:30", "co-36-hours-into-holy-thursday": "08:00"}
    assert found.act_at is not None
    assert f"{found.act_at.astimezone(place.clock):%H:%M}" == ends[row.name]
    assert found.act_at == found.possible_at


def test_the_table_is_wide_enough() -> None:
    assert len(ROWS) >= 40
    assert len({row.name for row in ROWS}) == len(ROWS)
    assert {row.country for row in ROWS} == set(ZONES)
    assert {row.term.unit for row in ROWS} == set(Unit)
    assert min(Counter(row.country for row in ROWS).values()) >= 1


def test_a_wrong_unit_gives_a_wrong_day() -> None:
    # The control: as calendar days, none of the times in working days ends where it was worked out by hand.
    rows = [row for row in ROWS if row.term.unit is Unit.WORKING_DAY]
    taken = {row.name: replace(row.term, unit=Unit.CALENDAR_DAY) for row in rows}
    found = {row.name: due(taken[row.name], row.known, Place(row.country, ZONES[row.country]), LATER) for row in rows}
    assert not [row.name for row in rows if found[row.name].act_on == date.fromisoformat(row.last)]


def test_the_day_an_office_closes_is_said() -> None:
    row = next(row for row in ROWS if row.name == "ec-90-days-sunday")
    found = due(row.term, row.known, Place("EC", ZONES["EC"]), LATER)
    assert found.doubts == (Doubt.CLOSED_DAY,)
    assert found.office_until == date(2026, 4, 30)  # Sunday 3, Saturday 2 and Friday 1 May are closed
