"""Registering somebody at the desk."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor, Refused
from posada.ground import clock, ids
from posada.people import queries, services
from posada.people.models import Answer, ConsentPurpose, Household, HouseholdRelation, Identity, Person, Source
from posada.people.tests.shared import DATABASES, audited, stranger, typed
from posada.records.models import Change, SealedRecord, SentForm

pytestmark = pytest.mark.django_db(databases=DATABASES)
ADDRESS = "/people/register/"
Browse = Callable[[Role], Client]


def test_it_registers_somebody_and_opens_the_next_form(browse: Browse, desk: Actor) -> None:
    client = browse(Role.DESK)
    answer = client.post(ADDRESS, typed(given_names="Yulesi", surnames="Ramírez", birth="31 años"), follow=True)
    person = Person.objects.get()
    assert answer.redirect_chain == [(ADDRESS, 302)]
    assert str(person.number) in answer.content.decode()
    assert "Yulesi" not in answer.content.decode()
    assert person.source == Source.HOUSE
    assert ids.is_sound_number(person.number)
    held = queries.identity_of(person, by=desk)
    assert (held.given_names, held.age, held.age_on) == ("Yulesi", 31, clock.today())


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_form_as_it_is_offered_is_taken_in_every_language(browse: Browse, desk: Actor, language: str) -> None:
    client = browse(Role.DESK)
    client.cookies["posada_language"] = language
    form = client.get(ADDRESS).context["form"]
    offered = {name: form[name].value() or "" for name in form.fields}
    assert client.post(ADDRESS, offered | {"given_names": "Yulesi"}).status_code == 302
    assert queries.identity_of(Person.objects.get(), by=desk).arrived_on == clock.today()


def test_a_description_is_enough(browse: Browse, desk: Actor) -> None:
    browse(Role.DESK).post(ADDRESS, typed(description="Unos setenta años, no habla, pañuelo verde."))
    assert queries.identity_of(Person.objects.get(), by=desk).description.startswith("Unos setenta")


def test_nobody_without_a_word_is_registered(browse: Browse) -> None:
    answer = browse(Role.DESK).post(ADDRESS, typed(birth="31"))
    assert answer.status_code == 422
    assert 'value="31"' in answer.content.decode()
    assert not Person.objects.exists()


@pytest.mark.parametrize("birth", ["300", "31/2/1987", "1/1/2999", "joven"])
def test_an_impossible_birth_is_refused_and_nothing_typed_is_lost(browse: Browse, birth: str) -> None:
    answer = browse(Role.DESK).post(ADDRESS, typed(given_names="Yulesi", surnames="Ramírez", birth=birth))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Yulesi"' in page
    assert f'value="{birth}"' in page
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Y", "Y"),
        ("Юлия", "Юлия"),
        ("محمد", "محمد"),
        ("Yulesi 🌺", "Yulesi"),
        ("  Yulesi \t Carolina\x00\x07 ", "Yulesi Carolina"),
        ("\u202eYulesi", "Yulesi"),
        ("D'Angelo-Núñez", "D'Angelo-Núñez"),
        ("<b>Yulesi</b>", "<b>Yulesi</b>"),
    ],
)
def test_names_of_any_alphabet_stay_and_signs_go(browse: Browse, desk: Actor, name: str, kept: str) -> None:
    answer = browse(Role.DESK).post(ADDRESS, typed(given_names=name, surnames="Ramírez"), follow=True)
    assert answer.status_code == 200
    assert queries.identity_of(Person.objects.get(), by=desk).given_names == kept
    assert "<b>Yulesi" not in answer.content.decode()


def test_a_name_of_500_letters_is_refused_with_a_sentence(browse: Browse) -> None:
    client = browse(Role.DESK)
    client.cookies["posada_language"] = "en"
    answer = client.post(ADDRESS, typed(given_names="Y" * 500))
    assert answer.status_code == 422
    assert "at most 120 fit here" in answer.content.decode()
    assert not Person.objects.exists()


def test_a_name_of_emoji_alone_is_no_name(browse: Browse) -> None:
    answer = browse(Role.DESK).post(ADDRESS, typed(given_names="🌺🌺"))
    assert answer.status_code == 422
    assert not Person.objects.exists()


def test_a_form_sent_twice_registers_once(browse: Browse) -> None:
    client = browse(Role.DESK)
    form = typed(given_names="Yulesi", surnames="Ramírez", company="first")
    first = client.post(ADDRESS, form, follow=True)
    second = client.post(ADDRESS, form, follow=True)
    person = Person.objects.get()
    assert str(person.number) in first.content.decode()
    assert str(person.number) in second.content.decode()
    assert Household.objects.count() == 1


def test_a_registration_that_fails_leaves_nothing_behind(desk: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "random_number", lambda _length: 1)
    key = uuid.uuid4()
    services.register_person(by=desk, identity=Identity(given_names="Una"), once=uuid.uuid4())
    with pytest.raises(RuntimeError):
        services.register_person(by=desk, identity=Identity(given_names="Dos"), once=key)
    assert Person.objects.count() == 1
    assert not SentForm.objects.filter(key=key).exists()


@pytest.mark.parametrize("role", [Role.TRACING_OFFICER, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR, Role.CASEWORKER])
def test_only_the_desk_registers(browse: Browse, actors: dict[Role, Actor], role: Role) -> None:
    client = browse(role)
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, typed(given_names="Yulesi")).status_code == 403
    with pytest.raises(Refused):
        services.register_person(by=actors[role], identity=Identity(given_names="Yulesi"))
    assert not Person.objects.exists()


def test_it_is_written_down_with_the_role_and_without_a_name(browse: Browse) -> None:
    browse(Role.DESK).post(ADDRESS, typed(given_names="Yulesi"))
    rows = audited(Act.REGISTER)
    assert rows
    assert {row.role for row in rows} == {"desk"}
    assert len({row.subject for row in rows}) == 1
    assert not any("ulesi" in row.reason for row in rows)
    assert Change.objects.filter(kind=Identity.KIND).count() == 1


def test_consent_is_not_asked_until_it_is(browse: Browse, desk: Actor) -> None:
    page = browse(Role.DESK).get(ADDRESS).content.decode()
    assert page.count('value="not_asked"') == 3
    assert 'value="yes" checked' not in page
    browse(Role.DESK).post(ADDRESS, typed(given_names="Yulesi"))
    person = Person.objects.get()
    assert person.consent_due_on == clock.today() + services.registering.ASK_WITHIN
    assert queries.consents_of(person, by=desk).answers == ()


def test_consent_given_aloud_is_kept_for_its_purpose(browse: Browse, desk: Actor) -> None:
    browse(Role.DESK).post(ADDRESS, typed(given_names="Yulesi", be_found="yes", referral="no"))
    held = queries.consents_of(Person.objects.get(), by=desk)
    assert held.answer_to(ConsentPurpose.BE_FOUND).answer is Answer.YES
    assert held.answer_to(ConsentPurpose.BE_FOUND).how == "spoken"
    assert held.answer_to(ConsentPurpose.REFERRAL).answer is Answer.NO
    assert held.answer_to(ConsentPurpose.SHARE_WITH_TRACING).answer is Answer.NOT_ASKED


def test_somebody_joins_the_household_of_the_last_one(browse: Browse, desk: Actor) -> None:
    client = browse(Role.DESK)
    client.post(ADDRESS, typed(given_names="Yulesi"))
    client.post(ADDRESS, typed(given_names="Daniela", company="last", relation_to="child"))
    first, second = sorted(Person.objects.all(), key=lambda one: queries.identity_of(one, by=desk).given_names)[::-1]
    assert first.household is not None
    assert first.household == second.household
    assert queries.identity_of(second, by=desk).household_relation is HouseholdRelation.CHILD


def test_somebody_joins_a_household_by_the_number_of_a_member(browse: Browse, yulesi: Person) -> None:
    browse(Role.DESK).post(ADDRESS, typed(given_names="Rosa", company="member", member=str(yulesi.number)))
    yulesi.refresh_from_db()
    assert yulesi.household is not None
    assert yulesi.household.members.count() == 2


@pytest.mark.parametrize("number", ["", "123", "999999", "abc", "0", "1" * 40])
def test_a_household_number_that_is_nobodys_is_refused(browse: Browse, yulesi: Person, number: str) -> None:
    form = typed(given_names="Rosa", company="member", member=number)
    assert browse(Role.DESK).post(ADDRESS, form).status_code == 422
    assert Person.objects.count() == 1


def test_a_household_of_another_house_is_nobodys(browse: Browse) -> None:
    other = stranger()
    form = typed(given_names="Rosa", company="member", member=str(other.number))
    assert browse(Role.DESK).post(ADDRESS, form).status_code == 422
    assert Person.objects.count() == 1


def test_the_last_number_is_shown_only_to_the_desk_that_registered(browse: Browse, yulesi: Person) -> None:
    assert str(yulesi.number) not in browse(Role.DESK).get(ADDRESS).content.decode()


def test_a_list_names_somebody_without_a_bed_and_updates_without_doubling(actors: dict[Role, Actor]) -> None:
    manager = actors[Role.SITE_MANAGER]
    identity = Identity(full_name="José Gregorio Contreras", list_name="coliseo")
    person = services.register_listed(by=manager, identity=identity)
    assert person.source == Source.LIST
    assert person.consent_due_on is None
    assert not services.update_listed(by=manager, person=person, identity=identity)
    changed = Identity(full_name="José G. Contreras", list_name="coliseo")
    assert services.update_listed(by=manager, person=person, identity=changed, phone="300")
    person.identity.refresh_from_db()
    assert (Person.objects.count(), person.identity.version) == (1, 2)
    with pytest.raises(Refused):
        services.register_listed(by=actors[Role.DESK], identity=identity)


def test_the_form_carries_no_name_in_its_address(browse: Browse) -> None:
    answer = browse(Role.DESK).post(ADDRESS, typed(given_names="Yulesi"))
    assert "ulesi" not in answer.headers["Location"]


def test_two_records_are_sealed_and_nothing_stands_in_clear(yulesi: Person) -> None:
    assert SealedRecord.objects.filter(subject=yulesi.pk).count() == 2
    bodies = b"".join(bytes(row.body) for row in SealedRecord.objects.all())
    assert b"Yulesi" not in bodies
    assert b"Ram" not in bodies
