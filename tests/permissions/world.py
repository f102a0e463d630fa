"""What the permission matrix is tried on: persons in four relations to the user, each full of canary words."""

import uuid
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product

from posada.accounts import approvals
from posada.accounts import services as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.approvals import Kind, Question, digest_of
from posada.accounts.models import Approval, Notice, Site, UrgentReading, User
from posada.accounts.permissions import Actor, system_actor
from posada.family import services as family
from posada.family.models import (
    CallSlot,
    Enquirer,
    HandOver,
    HandOverWords,
    Message,
    MessageContent,
    Proposal,
    Relative,
    Release,
    Sought,
    ThingKind,
    TracingRequest,
    WatchCard,
)
from posada.family.rules.messages import MessageKind, Way
from posada.family.services import phones
from posada.family.services.messages import write_message
from posada.family.services.slots import give_slot
from posada.ground import clock
from posada.interop import services as interop
from posada.interop.models import ImportFile
from posada.people import services as people
from posada.people.models import Identity, Paper, Person, Sex
from posada.people.models.doubles import Merge, Pair
from posada.people.rules.emergency import EmergencySheet
from posada.people.rules.papers import PaperKind, PaperScan
from posada.people.services.doubles import pair_of
from posada.people.services.merging import Said, merge
from posada.records import erasing
from posada.records import services as records
from posada.records.models import SealedRecord, What, Why
from posada.shelter import services as shelter
from posada.shelter.models import Bed, Belongings, ChildWords, MoveWords, OnwardMove
from posada.shelter.services import door
from tests import cast
from tests.permissions.asked import Asked, ask
from tests.permissions.handed_out import HandedOut, hand_out
from tests.permissions.harmed import Harmed, harmed
from tests.permissions.of_asylum import Asylum, asylum_of
from tests.permissions.outside import Outside, knock
from tests.permissions.told import release_of

CANARY = "Canarioxyz"
RELATIONS = ("assigned", "same_site", "other_site", "erased")


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
    alarm: Notice
    urgent: UrgentReading
    asked: Asked
    message: Message
    outside: Outside
    slot: CallSlot
    harmed: Harmed
    handed: HandOver
    release: Release
    out: HandedOut
    pair: Pair
    merge: Merge
    asylum: Asylum


def _identity(word: str) -> Identity:
    return Identity(given_names=f"{CANARY}{word}", surnames=f"{CANARY}Perez", sex=Sex.FEMALE, birth="1987")


def make_case(by: Actor, manager: Actor, word: str, room: str, beds: int = 2) -> Case:
    """One person of the house of `by`, with one of everything."""
    person = people.register_person(by=by, identity=_identity(word), phone=f"{CANARY}555")
    doubled = _doubles(by, person, word)  # first: nothing may be about to be told of either
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
    told = _told(by, person, word)
    asked = ask(by, person, CANARY, word)
    message, outside = _message_of(by, card), knock(by, card, CANARY)
    slot, harm = _slot(by, person, room), harmed(by, card, CANARY)
    handed, paper = _handed(by, request), _paper(by, person)
    _moving(by, person)
    _at_the_door(by, person, doubled[0])
    return Case(
        person,
        card,
        request,
        proposal,
        bed,
        file,
        approval,
        paper,
        *told,
        asked,
        message,
        outside,
        slot,
        harm,
        handed,
        release_of(by, person, proposal, CANARY),
        hand_out(by, person, room, CANARY),
        *doubled,
        asylum_of(by, person, CANARY),
    )


def _doubles(by: Actor, person: Person, word: str) -> tuple[Pair, Merge]:
    """Somebody who may be the same person, and a file that was put together with theirs."""
    alike, same = (people.register_person(by=by, identity=_identity(f"{word} {one}")) for one in ("Dos", "Tres"))
    pair = pair_of(by=by, one=person, two=alike)
    return pair, merge(by=by, leading=person, other=same, said=Said())


def _at_the_door(by: Actor, person: Person, pair: Pair) -> None:
    """A child's record, and somebody who is kept apart from them."""
    door.open_child(by=by, person=person, words=ChildWords(brought_by=f"{CANARY}Tía", present=("Ana", "Bea")))
    other = Person.objects.get(pk=pair.second_id if pair.first_id == person.pk else pair.first_id)
    door.keep_apart(by=by, person=person, other=other, why=f"{CANARY}miedo")


def _moving(by: Actor, person: Person) -> None:
    """A bed asked of another site, and a bag that lies in the house."""
    record = records.seal_new(MoveWords(to=f"{CANARY}Sitio"), subject=person.pk, by=by, act=Act.MOVE_ON)
    OnwardMove.objects.create(person=person, record=record, asked_on=clock.today())
    Belongings.objects.create(
        site_id=by.site,
        person=person,
        tag=1 + Belongings.objects.count(),
        place=Belongings.Place.STORE,
        until_on=clock.today(),
    )


def _handed(by: Actor, request: TracingRequest) -> HandOver:
    """What the one who asks agreed to, for another tracing service."""
    words = HandOverWords(to="icrc", witness=f"{CANARY}Testigo")
    return family.agree_hand_over(by=by, request=request, words=words)


def _message_of(by: Actor, card: WatchCard) -> Message:
    """A message that waits to be sent."""
    content = MessageContent(language="es", text=f"{CANARY}Mensaje")
    return write_message(by=by, card=card, kind=MessageKind.LETTER, way=Way.WHATSAPP, content=content)


def _slot(by: Actor, person: Person, room: str) -> CallSlot:
    """A phone with a tag of its own, and tomorrow evening's slot at it."""
    tag = 10 * by.site + int(room.split()[-1])
    thing = phones.add_thing(by=by, tag=tag, kind=ThingKind.PHONE)
    return give_slot(by=by, person=person, thing=thing, day=clock.today() + timedelta(days=1), quarter=76)


def _told(by: Actor, person: Person, word: str) -> tuple[Notice, UrgentReading]:
    """An emergency sheet that was read by somebody else at the desk: what is told, and what is looked at afterwards."""
    reader = cast.make_staff(Site.objects.get(pk=by.site), Role.DESK, name=f"Lectora {word}")
    sheet = EmergencySheet(call_name=f"{CANARY}Apodo", allergies=f"{CANARY}Penicilina")
    people.write_sheet(by=by, person=person, sheet=sheet, expected=0)
    people.read_in_emergency(by=cast.actor(reader), person=person, why=UrgentReading.Why.ILL)
    return Notice.objects.get(user=reader), UrgentReading.objects.get(user=reader)


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
        "assigned": make_case(here, manager, "Uno", "Cuarto 1"),
        "same_site": make_case(here, manager, "Dos", "Cuarto 2"),
        "other_site": make_case(there, stranger, "Tres", "Cuarto 1", beds=9),
        "erased": make_case(here, manager, "Cuatro", "Cuarto 4"),
    }
    for role, entrusted in product((Role.CASEWORKER, Role.LAWYER), (cases["assigned"], cases["erased"])):
        entrust(staff[role], entrusted)
    yesterday = clock.today() - timedelta(days=1)
    for relation in ("same_site", "other_site"):
        person = cases[relation].person
        Person.objects.filter(pk=person.pk).update(registered_on=yesterday)
        SealedRecord.objects.filter(subject=person.pk).update(registered_on=yesterday)
    _erase(here, cases["erased"])
    return {relation: _fresh(case) for relation, case in cases.items()}


def entrust(user: User, case: Case) -> None:
    """Everything of a case, to one member of staff."""
    subjects = (
        case.person.pk,
        case.card.record.subject,
        case.request.enquirer.subject,
        case.request.sought.subject,
        case.harmed.referral.pk,
        case.merge.other_id,
        case.asylum.case.pk,
        case.asylum.account.pk,
        *{case.pair.first_id, case.pair.second_id} - {case.person.pk},
    )
    for subject in subjects:
        accounts.assign(user_id=user.pk, site_id=case.person.site_id, subject=subject)


def _erase(by: Actor, case: Case) -> None:
    """The person, with their relatives and requests; and the listed one who was kept beyond their time."""
    for person in (case.person, case.asked.old):
        erasure = erasing.hide(by=by, subject=person.subject, what=What.PERSON, why=Why.ASKED)
        erasing.erase(by=by, erasure=erasure)


def _fresh(case: Case) -> Case:
    """The person as they stand now; of an erased one only the old number and ids are left to try."""
    return replace(case, person=Person.objects.filter(pk=case.person.pk).first() or case.person)
