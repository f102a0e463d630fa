"""The first night: one tick each, the same for everybody; a size is nobody's; what lacks stands by number."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor, system_actor
from posada.audit.models import AuditEntry
from posada.ground import clock
from posada.people.models import Household, Person, Source
from posada.records import erasing
from posada.records.models import What, Why
from posada.shelter import services as beds_services
from posada.shelter.models import Bed, FirstNight, Item, WentOut
from posada.shelter.queries import nights as queries
from posada.shelter.services import nights
from posada.shelter.services.nights import Gift, NoSuchSize
from posada.shelter.tests.conftest import MakePerson

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]


@pytest.fixture
def browse(browse: Browse) -> Browse:
    """In English."""

    def signed_in(role: Role) -> Client:
        client = browse(role)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return signed_in


def _page(person: Person) -> str:
    return reverse("shelter:first_night", args=[person.number])


def test_one_press_ticks_one_thing_and_counts_its_size_for_nobody(browse: Browse, person: Person) -> None:
    desk = browse(Role.DESK)
    answer = desk.get(_page(person)).content.decode()
    once = answer.split('name="once" value="')[1].split('"')[0]
    assert 'value="shoes:41"' in answer
    desk.post(_page(person), {"once": once, "give": "shoes:41"})
    desk.post(_page(person), {"once": once, "give": "shoes:41"})
    held = FirstNight.objects.get(person=person)
    assert held.shoes_on == clock.today()
    assert held.clothes_on is None
    assert [(row.item, row.size, row.count) for row in WentOut.objects.all()] == [("shoes", "41", 1)]
    assert not any(isinstance(field, models.CharField) for field in FirstNight._meta.get_fields())


def test_given_exchanged_or_not_needed_leave_the_same_behind(
    actors: dict[Role, Actor], make_person: MakePerson
) -> None:
    given, needed_none = make_person(), make_person()
    nights.see_to(by=actors[Role.DESK], gifts=[Gift(given, Item.CLOTHES, "M")])
    nights.see_to(by=actors[Role.DESK], gifts=[Gift(needed_none, Item.CLOTHES, left_store=False)])
    rows = FirstNight.objects.values("clothes_on", "shoes_on", "hygiene_on", "charger_on", "meal_on")
    assert len({tuple(row.values()) for row in rows}) == 1
    trail = AuditEntry.objects.filter(act=Act.GIVE_FIRST_NIGHT).values_list("act", "role", "reason", "result", "count")
    assert len(set(trail)) == 1


def test_a_second_desk_changes_nothing_and_a_slip_goes_back_into_the_store(
    actors: dict[Role, Actor], person: Person
) -> None:
    desk, gift = actors[Role.DESK], Gift(person, Item.CLOTHES, "L")
    assert nights.see_to(by=desk, gifts=[gift]) == 1
    assert nights.see_to(by=desk, gifts=[Gift(person, Item.CLOTHES, "M")]) == 0
    assert WentOut.objects.get().count == 1
    assert nights.take_back(by=desk, gift=gift)
    assert not nights.take_back(by=desk, gift=gift)
    assert WentOut.objects.get().count == 0
    assert FirstNight.objects.get().clothes_on is None


def test_a_size_that_is_none_is_refused_whole(actors: dict[Role, Actor], person: Person) -> None:
    gifts = [Gift(person, Item.MEAL), Gift(person, Item.SHOES, "M")]
    with pytest.raises(NoSuchSize):
        nights.see_to(by=actors[Role.DESK], gifts=gifts)
    assert not FirstNight.objects.exists()


def test_a_damaged_press_changes_nothing_and_says_so(browse: Browse, person: Person) -> None:
    desk = browse(Role.DESK)
    for said in ({"give": "sword:1"}, {"give": "meal:given", "back": "meal:given"}, {}):
        answer = desk.post(_page(person), {"once": "0b4a2a0e-2f43-4d8c-9a51-6f3f6b7cf001", **said}, follow=True)
        assert "Nothing was changed" in answer.content.decode()
    assert not FirstNight.objects.exists()


def test_a_household_is_ticked_on_one_page(browse: Browse, make_person: MakePerson, person: Person) -> None:
    home = Household.objects.create(site=person.site)
    other = make_person()
    Person.objects.filter(pk__in=[person.pk, other.pk]).update(household=home)
    page = reverse("shelter:first_night_household", args=[person.number])
    desk = browse(Role.DESK)
    once = desk.get(page).content.decode().split('name="once" value="')[1].split('"')[0]
    empty = desk.post(page, {"once": once})
    assert "Nothing is ticked yet" in empty.content.decode()
    said = {f"{person.number}-hygiene": "on", f"{other.number}-shoes": "38", f"{other.number}-clothes": "none"}
    assert desk.post(page, {"once": once, **said}).status_code == 302
    held = {row.person_id: row for row in FirstNight.objects.all()}
    assert None not in {held[person.pk].hygiene_on, held[other.pk].shoes_on, held[other.pk].clothes_on}
    assert held[person.pk].shoes_on is None
    assert [(row.item, row.size) for row in WentOut.objects.order_by("item")] == [("hygiene", ""), ("shoes", "38")]


def test_what_lacks_tonight_stands_by_number_until_it_is_seen_to(
    actors: dict[Role, Actor], make_person: MakePerson, beds: list[Bed]
) -> None:
    desk = actors[Role.DESK]
    done, lacks, left = make_person(), make_person(), make_person()
    make_person(source=Source.LIST)
    make_person(registered_on=clock.today() - timedelta(days=2))
    for person, bed in zip((done, left), beds, strict=False):
        beds_services.assign_bed(by=desk, person=person, bed=bed)
    beds_services.leave(by=desk, person=left)
    nights.see_to(by=desk, gifts=[Gift(done, item) for item in Item])
    nights.see_to(by=desk, gifts=[Gift(lacks, Item.MEAL)])
    (row,) = queries.missing_tonight(desk)
    assert (row.person, row.has_bed) == (lacks, False)
    assert row.missing == (Item.CLOTHES, Item.SHOES, Item.HYGIENE, Item.CHARGER)


def test_the_list_and_today_tell_numbers_and_no_name(browse: Browse, person: Person) -> None:
    desk = browse(Role.DESK)
    for page in ("shelter:first_nights", "desk:today"):
        shown = desk.get(reverse(page)).content.decode()
        assert str(person.number) in shown
        assert "Inventada" not in shown
    assert "lacks something for the first night" in shown


def test_the_ticks_go_with_the_person_and_the_store_keeps_its_count(actors: dict[Role, Actor], person: Person) -> None:
    nights.see_to(by=actors[Role.DESK], gifts=[Gift(person, Item.SHOES, "40")])
    house = system_actor(person.site_id)
    erasure = erasing.hide(by=house, subject=person.subject, what=What.PERSON, why=Why.ASKED)
    erasing.erase(by=house, erasure=erasure)
    assert not FirstNight.objects.exists()
    assert WentOut.objects.get().count == 1
