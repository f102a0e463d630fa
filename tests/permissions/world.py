"""What the permission matrix is tried on: persons in three relations to the user, each full of canary words."""

import uuid
from dataclasses import dataclass, replace
from datetime import timedelta

from posada.accounts import approvals
from posada.accounts import services as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.approvals import Kind, Question, digest_of
from posada.accounts.models import Approval, Site, User
from posada.accounts.permissions import Actor, system_actor
from posada.family import services as family
from posada.family.models import Enquirer, Proposal, Relative, Sought, TracingRequest, WatchCard
from posada.ground import clock
from posada.interop import services as interop
from posada.interop.models import ImportFile
from posada.people import services as people
from posada.people.models import Identity, Paper, Person, Sex
from posada.people.rules.papers import PaperKind, PaperScan
from posada.records import services as records
from posada.records.models import SealedRecord
from posada.shelter import services as shelter
from posada.shelter.models import Bed
from tests import cast

CANARY = "Canarioxyz"
RELATIONS = ("assigned", "same_site", "other_site")


@dataclass(frozen=True, slots=True)
class Case:
    """One person with all that hangs on them."""

    person: Person
    card: WatchCard
    request: TracingRequest
    proposal: Proposal
    bed: Bed
    file: ImportFile
    approval: Approval
    paper: Paper


def _identity(word: str) -> Identity:
    return Identity(given_names=f"{CANARY}{word}", surnames=f"{CANARY}Perez", sex=Sex.FEMALE, birth="1987")


def _case(by: Actor, manager: Actor, word: str, room: str, beds: int = 2) -> Case:
    person = people.register_person(by=by, identity=_identity(word), phone=f"{CANARY}555")
    card = family.add_relative(by=by, person=person, content=Relative(who=f"{CANARY}Madre", interval_hours=48))
    sought = Sought(given_names=f"{CANARY}{word}", surnames=f"{CANARY}Peres", birth="1987")
    request = family.open_request(by=by, enquirer=Enquirer(name=f"{CANARY}Hermana"), sought=sought, resident=person)
    proposal = Proposal.objects.create(
        id=uuid.uuid4(),
        request=request,
        person=person,
        against="person",
        band="likely",
        sought_version=1,
        candidate_version=1,
        proposed_on=clock.today(),
    )
    shelter.make_room(by=by, name=room, beds=beds)
    bed = Bed.objects.filter(room__site_id=by.site).order_by("-number")[0]
    file = interop.begin(by=by, content=f"nombres\n{CANARY}\n".encode(), wanted=interop.Wanted())
    question = Question(kind=Kind.IMPORT, digest=digest_of(word), subject=file.pk)
    approval = approvals.ask(by=manager, question=question)
    return Case(person, card, request, proposal, bed, file, approval, _paper(by, person))


def _paper(by: Actor, person: Person) -> Paper:
    scan = PaperScan(kind=PaperKind.OTHER, title=f"{CANARY}Papel", pages=(CANARY.encode(),))
    record = records.seal_new(scan, subject=person.pk, by=by, act=Act.ADD_PAPER)
    return Paper.objects.create(person=person, record=record, added_on=clock.today())


def build(site: Site, other: Site, staff: dict[Role, User]) -> dict[str, Case]:
    """A case in each relation. Those of the caseworker and the lawyer are entrusted to them."""
    here, there = system_actor(site.pk), system_actor(other.pk)
    manager = cast.actor(staff[Role.SITE_MANAGER])
    stranger = cast.actor(cast.make_staff(other, Role.SITE_MANAGER, name="Gaspar"))
    cases = {
        "assigned": _case(here, manager, "Uno", "Cuarto 1"),
        "same_site": _case(here, manager, "Dos", "Cuarto 2"),
        "other_site": _case(there, stranger, "Tres", "Cuarto 1", beds=9),
    }
    for role in (Role.CASEWORKER, Role.LAWYER):
        entrusted = cases["assigned"]
        subjects = (
            entrusted.person.pk,
            entrusted.card.record.subject,
            entrusted.request.enquirer.subject,
            entrusted.request.sought.subject,
        )
        for subject in subjects:
            accounts.assign(user_id=staff[role].pk, site_id=site.pk, subject=subject)
    yesterday = clock.today() - timedelta(days=1)
    for relation in ("same_site", "other_site"):
        person = cases[relation].person
        Person.objects.filter(pk=person.pk).update(registered_on=yesterday)
        SealedRecord.objects.filter(subject=person.pk).update(registered_on=yesterday)
    return {relation: _fresh(case) for relation, case in cases.items()}


def _fresh(case: Case) -> Case:
    return replace(case, person=Person.objects.get(pk=case.person.pk))
