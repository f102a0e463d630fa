"""Two files of one person, as the house knows them: nothing that protects is lost, nothing becomes weaker."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from posada.accounts.acts import Act, Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, system_actor
from posada.family.tests.people_here import entrust
from posada.ground import clock
from posada.people.models import Merge, Person
from posada.people.rules.diets import Diet
from posada.people.rules.documents import DocumentKind, DocumentWords
from posada.people.rules.emergency import EmergencySheet
from posada.people.rules.needs import Consequence, Need, NeedSaid, Said
from posada.people.services import diets, documents, emergency, merging, needs
from posada.records import services as records
from posada.shelter.models import (
    Absence,
    Apart,
    ChildAlone,
    ChildException,
    ChildExceptionWords,
    ChildWords,
    FirstNight,
    Item,
    LeaveNotice,
    MoveWords,
    NeedReferral,
    OnwardMove,
    ReferralForNeed,
    Stay,
)
from posada.shelter.queries.beds import arrivals_without_bed
from posada.shelter.queries.house import alone_of, child_files, kept_apart_from
from posada.shelter.queries.nights import night_of
from posada.shelter.rules.house import Became
from posada.shelter.services import beds, door, house, nights
from posada.shelter.tests.conftest import MakePerson

Browse = Callable[[Role], Client]
pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
TODAY = clock.today


@pytest.fixture
def by(site: Site) -> Actor:
    return system_actor(site.pk)


@pytest.fixture
def two(make_person: MakePerson) -> tuple[Person, Person]:
    return make_person(), make_person()


def _fresh(person: Person) -> Person:
    return Person.objects.select_related("identity", "consents", "merged_into").get(pk=person.pk)


def _put(by: Actor, two: tuple[Person, Person]) -> Merge:
    return merging.merge(by=by, leading=_fresh(two[0]), other=_fresh(two[1]), said=merging.Said())


def _write(by: Actor, person: Person, need: Need, diet: Diet, follows: Consequence) -> None:
    needs.write_needs(by=by, person=person, answers=[NeedSaid(need, Said.YES)], consequences=[follows], words=need)
    diets.write_diets(by=by, person=person, diets=[diet])


def test_needs_diets_and_beds_follow_both_files_and_each_its_own_when_taken_apart(
    by: Actor, two: tuple[Person, Person]
) -> None:
    _write(by, two[0], Need.OLDER, Diet.SOFT, Consequence.LOWER_BED)
    _write(by, two[1], Need.PREGNANT, Diet.NO_NUTS, Consequence.NEAR_TOILET)
    row = _put(by, two)
    leading = _fresh(two[0])
    said, _version = needs.read_needs(by=by, person=leading)
    assert said is not None
    assert {one.need for one in said.answers} == {Need.OLDER, Need.PREGNANT}
    assert diets.diets_of(by=by, person=leading) == (Diet.NO_NUTS, Diet.SOFT)
    assert set(needs.consequences_for(by=by, person=leading)) == {Consequence.LOWER_BED, Consequence.NEAR_TOILET}
    merging.undo(by=by, row=row)
    for person, diet, follows in zip(
        two, (Diet.SOFT, Diet.NO_NUTS), (Consequence.LOWER_BED, Consequence.NEAR_TOILET), strict=True
    ):
        assert diets.diets_of(by=by, person=_fresh(person)) == (diet,)
        assert needs.consequences_for(by=by, person=_fresh(person)) == (follows,)


def test_what_only_the_second_file_says_is_found_from_the_one_that_leads(by: Actor, two: tuple[Person, Person]) -> None:
    _write(by, two[1], Need.OLDER, Diet.SOFT, Consequence.LOWER_BED)
    emergency.write_sheet(by=by, person=two[1], sheet=EmergencySheet(allergies="Penicilina"), expected=0)
    documents.write_document(by=by, person=two[1], words=DocumentWords(kind=DocumentKind.OTHER, number="V-77"))
    row = _put(by, two)
    leading = _fresh(two[0])
    assert needs.read_needs(by=by, person=leading)[0] is not None
    assert diets.diets_of(by=by, person=leading) == (Diet.SOFT,)
    assert needs.consequences_for(by=by, person=leading) == (Consequence.LOWER_BED,)
    assert emergency.sheet_record(leading) is not None
    assert [one.words.number for one in documents.documents_of(leading, by=by)] == ["V-77"]
    merging.undo(by=by, row=row)
    assert needs.read_needs(by=by, person=_fresh(two[0]))[0] is None
    assert emergency.sheet_record(_fresh(two[0])) is None
    assert not documents.documents_of(_fresh(two[0]), by=by)


def test_from_whom_either_file_is_kept_apart_the_person_is_kept_apart(
    by: Actor, two: tuple[Person, Person], make_person: MakePerson
) -> None:
    feared, both = [make_person() for _time in range(6)], make_person()
    for one in feared:
        door.keep_apart(by=by, person=two[1], other=one, why="miedo")
    for one in two:
        door.keep_apart(by=by, person=one, other=both, why="miedo")
    row = _put(by, two)
    assert kept_apart_from(two[0]) == {one.pk for one in (*feared, both)}
    assert all(two[0].pk in kept_apart_from(one) for one in feared)
    rows = Apart.objects.count()
    door.keep_apart(by=by, person=feared[0], other=two[0], why="miedo")
    assert Apart.objects.count() == rows, "said again, it stands as it was"
    merging.undo(by=by, row=row)
    assert kept_apart_from(two[0]) == {both.pk}
    assert kept_apart_from(two[1]) == {one.pk for one in (*feared, both)}
    assert all(one.first_id < one.second_id for one in Apart.objects.all())


def test_two_who_are_kept_apart_from_each_other_are_never_put_together(by: Actor, two: tuple[Person, Person]) -> None:
    door.keep_apart(by=by, person=two[0], other=two[1], why="miedo")
    with pytest.raises(merging.CannotMerge):
        _put(by, two)
    assert _fresh(two[1]).merged_into is None


def test_a_child_alone_in_either_file_stays_one_and_is_not_checked_by_the_back_door(
    by: Actor, two: tuple[Person, Person]
) -> None:
    words = ChildWords(present=("Ana", "Luis"))
    theirs = door.open_child(by=by, person=two[1], words=words)
    row = _put(by, two)
    assert two[0].pk in alone_of([two[0].pk])
    merging.undo(by=by, row=row)
    assert alone_of([one.pk for one in two]) == {two[1].pk}
    mine = door.open_child(by=by, person=two[0], words=words)
    door.verify(by=by, child=mine, checked_by="Ana", how="partida")
    with pytest.raises(merging.CannotMerge):
        _put(by, two)
    door.verify(by=by, child=theirs, checked_by="Ana", how="partida")
    _put(by, two)
    assert [child.person_id for child in ChildAlone.objects.visible_to(by)] == [two[0].pk]
    assert len(child_files(ChildAlone.objects.get(person=two[0]))) == 2, "the page shows what both files say"


def test_both_with_a_first_night_and_out_tonight_are_put_together_and_parted_as_they_were(
    by: Actor, two: tuple[Person, Person]
) -> None:
    for days, one in enumerate(two):
        FirstNight.objects.create(person=one, clothes_on=TODAY() - timedelta(days=days))
        FirstNight.objects.filter(person=one).update(**{f"{(Item.SHOES, Item.CHARGER)[days]}_on": TODAY()})
        Absence.objects.create(person=one, since_on=TODAY() - timedelta(days=days), told=True)
    before = [list(model.objects.order_by("pk").values()) for model in (FirstNight, Absence)]
    row = _put(by, two)
    seen_to = {tick.item: tick.on for tick in night_of(two[0]).ticks}
    assert seen_to[Item.CLOTHES] == TODAY() - timedelta(days=1)
    assert [one.person_id for one in Absence.objects.visible_to(by)] == [two[0].pk]
    merging.undo(by=by, row=row)
    assert [list(model.objects.order_by("pk").values()) for model in (FirstNight, Absence)] == before


def test_two_notices_or_two_moves_are_put_in_order_first_and_one_goes_along(
    by: Actor, two: tuple[Person, Person]
) -> None:
    for one in two:
        LeaveNotice.objects.create(person=one, given_by="house", given_on=TODAY(), leave_by=TODAY())
        record = records.seal_new(MoveWords(to="Casa"), subject=one.pk, by=by, act=Act.MOVE_ON)
        OnwardMove.objects.create(person=one, record=record, asked_on=TODAY())
    assert len(merging.hindrances(_fresh(two[0]), _fresh(two[1]))) == 2
    with pytest.raises(merging.CannotMerge):
        _put(by, two)
    for model in (LeaveNotice, OnwardMove):
        model.objects.filter(person=two[0]).delete()
    row = _put(by, two)
    assert LeaveNotice.objects.get().person_id == OnwardMove.objects.get().person_id == two[0].pk
    merging.undo(by=by, row=row)
    assert LeaveNotice.objects.get().person_id == OnwardMove.objects.get().person_id == two[1].pk


def test_what_was_seen_to_under_the_second_number_is_not_given_twice_and_can_be_taken_back(
    by: Actor, two: tuple[Person, Person]
) -> None:
    nights.see_to(by=by, gifts=[nights.Gift(two[0], Item.SHOES, "38")])
    nights.see_to(by=by, gifts=[nights.Gift(two[1], Item.CHARGER)])
    row = _put(by, two)
    leading = _fresh(two[0])
    assert set(Item) - set(night_of(leading).missing) == {Item.SHOES, Item.CHARGER}
    assert nights.see_to(by=by, gifts=[nights.Gift(leading, Item.CHARGER)]) == 0
    assert nights.take_back(by=by, gift=nights.Gift(leading, Item.CHARGER))
    assert Item.CHARGER in night_of(leading).missing
    merging.undo(by=by, row=row)
    assert Item.SHOES in night_of(two[1]).missing


def test_stays_referrals_and_exceptions_of_both_files_are_read_from_the_one_that_leads(
    by: Actor, two: tuple[Person, Person], staff: dict[Role, User], actors: dict[Role, Actor], browse: Browse
) -> None:
    room = beds.make_room(by=by, name="Cuarto 1", beds=4)
    given = list(room.beds.order_by("number"))
    for one, old, now in zip(two, given[:2], given[2:], strict=True):
        beds.assign_bed(by=by, person=one, bed=old)
        beds.move(by=by, person=one, bed=now)
        record = records.seal_new(
            ReferralForNeed(organisation=f"Clínica {one.number}", told=("tos",), on=TODAY()),
            subject=one.pk,
            by=by,
            act=Act.REFER,
        )
        NeedReferral.objects.create(number=one.number, site_id=by.site, person=one, record=record, asked_on=TODAY())
        words = ChildExceptionWords(f"Llena {one.number}", "Marta", ("Ana", "Bea"))
        sealed = records.seal_new(words, subject=one.pk, by=by, act=Act.ASSIGN_BED)
        ChildException.objects.create(person=one, room=room, words=sealed, since=TODAY(), until_on=TODAY())
    entrust(staff[Role.CASEWORKER], two[0].pk, two[0].site)
    said = merging.Said(answers={"bed": str(given[3].pk)})
    row = merging.merge(by=by, leading=_fresh(two[0]), other=_fresh(two[1]), said=said)
    assert Stay.objects.filter(person=two[0]).count() == 4
    assert Stay.objects.open().get(person=two[0]).bed == given[3]
    client = browse(Role.CASEWORKER)
    for name in ("shelter:refer", "shelter:exception"):
        page = client.get(reverse(name, args=[two[0].number])).content.decode()
        assert all(str(one.number) in page for one in two), name
    merging.undo(by=by, row=row)
    assert [Stay.objects.filter(person=one).count() for one in two] == [2, 2]


def test_who_waits_for_a_bed_under_either_number_does_not_vanish_from_the_list(
    by: Actor, two: tuple[Person, Person]
) -> None:
    house.end_wait(by=by, person=two[1], became=next(iter(Became)))
    for first, second in (two, two[::-1]):
        with pytest.raises(merging.CannotMerge, match=str(two[0].number)):
            _put(by, (first, second))
    house.wait_again(by=by, person=two[1])
    _put(by, two)
    assert [one.pk for one in arrivals_without_bed(by)] == [two[0].pk]
