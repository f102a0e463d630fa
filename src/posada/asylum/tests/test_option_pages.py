"""Options on their pages: voluntary facts, traps read first, then the ways; nothing stored."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from posada.accounts import services as accounts
from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.asylum.forms.options import FactsForm, initial_of
from posada.asylum.guides import reading
from posada.asylum.rules.casefile import CaseFile, Dated, Stands, Tie
from posada.asylum.rules.facts import Fact
from posada.asylum.rules.guide import Kind
from posada.asylum.rules.known import Known
from posada.asylum.rules.options import Ground
from posada.asylum.rules.questions import GROUND_WORDS, QUESTIONS
from posada.asylum.tests.accounts_here import make_case, make_person

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
ADDRESS = "/asylum/options/co/"
TOLD = {"nationalities": ["VE"], "present_here": "yes", "fears_return": "yes", "entry": "9/11/2026", "is_minor": "no"}


@pytest.fixture
def lawyer(browse: Callable[[Role], Client]) -> Client:
    """The browser of a lawyer, in English."""
    client = browse(Role.LAWYER)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def _traps() -> list[str]:
    guide = reading.guide("CO")
    assert guide
    return [name for rule in guide.of_kind(Kind.OPTION) for name in rule.warnings]


def test_every_fact_has_its_question_and_why_it_is_asked() -> None:
    assert set(QUESTIONS) == set(Fact)
    assert all(label and why for label, why in QUESTIONS.values())
    assert set(GROUND_WORDS) == set(Ground)


def test_the_traps_are_read_before_the_ways_are_shown(lawyer: Client) -> None:
    first = lawyer.post(ADDRESS, TOLD)
    assert first.status_code == 200
    assert "Read these first" in first.text
    assert "options.css" not in first.text
    assert all(name in first.text for name in _traps())
    some = lawyer.post(ADDRESS, {**TOLD, "traps": "1", "read": _traps()[:1]})
    assert some.status_code == 422
    assert "Not every warning is marked as read" in some.text


def test_the_ways_stand_side_by_side_each_with_its_source_and_legal_aid(lawyer: Client) -> None:
    shown = lawyer.post(ADDRESS, {**TOLD, "traps": "1", "read": _traps()})
    guide = reading.guide("CO")
    assert guide
    assert shown.status_code == 200
    for rule in guide.of_kind(Kind.OPTION):
        assert f'data-rule="{rule.id}"' in shown.text
    assert "Posada is not a lawyer" in shown.text
    assert "Legal aid" in shown.text
    assert "What would settle it" in shown.text
    assert "options__answer" in shown.text, "what was told stands first"
    bare = lawyer.post(ADDRESS, {"traps": "1", "read": _traps()})
    assert "Nothing yet. What was not told stays to be verified" in bare.text
    assert "options__answer" not in bare.text
    again = lawyer.post(ADDRESS, {**TOLD, "again": "1"})
    assert '<option value="yes" selected>' in again.text


@pytest.mark.parametrize(
    ("name", "typed"), [("others", "Venezuela"), ("entry", "soon"), ("present_here", "perhaps"), ("nationalities", "x")]
)
def test_an_answer_that_cannot_be_read_is_asked_again(lawyer: Client, name: str, typed: str) -> None:
    answer = lawyer.post(ADDRESS, {**TOLD, name: typed})
    assert answer.status_code == 422
    assert "Go on to what must be read first" in answer.text


def test_every_country_with_a_guide_can_be_asked_and_another_is_not_there(lawyer: Client) -> None:
    start = lawyer.get(reverse("asylum:options_start"))
    for code in reading.countries():
        address = reverse("asylum:options", args=[code.lower()])
        assert address in start.text
        assert lawyer.get(address).status_code == 200
    assert lawyer.get("/asylum/options/zz/").status_code == 404


def test_a_case_fills_in_what_it_says_and_leaves_perhaps_open() -> None:
    told = initial_of(
        CaseFile(
            nationalities=("VE", "SY"),
            ties=(
                Tie(about=Fact.STATELESS, stands=Stands.NO),
                Tie(about=Fact.PARENT_NATIONAL_HERE, stands=Stands.PERHAPS),
            ),
            dates=(Dated(event="entry", on="2026-10"),),
        )
    )
    assert told["stateless"] == "no"
    assert "parent_national_here" not in told
    guide = reading.guide("CO")
    assert guide
    form = FactsForm(guide, told)
    assert form.is_valid(), form.errors
    assert form.facts[Fact.NATIONALITIES] == frozenset({"VE", "SY"})
    assert form.facts[Fact.ENTRY] == Known.read("2026-10")
    assert Fact.PARENT_NATIONAL_HERE not in form.facts


def test_they_are_reached_from_the_persons_page_and_from_a_case(
    site: Site, staff: dict[Role, User], browse: Callable[[Role], Client]
) -> None:
    person = make_person(site)
    for role in (Role.LAWYER, Role.CASEWORKER):
        accounts.assign(user_id=staff[role].pk, site_id=site.pk, subject=person.pk)
        page = browse(role).get(reverse("desk:person", args=[person.number])).content.decode()
        assert reverse("asylum:options_start") in page
    assert (
        reverse("asylum:options_start")
        not in browse(Role.DESK).get(reverse("desk:person", args=[person.number])).content.decode()
    )
    case = make_case(site, person, lawyer=staff[Role.LAWYER])
    page = browse(Role.LAWYER).get(reverse("asylum:case", args=[case.number])).content.decode()
    assert reverse("asylum:case_options", args=[case.number]) in page
