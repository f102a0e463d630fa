"""The family tree: drawn from what one may read, worked on, by household and across households."""

import re
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import system_actor
from posada.family import services
from posada.family.models import Relative, ResidentTies, WatchCard
from posada.family.queries.tree import family_of, same_relatives
from posada.family.rules.kinship import Relation, Step, through
from posada.family.services.ties import SameResident, Themselves, same_relative, tie_residents, untie_residents
from posada.family.tests.people_here import entrust, make_card, make_person
from posada.ground import clock
from posada.people.models import Household, HouseholdRelation, Identity, Person
from posada.records import erasing
from posada.records.door import Reason, open_record
from posada.records.models import SealedRecord, What, Why

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
Browse = Callable[[Role], Client]


def _family(site: Site) -> tuple[Person, Person]:
    """A mother and her son who came together."""
    household = Household.objects.create(site=site)
    mother = make_person(site)
    son = make_person(
        site, Identity(given_names="Luis", surnames="Ramires", household_relation=HouseholdRelation.CHILD)
    )
    Person.objects.filter(pk__in=[mother.pk, son.pk]).update(household=household)
    mother.refresh_from_db()
    son.refresh_from_db()
    return mother, son


@pytest.fixture
def mother(site: Site, staff: dict[Role, User]) -> Person:
    found, son = _family(site)
    entrust(staff[Role.CASEWORKER], found.pk, site)
    entrust(staff[Role.CASEWORKER], son.pk, site)
    return found


def _page(browse: Browse, person: Person, across: bool = False) -> str:
    address = reverse("family:tree", args=[person.number]) + ("?across=1" if across else "")
    return browse(Role.CASEWORKER).get(address).content.decode()


@pytest.mark.parametrize(
    ("relation", "step", "follows"),
    [
        (None, Step.CHILD, Relation.CHILD),
        (Relation.SISTER, Step.CHILD, Relation.NEPHEW),
        (Relation.MOTHER, Step.PARTNER, Relation.PARENT),
        (Relation.MOTHER, Step.PARENT, Relation.GRANDPARENT),
        (Relation.AUNT, Step.CHILD, Relation.COUSIN),
        (Relation.PARTNER, Step.PARENT, Relation.OTHER),
        (Relation.COUSIN, Step.CHILD, Relation.OTHER),
    ],
)
def test_what_somebody_is_follows_from_beside_whom_they_are_drawn(
    relation: Relation | None, step: Step, follows: Relation
) -> None:
    assert through(relation, step) is follows


def test_the_household_is_drawn_with_the_relatives_of_each(site: Site, mother: Person, browse: Browse) -> None:
    make_card(site, mother)
    son = Person.objects.exclude(pk=mother.pk).get()
    make_card(site, son, Relative(who="J. R.", relation=Relation.FATHER, must_not_know="El tío"))
    page = _page(browse, mother)
    assert "C. P." in page
    assert "J. R." in page
    assert str(son.number) in page
    assert "El tío" in page
    assert "t-lock-mark" in page
    assert "Luis" not in page  # residents are numbers, also for who may read their names


def test_a_relative_is_added_from_the_drawing(site: Site, mother: Person, browse: Browse) -> None:
    sister = make_card(site, mother, Relative(who="Nena", relation=Relation.SISTER))
    page = _page(browse, mother)
    address = reverse("family:tree_add", args=[mother.number, sister.pk])
    assert address in page
    client = browse(Role.CASEWORKER)
    said = {"step": "child", "who": "Yeni", "relation": "", "must_not_know": ""}
    assert client.post(address, said).status_code == 302
    new = WatchCard.objects.exclude(pk=sister.pk).get()
    content = open_record(new.record, Relative, by=system_actor(site.pk), reason=Reason.VIEW)
    assert (content.relation, content.beside, content.step) == (Relation.NEPHEW, sister.pk, Step.CHILD)
    assert "Yeni" in _page(browse, mother)


@pytest.mark.parametrize(("name", "bad"), [("step", "neighbour"), ("step", ""), ("who", "  "), ("relation", "boss")])
def test_bad_words_draw_nobody(mother: Person, browse: Browse, name: str, bad: str) -> None:
    said = {"step": "child", "who": "Yeni", "relation": "", "must_not_know": "", name: bad}
    answer = browse(Role.CASEWORKER).post(reverse("family:tree_add", args=[mother.number, mother.pk]), said)
    assert answer.status_code == 200
    assert not WatchCard.objects.exists()


def test_nobody_is_added_beside_a_card_of_another_resident(site: Site, mother: Person, browse: Browse) -> None:
    strange = make_card(site, make_person(site))
    client = browse(Role.CASEWORKER)
    assert client.get(reverse("family:tree_add", args=[mother.number, strange.pk])).status_code == 404
    assert client.get(reverse("family:tree_add", args=[mother.number, uuid.uuid4()])).status_code == 404


def test_of_a_household_member_of_somebody_else_it_says_only_that_somebody_is_here(
    site: Site, staff: dict[Role, User], browse: Browse
) -> None:
    mine, other = _family(site)
    entrust(staff[Role.CASEWORKER], mine.pk, site)
    make_card(site, other, Relative(who="Secreta", relation=Relation.MOTHER))
    page = _page(browse, mine, across=True)
    assert "somebody here" in page or "alguien de aquí" in page
    assert str(other.number) not in page
    assert "Secreta" not in page


def test_residents_of_two_households_are_tied_and_drawn_across(
    site: Site, mother: Person, staff: dict[Role, User], browse: Browse
) -> None:
    cousin = make_person(site, Identity(given_names="Rosa"))
    entrust(staff[Role.CASEWORKER], cousin.pk, site)
    make_card(site, cousin, Relative(who="Abuela T.", relation=Relation.GRANDMOTHER))
    client = browse(Role.CASEWORKER)
    said = {"other": str(cousin.number), "relation": "cousin"}
    assert client.post(reverse("family:tree_tie", args=[mother.number]), said).status_code == 302
    assert "Abuela T." not in _page(browse, mother)
    assert "Abuela T." in _page(browse, mother, across=True)
    assert "C. P." not in _page(browse, cousin)
    untie = reverse("family:tree_untie", args=[mother.number, cousin.number])
    assert client.post(untie).status_code == 302
    assert "Abuela T." not in _page(browse, mother, across=True)


def test_who_accompanies_only_one_of_them_cannot_tie_them(site: Site, mother: Person, browse: Browse) -> None:
    stranger = make_person(site, Identity(given_names="Rosa"))
    said = {"other": str(stranger.number), "relation": "cousin"}
    answer = browse(Role.CASEWORKER).post(reverse("family:tree_tie", args=[mother.number]), said)
    assert answer.status_code == 422
    assert not ResidentTies.objects.exists()


@pytest.mark.parametrize("typed", ["", "abc", "1", "99999999999999999999"])
def test_a_number_that_is_nobodys_is_said_beside_the_field(mother: Person, browse: Browse, typed: str) -> None:
    said = {"other": typed, "relation": "cousin"}
    answer = browse(Role.CASEWORKER).post(reverse("family:tree_tie", args=[mother.number]), said)
    assert answer.status_code == 422
    assert not ResidentTies.objects.exists()


def test_nobody_is_their_own_relative(site: Site, mother: Person, browse: Browse) -> None:
    with pytest.raises(SameResident):
        tie_residents(by=system_actor(site.pk), one=mother, other=mother, relation=Relation.MOTHER)
    said = {"other": str(mother.number), "relation": "mother"}
    answer = browse(Role.CASEWORKER).post(reverse("family:tree_tie", args=[mother.number]), said)
    assert answer.status_code == 422


def test_a_loop_of_relations_is_drawn_and_ends(site: Site, staff: dict[Role, User], browse: Browse) -> None:
    by = system_actor(site.pk)
    three = [make_person(site, Identity(given_names=name)) for name in ("Ana", "Eva", "Isa")]
    for person in three:
        entrust(staff[Role.CASEWORKER], person.pk, site)
    for one, other in zip(three, [*three[1:], three[0]], strict=True):
        tie_residents(by=by, one=one, other=other, relation=Relation.MOTHER)  # each the daughter of the next
    page = _page(browse, three[0], across=True)
    assert all(str(person.number) in page for person in three)
    first = make_card(site, three[0], Relative(who="X1", relation=Relation.SISTER))
    second = services.add_relative(
        by=by, person=three[0], content=Relative(who="X2", relation=Relation.OTHER, beside=first.pk, step=Step.PARENT)
    )
    content = open_record(first.record, Relative, by=by, reason=Reason.VIEW)
    services.change_agreement(
        by=by,
        card=first,
        content=Relative(who=content.who, relation=content.relation, beside=second.pk, step=Step.PARENT),
        expected=first.record.version,
    )
    assert "X2" in _page(browse, three[0], across=True)


def test_the_same_relative_of_two_residents_is_drawn_once(site: Site, mother: Person, browse: Browse) -> None:
    by = system_actor(site.pk)
    son = Person.objects.exclude(pk=mother.pk).get()
    hers = make_card(site, mother, Relative(who="La abuela", relation=Relation.MOTHER))
    his = make_card(site, son, Relative(who="Mi abuela", relation=Relation.GRANDMOTHER))
    assert len(re.findall(r"t-member t-away", _page(browse, mother))) == 2
    client = browse(Role.CASEWORKER)
    address = reverse("family:same_card", args=[his.pk])
    assert "La abuela" in client.get(address).content.decode()
    assert client.post(address, {"card": str(hers.pk)}).status_code == 302
    assert len(re.findall(r"t-member t-away", _page(browse, mother))) == 1
    family = family_of(by, mother, clock.now(), across=False)
    assert len(set(same_relatives(family.cards).values())) == 1
    assert client.post(address, {"card": ""}).status_code == 302
    assert len(re.findall(r"t-member t-away", _page(browse, mother))) == 2


def test_two_cards_of_one_resident_are_never_the_same_relative(site: Site, mother: Person, browse: Browse) -> None:
    by = system_actor(site.pk)
    one, two = make_card(site, mother), make_card(site, mother)
    with pytest.raises(Themselves):
        same_relative(by=by, card=one, other=two)
    answer = browse(Role.CASEWORKER).post(reverse("family:same_card", args=[one.pk]), {"card": str(two.pk)})
    assert answer.status_code == 200  # not among those offered


def test_who_is_erased_takes_their_ties_along(site: Site, mother: Person) -> None:
    by = system_actor(site.pk)
    cousin = make_person(site, Identity(given_names="Rosa"))
    tie_residents(by=by, one=mother, other=cousin, relation=Relation.COUSIN)
    erasing.erase(by=by, erasure=erasing.hide(by=by, subject=cousin.subject, what=What.PERSON, why=Why.ASKED))
    assert not ResidentTies.objects.filter(person_id=cousin.pk).exists()
    assert not SealedRecord.objects.filter(subject=cousin.pk).exists()
    family = family_of(by, mother, clock.now(), across=True)
    assert cousin.pk not in {one.person.pk for one in family.residents}
    untie_residents(by=by, one=mother, other=make_person(site, Identity(given_names="Otra")))
