import pytest

from kinmatch.dates import Birth, compare_births, parse_date, read_birth

Written = str | tuple[str, int, str]


def read(birth: Written) -> Birth:
    found = read_birth(*birth) if isinstance(birth, tuple) else read_birth(birth, None, "")
    assert found is not None
    return found


def level(one: Written, other: Written) -> str:
    left, right = read(one), read(other)
    found = compare_births(left, right)
    assert compare_births(right, left) == found
    return found


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2001-05-09", "2001-05-09", "same"),
        ("2001-05-09", "2001-09-05", "swapped"),
        ("2001-05-09", "2001-05-08", "digit"),
        ("2001-05-09", "2011-05-09", "digit"),
        ("2001-05-09", "2001-05-28", "month"),
        ("2001-05-09", "2001-11-28", "year"),
        ("2001-05-09", "2002-11-28", "near_year"),
        ("2001-05-09", "2004-11-28", "different"),
        ("2001-05-09", "1960-11-28", "far"),
        ("2001-05", "2001-05-09", "month_fits"),
        ("2001", "2001-05-09", "year_fits"),
        ("2001", "2003", "different"),
        ("2001-05-09", ("", 17, "2019-02-26"), "age_fits"),
        ("2001-05-09", ("", 18, "2019-02-26"), "age_near"),
        ("2001-05-09", ("", 40, "2019-02-26"), "far"),
        (("", 17, "2019-02-26"), ("", 18, "2019-12-26"), "age_fits"),
        (("", 17, ""), ("", 17, ""), "age_fits"),
        (("", 17, ""), "2001", "blank"),
    ],
)
def test_births_agree_as_far_as_they_are_known(one: Written, other: Written, expected: str) -> None:
    assert level(one, other) == expected


@pytest.mark.parametrize("text", ["2001-02-30", "2001-13", "yesterday", "99", "1066-10-14", "9/9/99"])
def test_what_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"the|range|month|written|day"):
        parse_date(text)


def test_several_ways_of_writing_a_day_are_read() -> None:
    assert {parse_date(text) for text in ("2001-05-09", "09/05/2001", "9.5.2001", "20010509")} == {(2001, 5, 9)}


def test_an_unreadable_birth_is_silent() -> None:
    assert read_birth("soon", None, "") is None
    assert read_birth("", 300, "2019-02-26") is None
