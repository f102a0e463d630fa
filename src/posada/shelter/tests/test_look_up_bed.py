"""Where somebody sleeps is what hurts most: nobody looks it up by number without a trace, nor tries numbers out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from posada.accounts.acts import Role
from posada.accounts.models import Notice
from posada.accounts.permissions import Actor
from posada.audit.models import AuditEntry
from posada.ground import clock, ids
from posada.people.models import Person
from posada.shelter import services
from posada.shelter.models import Bed
from posada.shelter.tests.conftest import MakePerson
from posada.vault import keyring

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

Browse = Callable[[Role], Client]
PAGES = ["shelter:leave", "shelter:move", "shelter:assign"]


@pytest.fixture
def lodged(actors: dict[Role, Actor], make_person: MakePerson, beds: list[Bed]) -> Person:
    """Somebody who came days ago: at the desk today, nobody may read who they are."""
    person = make_person(registered_on=clock.today() - timedelta(days=3))
    services.assign_bed(by=actors[Role.DESK], person=person, bed=beds[0])
    return person


def written() -> list[tuple[str, str, str]]:
    rows = AuditEntry.objects.exclude(act="records.scan").order_by("sequence")
    return [(row.act, row.reason, row.subject) for row in rows]


@pytest.mark.parametrize("page", PAGES)
def test_the_bed_behind_a_number_is_written_under_the_person_and_as_a_search(
    page: str, browse: Browse, lodged: Person
) -> None:
    client, before = browse(Role.DESK), len(written())
    answer = client.get(reverse(page, args=[lodged.number]))
    assert answer.status_code in {200, 302}
    whose = keyring.pseudonym(lodged.pk)
    assert written()[before:] == [("shelter.see_house", "bed", whose), ("people.search", "bed", whose)]


def test_the_bed_of_somebody_registered_today_is_no_search(
    browse: Browse, actors: dict[Role, Actor], person: Person, beds: list[Bed]
) -> None:
    services.assign_bed(by=actors[Role.DESK], person=person, bed=beds[1])
    client, before = browse(Role.DESK), len(written())
    assert client.get(reverse("shelter:leave", args=[person.number])).status_code == 200
    assert [act for act, _reason, _subject in written()[before:]] == ["shelter.see_house"]


@pytest.mark.parametrize("page", PAGES)
def test_a_number_that_is_nobodys_counts_as_a_search(
    page: str, browse: Browse, settings: Settings, beds: list[Bed]
) -> None:
    settings.SEARCHES_AN_HOUR = 2
    client = browse(Role.DESK)
    answers = [client.get(reverse(page, args=[ids.random_number()])).status_code for _ in range(3)]
    assert answers == [404, 404, 429]


def test_walking_through_the_beds_is_told_and_never_stopped(
    browse: Browse, settings: Settings, lodged: Person, beds: list[Bed]
) -> None:
    settings.ALARMS = {**settings.ALARMS, "searches": 2}
    client = browse(Role.DESK)
    for _ in range(4):
        assert client.get(reverse("shelter:bed", args=[beds[0].number])).status_code == 200
    assert Notice.objects.filter(kind=Notice.Kind.SEARCHES).exists()
    settings.SEARCHES_AN_HOUR = 1
    assert client.get(reverse("shelter:bed", args=[beds[0].number])).status_code == 200
