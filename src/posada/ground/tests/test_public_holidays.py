"""Holidays by name in both languages, and a plain none where a calendar does not reach."""

from datetime import date

import pytest

from posada.ground.public_holidays import Holiday, of_year


def test_a_holiday_has_its_name_in_both_languages() -> None:
    found = of_year("CO", 2026)
    assert found is not None
    day = date(2026, 4, 3)
    assert found[day] == Holiday(day, "Viernes Santo", "Good Friday")


def test_where_the_package_has_no_spanish_the_english_name_stands_twice() -> None:
    found = of_year("US", 2026)
    assert found is not None
    assert found[date(2026, 12, 25)].spanish == found[date(2026, 12, 25)].english == "Christmas Day"


@pytest.mark.parametrize(("country", "year"), [("ZZ", 2026), ("", 2026), ("ES", 2007), ("CO", 2101), ("CO", 1900)])
def test_a_country_or_a_year_without_a_calendar_is_none_and_not_empty(country: str, year: int) -> None:
    assert of_year(country, year) is None


@pytest.mark.parametrize(("country", "year"), [("ES", 2008), ("CO", 2100), ("CL", 2027)])
def test_a_year_within_the_calendar_has_holidays(country: str, year: int) -> None:
    assert of_year(country, year)
