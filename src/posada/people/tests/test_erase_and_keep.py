"""The pages of erasing, keeping, and requests about one's own data, as their users press them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts import approvals
from posada.accounts import services as accounts
from posada.accounts.acts import Role
from posada.accounts.approvals import Kind
from posada.accounts.approvals.queries import open_for
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, system_actor
from posada.ground import clock, ids
from posada.people import services
from posada.people.models import Identity, Person, PersonClaim
from posada.people.services import claims
from posada.records import erasing, retention
from posada.records.models import Erasure, Kept, What, Why

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]


@pytest.fixture
def person(site: Site, staff: dict[Role, User]) -> Person:
    identity = Identity(given_names="Canaria", surnames="Secreta", birth="1980", description="Vino con alguien.")
    made = services.register_person(by=system_actor(site.pk), identity=identity, phone="04245")
    for role in (Role.CASEWORKER, Role.LAWYER):
        accounts.assign(user_id=staff[role].pk, site_id=site.pk, subject=made.pk)
    return made


def _ask(browse: Browse, person: Person) -> Erasure:
    address = reverse("people:erase", args=[person.number])
    browse(Role.CASEWORKER).post(address, {"why": "asked", "once": ids.new_id()})
    return Erasure.objects.get()


def test_asking_hides_at_once_and_the_manager_reads_no_name(browse: Browse, person: Person) -> None:
    erasure = _ask(browse, person)
    for role in Role:
        answer = browse(role).get(reverse("desk:person", args=[person.number]))
        assert answer.status_code in {403, 404}
        assert b"Canaria" not in answer.content
    page = browse(Role.SITE_MANAGER).get(reverse("people:erasure", args=[erasure.pk])).content.decode()
    assert str(person.number) in page
    assert "Canaria" not in page
    assert str(person.number) in browse(Role.SITE_MANAGER).get(reverse("people:erasures")).content.decode()


def test_the_same_form_sent_twice_asks_once(browse: Browse, person: Person) -> None:
    address, data = reverse("people:erase", args=[person.number]), {"why": "asked", "once": ids.new_id()}
    client = browse(Role.CASEWORKER)
    assert [client.post(address, data).status_code for _ in range(2)] == [302, 404]
    assert Erasure.objects.count() == 1


def test_without_a_reason_nothing_is_hidden(browse: Browse, person: Person) -> None:
    answer = browse(Role.CASEWORKER).post(reverse("people:erase", args=[person.number]), {"once": ids.new_id()})
    assert answer.status_code == 422
    assert not Erasure.objects.exists()


def test_erasing_takes_a_second_person_and_the_password(
    browse: Browse, person: Person, actors: dict[Role, Actor]
) -> None:
    erasure = _ask(browse, person)
    manager, address = browse(Role.SITE_MANAGER), reverse("people:erasure", args=[erasure.pk])
    right = {"act": "erase", "password": cast.PASSWORD}
    assert manager.post(address, right).status_code == 422
    manager.post(address, {"act": "ask"})
    assert manager.post(address, right).status_code == 422
    assert Person.objects.filter(pk=person.pk).exists()
    approval = open_for(actors[Role.SITE_MANAGER], Kind.ERASURE, erasure.pk)
    assert approval is not None
    approvals.agree(by=actors[Role.TRACING_OFFICER], approval=approval)
    assert manager.post(address, {"act": "erase", "password": "wrong"}).status_code == 422
    assert Person.objects.filter(pk=person.pk).exists()
    assert manager.post(address, right).status_code == 302
    assert not Person.objects.filter(pk=person.pk).exists()
    assert manager.get(address).status_code == 404


def test_nobody_erases_without_an_agreement(person: Person, actors: dict[Role, Actor]) -> None:
    house = system_actor(person.site_id)
    erasure = erasing.hide(by=house, subject=person.subject, what=What.PERSON, why=Why.ASKED)
    with pytest.raises(approvals.NotAgreed):
        erasing.erase(by=actors[Role.SITE_MANAGER], erasure=erasure)


def test_the_manager_shows_it_again_with_a_reason(browse: Browse, person: Person) -> None:
    erasure = _ask(browse, person)
    manager, address = browse(Role.SITE_MANAGER), reverse("people:erasure", args=[erasure.pk])
    assert manager.post(address, {"act": "show"}).status_code == 422
    assert manager.post(address, {"act": "show", "why_back": "mistake"}).status_code == 302
    answer = browse(Role.CASEWORKER).get(reverse("desk:person", args=[person.number]))
    assert "Canaria" in answer.content.decode()


def test_a_sentence_is_erased_from_the_page(browse: Browse, person: Person) -> None:
    client, address = browse(Role.CASEWORKER), reverse("people:erase_sentence", args=[person.number])
    form = client.get(address).context["form"]
    key = next(key for key, words in form.fields["sentence"].choices if "Vino con alguien" in words)
    assert client.post(address, {"sentence": key}).status_code == 302
    assert "Vino con alguien" not in client.get(reverse("people:history", args=[person.number])).content.decode()


def _take(browse: Browse, person: Person, **more: str) -> int:
    data = {"kind": "access", "received_on": "02/03/2026", "asked": "¿Qué saben de mí?", "once": str(ids.new_id())}
    address = reverse("people:take_claim", args=[person.number])
    return browse(Role.CASEWORKER).post(address, data | more).status_code


@pytest.fixture
def march(monkeypatch: pytest.MonkeyPatch) -> None:
    """The house's day is 5 March 2026, without touching the sessions' clock."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 5))


@pytest.mark.usefixtures("march")
def test_an_access_request_is_answered_in_ten_working_days(
    browse: Browse, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _take(browse, person) == 200
    claim = PersonClaim.objects.get()
    assert (claim.due_on, claim.latest_on, claim.label_due_on) == (date(2026, 3, 16), date(2026, 3, 24), None)
    assert claims.standing(claim, clock.today()).left == 7
    page = browse(Role.SITE_MANAGER).get(reverse("people:claims")).content.decode()
    assert str(person.number) in page
    client, address = browse(Role.CASEWORKER), reverse("people:claim", args=[claim.pk])
    assert client.post(address, {"act": "prolong", "why_longer": "search"}).status_code == 302
    claim.refresh_from_db()
    assert claim.due_on == date(2026, 3, 24)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 5, 5))
    assert claims.standing(claim, clock.today()).left < 0
    assert client.post(address, {"act": "answer", "answered": "Esto es lo que hay."}).status_code == 302
    printed = client.get(reverse("people:claim_answer", args=[claim.pk])).content.decode()
    assert "Canaria" in printed
    assert "Esto es lo que hay." in printed
    assert not claims.claims_of(system_actor(person.site_id))


@pytest.mark.usefixtures("march")
def test_a_claim_is_labelled_within_two_days_and_the_manager_reads_no_words(browse: Browse, person: Person) -> None:
    assert _take(browse, person, kind="erase", asked="Borren lo del capitán") == 200
    claim = PersonClaim.objects.get()
    assert (claim.label_due_on, claim.due_on, claim.latest_on) == (
        date(2026, 3, 4),
        date(2026, 3, 24),
        date(2026, 4, 7),
    )
    manager, address = browse(Role.SITE_MANAGER), reverse("people:claim", args=[claim.pk])
    assert "capitán" not in manager.get(address).content.decode()
    assert manager.post(address, {"act": "answer", "answered": "x"}).status_code == 403
    assert manager.post(address, {"act": "label"}).status_code == 302
    claim.refresh_from_db()
    assert claim.labelled_on == date(2026, 3, 5)


@pytest.mark.usefixtures("march")
@pytest.mark.parametrize("day", ["", "mañana", "31/02/2026", "06/03/2026", "02/03/1026"])
def test_a_wrong_day_is_said_and_nothing_is_written(browse: Browse, person: Person, day: str) -> None:
    assert _take(browse, person, received_on=day) == 422
    assert not PersonClaim.objects.exists()


def test_what_is_past_its_time_is_reviewed_kept_or_hidden(
    browse: Browse, person: Person, actors: dict[Role, Actor]
) -> None:
    manager = actors[Role.SITE_MANAGER]
    assert not retention.to_review(manager)
    Person.objects.filter(pk=person.pk).update(registered_on=clock.today() - timedelta(days=91))
    [due] = retention.to_review(manager)
    assert (due.past.number, due.since) == (person.number, clock.today() - timedelta(days=1))
    client, address = browse(Role.SITE_MANAGER), reverse("people:review", args=["stay", person.pk])
    assert "Canaria" not in client.get(reverse("people:retention")).content.decode()
    assert client.post(address, {"act": "keep"}).status_code == 422
    assert client.post(address, {"act": "keep", "why": "stays", "days": "90"}).status_code == 302
    assert not retention.to_review(manager)
    assert Person.objects.filter(pk=person.pk).exists()
    Kept.objects.all().delete()
    assert client.post(address, {"act": "erase"}).status_code == 302
    assert Erasure.objects.get().why == Why.OVER
    assert not retention.to_review(manager)


def test_every_number_of_the_table_says_where_it_is_from() -> None:
    assert all(line.source and line.confidence in set("ABCD") for line in retention.table())
    assert [line.kind for line in retention.table() if line.by_itself] == [
        "quarantine",
        "callers",
        "expired_request",
        "placeholder",
        "account_draft",
    ]
