"""The emergency sheet: written with the person, read with one press, never stopped, looked at next morning."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from posada.accounts import services as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.models import Notice, UrgentReading
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.ground import ids
from posada.people import services
from posada.people.models import Identity, Person
from posada.people.rules.emergency import EmergencySheet
from posada.people.services.emergency import sheet_record
from posada.people.tests.shared import DATABASES, audited, stranger
from posada.records import door
from posada.records.models import SealedRecord
from posada.records.services import Stale

pytestmark = pytest.mark.django_db(databases=DATABASES)
Browse = Callable[[Role], Client]


def _typed(**words: str) -> dict[str, str]:
    return {
        "once": str(ids.new_id()),
        "version": "0",
        "told": "tells",
        "call_name": "Yuli",
        "allergies": "Penicilina",
        **words,
    }


@pytest.fixture
def with_sheet(desk: Actor, yulesi: Person) -> Person:
    sheet = EmergencySheet(call_name="Yuli", allergies="Penicilina", call_whom="Su prima, cuarto 4")
    services.write_sheet(by=desk, person=yulesi, sheet=sheet, expected=0)
    return yulesi


def _yesterday(person: Person) -> Person:
    before = person.registered_on - timedelta(days=1)
    Person.objects.filter(pk=person.pk).update(registered_on=before)
    SealedRecord.objects.filter(subject=person.pk).update(registered_on=before)
    return Person.objects.get(pk=person.pk)


def test_the_desk_writes_it_on_the_day_of_arrival_only(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.DESK)
    assert client.post(f"/people/{yulesi.number}/emergency/write/", _typed()).status_code == 302
    record = sheet_record(yulesi)
    assert record is not None
    assert record.compartment == "protection"
    assert b"Penicilina" not in bytes(record.body)
    _yesterday(yulesi)
    assert client.post(f"/people/{yulesi.number}/emergency/write/", _typed(version="1")).status_code == 403


def test_nobody_must_say_anything(browse: Browse, desk: Actor, yulesi: Person) -> None:
    client = browse(Role.DESK)
    client.post(f"/people/{yulesi.number}/emergency/write/", _typed(told="prefers_not"))
    text = client.post(f"/people/{yulesi.number}/emergency/", {"why": "ill"}).content.decode()
    assert "Penicilina" not in text
    client.post(f"/people/{yulesi.number}/emergency/write/", _typed(version="1", allergies="", call_name=""))
    assert services.read_in_emergency(by=desk, person=yulesi, why=UrgentReading.Why.ILL) is not None


def test_the_duty_person_reads_it_with_one_press_of_anybody_of_the_house(browse: Browse, with_sheet: Person) -> None:
    person = _yesterday(with_sheet)
    client = browse(Role.DESK)
    before = client.get(f"/people/{person.number}/emergency/").content.decode()
    assert "Penicilina" not in before
    text = client.post(f"/people/{person.number}/emergency/", {"why": "ill"}).content.decode()
    assert "Penicilina" in text
    assert "Yuli" in text
    assert str(person.number) in text
    for never in ("Yulesi", "Carolina", "Ramírez", "San Juan"):
        assert never not in text
    (row,) = audited(Act.READ_EMERGENCY)
    assert (row.role, row.reason) == ("desk", "emergency")


def test_no_quota_ever_stops_it(browse: Browse, with_sheet: Person, settings: Settings) -> None:
    settings.QUOTAS = {"desk": (0, 0)}
    settings.SEARCHES_AN_HOUR = 0
    person = _yesterday(with_sheet)
    client = browse(Role.DESK)
    assert client.get(f"/people/{person.number}/emergency/").status_code == 200
    assert b"Penicilina" in client.post(f"/people/{person.number}/emergency/", {"why": "ill"}).content


def test_it_is_told_at_once_and_waits_to_be_looked_at(browse: Browse, with_sheet: Person) -> None:
    browse(Role.DESK).post(f"/people/{with_sheet.number}/emergency/", {"why": "danger"})
    assert Notice.objects.get().kind == "emergency"
    reading = UrgentReading.objects.get()
    assert (reading.kind, reading.why, reading.verdict) == ("emergency", "danger", "")
    page = browse(Role.SITE_MANAGER).get("/alarms/").content.decode()
    assert f"/alarms/urgent/{reading.pk}/" in page
    assert "Yuli" not in page


def test_its_caseworker_reads_it_without_an_alarm_and_other_roles_never(
    browse: Browse, actors: dict[Role, Actor], with_sheet: Person
) -> None:
    caseworker = actors[Role.CASEWORKER]
    address = f"/people/{with_sheet.number}/emergency/"
    for role in (Role.CASEWORKER, Role.TRACING_OFFICER, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR):
        assert browse(role).get(address).status_code == 403
    accounts.take_on(caseworker, with_sheet.subject)
    assert b"Penicilina" in browse(Role.CASEWORKER).get(address).content
    assert not Notice.objects.filter(kind="emergency").exists()


def test_the_act_of_the_sheet_opens_nothing_else_in_its_compartment(
    actors: dict[Role, Actor], with_sheet: Person
) -> None:
    desk = actors[Role.DESK]
    other = EmergencySheet(allergies="x")
    record = services.write_sheet(by=desk, person=with_sheet, sheet=other, expected=1)
    with pytest.raises(Refused):
        door.open_record(with_sheet.contact or record, _Protected, by=desk, reason=door.Reason.VIEW)


class _Protected(EmergencySheet, frozen=True):
    """The same kind read under the act of its compartment."""

    READ = None


def test_a_listed_person_has_none_and_a_strangers_is_a_404(browse: Browse, desk: Actor) -> None:
    listed = services.register_listed(by=system_actor(desk.site), identity=Identity(given_names="Lista"))
    assert browse(Role.DESK).post(f"/people/{listed.number}/emergency/", {"why": "ill"}).status_code == 403
    assert browse(Role.DESK).post(f"/people/{stranger().number}/emergency/", {"why": "ill"}).status_code == 404


def test_of_two_who_write_at_once_the_second_is_told(browse: Browse, with_sheet: Person, desk: Actor) -> None:
    with pytest.raises(Stale):
        services.write_sheet(by=desk, person=with_sheet, sheet=EmergencySheet(), expected=0)
    answer = browse(Role.DESK).post(f"/people/{with_sheet.number}/emergency/write/", _typed(version="0"))
    assert answer.status_code == 409


def test_without_a_sheet_the_page_says_so(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.DESK)
    assert client.get(f"/people/{yulesi.number}/emergency/").status_code == 200
    assert client.post(f"/people/{yulesi.number}/emergency/", {"why": "ill"}).status_code == 200


def test_it_is_reached_from_find_from_the_file_and_from_the_bed(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.DESK)
    address = f"/people/{yulesi.number}/emergency/".encode()
    assert address in client.post("/people/find/", {"line": "Yulesi Ramírez"}).content
    assert address in client.get(f"/person/{yulesi.number}/").content
