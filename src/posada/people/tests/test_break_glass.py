"""Break-glass: one caseworker, one person, one hour, for reading; told at once and looked at afterwards."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from posada.accounts.acts import Act, Role
from posada.accounts.models import Notice, UrgentReading
from posada.accounts.permissions import Actor, Refused
from posada.family import services as family
from posada.family.models import Relative
from posada.ground import clock, ids
from posada.people import queries, services
from posada.people.models import Identity, Person
from posada.people.tests.shared import DATABASES, audited, stranger
from posada.records import door, quotas, urgency
from posada.records.models import SealedRecord

pytestmark = pytest.mark.django_db(databases=DATABASES)
Browse = Callable[[Role], Client]
SENTENCE = "Su hija no respira bien y hay que llamar."


def _sent(**words: str) -> dict[str, str]:
    return {"once": str(ids.new_id()), "why": "ill", "words": SENTENCE, **words}


def _open(by: Actor, person: Person) -> UrgentReading:
    return services.open_by_urgency(by=by, person=person, why=UrgentReading.Why.ILL, words=SENTENCE)


def _later(monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    monkeypatch.setattr(clock, "_shift", clock._shift + timedelta(minutes=minutes))


def test_the_page_says_what_will_happen_and_opens_nothing(browse: Browse, yulesi: Person, english: None) -> None:
    page = browse(Role.CASEWORKER).get(f"/people/{yulesi.number}/urgent/", headers={"accept-language": "en"})
    text = page.content.decode()
    assert "for one hour" in text
    assert "told at once" in text
    assert "Carolina" not in text
    assert not UrgentReading.objects.exists()


def test_then_the_file_is_open_and_every_opening_says_that_it_was_urgent(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.CASEWORKER)
    client.post(f"/people/{yulesi.number}/urgent/", _sent())
    assert "Carolina" in client.get(f"/person/{yulesi.number}/").content.decode()
    rows = audited(Act.READ_IDENTITY) + audited(Act.READ_CONTACT)
    assert rows
    assert {row.reason for row in rows} == {"break_glass"}
    (row,) = audited(Act.BREAK_GLASS, role="caseworker")
    assert row.reason == "ill"


def test_it_ends_by_itself_after_an_hour(caseworker: Actor, yulesi: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    _open(caseworker, yulesi)
    assert queries.identity_of(yulesi, by=caseworker).surnames == "Ramírez Peña"
    _later(monkeypatch, 59)
    assert queries.may(caseworker, Act.READ_IDENTITY, yulesi)
    _later(monkeypatch, 2)
    with pytest.raises(Refused):
        queries.identity_of(yulesi, by=caseworker)


def test_a_clock_set_back_does_not_open_it_again(
    caseworker: Actor, yulesi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    _open(caseworker, yulesi)
    _later(monkeypatch, -30)
    assert not queries.may(caseworker, Act.READ_IDENTITY, yulesi)


def test_only_that_person_and_what_hangs_on_them(
    caseworker: Actor, desk: Actor, yulesi: Person, register: Callable[..., Person]
) -> None:
    card = family.add_relative(by=desk, person=yulesi, content=Relative(who="Mamá", interval_hours=48))
    other = register(given_names="Otra", surnames="Persona")
    _open(caseworker, yulesi)
    assert door.open_record(card.record, Relative, by=caseworker, reason=door.Reason.VIEW).who == "Mamá"
    with pytest.raises(Refused):
        queries.identity_of(other, by=caseworker)


def test_nothing_is_written_by_urgency(browse: Browse, caseworker: Actor, yulesi: Person) -> None:
    _open(caseworker, yulesi)
    client = browse(Role.CASEWORKER)
    for address in ("correct", "consent", "emergency/write"):
        assert client.get(f"/people/{yulesi.number}/{address}/").status_code == 403
    with pytest.raises(Refused):
        services.correct_person(by=caseworker, person=yulesi, identity=Identity(given_names="X"), expected_version=1)


def test_it_opens_nothing_to_any_other_role_or_user(actors: dict[Role, Actor], yulesi: Person) -> None:
    for role in set(Role) - {Role.CASEWORKER}:
        with pytest.raises(Refused):
            _open(actors[role], yulesi)
    _open(actors[Role.CASEWORKER], yulesi)
    assert not queries.may(actors[Role.LAWYER], Act.READ_IDENTITY, yulesi)


def test_nobody_is_opened_who_only_stands_on_a_list_or_lives_elsewhere(
    browse: Browse, desk: Actor, caseworker: Actor
) -> None:
    listed = services.register_listed(by=desk_system(desk), identity=Identity(given_names="Lista"))
    with pytest.raises(Refused):
        _open(caseworker, listed)
    assert browse(Role.CASEWORKER).post(f"/people/{stranger().number}/urgent/", _sent()).status_code == 404


def desk_system(desk: Actor) -> Actor:
    return Actor(user=None, site=desk.site, roles=frozenset())


def test_the_quota_of_taking_on_holds_for_it_too(
    caseworker: Actor, register: Callable[..., Person], settings: object
) -> None:
    settings.QUOTAS = {"caseworker": (2, 2)}  # type: ignore[attr-defined]  # pytest-django's
    persons = [register(given_names=name, surnames="Uno") for name in ("Ana", "Bea", "Coco")]
    services.take_on(by=caseworker, person=persons[0])
    _open(caseworker, persons[1])
    with pytest.raises(quotas.QuotaReached):
        _open(caseworker, persons[2])
    with pytest.raises(quotas.QuotaReached):
        services.take_on(by=caseworker, person=persons[2])


def test_manager_and_auditor_are_told_at_once(browse: Browse, caseworker: Actor, yulesi: Person) -> None:
    _open(caseworker, yulesi)
    assert Notice.objects.get(kind="break_glass").user_id == caseworker.user
    for role in (Role.SITE_MANAGER, Role.AUDITOR):
        client = browse(role)
        today = client.get("/").content.decode()
        assert "/alarms/" in today
        page = client.get("/alarms/").content.decode()
        assert "Beatriz" in page
        assert "Carolina" not in page
        assert str(yulesi.number) not in page
        assert SENTENCE not in page
    assert browse(Role.CASEWORKER).get("/alarms/").status_code == 403


def test_it_is_looked_at_afterwards_by_somebody_else_once(
    browse: Browse, actors: dict[Role, Actor], yulesi: Person
) -> None:
    reading = _open(actors[Role.CASEWORKER], yulesi)
    manager = browse(Role.SITE_MANAGER)
    assert manager.post(f"/alarms/urgent/{reading.pk}/", {"verdict": "nonsense"}).status_code == 404
    assert manager.post(f"/alarms/urgent/{reading.pk}/", {"verdict": "talk"}).status_code == 302
    browse(Role.AUDITOR).post(f"/alarms/urgent/{reading.pk}/", {"verdict": "right"})
    reading.refresh_from_db()
    assert (reading.verdict, reading.reviewed_by_id) == ("talk", actors[Role.SITE_MANAGER].user)
    assert [row.reason for row in audited(Act.BREAK_GLASS, role="caseworker")] == ["ill"]
    with pytest.raises(Refused):
        urgency.review(by=actors[Role.CASEWORKER], reading=reading, verdict=UrgentReading.Verdict.RIGHT)


def test_the_sentence_is_sealed(caseworker: Actor, yulesi: Person) -> None:
    reading = _open(caseworker, yulesi)
    record = SealedRecord.objects.get(pk=reading.words or ids.new_id())
    assert record.subject == yulesi.pk
    assert SENTENCE.encode() not in bytes(record.body)
    said = door.open_record(record, urgency.UrgentWords, by=caseworker, reason=door.Reason.VIEW)
    assert said.words == SENTENCE


def test_without_a_reason_and_a_sentence_nothing_opens(browse: Browse, yulesi: Person) -> None:
    client = browse(Role.CASEWORKER)
    for words in (_sent(why=""), _sent(why="curious"), _sent(words=""), _sent(words="...")):
        answer = client.post(f"/people/{yulesi.number}/urgent/", words)
        assert answer.status_code == 422
    assert not UrgentReading.objects.exists()


def test_the_same_page_sent_twice_opens_once_and_not_again_an_hour_later(
    browse: Browse, yulesi: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, sent = browse(Role.CASEWORKER), _sent()
    for _ in range(2):
        assert client.post(f"/people/{yulesi.number}/urgent/", sent).status_code == 302
    assert UrgentReading.objects.count() == 1
    _later(monkeypatch, 61)
    client.post(f"/people/{yulesi.number}/urgent/", sent)
    assert UrgentReading.objects.count() == 1
