"""Information sessions: by number for ninety days, then a count; sheets in plain words that never lack a source."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from posada.accounts import services as accounts
from posada.accounts.acts import Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.asylum.guides import reading
from posada.asylum.models import Session, WasThere
from posada.asylum.queries import sessions as queries
from posada.asylum.rules.duty import guest_duty
from posada.asylum.rules.guide import Kind, Referral
from posada.asylum.rules.sheets import spoken_text
from posada.asylum.rules.topics import Topic, rules_about
from posada.asylum.services import erasing, merging
from posada.asylum.services import sessions as services
from posada.asylum.tests.accounts_here import make_person
from posada.ground import clock, ids
from posada.people.models import Person
from posada.people.services.merging import Moved
from posada.records.erasing import Gone
from posada.records.once import AlreadySent
from posada.shelter.models.directory import OrganisationWords
from posada.shelter.rules.directory import OrganisationKind, Takes
from posada.shelter.services.directory import keep_entry

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def worker(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.CASEWORKER]


@pytest.fixture
def person(site: Site) -> Person:
    return make_person(site)


@pytest.fixture
def held(worker: Actor) -> Session:
    return services.hold_session(by=worker, on=clock.today(), topic=Topic.STEPS, language="wba", others=4)


def test_who_was_there_stands_by_number_once(worker: Actor, held: Session, person: Person) -> None:
    services.was_there(by=worker, session=held, person=person)
    with pytest.raises(services.WasCounted):
        services.was_there(by=worker, session=held, person=person)
    assert queries.numbers_at(held) == [person]
    assert [one.count for one in queries.sessions(worker)] == [5]
    services.was_not_there(by=worker, session=held, person=person)
    assert [one.count for one in queries.sessions(worker)] == [4]


def test_after_ninety_days_it_is_a_count_of_nobody(worker: Actor, held: Session, person: Person) -> None:
    services.was_there(by=worker, session=held, person=person)
    Session.objects.filter(pk=held.pk).update(on=clock.today() - services.KEPT)
    services.count_only(worker.site)
    assert queries.numbers_at(held) == [person]
    Session.objects.filter(pk=held.pk).update(on=clock.today() - services.KEPT - timedelta(days=1))
    services.count_only(worker.site)
    held.refresh_from_db()
    assert (held.others, WasThere.objects.count()) == (5, 0)
    with pytest.raises(services.WasCounted):
        services.was_there(by=worker, session=held, person=person)


def test_only_who_holds_sessions_of_this_house_writes_them(
    actors: dict[Role, Actor], held: Session, person: Person
) -> None:
    for role in (Role.DESK, Role.TRACING_OFFICER, Role.AUDITOR, Role.HELPER):
        with pytest.raises(Refused):
            services.hold_session(by=actors[role], on=clock.today(), topic=Topic.HELP, language="es")
        with pytest.raises(Refused):
            services.was_there(by=actors[role], session=held, person=person)
    with pytest.raises(Refused):
        services.was_there(by=system_actor(held.site_id + 1), session=held, person=person)


def test_a_day_to_come_and_a_page_sent_twice(worker: Actor) -> None:
    with pytest.raises(services.NotYet):
        services.hold_session(by=worker, on=clock.today() + timedelta(days=1), topic=Topic.HELP, language="es")
    once = ids.new_id()
    services.hold_session(by=worker, on=clock.today(), topic=Topic.HELP, language="es", once=once)
    with pytest.raises(AlreadySent):
        services.hold_session(by=worker, on=clock.today(), topic=Topic.HELP, language="es", once=once)
    assert Session.objects.count() == 1


BAD = (
    {"topic": "", "on": "1/1/2026", "language": "es", "others": "0"},
    {"topic": "steps", "on": "31/2/2026", "language": "es", "others": "0"},
    {"topic": "steps", "on": "", "language": "es", "others": "0"},
    {"topic": "steps", "on": "1/1/2199", "language": "es", "others": "0"},
    {"topic": "steps", "on": "1/1/2026", "language": "tlh", "others": "0"},
    {"topic": "steps", "on": "1/1/2026", "language": "es", "others": "-1"},
    {"topic": "steps", "on": "1/1/2026", "language": "es", "others": "9999"},
)


def test_bad_input_is_answered_with_a_sentence_and_nothing_is_kept(browse: Callable[[Role], Client]) -> None:
    client = browse(Role.CASEWORKER)
    for typed in BAD:
        answer = client.post(reverse("asylum:sessions"), {"once": ids.new_id(), **typed})
        assert answer.status_code == 422, typed
        assert 'class="field__error' in answer.content.decode(), typed
    assert not Session.objects.exists()


def test_on_the_pages_it_is_held_and_somebody_added_by_number(browse: Callable[[Role], Client], person: Person) -> None:
    client = browse(Role.SITE_MANAGER)
    typed = {"once": ids.new_id(), "topic": "rights", "on": "1/1/2026", "language": "guc", "others": "12"}
    answer = client.post(reverse("asylum:sessions"), typed)
    held = Session.objects.get()
    assert answer["Location"] == reverse("asylum:session", args=[held.pk])
    Session.objects.update(on=clock.today())
    address = reverse("asylum:session", args=[held.pk])
    assert client.post(address, {"once": ids.new_id(), "number": person.number + 1}).status_code == 422
    client.post(address, {"once": ids.new_id(), "number": person.number})
    page = client.get(address).content.decode()
    assert str(person.number) in page
    assert "Carmen" not in page
    assert client.post(address, {"once": ids.new_id(), "number": person.number}).status_code == 422
    client.post(reverse("asylum:session_off", args=[held.pk, person.number]))
    assert not WasThere.objects.exists()


class TestSheets:
    def test_no_statement_without_its_id_its_source_and_its_confidence(self, browse: Callable[[Role], Client]) -> None:
        client, seen = browse(Role.DESK), 0
        for country in reading.countries():
            guide = reading.guide(country)
            assert guide is not None
            for topic in Topic:
                page = client.get(reverse("asylum:sheet", args=[country.lower(), topic.value])).content.decode()
                text = client.get(reverse("asylum:sheet_text", args=[country.lower(), topic.value])).content.decode()
                for rule in rules_about(guide, topic, clock.today()):
                    seen += 1
                    assert rule.id in page
                    assert rule.id in text
                    block = text[: text.index(f"[{rule.id}.")].rsplit("\n\n", 1)[-1]
                    after = text[text.index(f"[{rule.id}.") :].split("\n")[0]
                    assert rule.title.es in block
                    assert rule.source.article in after
                    assert after.rstrip("]").rstrip(".").endswith(rule.confidence)
        assert seen > 80

    def test_what_nobody_confirms_is_never_read_out_as_a_fact(self) -> None:
        guide = reading.guide("CO")
        assert guide is not None
        unsure = [rule for rule in guide.rule if rule.is_unverified]
        assert unsure
        with override("en"):
            text = spoken_text(guide, "x", unsure, clock.today(), "en")
        assert text.count("Not verified:") == len(unsure) == text.count("No page that was read confirms this.")

    def test_nothing_for_one_person_alone_with_a_lawyer_is_said_to_a_group(self) -> None:
        guide = reading.guide("CO")
        assert guide is not None
        told = {rule.id for topic in Topic for rule in rules_about(guide, topic, clock.today())}
        alone = {
            rule.id
            for rule in guide.rule
            if rule.id.startswith(("EXM-", "CO-EXC", "CO-DUTY")) or rule.referral is Referral.PROTECTED_PATH
        }
        assert len(alone) > 10
        assert not told & alone
        assert all(
            any(rule.referral is Referral.LEGAL for rule in rules_about(guide, topic, clock.today())) for topic in Topic
        )

    def test_a_sheet_that_is_none_is_a_404(self, browse: Callable[[Role], Client]) -> None:
        client = browse(Role.DESK)
        assert client.get("/asylum/sheet/xx/steps/").status_code == 404
        assert client.get("/asylum/sheet/co/wishes/").status_code == 404
        assert client.get("/asylum/sheet/co/steps/").status_code == 200


class TestGuestDuty:
    def test_it_is_off_says_what_is_not_verified_and_sends_nothing(self, browse: Callable[[Role], Client]) -> None:
        assert settings.SITE.guest_duty is False
        guide = reading.guide("CO")
        rules = guest_duty(guide)
        assert {rule.kind for rule in rules} == {Kind.RESTRICTION}
        assert any(rule.is_unverified for rule in rules)
        page = browse(Role.SITE_MANAGER).get(reverse("asylum:duty")).content.decode()
        assert all(rule.id in page for rule in rules)
        assert "<form" not in page.partition("<main")[2].partition("</main>")[0]

    def test_a_country_without_a_guide_says_nothing_is_verified(self) -> None:
        assert guest_duty(None) == ()


def test_legal_help_says_whether_they_take_people_and_whom_the_guide_names(
    browse: Callable[[Role], Client], actors: dict[Role, Actor]
) -> None:
    by = actors[Role.CASEWORKER]
    full = OrganisationWords(name="Qxconsultorio", kind=OrganisationKind.LEGAL, takes=Takes.YES, places=3)
    other = OrganisationWords(name="Qxclinica", kind=OrganisationKind.HEALTH)
    for words in (full, other):
        keep_entry(by=by, words=words, checked_on=clock.today())
    page = browse(Role.DESK).get(reverse("asylum:legal_aid")).content.decode()
    assert "Qxconsultorio" in page
    assert "Qxclinica" not in page
    assert "CO-REF-LEGAL" in page
    assert re.search(r"\b3\b", page)


def test_legal_help_stands_first_for_whoever_is_referred_to_it(
    browse: Callable[[Role], Client], actors: dict[Role, Actor], person: Person
) -> None:
    by = actors[Role.CASEWORKER]
    assert by.user is not None
    accounts.assign(user_id=by.user, site_id=person.site_id, subject=person.pk)
    for name, kind in (("Qxaprimera", OrganisationKind.HEALTH), ("Qxzultima", OrganisationKind.LEGAL)):
        words = OrganisationWords(name=name, kind=kind, takes=Takes.NO, places=0)
        keep_entry(by=by, words=words, checked_on=clock.today())
    client = browse(Role.CASEWORKER)
    address = reverse("shelter:refer", args=[person.number])
    status = client.get(reverse("asylum:case_status", args=[person.number])).content.decode()
    assert f"{address}?first=legal" in status
    first, plain = (client.get(address + query).content.decode() for query in ("?first=legal", "?first=wishes"))
    assert first.index("Qxzultima") < first.index("Qxaprimera")
    assert plain.index("Qxaprimera") < plain.index("Qxzultima")


def test_an_erased_persons_being_there_becomes_a_count(worker: Actor, held: Session, person: Person) -> None:
    services.was_there(by=worker, session=held, person=person)
    erasing.ROOM.remove(Gone(site=person.site_id, subjects=frozenset({person.pk}), records=frozenset()))
    held.refresh_from_db()
    assert (held.others, WasThere.objects.count()) == (5, 0)


def test_two_files_of_one_person_were_there_once(worker: Actor, held: Session, person: Person, site: Site) -> None:
    other = make_person(site, "Carmen otra vez")
    for one in (person, other):
        services.was_there(by=worker, session=held, person=one)
    later = services.hold_session(by=worker, on=clock.today(), topic=Topic.HELP, language="es")
    services.was_there(by=worker, session=later, person=other)
    merging.ROOM.move(person, other, {}, Moved())
    assert queries.numbers_at(later) == [person]
    assert person in queries.numbers_at(held)
