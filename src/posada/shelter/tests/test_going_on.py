"""Leaving with a day and a wish, taking a wrong "left" back, notices, and moves that another site answers first."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests import cast

from posada.accounts import services as accounts
from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.desk import lodging
from posada.ground import clock
from posada.people import queries as people
from posada.people.models import Answer, ConsentPurpose, Household, Person
from posada.records import door, retention
from posada.records.door import Reason
from posada.records.erasing import Gone
from posada.records.models import SealedRecord
from posada.shelter import queries
from posada.shelter import services as beds_services
from posada.shelter.models import (
    Bed,
    Departure,
    DepartureWords,
    Destination,
    LeaveNotice,
    MoveWords,
    OnwardMove,
    Stay,
)
from posada.shelter.rules.leaving import GoesAlong
from posada.shelter.services import erasing as shelter_erasing
from posada.shelter.services import leaving as services
from posada.shelter.services.tonight import WrongDay
from posada.shelter.tests.conftest import MakePerson

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

Browse = Callable[[Role], Client]


@pytest.fixture
def lodged(actors: dict[Role, Actor], person: Person, beds: list[Bed]) -> Person:
    beds_services.assign_bed(by=actors[Role.DESK], person=person, bed=beds[0])
    return person


@pytest.fixture
def entrusted(lodged: Person, staff: dict[Role, User]) -> Person:
    user = staff[Role.CASEWORKER]
    accounts.assign(user_id=user.pk, site_id=lodged.site_id, subject=lodged.pk)
    return lodged


def posted(client: Client, name: str, person: Person, **said: object) -> str:
    form = {"once": str(uuid.uuid4()), **{key: str(value) for key, value in said.items()}}
    return client.post(reverse(f"shelter:{name}", args=[person.number]), form, follow=True).content.decode()


def wish_of(person: Person, site: Site) -> Answer:
    person.refresh_from_db()
    return people.consents_of(person, by=system_actor(site.pk)).answer_to(ConsentPurpose.BE_FOUND).answer


def test_the_destination_is_sealed_and_the_wish_is_a_consent(browse: Browse, site: Site, lodged: Person) -> None:
    day = clock.today()
    posted(browse(Role.DESK), "leave", lodged, left_on=day, destination="country", findable="yes")
    gone = Departure.objects.get()
    assert gone.left_on == day
    assert gone.record is not None
    assert b"country" not in bytes(gone.record.body)
    words = door.open_record(gone.record, DepartureWords, by=system_actor(site.pk), reason=Reason.VIEW)
    assert words.destination is Destination.COUNTRY
    assert wish_of(lodged, site) is Answer.YES


def test_nothing_is_ticked_before_and_nothing_said_changes_no_consent(
    browse: Browse, site: Site, lodged: Person
) -> None:
    page = browse(Role.DESK).get(reverse("shelter:leave", args=[lodged.number])).content.decode()
    assert 'name="findable"' in page
    assert "checked" not in page
    posted(browse(Role.DESK), "leave", lodged, left_on=clock.today())
    assert queries.bed_of(lodged) is None
    assert Departure.objects.get().record is None
    assert wish_of(lodged, site) is Answer.NOT_ASKED


def test_who_may_not_write_it_down_is_not_asked_where_to(browse: Browse, lodged: Person) -> None:
    Person.objects.filter(pk=lodged.pk).update(registered_on=clock.today() - timedelta(days=9))
    page = browse(Role.DESK).get(reverse("shelter:leave", args=[lodged.number])).content.decode()
    assert 'name="destination"' not in page
    posted(browse(Role.DESK), "leave", lodged, left_on=clock.today(), destination="country", findable="yes")
    assert Departure.objects.get().record is None


@pytest.mark.parametrize(("days", "said"), [(1, "no ha llegado"), (-1, "Llegó a esta cama después")])
def test_a_clock_that_is_wrong_is_said_in_words_and_changes_nothing(
    browse: Browse, lodged: Person, days: int, said: str
) -> None:
    day = clock.today() + timedelta(days=days)
    assert said in posted(browse(Role.DESK), "leave", lodged, left_on=day, destination="onward", findable="no")
    assert queries.bed_of(lodged) is not None
    assert not Departure.objects.exists()
    with pytest.raises(WrongDay):
        services.depart(by=system_actor(lodged.site_id), person=lodged, on=day)


def test_a_wrong_left_is_taken_back_on_the_same_day(browse: Browse, lodged: Person, beds: list[Bed]) -> None:
    client = browse(Role.DESK)
    before = SealedRecord.objects.count()
    posted(client, "leave", lodged, left_on=clock.today(), destination="relatives")
    page = client.get(reverse("shelter:leave", args=[lodged.number])).content.decode()
    assert "deshacer" in page
    posted(client, "undo_leave", lodged)
    assert queries.bed_of(lodged) == beds[0]
    assert not Departure.objects.exists()
    assert SealedRecord.objects.count() == before


def test_it_is_not_taken_back_on_another_day_nor_into_a_bed_that_was_given(
    browse: Browse, actors: dict[Role, Actor], lodged: Person, make_person: MakePerson, beds: list[Bed]
) -> None:
    client = browse(Role.DESK)
    posted(client, "leave", lodged, left_on=clock.today())
    beds_services.assign_bed(by=actors[Role.DESK], person=make_person(), bed=beds[0])
    assert "Alguien tiene ya esa cama" in posted(client, "undo_leave", lodged)
    Stay.objects.open().delete()
    Departure.objects.update(noted_on=clock.today() - timedelta(days=1))
    assert "Solo se puede deshacer" in posted(client, "undo_leave", lodged)
    assert not Stay.objects.open().exists()


def test_the_file_of_who_left_comes_on_the_list_of_the_retention_rule(lodged: Person, site: Site) -> None:
    days = next(line.days for line in retention.table() if line.kind == "stay") or 0
    long_ago = clock.today() - timedelta(days=days + 1)
    Person.objects.filter(pk=lodged.pk).update(registered_on=long_ago)
    Stay.objects.update(from_on=long_ago)
    limit = clock.today() - timedelta(days=days)
    assert not list(shelter_erasing.ROOM.past("stay", site.pk, limit))
    services.depart(by=system_actor(site.pk), person=lodged, on=long_ago)
    (past,) = shelter_erasing.ROOM.past("stay", site.pk, limit)
    assert past.anchor == long_ago


def notice_in(person: Person, site: Site, days: int) -> LeaveNotice:
    given = clock.today() - timedelta(days=30)
    leave_by = clock.today() + timedelta(days=days)
    giver = LeaveNotice.Giver.OWNER
    return services.give_notice(by=system_actor(site.pk), person=person, giver=giver, given_on=given, leave_by=leave_by)


def test_a_notice_stands_on_today_before_its_date_and_nothing_happens_by_itself_on_it(
    browse: Browse, actors: dict[Role, Actor], entrusted: Person, site: Site
) -> None:
    notice = notice_in(entrusted, site, days=15)
    assert not lodging.tasks_for(actors[Role.CASEWORKER])
    LeaveNotice.objects.filter(pk=notice.pk).update(leave_by=clock.today() + timedelta(days=14))
    (task,) = lodging.tasks_for(actors[Role.CASEWORKER])
    assert str(entrusted.number) in task.line
    LeaveNotice.objects.filter(pk=notice.pk).update(leave_by=clock.today() - timedelta(days=3))
    assert browse(Role.CASEWORKER).get(reverse("desk:today")).status_code == 200
    assert "su fecha pasó" in lodging.tasks_for(actors[Role.CASEWORKER])[0].title
    assert queries.bed_of(entrusted) is not None
    assert LeaveNotice.objects.exists()


def test_a_notice_is_written_down_by_number_and_says_what_follows(browse: Browse, lodged: Person) -> None:
    client, day = browse(Role.SITE_MANAGER), clock.today()
    page = posted(client, "notice", lodged, given_by="public", given_on=day, leave_by=day + timedelta(days=5))
    assert "Ayuda legal gratuita" in page
    assert "Inventada" not in page
    posted(client, "notice", lodged, aid_told="on")
    assert LeaveNotice.objects.get().aid_told
    posted(client, "end_notice", lodged)
    assert not LeaveNotice.objects.exists()


@pytest.mark.parametrize(
    ("given", "leave_by", "said"),
    [(1, 5, "no ha llegado"), (0, -1, "anterior al aviso"), (-400, 5, "no pueden ser")],
)
def test_days_of_a_notice_that_cannot_be_are_said_in_words(
    browse: Browse, lodged: Person, given: int, leave_by: int, said: str
) -> None:
    def day(days: int) -> date:
        return clock.today() + timedelta(days=days)

    page = posted(
        browse(Role.SITE_MANAGER), "notice", lodged, given_by="house", given_on=day(given), leave_by=day(leave_by)
    )
    assert said in page
    assert not LeaveNotice.objects.exists()


def asked(person: Person, site: Site, **along: bool) -> OnwardMove:
    return services.ask_move(by=system_actor(site.pk), person=person, to="Casa Inventada", along=GoesAlong(**along))


def test_nobody_leaves_with_a_move_before_the_other_site_says_yes(
    browse: Browse, actors: dict[Role, Actor], lodged: Person, site: Site
) -> None:
    move = asked(lodged, site, medicines=True)
    assert "no ha dicho que sí" in posted(browse(Role.DESK), "leave_with_move", lodged)
    services.answer_move(by=actors[Role.SITE_MANAGER], move=move, answer=OnwardMove.Answer.FULL)
    assert "no ha dicho que sí" in posted(browse(Role.DESK), "leave_with_move", lodged)
    assert queries.bed_of(lodged) is not None
    posted(browse(Role.SITE_MANAGER), "answer_move", lodged, answer="yes")
    posted(browse(Role.DESK), "leave_with_move", lodged)
    assert queries.bed_of(lodged) is None
    assert not OnwardMove.objects.exists()
    assert not SealedRecord.objects.filter(kind=MoveWords.KIND).exists()


def test_the_household_goes_along_when_it_was_ticked(
    site: Site, lodged: Person, make_person: MakePerson, beds: list[Bed]
) -> None:
    house = system_actor(site.pk)
    child, home = make_person(), Household.objects.create(site=site)
    Person.objects.filter(pk__in=[lodged.pk, child.pk]).update(household=home)
    lodged.refresh_from_db()
    beds_services.assign_bed(by=house, person=child, bed=beds[1])
    move = asked(lodged, site, household=True)
    services.answer_move(by=house, move=move, answer=OnwardMove.Answer.ACCEPTED)
    assert len(services.leave_with_move(by=house, person=lodged)) == 2
    assert not Stay.objects.open().exists()


def test_the_sheet_carries_numbers_and_what_goes_along_and_no_name(browse: Browse, lodged: Person, site: Site) -> None:
    asked(lodged, site, medicines=True)
    page = browse(Role.DESK).get(reverse("shelter:move_sheet", args=[lodged.number])).content.decode()
    assert str(lodged.number) in page
    assert "Medicinas" in page
    assert "Casa Inventada" in page
    assert "Prueba" not in page


def test_who_answers_reads_numbers_and_not_where_to(browse: Browse, lodged: Person, site: Site) -> None:
    asked(lodged, site)
    for page in (reverse("shelter:moves"), reverse("shelter:answer_move", args=[lodged.number])):
        words = browse(Role.SITE_MANAGER).get(page).content.decode()
        assert str(lodged.number) in words
        assert "Casa Inventada" not in words


def test_a_second_site_is_not_asked_while_one_is(browse: Browse, lodged: Person, site: Site) -> None:
    asked(lodged, site)
    assert "Ya se pidió una cama" in posted(browse(Role.DESK), "move_on", lodged, to="Otra Casa")
    assert OnwardMove.objects.count() == 1


def test_another_house_answers_nothing_here(lodged: Person, site: Site, elsewhere: Site) -> None:
    move = asked(lodged, site)
    theirs = cast.actor(cast.make_staff(elsewhere, Role.SITE_MANAGER, name="Gaspar"))
    with pytest.raises(Refused):
        services.answer_move(by=theirs, move=move, answer=OnwardMove.Answer.ACCEPTED)


def test_what_going_on_keeps_goes_with_the_person(lodged: Person, site: Site) -> None:
    notice_in(lodged, site, days=3)
    asked(lodged, site)
    services.depart(by=system_actor(site.pk), person=lodged, on=clock.today(), destination=Destination.ONWARD)
    shelter_erasing.ROOM.remove(Gone(site.pk, frozenset({lodged.pk}), frozenset()))
    for rows in (LeaveNotice, OnwardMove, Departure, Stay):
        assert not rows.objects.filter(person=lodged).exists()
