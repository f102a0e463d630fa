"""An invented case with two persons, and an account, for the tests of accounts."""

from datetime import date

from tests import cast

from posada.accounts import services as accounts
from posada.accounts.acts import Act
from posada.accounts.models import Site, User
from posada.accounts.permissions import Actor, system_actor
from posada.asylum.models import Case, InCase, Statement
from posada.asylum.rules.account import Account
from posada.asylum.rules.casefile import CaseFile, CaseMember, Part
from posada.asylum.services import statement as services
from posada.asylum.services.statement import Telling
from posada.ground import clock, ids
from posada.people.models import Identity, Person
from posada.records import door
from posada.records import services as records

WORDS = "Vivía en Rubio. Pedro Ruiz vino de noche con otros.\nCrucé el río. Tuve miedo."
GOES = "Pedro Ruiz vino de noche con otros."
TOLD = Telling(text=WORDS, on=date(2026, 3, 2), language="Español", interpreter="", present="Counsel", read_back=True)


def make_person(site: Site, name: str = "Carmen") -> Person:
    """Somebody registered today."""
    by, subject = system_actor(site.pk), ids.new_id()
    record = records.seal_new(Identity(given_names=name), subject=subject, by=by, act=Act.REGISTER)
    return Person.objects.create(
        id=subject, site=site, number=cast.free_number(Person), registered_on=clock.today(), identity=record
    )


def make_case(site: Site, person: Person, *others: Person, lawyer: User) -> Case:
    """A case that is entrusted to a lawyer."""
    by, case = system_actor(site.pk), ids.new_id()
    members = tuple(CaseMember(person=one.pk, part=Part.INCLUDED) for one in others)
    file = CaseFile(members=(CaseMember(person=person.pk, part=Part.APPLICANT), *members))
    made = Case.objects.create(
        id=case,
        number=cast.free_number(Case),
        site=site,
        person=person,
        record=records.seal_new(file, subject=case, by=by, act=Act.OPEN_CASE),
        country="CO",
        opened_on=clock.today(),
    )
    for one in (person, *others):
        InCase.objects.create(case=made, person=one)
    accounts.assign(user_id=lawyer.pk, site_id=site.pk, subject=case)
    return made


def begin(by: Actor, case: Case, told: Telling = TOLD, person: Person | None = None) -> Statement:
    """The account of whoever asks."""
    return services.begin_account(by=by, case=case, person=person or case.person, told=told)


def said_in(statement: Statement) -> list[Account]:
    """What every version says, the oldest first."""
    statement.refresh_from_db()
    held = Statement.objects.select_related("record").get(pk=statement.pk)
    by = system_actor(held.site_id)
    return [one.content for one in door.open_history(held.record, Account, by=by)]


def texts_in(statement: Statement) -> list[list[str]]:
    """The sentences of every version, the oldest first."""
    return [[one.text for one in said.sentences] for said in said_in(statement)]
