"""What saves somebody is done by one person, at once, also in a house whose site refuses whatever has no second."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts import services as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.approvals.rules import ASKED_FOR
from posada.accounts.models import Approval, Site, UrgentReading
from posada.accounts.permissions import Actor
from posada.family import services as family
from posada.family.models import Relative
from posada.family.rules.silence import Watch
from posada.people import services as people
from posada.people.models import Identity, Person
from posada.people.rules.emergency import EmergencySheet
from posada.people.services.emergency import read_in_emergency, write_sheet
from posada.records import erasing, urgency
from posada.records.models.erasing import What, Why

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

URGENT = next(iter(UrgentReading.Why))


@pytest.fixture
def resident(site: Site, actors: dict[Role, Actor]) -> Person:
    """Somebody of the house; the site refuses what has no second."""
    Site.objects.update(without_second="refuse")
    person = people.register_person(by=actors[Role.DESK], identity=Identity(given_names="Yulesi"))
    accounts.assign(user_id=actors[Role.CASEWORKER].user or 0, site_id=site.pk, subject=person.pk)
    return person


@pytest.fixture(autouse=True)
def _nobody_was_asked(db: None) -> object:
    yield
    assert not Approval.objects.exists()


def test_an_emergency_sheet_is_read_by_one(resident: Person, actors: dict[Role, Actor]) -> None:
    sheet = EmergencySheet(allergies="penicilina")
    write_sheet(by=actors[Role.DESK], person=resident, sheet=sheet, expected=0)
    found = read_in_emergency(by=actors[Role.DESK], person=resident, why=URGENT)
    assert found is not None


def test_a_file_is_opened_by_urgency_by_one(resident: Person, actors: dict[Role, Actor], site: Site) -> None:
    other = people.register_person(by=actors[Role.DESK], identity=Identity(given_names="Otra"))
    words = "La llevan al hospital"
    reading = urgency.break_glass(by=actors[Role.CASEWORKER], subject=other.subject, why=URGENT, words=words)
    assert reading.user_id == actors[Role.CASEWORKER].user


def test_a_stop_is_one_press(resident: Person, actors: dict[Role, Actor]) -> None:
    by = actors[Role.CASEWORKER]
    card = family.add_relative(by=by, person=resident, content=Relative(who="Mamá", interval_hours=48))
    assert family.stop(by=by, card=card).watch is Watch.STOPPED


def test_hiding_a_file_is_done_by_one_at_once(resident: Person, actors: dict[Role, Actor]) -> None:
    erasing.hide(by=actors[Role.CASEWORKER], subject=resident.subject, what=What.PERSON, why=Why.DANGER)
    assert erasing.is_hidden(resident.pk)


@pytest.mark.parametrize("role", [Role.DESK, Role.CASEWORKER, Role.TRACING_OFFICER, Role.SITE_MANAGER])
def test_an_evacuation_list_is_made_by_one_at_once(
    role: Role, resident: Person, actors: dict[Role, Actor], browse: Callable[[Role], Client]
) -> None:
    page = browse(role).get(reverse("shelter:evacuation"))
    assert page.status_code == 200
    assert str(resident.number) in page.content.decode()
    assert "Yulesi" not in page.content.decode(), "numbers and call-names only"


def test_sealing_takes_one(resident: Person, browse: Callable[[Role], Client]) -> None:
    assert browse(Role.SITE_MANAGER).post(reverse("desk:seal")).status_code == 200


def test_no_kind_stands_for_any_of_them() -> None:
    acts = {Act.READ_EMERGENCY, Act.BREAK_GLASS, Act.UPDATE_KIN, Act.ASK_ERASURE, Act.SEE_HOUSE, Act.SEAL}
    assert not acts & set(ASKED_FOR.values())
