"""A case: opened, written, kept apart, told of, and gone with whoever asked that it go."""

import uuid
from datetime import timedelta

import msgspec
import pytest
from django.http import Http404
from tests import cast

from posada.accounts import services as accounts
from posada.accounts.acts import Role
from posada.accounts.models import Assignment, Site, User
from posada.accounts.permissions import Actor, Refused, system_actor
from posada.asylum.guides import reading
from posada.asylum.models import Case, CaseState, InCase
from posada.asylum.queries.cases import case_for, cases_of, file_of, history_of, my_cases, told_of
from posada.asylum.queries.counted import counted
from posada.asylum.rules.casefile import (
    CaseFile,
    CaseMember,
    Dated,
    Meeting,
    MeetingKind,
    Part,
    Permit,
)
from posada.asylum.services import cases as services
from posada.asylum.tests.accounts_here import make_person
from posada.audit.models import AuditEntry
from posada.ground import clock, ids
from posada.people.models import Person
from posada.records import erasing
from posada.records.models import What, Why
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.vault import keyring

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def lawyer(actors: dict[Role, Actor]) -> Actor:
    return actors[Role.LAWYER]


@pytest.fixture
def person(site: Site, staff: dict[Role, User]) -> Person:
    made = make_person(site)
    for role in (Role.LAWYER, Role.CASEWORKER):
        accounts.assign(user_id=staff[role].pk, site_id=site.pk, subject=made.pk)
    return made


@pytest.fixture
def case(person: Person, lawyer: Actor) -> Case:
    return services.open_case(by=lawyer, person=person, country="CO")


def _said(file: CaseFile, **parts: object) -> CaseFile:
    return msgspec.structs.replace(file, **parts)


class TestOpening:
    def test_it_is_entrusted_to_who_opens_it_and_to_nobody_else(
        self, case: Case, lawyer: Actor, site: Site, actors: dict[Role, Actor]
    ) -> None:
        assert case_for(lawyer, case.number) == case
        other = cast.actor(cast.make_staff(site, Role.LAWYER, name="Otra"))
        accounts.assign(user_id=other.user or 0, site_id=site.pk, subject=case.person_id)
        for stranger in (other, *(one for role, one in actors.items() if role is not Role.LAWYER)):
            with pytest.raises(Http404):
                case_for(stranger, case.number)
        assert cases_of(other, case.person) == []
        with pytest.raises(Refused):
            file_of(case, other)

    def test_nothing_in_the_persons_trail_says_that_there_is_one(self, case: Case) -> None:
        subjects = set(AuditEntry.objects.filter(act__startswith="asylum.").values_list("subject", flat=True))
        assert keyring.pseudonym(case.pk) in subjects
        assert keyring.pseudonym(case.person_id) not in subjects

    def test_only_a_lawyer_who_holds_the_person_opens_one(
        self, person: Person, site: Site, lawyer: Actor, actors: dict[Role, Actor]
    ) -> None:
        with pytest.raises(Refused):
            services.open_case(by=actors[Role.CASEWORKER], person=person, country="CO")
        with pytest.raises(Refused):
            services.open_case(by=lawyer, person=make_person(site, "Luz"), country="CO")
        assert not Case.objects.exists()

    def test_a_country_without_a_guide_opens_none(self, person: Person, lawyer: Actor) -> None:
        with pytest.raises(services.NoGuide):
            services.open_case(by=lawyer, person=person, country="XX")
        assert not Case.objects.exists()
        assert not Assignment.objects.exclude(subject=person.pk).exists()

    def test_a_page_sent_twice_opens_one(self, person: Person, lawyer: Actor) -> None:
        once = uuid.uuid4()
        services.open_case(by=lawyer, person=person, country="CO", once=once)
        with pytest.raises(AlreadySent):
            services.open_case(by=lawyer, person=person, country="CO", once=once)
        assert Case.objects.count() == 1

    def test_numbers_mean_nothing_and_carry_a_check_digit(self, person: Person, lawyer: Actor) -> None:
        numbers = [services.open_case(by=lawyer, person=person, country="CO").number for _one in range(3)]
        assert all(ids.is_sound_number(one) for one in numbers)
        assert len(set(numbers)) == len(numbers)


class TestWriting:
    def test_what_stood_before_stays_and_the_next_day_is_counted_anew(self, case: Case, lawyer: Actor) -> None:
        assert case.next_on is None
        entry = clock.today() - timedelta(days=10)
        changed = _said(file_of(case, lawyer), dates=(Dated(event="entry", on=entry.isoformat()),))
        written = services.write(by=lawyer, case=case, changed_file=changed, reason="dates", seen=1)
        deadline = counted(written, changed, reading.guide("CO"), clock.now())[0].deadline
        assert deadline.act_on is not None
        assert written.next_on == deadline.act_on
        assert Case.objects.get().next_on == deadline.act_on
        assert [one.content.dates for one in history_of(written, lawyer)] == [(), changed.dates]

    def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(self, case: Case, lawyer: Actor) -> None:
        file = file_of(case, lawyer)
        services.write(by=lawyer, case=case, changed_file=_said(file, entry_place="Cúcuta"), reason="dates", seen=1)
        with pytest.raises(Stale):
            services.write(by=lawyer, case=case, changed_file=_said(file, entry_place="Arauca"), reason="dates", seen=1)
        assert file_of(Case.objects.get(), lawyer).entry_place == "Cúcuta"

    def test_who_stands_in_it_has_a_row_and_nobody_else(self, case: Case, lawyer: Actor, site: Site) -> None:
        other = make_person(site, "Luz")
        file = file_of(case, lawyer)
        more = _said(file, members=(*file.members, CaseMember(person=other.pk, part=Part.INCLUDED)))
        services.write(by=lawyer, case=case, changed_file=more, reason="members")
        assert set(InCase.objects.values_list("person", flat=True)) == {case.person_id, other.pk}
        services.write(by=lawyer, case=case, changed_file=file, reason="members")
        assert set(InCase.objects.values_list("person", flat=True)) == {case.person_id}

    def test_who_does_not_hold_it_writes_nothing(self, case: Case, site: Site, lawyer: Actor) -> None:
        other = cast.actor(cast.make_staff(site, Role.LAWYER, name="Otra"))
        file = file_of(case, lawyer)
        with pytest.raises(Refused):
            services.write(by=other, case=case, changed_file=_said(file, entry_place="Cúcuta"), reason="dates")
        assert len(history_of(case, lawyer)) == 1

    def test_a_closed_case_waits_for_no_day_and_opens_again_with_it(self, case: Case, lawyer: Actor) -> None:
        dates = (Dated(event="entry", on=clock.today().isoformat()),)
        held = services.write(
            by=lawyer, case=case, changed_file=_said(file_of(case, lawyer), dates=dates), reason="dates"
        )
        day = held.next_on
        assert day is not None
        assert services.set_state(by=lawyer, case=case, state=CaseState.CLOSED).next_on is None
        assert my_cases(lawyer) == []
        assert services.set_state(by=lawyer, case=case, state=CaseState.OPEN).next_on == day

    def test_what_is_due_first_stands_first(self, case: Case, person: Person, lawyer: Actor) -> None:
        later = services.open_case(by=lawyer, person=person, country="CO")
        for one, days in ((case, 5), (later, 20)):
            dates = (Dated(event="entry", on=(clock.today() - timedelta(days=days)).isoformat()),)
            services.write(by=lawyer, case=one, changed_file=_said(file_of(one, lawyer), dates=dates), reason="dates")
        assert [one.pk for one in my_cases(lawyer)] == [later.pk, case.pk]


class TestNextDay:
    def test_a_meeting_before_a_deadline_is_the_next_day_and_a_renewed_permit_is_none(
        self, case: Case, lawyer: Actor
    ) -> None:
        today = clock.today()
        meeting = Meeting(id=uuid.uuid4(), kind=MeetingKind.INTERVIEW, on=today + timedelta(days=9))
        old = Permit(id=uuid.uuid4(), name="SC-2", issued_on="2026-01-01", until=today + timedelta(days=3))
        new = Permit(
            id=uuid.uuid4(), name="SC-2", issued_on="2026-02-01", until=today + timedelta(days=90), renews=old.id
        )
        file = _said(file_of(case, lawyer), meetings=(meeting,), permits=(old,))
        assert services.write(by=lawyer, case=case, changed_file=file, reason="papers").next_on == old.until
        file = _said(file, permits=(old, new))
        assert services.write(by=lawyer, case=case, changed_file=file, reason="papers").next_on == meeting.on

    def test_what_is_late_alone_is_still_a_day(self, case: Case, lawyer: Actor) -> None:
        dates = (Dated(event="entry", on=(clock.today() - timedelta(days=300)).isoformat()),)
        written = services.write(
            by=lawyer, case=case, changed_file=_said(file_of(case, lawyer), dates=dates), reason="dates"
        )
        assert written.next_on is not None
        assert written.next_on < clock.today()


class TestWhoSees:
    def test_whoever_accompanies_sees_nothing_until_the_person_wants_it(
        self, case: Case, person: Person, lawyer: Actor
    ) -> None:
        assert told_of(person) == []
        services.set_who_sees(by=lawyer, case=case, alone=False, telling=frozenset({person.pk}))
        [told] = told_of(person)
        assert (told.number, told.state, told.next_on) == (case.number, CaseState.OPEN, None)
        services.set_who_sees(by=lawyer, case=case, alone=False, telling=frozenset())
        assert told_of(person) == []

    def test_a_case_kept_alone_stays_so_in_its_versions(self, case: Case, lawyer: Actor) -> None:
        services.set_who_sees(by=lawyer, case=case, alone=True, telling=frozenset(), seen=1)
        assert [one.content.alone for one in history_of(Case.objects.get(), lawyer)] == [False, True]
        with pytest.raises(Stale):
            services.set_who_sees(by=lawyer, case=case, alone=False, telling=frozenset(), seen=1)

    def test_who_has_no_part_in_it_lets_nobody_see_it(self, case: Case, lawyer: Actor, site: Site) -> None:
        with pytest.raises(services.NotInCase):
            services.set_who_sees(by=lawyer, case=case, alone=False, telling=frozenset({make_person(site, "Luz").pk}))


@pytest.mark.django_db(databases=["default", "keyring"], transaction=True)
@pytest.mark.usefixtures("audit_may_be_emptied")
class TestErasing:
    def _erase(self, person: Person) -> None:
        house = system_actor(person.site_id)
        erasure = erasing.hide(by=house, subject=person.subject, what=What.PERSON, why=Why.ASKED)
        assert not Case.objects.visible_to(house).filter(person=person).exists()
        erasing.erase(by=house, erasure=erasure)

    def test_a_persons_cases_go_with_them(self, case: Case, person: Person) -> None:
        self._erase(person)
        assert not Case.objects.exists()
        assert not InCase.objects.exists()
        assert not Assignment.everything.filter(subject=case.pk).exists()

    def test_of_the_cases_of_others_their_part_goes_from_every_version(
        self, case: Case, lawyer: Actor, site: Site
    ) -> None:
        other = make_person(site, "Luz")
        file = file_of(case, lawyer)
        member = CaseMember(person=other.pk, part=Part.INCLUDED, why="La hermana menor")
        more = _said(file, members=(*file.members, member))
        services.write(by=lawyer, case=case, changed_file=more, reason="members")
        services.write(by=lawyer, case=case, changed_file=_said(more, entry_place="Cúcuta"), reason="dates")
        self._erase(other)
        versions = [one.content for one in history_of(Case.objects.get(), lawyer)]
        assert len(versions) == 3
        assert all(one.members == file.members for one in versions)
        assert versions[-1].entry_place == "Cúcuta"
