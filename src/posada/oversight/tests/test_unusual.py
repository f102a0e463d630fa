"""What is unusual in a day of reading is said with the figures it rests on, and an ordinary day says nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from posada.accounts.acts import Act
from posada.audit.services import Result
from posada.oversight.rules.unusual import unusual_in, usual_for, worth_a_question
from posada.oversight.rules.usage import Entry, UserDay, by_user_and_day

TODAY = date(2026, 2, 26)
NOON = datetime(2026, 2, 26, 17, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


def _days(actor: int, persons: int, *, days: int = 6, role: str = "desk") -> list[UserDay]:
    return [UserDay(actor, TODAY - timedelta(days=back), roles=(role,), persons=persons) for back in range(days, 0, -1)]


def _why(day: UserDay, *history: UserDay) -> tuple[str, ...]:
    found = unusual_in(day, [*history, day])
    return found.why if found else ()


def test_many_persons_are_said_with_what_is_usual() -> None:
    day = UserDay(1, TODAY, roles=("desk",), persons=38)
    why = _why(day, *_days(1, 9), *_days(2, 12))
    assert why == ("Opened 38 persons, usually 9; others with this role usually 12.",)


def test_a_busy_day_of_a_busy_user_is_not_unusual() -> None:
    assert _why(UserDay(1, TODAY, roles=("desk",), persons=38), *_days(1, 30)) == ()
    assert _why(UserDay(1, TODAY, roles=("desk",), persons=9)) == ()


def test_a_habit_of_reading_too_much_does_not_hide_it() -> None:
    day = UserDay(1, TODAY, roles=("tracing_officer",), persons=84)
    others = _days(2, 12, role="tracing_officer")
    why = ("Opened 84 persons, usually 84; others with this role usually 12.",)
    assert _why(day, *_days(1, 84, role="tracing_officer"), *others) == why
    busy = _days(2, 60, role="tracing_officer")
    assert _why(day, *_days(1, 84, role="tracing_officer"), *busy) == (), "all are busy"


def test_somebody_new_is_compared_with_their_role() -> None:
    day = UserDay(1, TODAY, roles=("desk",), persons=30)
    assert _why(day, *_days(2, 8)) == ("Opened 30 persons; others with this role usually 8.",)
    assert _why(day) == ("Opened 30 persons. What is usual is not known yet.",)
    assert usual_for(day, _days(2, 8, role="lawyer")).of_role is None


def test_days_to_come_and_days_without_opening_make_no_habit() -> None:
    day = UserDay(1, TODAY, roles=("desk",), persons=30)
    later = replace(day, day=TODAY + timedelta(days=1), persons=900)
    assert usual_for(day, [later, *_days(1, 0)]).own is None


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (UserDay(1, TODAY, at_night=4), "Read or searched 4 times between 22 and 6 h, usually 0."),
        (
            UserDay(1, TODAY, searches=24, persons=1, nothing_found=20),
            "Searched 24 times and opened 1 persons; 20 searches found nobody.",
        ),
        (UserDay(1, TODAY, acts=((Act.BREAK_GLASS.value, 1),)), "Opened 1 file in an emergency."),
        (UserDay(1, TODAY, exported=412), "Wrote 412 persons out to a list."),
        (UserDay(1, TODAY, quota=2), "Reached the quota 2 times."),
        (UserDay(1, TODAY, refusals=(("kin.read", 3),)), "Was refused 3 times."),
        (
            UserDay(1, TODAY, forms_left=5),
            "Left 5 forms of registration with advice and did not save them.",
        ),
    ],
)
def test_each_rule_says_its_figure(day: UserDay, sentence: str) -> None:
    assert _why(day) == (sentence,)


@pytest.mark.parametrize(
    "day",
    [
        UserDay(1, TODAY, at_night=2),
        UserDay(1, TODAY, searches=9),
        UserDay(1, TODAY, searches=20, persons=6),
        UserDay(1, TODAY, refusals=(("kin.read", 2),)),
        UserDay(1, TODAY, forms_left=3),
    ],
)
def test_below_its_threshold_nothing_is_said(day: UserDay) -> None:
    assert _why(day) == ()


def test_the_night_shift_is_not_unusual_at_night() -> None:
    nights = [replace(day, at_night=30) for day in _days(1, 5)]
    assert _why(UserDay(1, TODAY, at_night=40), *nights) == ()


def test_the_newest_and_weightiest_comes_first() -> None:
    days = [
        UserDay(1, TODAY - timedelta(days=1), exported=10),
        UserDay(2, TODAY, quota=1),
        UserDay(3, TODAY, quota=1, exported=3),
        UserDay(4, TODAY - timedelta(days=9), exported=10),
    ]
    assert [row.actor for row in worth_a_question(days, since=TODAY - timedelta(days=6))] == [3, 2, 1]


def _entry(act: str, subject: str = "", *, reason: str = "", result: str = "done", hours: int = 0) -> Entry:
    return Entry(7, "desk", NOON + timedelta(hours=hours), act, subject, reason, result)


def test_a_day_counts_persons_once_and_failed_searches_apart() -> None:
    day = by_user_and_day(
        [
            _entry(Act.READ_IDENTITY, "a"),
            _entry(Act.READ_CONTACT, "a"),
            _entry(Act.READ_IDENTITY, "b"),
            _entry(Act.SEARCH, reason="name"),
            _entry(Act.SEARCH, reason="number", result=Result.NOTHING),
            _entry(Act.READ_KIN, "c", result=Result.REFUSED, reason="refused"),
            _entry(Act.SEARCH, result=Result.REFUSED, reason="quota"),
        ],
        UTC,
    )[0]
    assert (day.persons, day.searches, day.nothing_found, day.refused, day.quota) == (2, 2, 1, 1, 1)


def test_forms_left_are_those_with_advice_that_registered_nobody() -> None:
    advised = [_entry(Act.SEARCH, reason="advice") for _form in range(6)]
    registered = [_entry(Act.REGISTER, "a"), _entry(Act.REGISTER, "a"), _entry(Act.REGISTER, "b")]
    assert by_user_and_day([*advised, *registered], UTC)[0].forms_left == 4
    abandoned = _entry(Act.REGISTER, reason="abandoned", result=Result.NOTHING)
    assert by_user_and_day([replace(abandoned, count=9)], UTC)[0].forms_left == 9


def test_a_day_ends_at_midnight_where_the_house_stands() -> None:
    late = by_user_and_day([_entry(Act.READ_IDENTITY, "a", hours=8), _entry(Act.READ_IDENTITY, "a")], UTC)
    assert [(day.day.day, day.at_night) for day in late] == [(26, 0), (27, 1)]
