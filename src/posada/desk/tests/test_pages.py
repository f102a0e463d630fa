"""Today, a person's page, Seal, the frame, and what is said when something is refused."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings
from tests import cast

from posada.accounts import services as accounts
from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, system_actor
from posada.audit.models import AuditEntry
from posada.desk import story, waiting
from posada.family import services as family
from posada.family.models import Relative
from posada.ground import clock
from posada.people import matching
from posada.people import services as people
from posada.people.models import Identity, Person, Sex
from posada.records.models import SealedRecord
from posada.shelter import services as shelter

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

Browse = Callable[[Role], Client]


@pytest.fixture
def person(site: Site) -> Person:
    matching.build(lambda _done, _total: None)
    identity = Identity(given_names="Yusmary", surnames="Contreras", sex=Sex.FEMALE, birth="1990", origin="Lobatera")
    return people.register_person(by=system_actor(site.pk), identity=identity, phone="0412")


def _page(client: Client, person: Person) -> str:
    return client.get(f"/person/{person.number}/").content.decode()


def test_the_desk_reads_who_was_registered_today_but_not_the_telephone(browse: Browse, person: Person) -> None:
    page = _page(browse(Role.DESK), person)
    assert "Yusmary Contreras" in page
    assert "0412" not in page


def test_opening_a_person_is_written_down(browse: Browse, person: Person) -> None:
    _page(browse(Role.DESK), person)
    assert AuditEntry.objects.filter(act="people.read_identity", role="desk").exists()


def test_a_caseworker_sees_a_masked_card_until_the_file_is_theirs(
    browse: Browse, person: Person, actors: dict[Role, Actor]
) -> None:
    client = browse(Role.CASEWORKER)
    page = _page(client, person)
    assert "Yusmary" not in page
    assert "Y. C." in page
    assert f"/people/{person.number}/take-on/" in page
    client.post(f"/people/{person.number}/take-on/")
    assert "0412" in _page(client, person)


def test_yesterdays_person_is_masked_to_the_desk(browse: Browse, person: Person) -> None:
    yesterday = clock.today() - timedelta(days=1)
    Person.objects.update(registered_on=yesterday)
    SealedRecord.objects.update(registered_on=yesterday)
    assert "Yusmary" not in _page(browse(Role.DESK), person)


def test_looking_at_numbers_one_by_one_is_written_down_and_comes_to_an_end(
    browse: Browse, person: Person, settings: Settings
) -> None:
    settings.SEARCHES_AN_HOUR = 3
    client = browse(Role.CASEWORKER)
    answers = [client.get(f"/person/{number}/").status_code for number in (person.number, 100_000, 100_001, 100_002)]
    assert answers == [200, 404, 404, 429]
    assert AuditEntry.objects.filter(act="people.search", role="caseworker").count() >= 3
    assert AuditEntry.objects.filter(act="people.search", result="refused", reason="quota").exists()


@pytest.mark.parametrize("role", [Role.TRACING_OFFICER, Role.CASEWORKER])
def test_where_somebody_sleeps_is_not_shown_to_who_does_not_accompany_them(
    browse: Browse, person: Person, role: Role
) -> None:
    by = system_actor(person.site_id)
    room = shelter.make_room(by=by, name="Araguaney", beds=1)
    shelter.assign_bed(by=by, person=person, bed=room.beds.get())
    assert "Araguaney" in _page(browse(Role.DESK), person)
    if role is Role.TRACING_OFFICER:
        assert "Araguaney" not in _page(browse(role), person)


@pytest.mark.parametrize("role", [Role.SITE_MANAGER, Role.AUDITOR, Role.LAWYER])
def test_who_has_no_business_with_a_person_is_refused(browse: Browse, person: Person, role: Role) -> None:
    answer = browse(role).get(f"/person/{person.number}/")
    assert answer.status_code == 403
    assert "Y. C." not in answer.content.decode()


def test_a_person_of_another_site_is_not_found(browse: Browse, person: Person) -> None:
    other = cast.make_site(code="otra")
    stranger = people.register_person(by=system_actor(other.pk), identity=Identity(given_names="Nadie"))
    assert browse(Role.DESK).get(f"/person/{stranger.number}/").status_code == 404


def test_no_name_stands_in_the_title_or_the_address(browse: Browse, person: Person) -> None:
    page = _page(browse(Role.DESK), person)
    title = page.split("<title>")[1].split("</title>")[0]
    assert str(person.number) in title
    assert "Yusmary" not in title


def test_today_says_what_waits_and_opens_no_file(browse: Browse, person: Person) -> None:
    before = AuditEntry.objects.filter(act="people.read_identity").count()
    page = browse(Role.DESK).get("/").content.decode()
    assert str(person.number) in page
    assert "Yusmary" not in page
    assert AuditEntry.objects.filter(act="people.read_identity").count() == before


def test_a_silence_rises_on_today_for_the_one_who_accompanies(actors: dict[Role, Actor], person: Person) -> None:
    heard = clock.now() - timedelta(hours=72)
    content = Relative(who="C. P.", last_heard_at=heard, interval_hours=48)
    family.add_relative(by=system_actor(person.site_id), person=person, content=content)
    caseworker = actors[Role.CASEWORKER]
    with translation.override("en"):
        assert not [task for task in waiting.tasks_for(caseworker) if task.badge.text == "silence"]
        accounts.take_on(caseworker, person.subject)
        found = [task for task in waiting.tasks_for(caseworker) if task.badge.text == "silence"]
    assert len(found) == 1
    assert str(person.number) in found[0].line
    assert "C. P." not in found[0].line + found[0].title


def test_only_the_first_thing_that_waits_is_the_main_act(actors: dict[Role, Actor], person: Person) -> None:
    people.register_person(by=system_actor(person.site_id), identity=Identity(given_names="Otra"))
    looks = [task.act.look for task in waiting.tasks_for(actors[Role.DESK])]
    assert len(looks) > 1
    assert looks == ["main", *["plain"] * (len(looks) - 1)]


def test_nothing_waiting_is_a_good_state(browse: Browse, site: Site) -> None:
    page = browse(Role.LAWYER).get("/", headers={"accept-language": "en"}).content.decode()
    assert "Nothing waits for you" in page


def test_seal_asks_first_and_then_ends_the_process(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed: list[bool] = []
    monkeypatch.setattr("posada.desk.views.pages.vault.seal_soon", lambda: sealed.append(True))
    client = browse(Role.SITE_MANAGER)
    assert client.get("/seal/").status_code == 200
    assert not sealed
    assert client.post("/seal/").status_code == 200
    assert sealed
    assert AuditEntry.objects.filter(act="vault.seal", role="site_manager").exists()


def test_only_a_site_manager_seals_from_a_screen(browse: Browse) -> None:
    assert browse(Role.DESK).post("/seal/").status_code == 403


def test_each_role_sees_only_its_places(browse: Browse, staff: dict[Role, User]) -> None:
    desk = browse(Role.DESK).get("/").content.decode()
    manager = browse(Role.SITE_MANAGER).get("/").content.decode()
    assert "/people/register/" in desk
    assert "/people/register/" not in manager
    assert "/files/" in manager
    assert "/files/" not in desk


def test_a_refusal_says_so_calmly_and_is_written_down(browse: Browse) -> None:
    answer = browse(Role.AUDITOR).get("/people/register/")
    assert answer.status_code == 403
    assert "<h1" in answer.content.decode()
    assert AuditEntry.objects.filter(act="people.register", result="refused").exists()


def test_an_unknown_address_is_not_found(browse: Browse) -> None:
    assert browse(Role.DESK).get("/nowhere/").status_code == 404


def test_the_story_is_told_only_in_a_demonstration(browse: Browse, site: Site) -> None:
    assert Client().post("/story/", {"step": "1"}).status_code == 404
    Site.objects.update(demonstration=True)
    client = Client()
    assert client.post("/story/", {"step": "1"})["Location"] == "/people/register/"
    page = client.get("/people/register/", headers={"accept-language": "en"}).content.decode()
    assert f"1 of {len(story.STEPS)}" in page
    assert "Yulesi Carolina" in page


@pytest.mark.parametrize("step", ["0", "21", "x", "-1"])
def test_a_step_that_does_not_exist_is_not_found(step: str, staff: dict[Role, User]) -> None:
    Site.objects.update(demonstration=True)
    assert Client().post("/story/", {"step": step}).status_code == 404


def test_the_story_has_twenty_steps_in_both_languages() -> None:
    assert len(story.STEPS) == 20
    for step in story.STEPS:
        with translation.override("es"):
            spanish = str(step.sentence), str(step.act)
        with translation.override("en"):
            english = str(step.sentence), str(step.act)
        assert spanish[0] != english[0]


def test_access_that_nobody_reviewed_waits_for_the_auditor_only(browse: Browse, site: Site) -> None:
    english = {"accept-language": "en"}
    assert "7 reviews of access are due" in browse(Role.AUDITOR).get("/", headers=english).content.decode()
    assert "reviews of access" not in browse(Role.SITE_MANAGER).get("/", headers=english).content.decode()
