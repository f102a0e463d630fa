"""Correcting what is known of somebody, and its history."""

from collections.abc import Callable

import pytest
from django.test import Client
from msgspec import structs

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people import queries, services
from posada.people.models import Person
from posada.people.tests.shared import DATABASES, audited, stranger
from posada.records.models import EarlierVersion
from posada.records.services import Stale

pytestmark = pytest.mark.django_db(databases=DATABASES)
Browse = Callable[[Role], Client]


@pytest.fixture
def mine(yulesi: Person, caseworker: Actor) -> Person:
    """Somebody whom the caseworker accompanies."""
    services.take_on(by=caseworker, person=yulesi)
    return yulesi


def correction(**words: str) -> dict[str, str]:
    """The form of correcting as a browser sends it."""
    known = {"given_names": "Yulesi Carolina", "surnames": "Ramírez Peña", "sex": "female", "birth": "1987-03"}
    return {**known, "origin": "San Juan de Colón", "mother": "Carmen Peña", "version": "1", **words}


def test_it_corrects_and_keeps_the_earlier_version(browse: Browse, mine: Person, caseworker: Actor) -> None:
    answer = browse(Role.CASEWORKER).post(f"/people/{mine.number}/correct/", correction(surnames="Ramires Peña"))
    assert answer.status_code == 302
    mine.identity.refresh_from_db()
    assert queries.identity_of(mine, by=caseworker).surnames == "Ramires Peña"
    assert EarlierVersion.objects.filter(record=mine.identity, version=1).exists()
    assert len(audited(Act.CORRECT)) == 1


def test_the_history_is_told_in_sentences(browse: Browse, mine: Person) -> None:
    client = browse(Role.CASEWORKER)
    client.cookies["posada_language"] = "es"
    client.post(f"/people/{mine.number}/correct/", correction(surnames="Ramires Peña", father="José Ramírez"))
    page = client.get(f"/people/{mine.number}/history/").content.decode()
    assert "Beatriz cambió «Apellidos»: Ramírez Peña → Ramires Peña" in page
    assert "Beatriz escribió «Padre»: José Ramírez" in page
    assert "se registró a esta persona" in page


def test_nothing_changed_makes_no_version(browse: Browse, mine: Person) -> None:
    answer = browse(Role.CASEWORKER).post(f"/people/{mine.number}/correct/", correction())
    assert answer.status_code == 302
    mine.identity.refresh_from_db()
    assert mine.identity.version == 1


def test_a_correction_that_came_too_late_keeps_what_was_typed(browse: Browse, mine: Person, caseworker: Actor) -> None:
    held = queries.identity_of(mine, by=caseworker)
    quicker = structs.replace(held, surnames="Ramires Peña")
    services.correct_person(by=caseworker, person=mine, identity=quicker, expected_version=1)
    client = browse(Role.CASEWORKER)
    late = client.post(f"/people/{mine.number}/correct/", correction(mother="Karmen Peña"))
    page = late.content.decode()
    assert late.status_code == 409
    assert 'value="Karmen Peña"' in page
    assert "Ramires Peña" in page
    mine.identity.refresh_from_db()
    assert mine.identity.version == 2
    with pytest.raises(Stale):
        services.correct_person(by=caseworker, person=mine, identity=held, expected_version=1)
    again = client.post(f"/people/{mine.number}/correct/", correction(mother="Karmen Peña", version="2"))
    assert again.status_code == 302


def test_an_age_that_was_not_touched_keeps_its_day(
    browse: Browse, register: Callable[..., Person], caseworker: Actor
) -> None:
    told = clock.today().replace(year=clock.today().year - 2, day=1)
    person = register(given_names="Carlos", surnames="Mora", age=40, age_on=told)
    services.take_on(by=caseworker, person=person)
    form = {"given_names": "Carlos", "surnames": "Mora Duarte", "birth": "40", "version": "1"}
    browse(Role.CASEWORKER).post(f"/people/{person.number}/correct/", form)
    person.identity.refresh_from_db()
    held = queries.identity_of(person, by=caseworker)
    assert (held.surnames, held.age, held.age_on) == ("Mora Duarte", 40, told)


def test_a_wrong_correction_is_refused_with_the_typed_words_kept(browse: Browse, mine: Person) -> None:
    answer = browse(Role.CASEWORKER).post(f"/people/{mine.number}/correct/", correction(birth="300", father="José"))
    assert answer.status_code == 422
    assert 'value="José"' in answer.content.decode()
    for version in ("", "x", "-1"):
        code = browse(Role.CASEWORKER).post(f"/people/{mine.number}/correct/", correction(version=version)).status_code
        assert code in {409, 422}


def test_the_telephone_is_a_compartment_of_its_own(browse: Browse, mine: Person, caseworker: Actor) -> None:
    browse(Role.CASEWORKER).post(f"/people/{mine.number}/correct/", correction(phone="300 123 45 67"))
    mine.refresh_from_db()
    assert mine.contact is not None
    assert queries.contact_of(mine, by=caseworker).phone == "300 123 45 67"
    browse(Role.CASEWORKER).post(f"/people/{mine.number}/correct/", correction(phone=""))
    mine.contact.refresh_from_db()
    assert queries.contact_of(mine, by=caseworker).phone == ""
    sentences = [entry.difference.field for entry in queries.history_of(mine, by=caseworker)]
    assert sentences == ["phone"]


@pytest.mark.parametrize("page", ["correct", "history"])
def test_who_does_not_accompany_is_refused(browse: Browse, yulesi: Person, page: str) -> None:
    roles = {Role.CASEWORKER, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR}
    for role in roles:
        answer = browse(role).get(f"/people/{yulesi.number}/{page}/")
        assert answer.status_code == 403
        assert "ulesi" not in answer.content.decode()


def test_the_desk_does_not_correct(browse: Browse, mine: Person) -> None:
    assert browse(Role.DESK).post(f"/people/{mine.number}/correct/", correction()).status_code == 403


def test_somebody_of_another_house_is_a_404(browse: Browse) -> None:
    number = stranger().number
    for page in ("correct", "history", "consent", "household", "take-on"):
        assert browse(Role.CASEWORKER).get(f"/people/{number}/{page}/").status_code == 404
        assert browse(Role.CASEWORKER).get(f"/people/123456789/{page}/").status_code == 404


def test_a_name_from_a_list_is_kept_when_it_is_corrected(
    caseworker: Actor, register: Callable[..., Person], browse: Browse
) -> None:
    person = register(full_name="José Gregorio Contreras", list_name="coliseo")
    services.take_on(by=caseworker, person=person)
    form = {"given_names": "José", "surnames": "Contreras", "version": "1"}
    browse(Role.CASEWORKER).post(f"/people/{person.number}/correct/", form)
    person.identity.refresh_from_db()
    held = queries.identity_of(person, by=caseworker)
    assert (held.full_name, held.list_name, held.given_names) == ("José Gregorio Contreras", "coliseo", "José")


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_form_as_it_is_offered_changes_nothing(
    browse: Browse, register: Callable[..., Person], caseworker: Actor, language: str
) -> None:
    person = register(given_names="Carlos", age=40, age_on=clock.today(), arrived_on=clock.today())
    services.take_on(by=caseworker, person=person)
    client = browse(Role.CASEWORKER)
    client.cookies["posada_language"] = language
    form = client.get(f"/people/{person.number}/correct/").context["form"]
    client.post(f"/people/{person.number}/correct/", {name: form[name].value() or "" for name in form.fields})
    person.identity.refresh_from_db()
    assert person.identity.version == 1
