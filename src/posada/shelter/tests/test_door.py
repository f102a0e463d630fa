"""The door: what each answer sets going, a child alone, two persons kept apart."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.family.tests.people_here import entrust
from posada.ground import clock, ids
from posada.people import matching
from posada.people import services as people
from posada.people.models import Household, Identity, Person
from posada.records import changes, erasing
from posada.records.models import SealedRecord, What, Why
from posada.shelter import queries, services
from posada.shelter.models import Apart, Bed, ChildAlone, ChildWords, Claimed
from posada.shelter.rules.children import HOUSE_DAYS, authorities, authority_of, tell_by
from posada.shelter.services import NotThisRoom, door
from posada.shelter.services.beds import NotBesideChild

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]
TWO = ("Ana", "Bea")


@pytest.fixture
def house(site: Site) -> Actor:
    by = system_actor(site.pk)
    matching.build(lambda _done, _total: None)
    services.make_room(by=by, name="Cuarto 1", beds=3)
    services.make_room(by=by, name="Cuarto 2", beds=3)
    return by


def arrive(by: Actor, name: str, birth: str, household: Household | None = None) -> Person:
    person = people.register_person(by=by, identity=Identity(given_names=name, birth=birth), household=household)
    changes.catch_up()
    return person


def beds(room: str) -> list[Bed]:
    return list(Bed.objects.filter(room__name=room).order_by("number"))


def test_each_answer_of_the_door_opens_its_act(house: Actor, browse: Browse) -> None:
    person, client = arrive(house, "Nair", "1990"), browse(Role.DESK)
    page = client.get(reverse("shelter:door")).content.decode()
    for word, name in (("hurt", "people:emergency_write"), ("child", "shelter:child"), ("afraid", "shelter:apart")):
        assert reverse("shelter:door_answer", args=[word]) in page
        address = reverse("shelter:door_answer", args=[word])
        client.get(address)
        assert reverse("shelter:door_seen_to", args=[word]) in client.get(reverse("shelter:door")).content.decode()
        answer = client.post(address, {"number": str(person.number), "once": str(ids.new_id())})
        assert answer["Location"] == reverse(name, args=[person.number])
        assert reverse("shelter:door_seen_to", args=[word]) not in client.get(reverse("shelter:door")).content.decode()
    words = client.get(reverse("shelter:door_answer", args=["words"])).content.decode()
    assert reverse("shelter:interpreters") in words
    assert client.get(reverse("shelter:door_answer", args=["nothing"])).status_code == 404


@pytest.mark.parametrize(("language", "said"), [("es", "error"), ("en", "slip")])
def test_a_number_typed_wrong_keeps_the_answer_open(house: Actor, browse: Browse, language: str, said: str) -> None:
    person, client = arrive(house, "Nair", "1990"), browse(Role.DESK)
    answer = client.post(
        reverse("shelter:door_answer", args=["hurt"]),
        {"number": str(person.number + 1), "once": str(ids.new_id())},
        headers={"accept-language": language},
    )
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_two_adults_are_present_always(house: Actor, browse: Browse) -> None:
    child = arrive(house, "Yeison", "9")
    for present in (("", ""), ("Ana", ""), ("Ana", " ana ")):
        with pytest.raises(door.TwoAdults):
            door.open_child(by=house, person=child, words=ChildWords(present=present))
    address = reverse("shelter:child", args=[child.number])
    page = browse(Role.DESK).post(address, {"claimed": "parent", "one": "Ana", "two": "ANA", "once": str(ids.new_id())})
    assert page.status_code == 200
    assert not ChildAlone.objects.exists()


def test_no_bed_among_unrelated_adults_until_the_relation_was_checked(house: Actor, site: Site) -> None:
    family = Household.objects.create(site=site)
    claims, child = arrive(house, "Wilmer", "1980", family), arrive(house, "Yeison", "", family)
    stranger = arrive(house, "Carmen", "1970")
    words = ChildWords(brought_by="Wilmer", claimed=Claimed.PARENT, present=TWO)
    held = door.open_child(by=house, person=child, words=words)
    one, two, three = beds("Cuarto 1")
    services.assign_bed(by=house, person=claims, bed=one)
    with pytest.raises(NotBesideChild):
        services.assign_bed(by=house, person=child, bed=two)  # unknown age counts, and the relation is only claimed
    proposed = queries.proposals_for(house, [child])
    assert [place[1].name for place in proposed[0].places] == ["Cuarto 2"]
    services.assign_bed(by=house, person=child, bed=beds("Cuarto 2")[0])
    with pytest.raises(NotThisRoom):
        services.assign_bed(by=house, person=stranger, bed=beds("Cuarto 2")[1])  # nor does an adult come to the child
    with pytest.raises(door.NothingSaid):
        door.verify(by=house, child=held, checked_by="Ana", how=" ")
    door.verify(by=house, child=held, checked_by="Ana", how="Acta de nacimiento")
    services.move(by=house, person=child, bed=two)
    services.leave(by=house, person=claims)
    services.assign_bed(by=house, person=claims, bed=beds("Cuarto 2")[1])
    unknown = arrive(house, "Sin edad", "")
    with pytest.raises(NotBesideChild):
        services.assign_bed(by=house, person=unknown, bed=three)  # without their own adult, and nobody knows the age


def test_the_authority_waits_on_today_until_it_was_told(house: Actor, staff: dict[Role, User], browse: Browse) -> None:
    child = arrive(house, "Yeison", "9")
    entrust(staff[Role.CASEWORKER], child.pk, child.site)
    held = door.open_child(by=house, person=child, words=ChildWords(present=TWO))
    line = reverse("shelter:child", args=[child.number])
    assert line in browse(Role.CASEWORKER).get("/").content.decode()
    door.note_told(by=house, child=held, to="ICBF", how="Por teléfono", reference="12")
    assert line not in browse(Role.CASEWORKER).get("/").content.decode()
    page = browse(Role.CASEWORKER).get(line).content.decode()
    assert "Por teléfono" in page
    assert "2.2.3.1.6.5" in page


def test_no_term_is_invented(house: Actor) -> None:
    today = clock.today()
    for country, held in authorities().items():
        assert held.source
        assert held.confidence
        assert held.seen_on <= today
        assert tell_by(today, authority_of(country)) == today + timedelta(days=held.days or HOUSE_DAYS)
    assert authority_of("xx") is None
    assert tell_by(today, None) == today + timedelta(days=HOUSE_DAYS)


def test_only_who_accompanies_the_child_reads_what_was_written(
    house: Actor, staff: dict[Role, User], actors: dict[Role, Actor], browse: Browse
) -> None:
    child = arrive(house, "Yeison", "9")
    held = door.open_child(by=house, person=child, words=ChildWords(brought_by="La comadre Zoila", present=TWO))
    address = reverse("shelter:child", args=[child.number])
    assert "Zoila" not in browse(Role.DESK).get(address).content.decode()
    with pytest.raises(Refused):
        door.read_child(by=actors[Role.DESK], child=held)
    entrust(staff[Role.CASEWORKER], child.pk, child.site)
    assert "Zoila" in browse(Role.CASEWORKER).get(address).content.decode()


def test_who_is_kept_apart_shares_no_room_and_nobody_at_the_beds_is_told_why(
    house: Actor, staff: dict[Role, User], browse: Browse
) -> None:
    one, other = arrive(house, "Nair", "1990"), arrive(house, "Rafael", "1985")
    entrust(staff[Role.CASEWORKER], one.pk, one.site)
    with pytest.raises(door.SamePerson):
        door.keep_apart(by=house, person=one, other=one, why="x")
    row = door.keep_apart(by=house, person=one, other=other, why="La golpea")
    assert door.keep_apart(by=house, person=other, other=one, why="otra vez") == row
    services.assign_bed(by=house, person=one, bed=beds("Cuarto 1")[0])
    with pytest.raises(NotThisRoom):
        services.assign_bed(by=house, person=other, bed=beds("Cuarto 1")[1])
    assert queries.proposals_for(house, [other])[0].places[0][1].name == "Cuarto 2"
    address = reverse("shelter:apart", args=[one.number])
    assert "golpea" not in browse(Role.DESK).get(address).content.decode()
    assert "golpea" in browse(Role.CASEWORKER).get(address).content.decode()
    ended = reverse("shelter:end_apart", args=[one.number, other.number])
    assert browse(Role.DESK).post(ended, {"once": str(ids.new_id())}).status_code == 403
    browse(Role.CASEWORKER).post(ended, {"once": str(ids.new_id())})
    assert not Apart.objects.exists()


def test_erased_with_the_person(house: Actor) -> None:
    child, other = arrive(house, "Yeison", "9"), arrive(house, "Rafael", "1985")
    door.open_child(by=house, person=child, words=ChildWords(present=TWO))
    row = door.keep_apart(by=house, person=child, other=other, why="La golpea")
    erasure = erasing.hide(by=house, subject=child.subject, what=What.PERSON, why=Why.ASKED)
    erasing.erase(by=house, erasure=erasure)
    assert not ChildAlone.objects.exists()
    assert not Apart.objects.exists()
    assert not SealedRecord.objects.filter(subject__in=[child.pk, row.pk]).exists()


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_night_has_five_acts(browse: Browse, language: str) -> None:
    page = browse(Role.DESK).get(reverse("desk:night"), headers={"accept-language": language}).content.decode()
    assert page.count("data-key=") == 5
