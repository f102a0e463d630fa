"""What is due soon, the most urgent first, and a calendar file that says nothing of anybody."""

import itertools
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from posada.asylum.rules.calendar_file import Entry, calendar_file, entries_of, escaped, folded
from posada.asylum.rules.deadlines import Deadline, Place, State, due
from posada.asylum.rules.known import Known
from posada.asylum.rules.reminders import Due, Followed, Kind, Urgency, due_within, per_lawyer, per_site
from posada.asylum.rules.terms import OnWhom
from posada.asylum.tests.worked import CO_ADMIT, CO_APPEAL, CO_APPLY, CO_FORWARD
from posada.ground.ids import check_digit

BOGOTA = Place("CO", "America/Bogota")
NOW = datetime(2026, 11, 13, 17, tzinfo=UTC)  # a Friday; Monday 16 is a holiday


def number(body: int) -> int:
    return int(f"{body}{check_digit(str(body))}")


def appeal(day: str) -> Deadline:
    return due(CO_APPEAL, Known.read(day), BOGOTA, NOW)


def followed(body: int, deadline: Deadline, **where: str) -> Followed:
    return Followed(number(body), Kind.APPEAL, deadline, **where)


class TestTheList:
    def test_it_counts_working_days_of_the_place(self) -> None:
        # Notified on Tuesday 3 November: the tenth working day is Wednesday 18; from Friday 13 that is 17, 18.
        deadline = appeal("2026-11-03")
        assert deadline.act_on == date(2026, 11, 18)
        assert due_within([followed(1, deadline)], 1) == ()
        assert [one.urgency for one in due_within([followed(1, deadline)], 2)] == [Urgency.SOON]

    def test_the_most_urgent_comes_first_whatever_the_order_in_which_they_are_given(self) -> None:
        today, soon, sooner = appeal("2026-10-29"), appeal("2026-11-05"), appeal("2026-11-04")
        assert today.state is State.TODAY
        cases = [
            followed(11, appeal("2026-09-01")),  # late for long
            followed(12, appeal("2026-10-26")),  # late for a day or two
            followed(13, appeal("")),
            followed(14, soon),
            followed(15, sooner),
            followed(16, today),
            followed(17, due(CO_APPLY, Known.read("2026-09"), BOGOTA, NOW)),  # the safe day has passed: perhaps open
        ]
        wanted = [17, 16, 15, 14, 13, 12, 11]
        for order in itertools.islice(itertools.permutations(cases), 0, 5040, 97):
            assert [one.followed.number for one in due_within(order, 10)] == [number(body) for body in wanted]

    def test_what_is_done_and_what_the_authority_still_has_time_for_is_not_on_it(self) -> None:
        done = due(CO_APPEAL, Known.read("2026-11-03"), BOGOTA, NOW, Known.on(date(2026, 11, 10)))
        theirs = replace(CO_ADMIT, on_whom=OnWhom.AUTHORITY)
        open_theirs = due(theirs, Known.read("2026-11-03"), BOGOTA, NOW)
        past_theirs = due(theirs, Known.read("2026-08-03"), BOGOTA, NOW)
        found = due_within([followed(n, one) for n, one in enumerate((done, open_theirs, past_theirs), 1)], 60)
        assert [(one.urgency, one.followed.number) for one in found] == [(Urgency.AUTHORITY, number(3))]

    def test_each_lawyer_and_each_site_has_its_list_and_nobody_is_lost(self) -> None:
        cases = [
            followed(1, appeal("2026-11-05"), lawyer="b", site="north"),
            followed(2, appeal("2026-11-04"), lawyer="a", site="north"),
            followed(3, appeal("2026-11-03"), site="south"),
            followed(4, appeal("2026-11-03"), lawyer="a", site="south"),
        ]
        dues = due_within(cases, 10)
        lists = per_lawyer(dues)
        assert list(lists) == ["", "a", "b"]
        assert [one.followed.number for one in lists["a"]] == [number(4), number(2)]
        assert {name: len(one) for name, one in per_site(dues).items()} == {"north": 2, "south": 2}
        assert sum(map(len, lists.values())) == len(dues) == 4

    def test_days_ahead_below_nought_are_refused(self) -> None:
        with pytest.raises(ValueError, match="nought"):
            due_within([], -1)

    @settings(max_examples=30, deadline=None)
    @given(days=st.lists(st.dates(date(2026, 8, 1), date(2026, 12, 31)), max_size=8), ahead=st.integers(0, 20))
    def test_looking_further_ahead_never_loses_anything(self, days: list[date], ahead: int) -> None:
        cases = [followed(n, due(CO_APPEAL, Known.on(day), BOGOTA, NOW)) for n, day in enumerate(days, 1)]
        near, far = due_within(cases, ahead), due_within(cases, ahead + 1)
        assert set(near) <= set(far)
        assert [one.urgency for one in far] == sorted(one.urgency for one in far)


def unfolded(file: bytes) -> list[str]:
    """The file's lines as a calendar reads them (RFC 5545, 3.1)."""
    assert file.endswith(b"\r\n")
    assert file.count(b"\n") == file.count(b"\r") == file.count(b"\r\n")
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    return file.decode().replace("\r\n ", "").split("\r\n")[:-1]


def plain(value: str) -> str:
    """A value read back (3.3.11)."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


class TestTheCalendarFile:
    def file(self) -> bytes:
        hours = due(CO_FORWARD, Known.on(date(2026, 11, 13), time(11)), BOGOTA, NOW)
        cases = [followed(4821, appeal("2026-11-05")), followed(5733, hours), followed(6, appeal(""))]
        return calendar_file(entries_of(due_within(cases, 10)), NOW)

    def test_it_says_a_number_a_kind_and_a_day_and_nothing_else(self) -> None:
        with override("es"):
            lines = unfolded(self.file())
        assert lines[:4] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//calendar//EN", "CALSCALE:GREGORIAN"]
        assert lines[-1] == "END:VCALENDAR"
        assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2  # what waits for a date has no day
        assert [line for line in lines if line.startswith("SUMMARY")] == [
            f"SUMMARY:{number(5733)}: recurrir",
            f"SUMMARY:{number(4821)}: recurrir",
        ]
        assert [line for line in lines if line.startswith("DTSTART")] == [
            "DTSTART:20261114T160000Z",  # 11:00 in Bogotá, a day on
            "DTSTART;VALUE=DATE:20261120",
        ]
        known = {"BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "UID", "DTSTAMP", "DTSTART", "SUMMARY"}
        assert {re.split("[:;]", line)[0] for line in lines} == known | {"CLASS", "TRANSP"}

    def test_nothing_of_asylum_country_or_program_is_in_it(self) -> None:
        for language in ("en", "es"):
            with override(language):
                file = self.file().decode().casefold()
            words = ("asyl", "asil", "refug", "posada", "co-asy", "decreto", "1067", "bogot", "colombia", "shelter")
            assert not [word for word in words if word in file]

    def test_the_same_deadline_keeps_its_place_when_its_day_changes(self) -> None:
        def marks(day: str) -> list[str]:
            entries = entries_of([Due(Urgency.SOON, followed(4821, appeal(day)))])
            return [line for line in unfolded(calendar_file(entries, NOW)) if line.startswith("UID")]

        assert marks("2026-11-05") == marks("2026-11-04")

    def test_two_deadlines_of_one_case_have_two_places(self) -> None:
        entries = [Entry(number(4821), Kind.APPEAL, date(2026, 11, 20), key) for key in ("CO-ASY-070", "CO-ASY-011")]
        marks = {line for line in unfolded(calendar_file(entries, NOW)) if line.startswith("UID")}
        assert len(marks) == 2

    @pytest.mark.parametrize("wrong", [4821, 0, -17])
    def test_a_number_without_its_check_digit_is_refused(self, wrong: int) -> None:
        with pytest.raises(ValueError, match="check digit"):
            Entry(wrong, Kind.APPEAL, date(2026, 11, 20), "k")

    def test_a_moment_without_a_zone_is_refused(self) -> None:
        with pytest.raises(ValueError, match="zone"):
            Entry(number(4821), Kind.APPEAL, datetime(2026, 11, 20), "k")  # noqa: DTZ001
        with pytest.raises(ValueError, match="zone"):
            calendar_file([Entry(number(4821), Kind.APPEAL, date(2026, 11, 20), "k")], datetime(2026, 1, 1))  # noqa: DTZ001

    def test_only_what_can_still_be_kept_is_in_it(self) -> None:
        perhaps = due(CO_APPLY, Known.read("2026-09"), BOGOTA, NOW)
        ahead, past = appeal("2026-11-30"), appeal("2026-10-01")
        cases = [followed(n, one) for n, one in enumerate((perhaps, ahead, past), 1)]
        dues = due_within(cases, 60)
        assert len(dues) == 3
        assert [(one.number, one.on) for one in entries_of(dues)] == [(number(1), date(2026, 11, 13))]

    def test_an_empty_calendar_is_still_one(self) -> None:
        assert unfolded(calendar_file([], NOW))[-1] == "END:VCALENDAR"

    @settings(max_examples=80, deadline=None)
    @given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\\;,:"), max_size=200))
    def test_any_text_comes_back_as_it_was(self, text: str) -> None:
        (line,) = unfolded(folded("SUMMARY:" + escaped(text)))
        assert plain(line.removeprefix("SUMMARY:")) == text

    def test_a_text_cannot_break_out_of_its_line(self) -> None:
        assert unfolded(folded("SUMMARY:" + escaped("a\r\nATTENDEE:b\x00\x07"))) == ["SUMMARY:a\\nATTENDEE:b"]
