"""What a deadline says when a date is vague, wrong, ahead or past, and where clocks and calendars end."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.asylum.rules import counting
from posada.asylum.rules.deadlines import Doubt, Place, State, due
from posada.asylum.rules.known import Known
from posada.asylum.rules.order import Disorder, disorders
from posada.asylum.rules.terms import Confidence, OnWhom, Standing, Term, Unit
from posada.asylum.tests.worked import CO_APPEAL, CO_APPLY, CO_FORWARD, CO_SC2, PE_APPLY
from posada.ground import public_holidays

BOGOTA = Place("CO", "America/Bogota")


def noon(day: str, place: Place = BOGOTA) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(12), place.clock)


def of(unit: Unit, value: int = 24) -> Term:
    return Term(
        rule="X-1", value=value, unit=unit, anchor="entry", on_whom=OnWhom.APPLICANT, article="art. 1",
        confidence=Confidence.A, standing=Standing.IN_FORCE,
    )  # fmt: skip


class TestADateThatIsNotExact:
    def test_an_unknown_date_gives_no_day_and_asks_for_it(self) -> None:
        found = due(CO_APPLY, Known(), BOGOTA, noon("2026-03-01"))
        assert found.state is State.ASK
        assert (found.act_on, found.possible_until, found.days_left, found.working_days_left) == (None,) * 4

    def test_a_month_gives_the_earliest_end_to_act_on_and_says_so(self) -> None:
        found = due(CO_APPLY, Known.read("2026-03"), BOGOTA, noon("2026-04-10"))
        assert (found.act_on, found.possible_until) == (date(2026, 5, 1), date(2026, 6, 1))
        assert Doubt.INTERVAL in found.doubts
        assert found.state is State.OPEN

    def test_a_month_that_still_runs_ends_today(self) -> None:
        found = due(CO_APPLY, Known.read("2026-03"), BOGOTA, noon("2026-03-10"))
        assert found.act_on == date(2026, 5, 1)
        assert found.possible_until == date(2026, 5, 11)  # 10 May is a Sunday

    def test_about_a_day_is_a_fortnight_and_a_day_either_way(self) -> None:
        found = due(CO_APPLY, Known.on(date(2026, 1, 20), about=True), BOGOTA, noon("2026-04-10"))
        assert (found.act_on, found.possible_until) == (date(2026, 3, 5), date(2026, 4, 6))  # 4 April: Holy Saturday
        assert found.state is State.PAST

    def test_the_days_between_the_earliest_and_the_latest_end_are_perhaps_past(self) -> None:
        known = Known.read("2026-03")
        states = [due(CO_APPLY, known, BOGOTA, noon(day)).state for day in ("2026-05-01", "2026-05-02", "2026-06-02")]
        assert states == [State.TODAY, State.PERHAPS_PAST, State.PAST]

    @pytest.mark.parametrize("written", ["2026-13", "2026-02-30", "26-01-01", "0026", "2026-00", "ayer", "2026-1-1"])
    def test_what_is_no_date_is_refused(self, written: str) -> None:
        with pytest.raises(ValueError, match=r"."):
            Known.read(written)


class TestADateThatCannotBe:
    def test_a_date_that_has_not_come_is_said_and_still_counted(self) -> None:
        found = due(CO_APPLY, Known.on(date(2026, 6, 1)), BOGOTA, noon("2026-05-01"))
        assert found.state is State.ANCHOR_AHEAD
        assert found.act_on == date(2026, 8, 1)

    def test_done_before_the_date_from_which_it_runs_is_out_of_order(self) -> None:
        found = due(CO_APPLY, Known.on(date(2026, 3, 1)), BOGOTA, noon("2026-05-01"), Known.on(date(2026, 2, 1)))
        assert found.state is State.OUT_OF_ORDER

    def test_dates_in_the_wrong_order_are_found_across_unknown_ones(self) -> None:
        dates = {
            "entry": Known.on(date(2026, 3, 5)),
            "filing": Known(),
            "notification": Known.on(date(2026, 3, 4)),
            "something_else": Known.on(date(1990, 1, 1)),
        }
        assert disorders(dates) == (Disorder("entry", "notification"),)

    def test_vague_dates_contradict_each_other_only_if_nothing_fits(self) -> None:
        assert disorders({"entry": Known.on(date(2026, 3, 31)), "filing": Known.read("2026-03")}) == ()
        assert disorders({"entry": Known.on(date(2026, 4, 1)), "filing": Known.read("2026-03")})

    def test_a_moment_without_a_zone_is_refused(self) -> None:
        with pytest.raises(ValueError, match="zone"):
            due(CO_APPLY, Known.on(date(2026, 3, 1)), BOGOTA, datetime(2026, 3, 2))  # noqa: DTZ001

    def test_a_zone_that_nobody_knows_is_refused(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            Place("CO", "America/Macondo")

    @pytest.mark.parametrize("value", [0, -1, 1001])
    def test_a_time_of_nothing_is_refused(self, value: int) -> None:
        with pytest.raises(ValueError, match="X-1"):
            of(Unit.YEAR, value)


class TestHowItStands:
    @pytest.mark.parametrize(
        ("today", "state", "left", "working"),
        [
            ("2026-11-12", State.OPEN, 8, 5),  # 13, 17, 18, 19, 20: Monday 16 is a holiday
            ("2026-11-20", State.TODAY, 0, 0),
            ("2026-11-21", State.PAST, -1, 0),
            ("2026-11-23", State.PAST, -3, -1),
        ],
    )
    def test_days_left_are_counted_in_both_ways(self, today: str, state: State, left: int, working: int) -> None:
        found = due(CO_APPEAL, Known.on(date(2026, 11, 5)), BOGOTA, noon(today))
        assert (found.state, found.days_left, found.working_days_left) == (state, left, working)

    def test_the_saturday_on_which_a_month_ends_may_run_on_to_monday(self) -> None:
        known = Known.on(date(2026, 1, 14))
        states = [due(CO_APPLY, known, BOGOTA, noon(f"2026-03-{day}")).state for day in (14, 15, 16, 17)]
        assert states == [State.TODAY, State.PERHAPS_PAST, State.PERHAPS_PAST, State.PAST]

    @pytest.mark.parametrize(
        ("done", "state"),
        [
            ("2026-03-14", State.DONE_IN_TIME),
            ("2026-03-16", State.DONE_PERHAPS_LATE),
            ("2026-03", State.DONE_PERHAPS_LATE),
            ("2026-03-17", State.DONE_LATE),
            ("2026-06-01", State.PAST),  # a day that has not come is not yet done
            ("", State.PAST),
        ],
    )
    def test_what_was_done_is_in_time_or_late_or_not_certain(self, done: str, state: State) -> None:
        found = due(CO_APPLY, Known.on(date(2026, 1, 14)), BOGOTA, noon("2026-05-01"), Known.read(done))
        assert found.state is state

    def test_a_permit_is_not_prolonged_by_closed_offices(self) -> None:
        found = due(CO_SC2, Known.on(date(2020, 7, 14)), BOGOTA, noon("2020-08-01"))
        assert found.act_on == found.possible_until == date(2021, 1, 10)
        assert found.office_until == date(2021, 1, 8)
        assert found.doubts == ()

    def test_general_knowledge_is_never_a_fact(self) -> None:
        place = Place("PE", "America/Lima")
        assert due(PE_APPLY, Known.on(date(2026, 7, 1)), place, noon("2026-07-02", place)).to_confirm
        sure = replace(CO_APPEAL, standing=Standing.IN_FORCE)
        assert not due(sure, Known.on(date(2026, 7, 1)), BOGOTA, noon("2026-07-02")).to_confirm


class TestACalendarThatEnds:
    @pytest.mark.parametrize(("country", "year"), [("ZZ", 2026), ("CO", 2101), ("ES", 2006)])
    def test_weekends_alone_are_left_out_and_it_is_said(self, country: str, year: int) -> None:
        # 30 December to the fifth working day: New Year would be left out if it were known.
        found = due(of(Unit.WORKING_DAY, 5), Known.on(date(year, 12, 30)), Place(country, "UTC"), noon(f"{year}-12-31"))
        plain = counting.working_days_after(date(year, 12, 30), 5, "ZZ")
        assert found.act_on == plain.last
        assert found.skipped == ()
        assert Doubt.HOLIDAYS_UNKNOWN in found.doubts
        assert not found.holidays_known

    def test_a_time_that_runs_past_the_end_of_the_calendar_says_so(self) -> None:
        found = due(CO_APPEAL, Known.on(date(2100, 12, 28)), BOGOTA, noon("2100-12-29"))
        assert found.act_on == date(2101, 1, 11)  # 29, 30, 31 Dec; 3-7 Jan; 10, 11: no holiday known in 2101
        assert not found.holidays_known

    def test_a_calendar_that_is_known_says_nothing(self) -> None:
        assert due(CO_APPEAL, Known.on(date(2026, 7, 10)), BOGOTA, noon("2026-07-11")).holidays_known


class TestClocks:
    """Nights on which clocks are changed: the earlier of the two ways of counting is the one to act on."""

    @pytest.mark.parametrize(
        ("zone", "day", "hour", "act_at", "possible_at"),
        [
            # Chile, Sunday 6 September 2026: 24:00 becomes 01:00. Counted through: Sunday 13:00; on the wall: 12:00.
            ("America/Santiago", "2026-09-05", time(12), "2026-09-06T12:00", "2026-09-06T13:00"),
            # Chile, Saturday 4 April 2026: 24:00 becomes 23:00. Counted through: Sunday 11:00; on the wall: 12:00.
            ("America/Santiago", "2026-04-04", time(12), "2026-04-05T11:00", "2026-04-05T12:00"),
            # Punta Arenas keeps one time all year.
            ("America/Punta_Arenas", "2026-09-05", time(12), "2026-09-06T12:00", "2026-09-06T12:00"),
            # Spain, Sunday 29 March 2026: 02:00 becomes 03:00; and Sunday 25 October: 03:00 becomes 02:00.
            ("Europe/Madrid", "2026-03-28", time(20), "2026-03-29T20:00", "2026-03-29T21:00"),
            ("Europe/Madrid", "2026-10-24", time(20), "2026-10-25T19:00", "2026-10-25T20:00"),
            # New York, 1 November 2026: 02:00 becomes 01:00; Los Angeles likewise; Phoenix never.
            ("America/New_York", "2026-10-31", time(9, 30), "2026-11-01T08:30", "2026-11-01T09:30"),
            ("America/Los_Angeles", "2026-10-31", time(9, 30), "2026-11-01T08:30", "2026-11-01T09:30"),
            ("America/Phoenix", "2026-10-31", time(9, 30), "2026-11-01T09:30", "2026-11-01T09:30"),
            ("America/Bogota", "2026-10-31", time(9, 30), "2026-11-01T09:30", "2026-11-01T09:30"),
        ],
    )
    def test_a_day_in_hours(self, zone: str, day: str, hour: time, act_at: str, possible_at: str) -> None:
        place = Place("CL", zone)
        found = due(of(Unit.HOUR), Known.on(date.fromisoformat(day), hour), place, noon("2027-01-01"))
        assert found.act_at is not None
        assert found.possible_at is not None
        ends = [f"{moment.astimezone(place.clock):%Y-%m-%dT%H:%M}" for moment in (found.act_at, found.possible_at)]
        assert ends == [act_at, possible_at]
        assert (Doubt.CLOCK_CHANGE in found.doubts) is (act_at != possible_at)

    def test_an_hour_that_came_twice_is_read_as_the_first(self) -> None:
        place = Place("US", "America/New_York")
        found = due(of(Unit.HOUR, 1), Known.on(date(2026, 11, 1), time(1, 30)), place, noon("2026-12-01"))
        assert found.act_at == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)  # 01:30 in summer time is 05:30 UTC
        assert found.possible_at == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)

    def test_hours_from_a_day_alone_run_from_its_beginning(self) -> None:
        found = due(CO_FORWARD, Known.on(date(2026, 10, 31)), BOGOTA, noon("2026-11-01"))
        assert found.act_at == datetime(2026, 11, 1, 5, tzinfo=UTC)  # midnight in Bogotá
        assert found.possible_at == datetime(2026, 11, 2, 4, 59, tzinfo=UTC)
        assert found.doubts == (Doubt.HOUR_UNKNOWN,)
        assert found.state is State.PERHAPS_PAST

    def test_a_day_ends_at_midnight_of_the_place_and_not_of_the_server(self) -> None:
        moment = datetime(2026, 3, 15, 4, 30, tzinfo=UTC)  # 14 March 23:30 in Bogotá, 15 March 05:30 in Madrid
        known = Known.on(date(2026, 1, 14))
        assert due(CO_APPLY, known, BOGOTA, moment).state is State.TODAY
        assert due(CO_APPLY, known, Place("ES", "Europe/Madrid"), moment).state is State.PERHAPS_PAST


DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
UNITS = st.sampled_from([unit for unit in Unit if unit is not Unit.HOUR])
PLACES = st.sampled_from(
    [BOGOTA, Place("CL", "America/Santiago"), Place("ES", "Europe/Madrid"), Place("ZZ", "Pacific/Kiritimati")]
)
LAST = datetime(2200, 1, 1, tzinfo=UTC)


class TestWhatAlwaysHolds:
    @settings(max_examples=60, deadline=None)
    @given(day=DAYS, value=st.integers(1, 40), unit=st.sampled_from(Unit), place=PLACES)
    def test_never_earlier_than_the_event_and_never_a_later_day_first(
        self, day: date, value: int, unit: Unit, place: Place
    ) -> None:
        found = due(of(unit, value), Known.on(day, time(2, 30)), place, LAST)
        assert found.act_on is not None
        assert found.possible_until is not None
        assert found.office_until is not None
        assert day <= found.act_on <= found.possible_until
        assert found.office_until <= found.act_on
        assert unit is Unit.HOUR or day < found.act_on

    @settings(max_examples=60, deadline=None)
    @given(day=DAYS, more=st.integers(1, 60), value=st.integers(1, 40), unit=UNITS, place=PLACES)
    def test_a_later_event_and_a_longer_time_never_end_earlier(
        self, day: date, more: int, value: int, unit: Unit, place: Place
    ) -> None:
        first = due(of(unit, value), Known.on(day), place, LAST).act_on
        later = due(of(unit, value), Known.on(day + timedelta(days=more)), place, LAST).act_on
        longer = due(of(unit, value + 1), Known.on(day), place, LAST).act_on
        assert first is not None
        assert later is not None
        assert longer is not None
        assert first <= later
        assert first < longer

    @settings(max_examples=40, deadline=None)
    @given(day=DAYS, value=st.integers(1, 40), unit=UNITS, place=PLACES, about=st.booleans())
    def test_a_vague_date_never_ends_later_than_any_day_within_it(
        self, day: date, value: int, unit: Unit, place: Place, about: bool
    ) -> None:
        vague = due(of(unit, value), Known.read(f"{day:%Y-%m}", about=about), place, LAST)
        exact = due(of(unit, value), Known.on(day), place, LAST)
        assert vague.act_on is not None
        assert vague.possible_until is not None
        assert exact.act_on is not None
        assert exact.possible_until is not None
        assert vague.act_on <= exact.act_on
        assert exact.possible_until <= vague.possible_until

    @settings(max_examples=60, deadline=None)
    @given(day=DAYS, value=st.integers(1, 60), country=st.sampled_from(["CO", "CL", "MX", "EC", "ES", "PE"]))
    def test_working_days_agree_with_another_library_that_counts_them(
        self, day: date, value: int, country: str
    ) -> None:
        off = [one for year in (day.year, day.year + 1) for one in public_holidays.of_year(country, year) or ()]
        other = np.busday_offset(np.datetime64(day), value, roll="backward", holidays=np.array(off, "datetime64[D]"))
        assert counting.working_days_after(day, value, country).last == other.astype(date)
