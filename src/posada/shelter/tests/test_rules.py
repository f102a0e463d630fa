"""Pure decisions of the house."""

from datetime import date

from posada.shelter import rules


def test_new_beds_go_on_from_the_highest_number() -> None:
    assert list(rules.bed_numbers(0, 3)) == [1, 2, 3]
    assert list(rules.bed_numbers(41, 2)) == [42, 43]


def test_a_stay_ends_on_the_wanted_day_or_when_it_began() -> None:
    assert rules.last_day(date(2019, 2, 23), date(2019, 2, 26)) == date(2019, 2, 26)
    assert rules.last_day(date(2019, 2, 26), date(2019, 2, 23)) == date(2019, 2, 26)
