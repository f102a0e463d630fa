"""May somebody be reached now: one answer for every page, in the relative's own time, on nights when clocks change."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import translation

from posada.family.rules.calling import AFTER_MANY, AFTER_ONE, HARMLESS_TRIES, Why, again_from, may_reach, words
from posada.family.rules.safe_hours import SafeHours, Span, zone_of
from posada.family.rules.silence import Watch

CARACAS, MADRID, NEW_YORK = "America/Caracas", "Europe/Madrid", "America/New_York"
EVENING = SafeHours(CARACAS, (Span(time(19), time(21)),))
SEVEN_THERE = datetime(2019, 2, 26, 23, 0, tzinfo=UTC)  # 19:00 in Caracas, a Tuesday
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("moment", "inside"),
    [
        (SEVEN_THERE - timedelta(seconds=1), False),
        (SEVEN_THERE, True),
        (SEVEN_THERE + 2 * HOUR - timedelta(seconds=1), True),
        (SEVEN_THERE + 2 * HOUR, False),
    ],
)
def test_calls_only_within_the_safe_hours_of_their_own_clock(moment: datetime, *, inside: bool) -> None:
    assert EVENING.allows(moment) is inside
    reach = may_reach(state=Watch.WATCHED, hours=EVENING, frozen=False, now=moment)
    assert (reach.why is Why.YES) is inside
    assert reach.may is inside
    if not inside:
        assert reach.not_before is not None
        assert EVENING.allows(reach.not_before)
        assert not EVENING.allows(reach.not_before - timedelta(seconds=1))


def test_past_midnight_belongs_to_the_day_it_began() -> None:
    late = SafeHours(CARACAS, (Span(time(22), time(1), (4,)),))  # Friday night
    friday = datetime(2019, 3, 1, tzinfo=zone_of(CARACAS))
    assert late.allows(friday.replace(hour=23))
    assert late.allows(friday + timedelta(days=1, minutes=30))
    assert not late.allows(friday + timedelta(minutes=30))
    assert not late.allows(friday + timedelta(days=1, hours=23))


def test_a_day_of_the_week_comes_by_within_a_week() -> None:
    sunday = SafeHours(CARACAS, (Span(time(7), time(7, 30), (6,)),))
    found = sunday.next_from(SEVEN_THERE)
    assert found == datetime(2019, 3, 3, 11, 0, tzinfo=UTC)


def test_no_agreed_hour_is_no_reason_and_no_agreed_day_never_comes() -> None:
    nothing, never = SafeHours(CARACAS), SafeHours(CARACAS, (Span(time(7), time(8), ()),))
    assert nothing.allows(SEVEN_THERE)
    assert nothing.next_from(SEVEN_THERE) == SEVEN_THERE
    assert never.next_from(SEVEN_THERE) is None
    assert may_reach(state=Watch.WATCHED, hours=never, frozen=False, now=SEVEN_THERE).why is Why.NEVER


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "America", "\x00"])
def test_in_an_unknown_zone_no_hour_is_safe(zone: str) -> None:
    hours = SafeHours(zone, (Span(time(0), time(23, 59)),))
    assert not hours.allows(SEVEN_THERE)
    assert may_reach(state=Watch.WATCHED, hours=hours, frozen=False, now=SEVEN_THERE).why is Why.UNKNOWN_ZONE


@pytest.mark.parametrize(("zone", "year"), [(MADRID, 2019), (NEW_YORK, 2019), ("Australia/Lord_Howe", 2019)])
def test_on_nights_when_clocks_change_no_minute_outside_is_offered(zone: str, year: int) -> None:
    there = zone_of(zone)
    assert there is not None
    spans = (*(Span(time(hour, 15), time(hour, 45)) for hour in range(0, 6, 2)), Span(time(1), time(2, 30)))
    hours, checked, changes = SafeHours(zone, spans), 0, set()
    moment, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    while moment < end:
        wall = moment.astimezone(there)
        if wall.hour < 6 and hours.allows(moment):
            assert any(span.begins <= wall.time() < span.until for span in spans), wall
            checked += 1
        changes.add(wall.utcoffset())
        moment += timedelta(minutes=15)
    assert len(changes) == 2  # the year holds both changes
    assert checked > 2_000
    print(f"{checked} quarters of an hour offered in {zone} in {year}, 0 outside")


def test_after_a_stop_and_while_frozen_nobody_is_reached_whatever_the_hour() -> None:
    for hours in (None, EVENING):
        for now in (SEVEN_THERE, SEVEN_THERE + 5 * HOUR):
            stopped = may_reach(state=Watch.STOPPED, hours=hours, frozen=True, now=now)
            frozen = may_reach(state=Watch.WORRYING, hours=hours, frozen=True, now=now)
            assert (stopped.why, frozen.why) == (Why.STOPPED, Why.FROZEN)
            assert not stopped.may
            assert not frozen.may
    assert may_reach(state=Watch.WATCHED, hours=EVENING, frozen=False, now=SEVEN_THERE).may  # the control


def test_after_the_words_of_alarm_and_after_harm_nobody_turns_to_them_first() -> None:
    alarm = may_reach(state=Watch.WORRYING, hours=None, frozen=False, now=SEVEN_THERE, alarmed=True)
    harmed = may_reach(state=Watch.WATCHED, hours=None, frozen=False, now=SEVEN_THERE, withheld=True)
    assert (alarm.why, harmed.why) == (Why.ALARM, Why.WITHHELD)


def test_a_telephone_never_rings_on_and_on() -> None:
    assert again_from(None, 0) is None
    assert again_from(SEVEN_THERE, 1) == SEVEN_THERE + AFTER_ONE
    assert again_from(SEVEN_THERE, HARMLESS_TRIES) == SEVEN_THERE + AFTER_MANY
    soon = SEVEN_THERE + HOUR
    reach = may_reach(state=Watch.WATCHED, hours=EVENING, frozen=False, now=soon, again_from=SEVEN_THERE + AFTER_ONE)
    assert reach.why is Why.TRIED
    assert reach.not_before == SEVEN_THERE + timedelta(days=1)  # four hours later is outside: the next evening
    free = may_reach(state=Watch.WATCHED, hours=None, frozen=False, now=soon, again_from=SEVEN_THERE + AFTER_ONE)
    assert free.not_before == SEVEN_THERE + AFTER_ONE


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_reason_is_said_in_one_sentence(language: str) -> None:
    zone = zone_of("America/Bogota")
    assert zone is not None
    sentences = set()
    with translation.override(language):
        for why in Why:
            late = may_reach(state=Watch.WATCHED, hours=EVENING, frozen=False, now=SEVEN_THERE + 5 * HOUR)
            said = words(type(late)(why, late.not_before), now=SEVEN_THERE, zone=zone)
            assert bool(said) is (why is not Why.YES)
            sentences.add(said)
    assert len(sentences) == len(Why)
    with translation.override("en"):
        reach = may_reach(state=Watch.WATCHED, hours=EVENING, frozen=False, now=SEVEN_THERE - HOUR)
        assert words(reach, now=SEVEN_THERE - HOUR, zone=zone) == "Outside the safe hours. Not before 18:00."
