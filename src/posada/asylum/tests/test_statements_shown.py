"""No statement of a guide stands on a page without its id, its source and how sure that is: every page is rendered."""

from collections.abc import Callable
from html import unescape

import msgspec
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor
from posada.asylum.guides import reading
from posada.asylum.models import Case
from posada.asylum.queries.cases import file_of
from posada.asylum.rules.casefile import CaseFile, Dated
from posada.asylum.rules.deadline_words import confidence_in_words
from posada.asylum.rules.guide import Guide, Rule
from posada.asylum.rules.topics import Topic
from posada.asylum.services import cases
from posada.asylum.tests.accounts_here import make_case, make_person

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
# The parts of a case beside which statements stand.
PARTS = ("nationality", "dates", "documents", "safety")


def _guide(country: str) -> Guide:
    found = reading.guide(country)
    assert found is not None
    return found


def _stands(rule: Rule, page: str, language: str) -> bool:
    return rule.text.in_language(language) in page


def without_source(page: str, guide: Guide, language: str) -> tuple[int, list[str]]:
    """How many statements of a guide stand on a page, and the ids of those that stand without what belongs to them."""
    page = unescape(page)
    found = [rule for rule in guide.rule if _stands(rule, page, language)]
    with translation.override(language):
        bare = [
            rule.id
            for rule in found
            for needed in (rule.id, rule.source.article, rule.source.address, confidence_in_words(rule.confidence))
            if needed not in page
        ]
    return len(found), bare


@pytest.fixture
def case(site: Site, staff: dict[Role, User], actors: dict[Role, Actor]) -> Case:
    lawyer = actors[Role.LAWYER]
    made = make_case(site, make_person(site), lawyer=staff[Role.LAWYER])
    dates = tuple(Dated(event=event, on="2026-01-05") for event in ("entry", "filing", "stay_permit", "notification"))
    held: CaseFile = file_of(made, lawyer)
    return cases.write(by=lawyer, case=made, changed_file=msgspec.structs.replace(held, dates=dates), reason="dates")


def _addresses(case: Case) -> list[tuple[str, str]]:
    number = case.number
    pages = [(reverse("asylum:guide", args=[code.lower()]), code) for code in reading.countries()]
    pages += [(reverse("asylum:guide_rule", args=["co", rule.id]), "CO") for rule in _guide("CO").rule[::12]]
    pages += [(reverse("asylum:sheet", args=["co", topic.value]), "CO") for topic in Topic]
    pages += [(reverse(f"asylum:{name}"), "CO") for name in ("legal_aid", "duty", "due")]
    pages += [(reverse(f"asylum:{name}", args=[number]), "CO") for name in ("case", "members", "steps")]
    pages += [(reverse("asylum:part", args=[number, part]), "CO") for part in PARTS]
    pages += [(f"{reverse('asylum:case', args=[number])}?law=of_today", "CO")]
    return pages


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_statement_on_every_page_has_its_source(
    browse: Callable[[Role], Client], case: Case, language: str
) -> None:
    client = browse(Role.LAWYER)
    client.cookies["posada_language"] = language
    shown = 0
    for address, country in _addresses(case):
        answer = client.get(address)
        assert answer.status_code == 200, address
        count, bare = without_source(answer.content.decode(), _guide(country), language)
        assert bare == [], address
        shown += count
    assert shown > 300, "the pages are full of statements"


def test_a_statement_without_its_source_would_be_found(browse: Callable[[Role], Client]) -> None:
    page = browse(Role.LAWYER).get(reverse("asylum:guide", args=["co"])).content.decode()
    count, bare = without_source(page.replace("CO-ASY-020", ""), _guide("CO"), "es")
    assert count > 50
    assert "CO-ASY-020" in bare
