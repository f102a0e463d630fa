"""The lawyer's room of the demonstration: a few cases, each at another place of its way. All of it is invented."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from posada.accounts import services as accounts
from posada.accounts.acts import Role
from posada.accounts.models import User
from posada.accounts.permissions import Actor
from posada.asylum.models import Case
from posada.asylum.queries.cases import file_of
from posada.asylum.rules.casefile import (
    CaseMember,
    Dated,
    Decided,
    Decision,
    Interpreter,
    Manner,
    Meeting,
    MeetingKind,
    Part,
    Stands,
    StepDone,
    Tie,
)
from posada.asylum.rules.facts import Fact
from posada.asylum.rules.offers import Counsel, Offer, Signed
from posada.asylum.services import cases
from posada.ground import clock, ids
from posada.people.models import Person

FEWEST = 6
LAID_BEFORE = "Declaro que me separo temporalmente de mi condición, y que volveré a ella cuando se me llame."


class AsylumSeeder:
    """Entrusts some residents to the lawyer, and opens the cases of most of them."""

    def __init__(
        self,
        residents: Sequence[Person],
        *,
        users: Mapping[Role, User],
        lawyer: Actor,
        set_clock: Callable[[datetime], None],
    ) -> None:
        if len(residents) < FEWEST:
            raise RuntimeError("too few residents for the cases of the demonstration")
        self.residents = residents[:FEWEST]
        self.user = users[Role.LAWYER]
        self.lawyer = lawyer
        self.set_clock = set_clock

    def fill(self) -> None:
        """Five cases; the fifth resident is entrusted, and has none yet. The oldest is the one with a paper to sign."""
        for person in self.residents:
            accounts.assign(user_id=self.user.pk, site_id=person.site_id, subject=person.pk)
        now = clock.now()
        self.set_clock(now - timedelta(days=1))
        self._asked_to_sign(self.residents[5])
        self.set_clock(now)
        self._soon(self.residents[0])
        self._late(self.residents[1])
        self._alone(self.residents[2])
        self._refused(self.residents[3])

    def _ago(self, days: int) -> str:
        return (clock.today() - timedelta(days=days)).isoformat()

    def _write(self, case: Case, **parts: object) -> None:
        file = msgspec.structs.replace(file_of(case, self.lawyer), **parts)
        cases.write(by=self.lawyer, case=case, changed_file=file, reason="case_written")

    def _soon(self, person: Person) -> None:
        """Came in some weeks ago, perhaps with a Colombian mother; an appointment in a few days."""
        case = cases.open_case(by=self.lawyer, person=person, country="CO", tells=True)
        beside = Person.objects.filter(household=person.household).exclude(pk=person.pk) if person.household else ()
        members = tuple(CaseMember(person=one.pk, part=Part.TO_DECIDE) for one in beside)
        meeting = Meeting(
            id=ids.new_id(), kind=MeetingKind.APPOINTMENT, on=clock.today() + timedelta(days=6), hour="09:30",
            place="Cancillería", language="español", interpreter=Interpreter.NONE,
        )  # fmt: skip
        tie = Tie(
            about=Fact.PARENT_NATIONAL_HERE, stands=Stands.PERHAPS, known="Su madre nació en Cúcuta",
            to_verify="Registro civil de la madre, en la Registraduría",
        )  # fmt: skip
        self._write(
            case, nationalities=("VE",), ties=(tie,), dates=(Dated(event="entry", on=self._ago(41)),),
            entry_place="Cúcuta", entry_manner=Manner.ELSEWHERE, meetings=(meeting,),
            members=(*file_of(case, self.lawyer).members, *members),
        )  # fmt: skip

    def _late(self, person: Person) -> None:
        """Came in by a month alone, long ago; the day has passed, which ends nothing."""
        case = cases.open_case(by=self.lawyer, person=person, country="CO")
        month = (clock.today() - timedelta(days=130)).isoformat()[: len("2019-02")]
        self._write(case, nationalities=("VE",), dates=(Dated(event="entry", on=month),))

    def _alone(self, person: Person) -> None:
        """Kept from everybody of the household; nothing is known yet but the year."""
        case = cases.open_case(by=self.lawyer, person=person, country="CO", alone=True)
        self._write(case, dates=(Dated(event="entry", on=str(clock.today().year)),))

    def _refused(self, person: Person) -> None:
        """Was told of a refusal three days ago: the time to appeal runs."""
        case = cases.open_case(by=self.lawyer, person=person, country="CO")
        refused = Decision(id=ids.new_id(), what=Decided.REFUSED, on=self._ago(12), notified_on=self._ago(3))
        dates = (
            Dated(event="entry", on=self._ago(320)),
            Dated(event="filing", on=self._ago(290)),
            Dated(event="stay_permit", on=self._ago(150)),
        )
        steps = (StepDone(rule="CO-ASY-020", on=self._ago(290)),)
        self._write(case, nationalities=("VE",), dates=dates, decisions=(refused,), steps=steps)

    def _asked_to_sign(self, person: Person) -> None:
        """A permit is offered to who signs a paper that says "temporarily"; nothing is signed yet."""
        case = cases.open_case(by=self.lawyer, person=person, country="CO")
        offer = Offer(
            id=ids.new_id(), by_whom="Una oficina que da permisos",
            words="Un permiso de noventa días a quien firme el papel esta semana.", on=self._ago(0),
        )  # fmt: skip
        paper = Signed(
            id=ids.new_id(), of_whom="La misma oficina", words=LAID_BEFORE, on=self._ago(0), is_signed=False,
            language="español", counsel=Counsel.NOT_OFFERED,
        )  # fmt: skip
        self._write(
            case, nationalities=("VE",), dates=(Dated(event="entry", on=self._ago(18)),), offers=(offer,),
            signed=(paper,),
        )  # fmt: skip
