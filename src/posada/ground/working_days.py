"""Working days: neither Saturday nor Sunday nor a public holiday of the country. Pure: nothing here asks the clock."""

from datetime import date, timedelta

from posada.ground import public_holidays

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_working_day(day: date, country: str) -> bool:
    """Whether people work on this day in a country (two letters of ISO 3166); where its holidays are not known, on
    every day but Saturday and Sunday."""
    return day.weekday() < SATURDAY and day not in (public_holidays.of_year(country, day.year) or ())


def after(day: date, count: int, country: str) -> date:
    """The day that is so many working days after another, which does not count itself."""
    found = day
    while count > 0:
        found += ONE_DAY
        count -= is_working_day(found, country)
    return found


def between(first: date, last: date, country: str) -> int:
    """How many working days come after the first day up to the last; negative when that is past."""
    if last < first:
        return -between(last, first, country)
    days = (last - first).days
    return sum(is_working_day(first + timedelta(days=step), country) for step in range(1, days + 1))
