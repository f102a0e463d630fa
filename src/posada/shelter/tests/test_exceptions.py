"""A full house and a child: the rule binds every minor, and the way through is written, watched, shown and ended."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.audit.models import AuditEntry
from posada.family.tests.people_here import entrust
from posada.ground import clock, ids
from posada.people import matching
from posada.people import services as people
from posada.people.models import Household, Identity, Person
from posada.records import changes, erasing
from posada.records.models import SealedRecord, What, Why
from posada.shelter import queries, services
from posada.shelter.models import Bed, ChildException, ChildExceptionWords, ChildWords, Stay
from posada.shelter.rules.children import MOST_EXCEPTION_DAYS
from posada.shelter.services import NotBesideChild, NotThisRoom, door, exceptions

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
WORDS = ChildExceptionWords("La casa de Zoila se llenó", "Marta", ("Ana", "Bea"))


@pytest.fixture
def house(site: Site) -> Actor:
    by = system_actor(site.pk)
    matching.build(lambda _done, _total: None)
    services.make_room(by=by, name="Cuarto 1", beds=4)
    return by


def arrive(by: Actor, name: str, birth: str, household: Household | None = None) -> Person:
    person = people.register_person(by=by, identity=Identity(given_names=name, birth=birth), household=household)
    changes.catch_up()
    return person


@pytest.fixture
def beds(house: Actor) -> list[Bed]:
    return list(Bed.objects.select_related("room").order_by("number"))


def given(by: Actor, person: Person, bed: Bed, days: int = 1) -> Stay:
    until = clock.today() + timedelta(days=days)
    return exceptions.give_bed_by_exception(by=by, person=person, bed=bed, words=WORDS, until_on=until)


def test_a_minor_gets_no_bed_among_unrelated_adults(house: Actor, beds: list[Bed]) -> None:
    adult, child = arrive(house, "Carmen", "1970"), arrive(house, "Yeison", "2015")
    services.assign_bed(by=house, person=adult, bed=beds[0])
    with pytest.raises(NotBesideChild):
        services.assign_bed(by=house, person=child, bed=beds[1])
    services.leave(by=house, person=adult)
    services.assign_bed(by=house, person=child, bed=beds[1])
    with pytest.raises(NotBesideChild):
        services.assign_bed(by=house, person=adult, bed=beds[0])
    assert not queries.proposals_for(house, [adult])


def test_who_does_not_say_their_age_gets_a_bed_unless_they_came_as_a_child_alone(house: Actor, beds: list[Bed]) -> None:
    adult, silent, alone = (
        arrive(house, name, birth) for name, birth in (("Carmen", "1970"), ("Ana", ""), ("Luis", ""))
    )
    services.assign_bed(by=house, person=adult, bed=beds[0])
    services.assign_bed(by=house, person=silent, bed=beds[1])
    services.leave(by=house, person=silent)
    door.open_child(by=house, person=alone, words=ChildWords(present=("Ana", "Bea")))
    with pytest.raises(NotBesideChild):
        services.assign_bed(by=house, person=alone, bed=beds[1])


def test_an_adult_of_their_own_is_always_possible_and_then_others(house: Actor, site: Site, beds: list[Bed]) -> None:
    family = Household.objects.create(site=site)
    child, mother = arrive(house, "Yeison", "2015", family), arrive(house, "Wilma", "1985", family)
    other_child, stranger = arrive(house, "Nair", "2012"), arrive(house, "Carmen", "1970")
    services.assign_bed(by=house, person=child, bed=beds[0])
    services.assign_bed(by=house, person=mother, bed=beds[1])
    services.assign_bed(by=house, person=stranger, bed=beds[2])  # the mother is there
    with pytest.raises(NotBesideChild) as refused:
        services.assign_bed(by=house, person=other_child, bed=beds[3])
    assert refused.value.children == [other_child]


def test_whose_age_nobody_knows_counts_as_an_adult_beside_a_child(house: Actor, beds: list[Bed]) -> None:
    child, unknown, other = arrive(house, "Yeison", "2015"), arrive(house, "Eme", ""), arrive(house, "Ene", "")
    services.assign_bed(by=house, person=unknown, bed=beds[0])
    services.assign_bed(by=house, person=other, bed=beds[1])  # two of whom nobody knows may share a room
    with pytest.raises(NotBesideChild):
        services.assign_bed(by=house, person=child, bed=beds[2])


def test_the_exception_is_written_shown_and_ended(
    house: Actor, staff: dict[Role, User], actors: dict[Role, Actor], browse: Browse, beds: list[Bed]
) -> None:
    adult, child = arrive(house, "Carmen", "1970"), arrive(house, "Yeison", "2015")
    services.assign_bed(by=house, person=child, bed=beds[0])
    given(house, adult, beds[1])
    row = ChildException.objects.get()
    assert (row.person, row.room) == (child, beds[0].room)  # of the child who sleeps there, not of who comes
    entrust(staff[Role.CASEWORKER], child.pk, child.site)
    address, number = reverse("shelter:exception", args=[child.number]), str(child.number)
    desk, caseworker = browse(Role.DESK), browse(Role.CASEWORKER)
    for page in ("/", reverse("shelter:tonight")):
        assert address in desk.get(page).content.decode()
    record = reverse("shelter:child", args=[child.number])
    for page in (address, record):
        assert "Zoila" in caseworker.get(page).content.decode()
        assert "Zoila" not in desk.get(page).content.decode()
    with pytest.raises(Refused):
        exceptions.read_exception(by=actors[Role.DESK], row=row)
    ChildException.objects.update(until_on=clock.today() - timedelta(days=1))
    with pytest.raises(NotBesideChild):  # past its day it lets nobody in, and is shown still
        services.assign_bed(by=house, person=arrive(house, "Rosa", "1960"), bed=beds[2])
    assert address in desk.get("/").content.decode()
    desk.post(reverse("shelter:end_exception", args=[child.number]))
    assert address not in desk.get("/").content.decode()
    assert number not in desk.get(reverse("shelter:tonight")).content.decode().split('id="rooms"')[0]
    done = AuditEntry.objects.filter(act="shelter.assign_bed").values_list("reason", flat=True)
    assert {"exception", "exception_ended"} <= set(done)


def test_it_lifts_the_child_rule_and_nothing_else(house: Actor, beds: list[Bed]) -> None:
    adult, child = arrive(house, "Carmen", "1970"), arrive(house, "Yeison", "2015")
    with pytest.raises(exceptions.NotNeeded):
        given(house, adult, beds[0])
    services.assign_bed(by=house, person=adult, bed=beds[0])
    for days in (-1, MOST_EXCEPTION_DAYS + 1):
        with pytest.raises(exceptions.WrongDay):
            given(house, child, beds[1], days)
    with pytest.raises(services.BedTaken):
        given(house, child, beds[0])
    door.keep_apart(by=house, person=child, other=adult, why="La golpea")
    with pytest.raises(NotThisRoom):
        given(house, child, beds[1])
    assert not ChildException.objects.exists()


@pytest.mark.parametrize(("language", "same", "day"), [("es", "mismo nombre", "Escriba"), ("en", "same name", "Write")])
def test_a_bed_that_breaks_the_rule_leads_to_the_exception(
    house: Actor, browse: Browse, beds: list[Bed], language: str, same: str, day: str
) -> None:
    adult, child = arrive(house, "Carmen", "1970"), arrive(house, "Yeison", "2015")
    services.assign_bed(by=house, person=adult, bed=beds[0])
    client, speaks = browse(Role.DESK), {"accept-language": language}
    pressed = {"bed": str(beds[1].number), "once": str(ids.new_id())}
    answer = client.post(reverse("shelter:assign", args=[child.number]), pressed, headers=speaks)
    address = reverse("shelter:make_exception", args=[child.number, beds[1].number])
    assert answer["Location"] == address
    assert str(child.number) in client.get(address, headers=speaks).content.decode()
    typed = {"why": "Llena", "decided_by": "Marta", "one": "Ana", "two": "ANA", "until_on": "2001-01-01"}
    said = client.post(address, {**typed, "once": str(ids.new_id())}, headers=speaks).content.decode()
    assert same in said
    assert day in said
    assert not Stay.objects.filter(person=child).exists()
    sent = {**typed, "two": "Bea", "until_on": clock.today().isoformat(), "once": str(ids.new_id())}
    for _press in range(2):  # sent twice, it is one exception
        client.post(address, sent, headers=speaks)
    assert ChildException.objects.count() == 1
    assert Stay.objects.open().get(person=child).bed == beds[1]


def test_erased_with_the_child(house: Actor, beds: list[Bed]) -> None:
    adult, child = arrive(house, "Carmen", "1970"), arrive(house, "Yeison", "2015")
    services.assign_bed(by=house, person=adult, bed=beds[0])
    given(house, child, beds[1])
    erasure = erasing.hide(by=house, subject=child.subject, what=What.PERSON, why=Why.ASKED)
    erasing.erase(by=house, erasure=erasure)
    assert not ChildException.objects.exists()
    assert not SealedRecord.objects.filter(subject=child.pk).exists()
