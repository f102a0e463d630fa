"""Somebody is given a bed: from their own page, or from a free bed by their number."""

import uuid
from collections.abc import Callable
from itertools import islice

import pytest
from django.db import IntegrityError, transaction
from django.test import Client, override_settings
from django.urls import reverse

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site
from posada.accounts.permissions import Actor, Refused
from posada.audit.models import AuditEntry
from posada.ground import clock, ids
from posada.people.models import Person, Source
from posada.shelter import queries, services
from posada.shelter.models import Bed, Stay
from posada.shelter.services import AlreadyLodged, BedTaken, OnlyOnAList
from posada.shelter.tests.conftest import MakePerson
from posada.vault import keyring

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

Browse = Callable[[Role], Client]
Audited = Callable[[], list[tuple[str, str, str, str]]]


def page_of(person: Person) -> str:
    return reverse("shelter:assign", args=[person.number])


def sent(bed: int | str = "", number: object = "") -> dict[str, str]:
    return {"once": str(uuid.uuid4()), "bed": str(bed), "number": str(number)}


def words(answer: object) -> str:
    return getattr(answer, "content", b"").decode()


@pytest.mark.parametrize("role", [Role.DESK, Role.CASEWORKER])
def test_it_gives_a_free_bed_from_today(role: Role, browse: Browse, person: Person, beds: list[Bed]) -> None:
    answer = browse(role).post(page_of(person), sent(beds[1].number))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("shelter:bed", args=[beds[1].number])
    stay = Stay.objects.get()
    assert (stay.person, stay.bed, stay.from_on, stay.until_on) == (person, beds[1], clock.today(), None)
    assert queries.bed_of(person) == beds[1]


def test_it_gives_a_bed_by_the_number_on_the_card(browse: Browse, person: Person, beds: list[Bed]) -> None:
    typed = f" {str(person.number)[:3]}-{str(person.number)[3:]} "
    answer = browse(Role.DESK).post(reverse("shelter:bed", args=[beds[0].number]), sent(number=typed))
    assert answer.status_code == 302
    assert queries.bed_of(person) == beds[0]


def test_it_is_written_down_under_the_role_and_a_pseudonym(
    actors: dict[Role, Actor], person: Person, beds: list[Bed], audited: Audited
) -> None:
    services.assign_bed(by=actors[Role.DESK], person=person, bed=beds[0])
    assert audited()[-1] == ("shelter.assign_bed", "desk", "assign", "done")
    written = AuditEntry.objects.filter(act="shelter.assign_bed").latest("sequence")
    assert written.subject == keyring.pseudonym(person.pk)


@pytest.mark.parametrize("role", [Role.TRACING_OFFICER, Role.LAWYER, Role.SITE_MANAGER, Role.AUDITOR])
def test_other_roles_assign_no_beds(role: Role, browse: Browse, person: Person, beds: list[Bed]) -> None:
    client = browse(role)
    assert client.get(page_of(person)).status_code == 403
    assert client.post(page_of(person), sent(beds[0].number)).status_code == 403
    by_number = client.post(reverse("shelter:bed", args=[beds[0].number]), sent(number=person.number))
    assert by_number.status_code == 403
    assert not Stay.objects.exists()


def test_a_service_refuses_other_roles_too(actors: dict[Role, Actor], person: Person, beds: list[Bed]) -> None:
    with pytest.raises(Refused):
        services.assign_bed(by=actors[Role.SITE_MANAGER], person=person, bed=beds[0])


def test_a_person_or_bed_of_another_house_is_not_there(
    browse: Browse, make_person: MakePerson, elsewhere: Site, person: Person, their_bed: Bed
) -> None:
    client = browse(Role.DESK)
    stranger = make_person(at=elsewhere)
    assert client.get(page_of(stranger)).status_code == 404
    assert client.post(page_of(stranger), sent(their_bed.number)).status_code == 404
    assert client.get(reverse("shelter:bed", args=[their_bed.number])).status_code == 404
    refused = client.post(page_of(person), sent(their_bed.number))
    assert "elija" in words(refused).lower()
    assert not Stay.objects.exists()


def test_a_service_refuses_a_bed_of_another_house(actors: dict[Role, Actor], person: Person, their_bed: Bed) -> None:
    with pytest.raises(Refused):
        services.assign_bed(by=actors[Role.DESK], person=person, bed=their_bed)


def test_who_stands_only_on_a_list_gets_no_bed(
    browse: Browse, actors: dict[Role, Actor], make_person: MakePerson, beds: list[Bed]
) -> None:
    listed = make_person(source=Source.LIST)
    assert browse(Role.DESK).get(page_of(listed)).status_code == 404
    with pytest.raises(OnlyOnAList):
        services.assign_bed(by=actors[Role.DESK], person=listed, bed=beds[0])
    answer = browse(Role.DESK).post(reverse("shelter:bed", args=[beds[0].number]), sent(number=listed.number))
    assert "solo en una lista" in words(answer)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Escriba el número"),
        ("doce", "solo tiene dígitos"),
        ("²", "solo tiene dígitos"),
        ("-5", "tiene un error"),
        ("1" * 17, "más largo"),
        ("0", "tiene un error"),
    ],
)
def test_a_number_that_is_none_is_explained(typed: str, said: str, browse: Browse, beds: list[Bed]) -> None:
    answer = browse(Role.DESK).post(reverse("shelter:bed", args=[beds[0].number]), sent(number=typed))
    assert answer.status_code == 200
    assert said in words(answer)
    assert not Stay.objects.exists()


def test_a_slip_in_the_number_is_found(browse: Browse, person: Person, beds: list[Bed]) -> None:
    slipped = person.number + (1 if person.number % 10 < 9 else -1)
    answer = browse(Role.DESK).post(reverse("shelter:bed", args=[beds[0].number]), sent(number=slipped))
    assert "tiene un error" in words(answer)
    assert not Stay.objects.exists()


def test_an_unknown_number_and_a_strangers_are_answered_alike(
    browse: Browse, make_person: MakePerson, elsewhere: Site, beds: list[Bed]
) -> None:
    unknown = next(number for number in iter(ids.random_number, 0) if not Person.objects.filter(number=number))
    huge = int("9" * 14 + str(ids.check_digit("9" * 14)))
    for number in (unknown, make_person(at=elsewhere).number, huge):
        answer = browse(Role.DESK).post(reverse("shelter:bed", args=[beds[0].number]), sent(number=number))
        assert "Nadie en esta casa tiene este número" in words(answer)


@pytest.mark.parametrize("chosen", ["", "siete", "0", "-1", "4711", "9" * 40])
def test_a_bed_that_is_none_is_explained(chosen: str, browse: Browse, person: Person, beds: list[Bed]) -> None:
    answer = browse(Role.DESK).post(page_of(person), sent(chosen))
    assert answer.status_code == 200
    assert "Elija una" in words(answer)
    assert not Stay.objects.exists()


def test_a_taken_bed_is_not_given_again(
    browse: Browse, actors: dict[Role, Actor], person: Person, make_person: MakePerson, beds: list[Bed]
) -> None:
    services.assign_bed(by=actors[Role.DESK], person=person, bed=beds[0])
    second = make_person()
    answer = browse(Role.DESK).post(page_of(second), sent(beds[0].number), follow=True)
    assert "está ocupada" in words(answer)
    assert queries.bed_of(second) is None
    with pytest.raises(BedTaken):
        services.assign_bed(by=actors[Role.DESK], person=second, bed=beds[0])


def test_nobody_gets_two_beds(
    browse: Browse, actors: dict[Role, Actor], person: Person, beds: list[Bed], audited: Audited
) -> None:
    services.assign_bed(by=actors[Role.DESK], person=person, bed=beds[0])
    before = len([row for row in audited() if row[0] == "shelter.assign_bed"])
    with pytest.raises(AlreadyLodged):
        services.assign_bed(by=actors[Role.DESK], person=person, bed=beds[1])
    by_number = browse(Role.DESK).post(reverse("shelter:bed", args=[beds[1].number]), sent(number=person.number))
    assert "ya tiene la cama 1" in words(by_number)
    from_page = browse(Role.DESK).get(page_of(person), follow=True)
    assert "ya tiene la cama 1" in words(from_page)
    assert len([row for row in audited() if row[0] == "shelter.assign_bed"]) == before


def test_the_database_itself_allows_one_open_stay(person: Person, make_person: MakePerson, beds: list[Bed]) -> None:
    Stay.objects.create(person=person, bed=beds[0], from_on=clock.today())
    for who, bed in ((make_person(), beds[0]), (person, beds[1])):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stay.objects.create(person=who, bed=bed, from_on=clock.today())


def test_a_page_sent_twice_acts_once(browse: Browse, person: Person, beds: list[Bed], audited: Audited) -> None:
    client, form = browse(Role.DESK), sent(beds[0].number)
    answers = [client.post(page_of(person), form) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {reverse("shelter:bed", args=[beds[0].number])}
    assert Stay.objects.count() == 1
    assert audited().count(("shelter.assign_bed", "desk", "assign", "done")) == 1


def test_a_form_without_its_key_changes_nothing(browse: Browse, person: Person, beds: list[Bed]) -> None:
    answer = browse(Role.DESK).post(page_of(person), {"bed": str(beds[0].number)})
    assert "se dañó en el camino" in words(answer)
    assert not Stay.objects.exists()


def test_the_page_offers_the_free_beds_alone(
    browse: Browse, actors: dict[Role, Actor], person: Person, make_person: MakePerson, beds: list[Bed]
) -> None:
    services.assign_bed(by=actors[Role.DESK], person=make_person(), bed=beds[1])
    page = words(browse(Role.DESK).get(page_of(person)))
    assert f'value="{beds[0].number}"' in page
    assert f'value="{beds[2].number}"' in page
    assert f'name="bed" value="{beds[1].number}"' not in page


def test_a_full_house_says_so(browse: Browse, person: Person) -> None:
    assert "no hay camas libres" in words(browse(Role.DESK).get(page_of(person)))


@override_settings(SEARCHES_AN_HOUR=1)
def test_numbers_are_not_tried_out_on_a_free_bed(browse: Browse, person: Person, beds: list[Bed]) -> None:
    client = browse(Role.DESK)
    address = reverse("shelter:bed", args=[beds[0].number])
    sound = (number for number in range(10_000, 11_000) if ids.is_sound_number(number) and number != person.number)
    for number in islice(sound, 3):
        assert client.post(address, sent(number=number)).status_code == 200
    assert AuditEntry.objects.filter(act=Act.SEARCH, result="nothing").count() == 1
    client.post(address, sent(number=person.number))
    assert person.stays.exists()
