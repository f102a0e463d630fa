"""What is due on pages: a lawyer's own with its article, the house's by number and day, a month, a telephone's file."""

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from tests import cast

from posada.accounts import services as accounts
from posada.accounts.acts import Role
from posada.accounts.models import Assignment, Site, User
from posada.accounts.permissions import Actor
from posada.asylum.models import Case
from posada.asylum.queries import due as queries
from posada.asylum.queries.cases import file_of, my_cases
from posada.asylum.rules.casefile import Dated, Decided, Decision, Meeting, MeetingKind
from posada.asylum.rules.months import month_of
from posada.asylum.rules.reminders import Urgency
from posada.asylum.services import cases as services
from posada.asylum.tests.accounts_here import make_person
from posada.audit.models import AuditEntry
from posada.desk import legal
from posada.ground import clock
from posada.people.models import Person

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
NAME = "Qxcarmenza"


@pytest.fixture
def lawyer(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.LAWYER]


def _person(site: Site, user: User, name: str = NAME) -> Person:
    made = make_person(site, name)
    accounts.assign(user_id=user.pk, site_id=site.pk, subject=made.pk)
    return made


@pytest.fixture
def open_one(site: Site, staff: dict[Role, User], lawyer: Actor) -> Callable[..., Case]:
    """A case of this lawyer, with the day of entry so many days ago, and whatever else it says."""

    def opened(entry: int | None = None, country: str = "CO", **parts: object) -> Case:
        case = services.open_case(by=lawyer, person=_person(site, staff[Role.LAWYER]), country=country)
        days = clock.today() - timedelta(days=entry) if entry is not None else None
        dates = (Dated(event="entry", on=days.isoformat()),) if days else ()
        changed = msgspec.structs.replace(file_of(case, lawyer), dates=dates, **parts)
        return services.write(by=lawyer, case=case, changed_file=changed, reason="dates")

    return opened


def _refused(days_ago: int) -> dict[str, object]:
    told = (clock.today() - timedelta(days=days_ago)).isoformat()
    return {"decisions": (Decision(id=uuid.uuid4(), what=Decided.REFUSED, on=told, notified_on=told),)}


def _meeting(days: int, hour: str = "09:30") -> Meeting:
    return Meeting(id=uuid.uuid4(), kind=MeetingKind.INTERVIEW, on=clock.today() + timedelta(days=days), hour=hour)


class TestTheLawyersList:
    def test_it_says_why_the_article_and_how_sure_and_whom_to_ask_when_it_is_late(
        self, open_one: Callable[..., Case], browse: Callable[[Role], Client]
    ) -> None:
        late, soon = open_one(entry=400), open_one(**_refused(1))
        page = browse(Role.LAWYER).get(reverse("asylum:due")).content.decode()
        assert page.index(str(soon.number)) < page.rindex(str(late.number))
        assert "Decreto" in page
        assert "CO-ASY-" in page
        assert "CO-REF-LEGAL" in page
        assert NAME not in page
        assert not re.search(r"no puede pedir|ya no puede|you cannot", page)

    def test_another_lawyers_case_is_on_it_by_number_alone(
        self, open_one: Callable[..., Case], site: Site, browse: Callable[[Role], Client], staff: dict[Role, User]
    ) -> None:
        case = open_one(entry=50)
        other = cast.make_staff(site, Role.LAWYER, name="Otra")
        Assignment.objects.filter(subject=case.pk).update(user=other)
        found = queries.due_of(cast.actor(staff[Role.LAWYER]), clock.now())
        assert found.lines == found.running == ()
        page = browse(Role.LAWYER).get(reverse("asylum:due")).content.decode()
        assert str(case.number) in page
        assert reverse("asylum:case", args=[case.number]) not in page

    def test_without_the_date_it_is_asked_for_and_never_filled_in(
        self, open_one: Callable[..., Case], lawyer: Actor
    ) -> None:
        open_one()
        found = queries.due_of(lawyer, clock.now())
        assert found.lines
        assert {one.urgency for one in found.lines} == {Urgency.ASK}
        assert all(one.counted.deadline.act_on is None for one in found.lines)

    def test_a_year_alone_is_counted_from_its_first_day_and_said_to_be_perhaps_open(
        self, site: Site, staff: dict[Role, User], lawyer: Actor
    ) -> None:
        case = services.open_case(by=lawyer, person=_person(site, staff[Role.LAWYER]), country="CO")
        year = str(clock.today().year)
        changed = msgspec.structs.replace(file_of(case, lawyer), dates=(Dated(event="entry", on=year),))
        services.write(by=lawyer, case=case, changed_file=changed, reason="dates")
        found = queries.due_of(lawyer, clock.now())
        firsts = {one.counted.deadline.anchor.first for one in (*found.lines, *found.running)}
        assert firsts == {date(int(year), 1, 1)}

    def test_a_country_without_a_guide_is_said_and_counts_nothing(
        self, open_one: Callable[..., Case], lawyer: Actor, browse: Callable[[Role], Client]
    ) -> None:
        case = open_one(entry=3)
        Case.objects.filter(pk=case.pk).update(country="XX")
        found = queries.due_of(lawyer, clock.now())
        assert [one.number for one in found.without_guide] == [case.number]
        assert not found.lines
        assert "XX" in browse(Role.LAWYER).get(reverse("asylum:due")).content.decode()

    def test_the_day_from_which_most_is_counted_is_asked_on_the_page_of_dates(
        self, open_one: Callable[..., Case], browse: Callable[[Role], Client]
    ) -> None:
        page = browse(Role.LAWYER).get(reverse("asylum:part", args=[open_one().number, "dates"])).content.decode()
        assert re.search(r'<input[^>]*name="entry"', page)


class TestTheHouse:
    def test_the_manager_sees_numbers_and_days_and_opens_nothing(
        self, open_one: Callable[..., Case], browse: Callable[[Role], Client], site: Site
    ) -> None:
        case = open_one(entry=400)
        client = browse(Role.SITE_MANAGER)
        page = client.get(reverse("asylum:due")).content.decode()
        assert str(case.number) in page
        assert "CO-ASY" not in page
        assert NAME not in page
        assert str(case.person.number) not in page
        assert client.get(reverse("asylum:case", args=[case.number])).status_code in {403, 404}

    def test_what_nobody_holds_stands_on_the_managers_today_until_it_is_handed_over(
        self, open_one: Callable[..., Case], actors: dict[Role, Actor]
    ) -> None:
        case = open_one(entry=10)
        manager = actors[Role.SITE_MANAGER]
        assert legal.without_lawyer(manager) == []
        Assignment.objects.filter(subject=case.pk).update(until=clock.today(), end="left")
        assert [str(case.number) in task.line for task in legal.without_lawyer(manager)] == [True]


class TestToday:
    def test_a_near_or_passed_day_is_on_it_and_a_far_one_is_not(
        self, open_one: Callable[..., Case], actors: dict[Role, Actor], lawyer: Actor
    ) -> None:
        far, near, late = open_one(), open_one(), open_one()
        for case, days in ((far, 60), (near, 1), (late, -3)):
            Case.objects.filter(pk=case.pk).update(next_on=clock.today() + timedelta(days=days))
        Case.objects.update(counted_on=clock.today() - timedelta(days=4))
        lines = [task.line for task in legal.reminders(lawyer)]
        assert len(lines) == 2
        assert str(late.number) in lines[0]
        assert str(near.number) in lines[1]
        assert legal.reminders(actors[Role.CASEWORKER]) == []

    def test_it_stands_on_the_page_itself(
        self, open_one: Callable[..., Case], browse: Callable[[Role], Client]
    ) -> None:
        case = open_one()
        Case.objects.filter(pk=case.pk).update(next_on=clock.today())
        page = browse(Role.LAWYER).get(reverse("desk:today")).content.decode()
        assert reverse("asylum:case", args=[case.number]) in page


def _as_of_last_week(case: Case, passed: int) -> None:
    """As it was stored before its day passed, so many days ago."""
    day = clock.today() - timedelta(days=passed)
    Case.objects.filter(pk=case.pk).update(next_on=day, counted_on=day - timedelta(days=3))


class TestADayThatPassed:
    @pytest.mark.parametrize("place", ["asylum:home", "asylum:due", "asylum:case"])
    def test_the_next_one_takes_its_place_and_the_case_is_opened_once_for_it(
        self, open_one: Callable[..., Case], browse: Callable[[Role], Client], place: str
    ) -> None:
        case = open_one(meetings=(_meeting(4),))
        _as_of_last_week(case, 2)
        client = browse(Role.LAWYER)
        page = reverse(place, args=[case.number] if place == "asylum:case" else [])
        assert client.get(page).status_code == 200
        case.refresh_from_db()
        assert (case.next_on, case.counted_on) == (clock.today() + timedelta(days=4), clock.today())
        seen = AuditEntry.objects.count()
        services.count_passed(by=cast.actor(User.objects.get(pk=Assignment.objects.get(subject=case.pk).user_id)))
        assert AuditEntry.objects.count() == seen

    def test_what_is_all_late_stands_below_what_lies_ahead_and_is_said_to_have_passed(
        self, open_one: Callable[..., Case], browse: Callable[[Role], Client], lawyer: Actor
    ) -> None:
        late, ahead, undated = open_one(entry=400), open_one(meetings=(_meeting(20),)), open_one(country="PE")
        _as_of_last_week(late, 2)
        numbers = [one.number for one in my_cases(lawyer)]
        assert numbers[0] == late.number  # nobody has looked at it yet
        page = browse(Role.LAWYER).get(reverse("asylum:home"), headers={"accept-language": "en"}).content.decode()
        assert ": passed" in page
        assert [one.number for one in my_cases(lawyer)] == [ahead.number, late.number, undated.number]
        assert [one.number for one in queries.site_list(lawyer)] == [ahead.number, late.number, undated.number]

    def test_another_lawyers_case_is_not_opened_for_it(
        self, open_one: Callable[..., Case], site: Site, lawyer: Actor
    ) -> None:
        case = open_one(meetings=(_meeting(4),))
        _as_of_last_week(case, 2)
        other = cast.actor(cast.make_staff(site, Role.LAWYER, name="Otra"))
        before = AuditEntry.objects.count()
        services.count_passed(by=other)
        assert AuditEntry.objects.count() == before
        case.refresh_from_db()
        assert case.next_on == clock.today() - timedelta(days=2)


class TestTheCalendar:
    def test_a_day_stands_in_its_month_with_why(
        self, open_one: Callable[..., Case], browse: Callable[[Role], Client], lawyer: Actor
    ) -> None:
        case = open_one(entry=3, meetings=(_meeting(1),))
        found = queries.due_of(lawyer, clock.now())
        day = min(one.counted.deadline.act_on for one in (*found.lines, *found.running) if one.counted.deadline.act_on)
        client = browse(Role.LAWYER)
        page = client.get(reverse("asylum:month", args=[day.year, day.month])).content.decode()
        assert f'id="{day.isoformat()}"' in page
        assert str(case.number) in page
        assert "Decreto" in page
        met = clock.today() + timedelta(days=1)
        page = client.get(reverse("asylum:month", args=[met.year, met.month])).content.decode()
        assert "09:30" in page
        assert NAME not in page

    def test_a_day_of_the_next_month_that_this_ones_last_week_shows_is_not_hidden(
        self, open_one: Callable[..., Case], browse: Callable[[Role], Client]
    ) -> None:
        ahead = ((days, clock.today() + timedelta(days=days)) for days in range(1, 100))
        days, met = next((days, day) for days, day in ahead if day.day == 1 and day.weekday())
        open_one(meetings=(_meeting(days, "07:45"),))
        before = met - timedelta(days=1)
        page = browse(Role.LAWYER).get(reverse("asylum:month", args=[before.year, before.month])).content.decode()
        assert f'href="#{met.isoformat()}"' in page
        assert f'id="{met.isoformat()}"' in page
        assert "07:45" in page

    @pytest.mark.parametrize(("year", "month"), [(2026, 0), (2026, 13), (1, 1), (9999, 12)])
    def test_a_month_that_is_none_is_a_404(self, browse: Callable[[Role], Client], year: int, month: int) -> None:
        assert browse(Role.LAWYER).get(f"/asylum/calendar/{year}/{month}/").status_code == 404

    def test_a_month_has_whole_weeks_and_loses_nothing(self) -> None:
        days = [date(2028, 2, day) for day in range(1, 30)]  # a leap year
        page = month_of(2028, 2, date(2028, 2, 29), days, lambda day: day)
        assert {len(week) for week in page.weeks} == {7}
        assert list(page.things) == days
        assert [box.day for week in page.weeks for box in week if box.is_today] == [date(2028, 2, 29)]
        assert (page.before, page.after) == (date(2028, 1, 1), date(2028, 3, 1))


class TestTheFileForATelephone:
    def test_it_holds_numbers_kinds_and_days_and_nothing_else(
        self, open_one: Callable[..., Case], browse: Callable[[Role], Client]
    ) -> None:
        case = open_one(entry=3, meetings=(_meeting(2), _meeting(-2)), **_refused(1))
        with override("es"):
            answer = browse(Role.LAWYER).get(reverse("asylum:calendar_file"))
        said = answer.content.decode().replace("\r\n ", "")
        summaries = re.findall(r"^SUMMARY:(.*?)\r?$", said, re.M)
        assert len(summaries) >= 3
        assert all(re.fullmatch(rf"{case.number}: [a-záéíóúñ ]+", one) for one in summaries)
        for word in (NAME, "CO", "Decreto", "asilo", "refugio", "asylum", "Posada", "LOCATION", "DESCRIPTION"):
            assert not re.search(rf"\b{word}\b", re.sub(r"UID:.*|PRODID:.*", "", said), re.I), word
        met = clock.today() + timedelta(days=2)
        assert f"DTSTART:{met:%Y%m%d}T143000Z" in said  # half past nine in Bogotá
        assert answer["Cache-Control"] == "no-store"
        assert said.count("BEGIN:VEVENT") == len(summaries)
