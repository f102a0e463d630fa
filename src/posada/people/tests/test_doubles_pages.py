"""Possible doubles on screens: by number, side by side, decided, taken back; said in words when it cannot be."""

import uuid
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from posada.accounts.acts import Role
from posada.accounts.permissions import Actor, system_actor
from posada.family.models import Freeze
from posada.people.models import Merge, Pair, Person
from posada.people.services import doubles, merging
from posada.people.services.merging import CannotMerge, Said
from posada.people.tests.shared import DATABASES
from posada.shelter import services as shelter
from posada.shelter.models import Bed, Stay

pytestmark = pytest.mark.django_db(databases=DATABASES)
LIST = "/people/doubles/"


@pytest.fixture
def officer(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.TRACING_OFFICER]


@pytest.fixture
def twin(register: Callable[..., Person]) -> Person:
    return register(given_names="Julecy", surnames="Ramires Peña", birth="1987", origin="Ureña")


@pytest.fixture
def pair(officer: Actor, yulesi: Person, twin: Person) -> Pair:
    return doubles.pair_of(by=officer, one=yulesi, two=twin)


@pytest.fixture
def beds(officer: Actor) -> list[Bed]:
    shelter.make_room(by=system_actor(officer.site), name="Cuarto 4", beds=2)
    return list(Bed.objects.order_by("number"))


def _form(**words: str) -> dict[str, str]:
    return {"once": str(uuid.uuid4()), "versions": "1-1", **words}


def _chosen(**words: str) -> dict[str, str]:
    fields = ("given_names", "surnames", "birth", "origin")
    return _form(act="same", **{f"field_{name}": words.get(name, "leading") for name in fields})


def test_the_list_shows_numbers_and_no_name(browse: Callable[[Role], Client], pair: Pair) -> None:
    page = browse(Role.TRACING_OFFICER).get(LIST).content.decode()
    assert str(pair.first.number) in page
    assert str(pair.second.number) in page
    assert "Ramírez" not in page
    assert "Ramires" not in page


def test_a_persons_page_leads_to_the_two_files_for_who_sees_doubles_and_for_nobody_else(
    browse: Callable[[Role], Client], pair: Pair, yulesi: Person
) -> None:
    page = f"/person/{yulesi.number}/"
    assert f"{LIST}{pair.pk}/" in browse(Role.TRACING_OFFICER).get(page).content.decode()
    assert LIST not in browse(Role.DESK).get(page).content.decode()
    Pair.objects.update(state=Pair.State.DIFFERENT)
    assert f"{LIST}{pair.pk}/" not in browse(Role.TRACING_OFFICER).get(page).content.decode()


def test_two_typed_numbers_are_compared_and_a_wrong_one_is_said(
    browse: Callable[[Role], Client], yulesi: Person, twin: Person
) -> None:
    client = browse(Role.TRACING_OFFICER)
    sent = client.post(LIST, {"one": yulesi.number, "two": twin.number})
    assert sent.status_code == 302
    assert client.get(sent["Location"]).status_code == 200
    assert client.post(LIST, {"one": yulesi.number, "two": yulesi.number}).status_code == 422
    assert client.post(LIST, {"one": yulesi.number, "two": "12"}).status_code == 422
    assert Pair.objects.count() == 1


@pytest.mark.parametrize(("language", "words"), [("es", "Lo mismo como tabla"), ("en", "The same as a table")])
def test_the_picture_of_why_stands_beside_the_two_with_its_table(
    browse: Callable[[Role], Client], pair: Pair, language: str, words: str
) -> None:
    client = browse(Role.TRACING_OFFICER)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(f"{LIST}{pair.pk}/").content.decode()
    assert page.count('class="km-waterfall"') == 1
    assert f'lang="{language}" width' in page
    assert words in page
    assert " style=" not in page


def test_the_same_is_put_together_once_and_taken_apart_again(
    browse: Callable[[Role], Client], pair: Pair, yulesi: Person, twin: Person
) -> None:
    client, data = browse(Role.TRACING_OFFICER), _chosen(origin="other")
    address = f"{LIST}{pair.pk}/"
    data["leads"] = str(yulesi.number)
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 404  # no pair waits any more
    row = Merge.objects.get()
    assert (row.leading_id, row.other_id) == (yulesi.pk, twin.pk)
    assert client.post(f"{LIST}together/{row.pk}/").status_code == 302
    assert client.post(f"{LIST}together/{row.pk}/").status_code == 404
    assert Person.objects.get(pk=twin.pk).merged_into is None


def test_two_persons_are_said_once_and_leave_the_list(browse: Callable[[Role], Client], pair: Pair) -> None:
    client = browse(Role.TRACING_OFFICER)
    assert client.post(f"{LIST}{pair.pk}/", _form(act="differ")).status_code == 302
    assert Pair.objects.get().state == Pair.State.DIFFERENT
    assert not Pair.objects.waiting().exists()


def test_nothing_is_done_without_a_press_or_with_stale_versions(browse: Callable[[Role], Client], pair: Pair) -> None:
    client, address = browse(Role.TRACING_OFFICER), f"{LIST}{pair.pk}/"
    assert client.post(address, _form(act="")).status_code == 422
    assert client.post(address, {**_chosen(), "versions": "9-1"}).status_code == 422
    assert client.post(address, {**_chosen(), "field_birth": "third"}).status_code == 422
    assert not Merge.objects.exists()
    assert Pair.objects.get().state == Pair.State.OPEN


def test_of_two_beds_the_one_that_is_said_is_kept_and_the_undo_gives_both_back(
    officer: Actor, yulesi: Person, twin: Person, beds: list[Bed]
) -> None:
    house = system_actor(officer.site)
    for person, bed in zip((yulesi, twin), beds, strict=True):
        shelter.assign_bed(by=house, person=person, bed=bed)
    with pytest.raises(CannotMerge):
        merging.merge(by=officer, leading=yulesi, other=twin, said=Said())
    assert Person.objects.get(pk=twin.pk).merged_into is None
    said = Said(answers={"bed": str(beds[1].pk)})
    row = merging.merge(by=officer, leading=yulesi, other=twin, said=said)
    assert [(stay.person_id, stay.bed_id) for stay in Stay.objects.open()] == [(yulesi.pk, beds[1].pk)]
    merging.undo(by=officer, row=row)
    held = {stay.person_id: stay.bed_id for stay in Stay.objects.open()}
    assert held == {yulesi.pk: beds[0].pk, twin.pk: beds[1].pk}


def test_one_bed_goes_along_and_a_bed_given_away_since_is_said(
    officer: Actor, yulesi: Person, twin: Person, beds: list[Bed], register: Callable[..., Person]
) -> None:
    house = system_actor(officer.site)
    for person, bed in zip((yulesi, twin), beds, strict=True):
        shelter.assign_bed(by=house, person=person, bed=bed)
    said = Said(answers={"bed": str(beds[0].pk)})
    row = merging.merge(by=officer, leading=yulesi, other=twin, said=said)
    third = register(given_names="Pedro", surnames="Mora")
    shelter.assign_bed(by=house, person=third, bed=beds[1])
    assert len(merging.undo(by=officer, row=row)) == 1
    assert Stay.objects.open().get(bed=beds[1]).person_id == third.pk


def test_a_freeze_on_one_freezes_both_and_outlives_the_undo(officer: Actor, yulesi: Person, twin: Person) -> None:
    Freeze.objects.create(site_id=officer.site, resident=twin, since="2026-01-01")
    merging.undo(by=officer, row=merging.merge(by=officer, leading=yulesi, other=twin, said=Said()))
    frozen = set(Freeze.objects.filter(ended_on=None).values_list("resident", flat=True))
    assert frozen == {yulesi.pk, twin.pk}
