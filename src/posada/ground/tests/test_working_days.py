"""Working days of Colombia, where many holidays move to a Monday."""

from datetime import date

import pytest

from posada.ground import working_days


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        (date(2026, 3, 2), 10, date(2026, 3, 16)),  # no holiday in between
        (date(2026, 3, 27), 2, date(2026, 3, 31)),  # over a weekend
        (date(2026, 3, 31), 3, date(2026, 4, 7)),  # Maundy Thursday and Good Friday (2 and 3 April) do not count
        (date(2026, 1, 9), 1, date(2026, 1, 13)),  # Epiphany is kept on Monday 12 January
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # over the year
    ],
)
def test_a_term_ends_on_a_working_day(day: date, count: int, due: date) -> None:
    assert working_days.after(day, count, "CO") == due
    assert working_days.between(day, due, "CO") == count
    assert working_days.between(due, day, "CO") <= 0


def test_a_country_that_nobody_knows_has_weekends_only() -> None:
    assert working_days.after(date(2026, 3, 31), 3, "ZZ") == date(2026, 4, 3)
