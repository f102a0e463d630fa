"""The pages of a case: opened from the person's page, read with what is due and why, told of, its history."""

import re
from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts import services as accounts
from posada.accounts.acts import Role
from posada.accounts.http import SEEN_AT, SIGNED_IN_AT
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor
from posada.asylum.models import Case, CaseState, InCase
from posada.asylum.queries.cases import file_of
from posada.asylum.rules.casefile import CaseFile, CaseMember, Dated, Part
from posada.asylum.services import cases as services
from posada.asylum.tests.accounts_here import make_person
from posada.ground import clock
from posada.people.models import Household, Person

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]


@pytest.fixture
def browse(browse: Browse) -> Browse:
    """A browser signed in with a role, in English."""

    def signed_in(role: Role) -> Client:
        client = browse(role)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        return client

    return signed_in


@pytest.fixture
def person(site: Site, staff: dict[Role, User]) -> Person:
    made = make_person(site)
    for role in (Role.LAWYER, Role.CASEWORKER):
        accounts.assign(user_id=staff[role].pk, site_id=site.pk, subject=made.pk)
    return made


@pytest.fixture
def case(person: Person, actors: dict[Role, Actor]) -> Case:
    return services.open_case(by=actors[Role.LAWYER], person=person, country="CO")


def _write(case: Case, by: Actor, **parts: object) -> CaseFile:
    file = msgspec.structs.replace(file_of(Case.objects.get(pk=case.pk), by), **parts)
    services.write(by=by, case=case, changed_file=file, reason="case_written")
    return file


def _page(client: Client, name: str, number: int, query: str = "") -> str:
    answer = client.get(reverse(f"asylum:{name}", args=[number]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_case_is_opened_by_going_from_the_persons_page(person: Person, browse: Browse) -> None:
    lawyer = browse(Role.LAWYER)
    page = lawyer.get(reverse("desk:person", args=[person.number])).content.decode()
    cases = reverse("asylum:person_cases", args=[person.number])
    opening = reverse("asylum:open_case", args=[person.number])
    assert cases in page
    assert opening in lawyer.get(cases).content.decode()
    assert "Colombia" in lawyer.get(opening).content.decode()
    answer = lawyer.post(opening, {"country": "CO", "alone": "yes", "tells": "no", "once": str(person.pk)})
    made = Case.objects.get()
    assert answer["Location"] == reverse("asylum:case", args=[made.number])
    assert "Kept from the household" in lawyer.get(answer["Location"]).content.decode()
    again = lawyer.post(opening, {"country": "CO", "alone": "yes", "tells": "no", "once": str(person.pk)})
    assert again["Location"] == cases
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"alone": "no", "tells": "no"}, "Choose the country."),
        ({"country": "XX", "alone": "no", "tells": "no"}, "No guide is kept of this country."),
        ({"country": "CO", "tells": "no"}, "Ask the person, in private, and answer yes or no."),
        ({"country": "CO", "alone": "no"}, "Ask the person, and answer yes or no."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_opened(
    typed: dict[str, str], said: str, person: Person, browse: Browse
) -> None:
    answer = browse(Role.LAWYER).post(
        reverse("asylum:open_case", args=[person.number]), {**typed, "once": str(person.pk)}
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Case.objects.exists()


def test_it_shows_what_is_due_with_its_article_and_why(case: Case, actors: dict[Role, Actor], browse: Browse) -> None:
    entry = (clock.today() - timedelta(days=10)).isoformat()
    _write(case, actors[Role.LAWYER], dates=(Dated(event="entry", on=entry),))
    page = _page(browse(Role.LAWYER), "case", case.number)
    assert "CO-ASY-020" in page
    assert "2.2.3.1.6.1" in page
    assert "days left" in page
    assert 'class="timeline"' in page
    assert "Posada is not a lawyer" in page
    assert reverse("asylum:part", args=[case.number, "nationality"]) in page
    assert re.search(r"<title>[^<]*\d", page) is None


def test_late_never_means_that_somebody_cannot_ask(case: Case, actors: dict[Role, Actor], browse: Browse) -> None:
    entry = (clock.today() - timedelta(days=400)).isoformat()
    _write(case, actors[Role.LAWYER], dates=(Dated(event="entry", on=entry),))
    page = _page(browse(Role.LAWYER), "case", case.number)
    assert "You can still ask" in page
    assert "legal aid" in page
    assert "cannot ask" not in page


def test_one_press_shows_it_under_the_law_of_today(case: Case, actors: dict[Role, Actor], browse: Browse) -> None:
    _write(case, actors[Role.LAWYER], dates=(Dated(event="stay_permit", on="2020-05-04"),))
    lawyer = browse(Role.LAWYER)
    then = _page(lawyer, "case", case.number)
    assert "?law=of_today" in then
    assert "CO-ASY-041-OLD" in then
    today = _page(lawyer, "case", case.number, "?law=of_today")
    assert "Shown under the law of today." in today
    assert "CO-ASY-041-OLD" not in today


def test_a_country_whose_guide_is_gone_says_so_and_guesses_nothing(case: Case, browse: Browse) -> None:
    Case.objects.update(country="XX")
    page = _page(browse(Role.LAWYER), "case", case.number)
    assert "No guide of this country can be read" in page
    assert "ask legal aid today" in page
    assert reverse("shelter:directory") in page


def test_dates_that_contradict_each_other_are_said(case: Case, actors: dict[Role, Actor], browse: Browse) -> None:
    dates = (Dated(event="entry", on="2026-03-01"), Dated(event="filing", on="2026-02-01"))
    _write(case, actors[Role.LAWYER], dates=dates)
    assert "Two dates contradict each other" in _page(browse(Role.LAWYER), "case", case.number)


def test_whoever_accompanies_sees_the_same_words_for_none_and_for_unseen(
    case: Case, person: Person, actors: dict[Role, Actor], browse: Browse
) -> None:
    caseworker = browse(Role.CASEWORKER)
    page = caseworker.get(reverse("desk:person", args=[person.number])).content.decode()
    assert reverse("asylum:case_status", args=[person.number]) in page
    unseen = _page(caseworker, "case_status", person.number)
    assert str(case.number) not in unseen
    Case.objects.update(state=CaseState.DECIDED)
    InCase.objects.update(tells=True)
    shown = _page(caseworker, "case_status", person.number)
    assert str(case.number) in shown
    assert "Decided" in shown
    Case.objects.all().delete()
    assert _words(_page(caseworker, "case_status", person.number)) == _words(unseen)


def _words(page: str) -> str:
    """What a page says in its main part."""
    return re.sub(r"\s+", " ", page[page.index("<main") : page.index("</main")])


def test_a_womans_own_case_is_seen_from_no_page_of_her_household(
    case: Case, site: Site, actors: dict[Role, Actor], browse: Browse
) -> None:
    """Her case is held by the same lawyer as her husband's: no page of his, nor of his case, leads to hers."""
    lawyer, her = actors[Role.LAWYER], make_person(site, "Luz")
    household = Household.objects.create(site=site)
    Person.objects.update(household=household)
    accounts.assign(user_id=lawyer.user or 0, site_id=site.pk, subject=her.pk)
    accounts.assign(user_id=actors[Role.CASEWORKER].user or 0, site_id=site.pk, subject=her.pk)
    own = services.open_case(by=lawyer, person=her, country="CO", alone=True)
    file = file_of(case, lawyer)
    _write(case, lawyer, members=(*file.members, CaseMember(person=her.pk, part=Part.INCLUDED)))
    client, number = browse(Role.LAWYER), case.person.number
    pages = [client.get(reverse(name, args=[number])) for name in ("desk:person", "people:household")]
    pages += [client.get(reverse("asylum:person_cases", args=[number]))]
    pages += [client.get(reverse(f"asylum:{name}", args=[case.number])) for name in ("case", "members", "case_history")]
    beside = browse(Role.CASEWORKER)
    pages += [beside.get(reverse(name, args=[one])) for name in ("desk:person", "asylum:case_status") for one in
              (number, her.number)]  # fmt: skip
    assert all(answer.status_code == 200 for answer in pages)
    assert all(str(own.number) not in answer.content.decode() for answer in pages)
    assert str(own.number) in client.get(reverse("asylum:person_cases", args=[her.number])).content.decode()


def test_another_lawyer_who_holds_the_household_finds_nothing(case: Case, person: Person, site: Site) -> None:
    other = cast.make_staff(site, Role.LAWYER, name="Otra")
    accounts.assign(user_id=other.pk, site_id=site.pk, subject=person.pk)
    client = Client()
    client.force_login(other)
    session = client.session
    session[SIGNED_IN_AT] = session[SEEN_AT] = clock.real_seconds()
    session.save()
    assert str(case.number) not in _page(client, "person_cases", person.number)
    for name in ("case", "case_history", "case_state", "who_sees", "members", "case_accounts"):
        assert client.get(reverse(f"asylum:{name}", args=[case.number])).status_code == 404


def test_who_sees_is_kept_and_its_state_too(case: Case, person: Person, browse: Browse) -> None:
    lawyer = browse(Role.LAWYER)
    typed = {"alone": "yes", "tells": [str(person.number)], "version": "1", "once": str(case.pk)}
    assert lawyer.post(reverse("asylum:who_sees", args=[case.number]), typed).status_code == 302
    assert InCase.objects.get().tells
    stale = lawyer.post(
        reverse("asylum:who_sees", args=[case.number]), {**typed, "tells": [], "once": str(person.pk)}, follow=True
    )
    assert "nothing of yours was kept" in stale.content.decode()
    assert InCase.objects.get().tells
    state = {"state": "closed", "once": str(case.record.pk)}
    assert lawyer.post(reverse("asylum:case_state", args=[case.number]), state).status_code == 302
    assert Case.objects.get().state == CaseState.CLOSED


def test_its_history_says_what_stood_before(case: Case, actors: dict[Role, Actor], browse: Browse) -> None:
    for place in ("Cúcuta", "Arauca"):
        _write(case, actors[Role.LAWYER], entry_place=place)
    page = _page(browse(Role.LAWYER), "case_history", case.number)
    assert "<del>Cúcuta</del>" in page
    assert page.index("Arauca") < page.index("<del>Cúcuta</del>")


def test_the_front_page_shows_numbers_and_the_day_and_opens_nothing(
    case: Case, actors: dict[Role, Actor], browse: Browse
) -> None:
    _write(case, actors[Role.LAWYER], dates=(Dated(event="entry", on=clock.today().isoformat()),), entry_place="Cúcuta")
    page = browse(Role.LAWYER).get(reverse("asylum:home")).content.decode()
    assert str(case.number) in page
    assert "days left" in page
    assert "Cúcuta" not in page
    desk = browse(Role.DESK).get(reverse("asylum:home")).content.decode()
    assert str(case.number) not in desk
    assert reverse("asylum:home") in desk


def test_a_lawyer_finds_the_persons_entrusted_to_them_by_number(person: Person, site: Site, browse: Browse) -> None:
    other = make_person(site, "Luz")
    page = browse(Role.LAWYER).get(reverse("asylum:home")).content.decode()
    assert reverse("asylum:person_cases", args=[person.number]) in page
    assert str(other.number) not in page
