"""Run by tests: makes a site, plants invented words in every room of it, and dies without closing anything.

With a folder for a stick as third word the index is saved, a certificate and a backup are made as well. Prints, as
JSON, what opens the site and the secrets of its staff's authenticators.
"""

import io
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction
from PIL import Image

from posada.accounts import queries as accounts_queries
from posada.accounts import services as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.approvals import Kind, Question, digest_of
from posada.accounts.models import Site, UrgentReading, User
from posada.accounts.permissions import Actor, system_actor
from posada.config.making import make_whole
from posada.family import services as family
from posada.family.models import (
    Contact,
    ContactKind,
    DecisionNote,
    Enquirer,
    FoundChoice,
    PersonNote,
    Relative,
    Separation,
    Sought,
)
from posada.family.rules.choices import Choice
from posada.ground import clock, ids
from posada.interop import services as interop
from posada.people import matching
from posada.people import services as people
from posada.people.models import Answer, Consent, ConsentPurpose, Identity, Person, PersonClaim
from posada.people.rules.documents import DocumentKind, DocumentWords
from posada.people.rules.drafts import FormDraft
from posada.people.rules.emergency import EmergencySheet
from posada.people.rules.needs import Consequence
from posada.people.rules.papers import PaperKind, PaperScan
from posada.people.services import claims, documents, needs, papers
from posada.records import agreeing, changes, safekeeping, staff
from posada.records import services as records
from posada.records.agreeing import AskedWords
from posada.vault import certificate, keyholders, slots
from posada.vault.folder import SiteFolder, SiteSettings
from posada.vault.slots import Cost
from tests.faults import plant_asylum, plant_family, plant_shelter
from tests.faults.planting import OF_A_PERSON, WORDS, Planted, planted

PASSWORD = "a password for tests only"
WITH_PICTURES = 2  # papers drawn anew by the child process, out of photographs that carry a planted word


@dataclass
class House:
    """A site that is being filled."""

    house: Site
    by: Actor
    manager: Actor
    words: Planted
    rows: list[str]
    turn: int = 0


def _user(house: Site, role: Role, name: str, password: str | None = None) -> User:
    user = accounts.create_user(name=name, password=password, site=house, roles=frozenset({role}))
    staff.name_staff(user, name, site=house.pk)
    return user


def _actor(user: User) -> Actor:
    found = accounts_queries.actor_for(user)
    if found is None:
        raise RuntimeError("a member of staff has no role")
    return found


def _photograph(word: str) -> bytes:
    """A JPEG whose metadata tell a word."""
    picture, exif, out = Image.new("RGB", (40, 40), "white"), Image.Exif(), io.BytesIO()
    exif[0x010E] = word
    picture.save(out, "JPEG", exif=exif, comment=word.encode())
    return out.getvalue()


def _register(house: House) -> Person:
    take = house.words
    witnessed = Consent(
        purpose=ConsentPurpose.BE_FOUND, answer=Answer.YES, on=clock.today(), how="mark", witness=take.name()
    )
    identity = Identity(
        given_names=take.name(),
        surnames=take.name(),
        other_names=take.name(),
        call_name=take.name(),
        mother=take.name(),
        father=take.name(),
        origin=take.place(),
        arrival_place=take.place(),
        list_name=take.place(),
        document=take.phone(),
        description=take.story(),
        birth="1987",
        arrived_on=clock.today(),
    )
    return people.register_person(by=house.by, identity=identity, phone=take.phone(), consents=[witnessed])


def _kept_with(house: House, person: Person) -> None:
    """What is kept with a person: emergency sheet, paper, request about one's own data, a list's note."""
    take, by = house.words, house.by
    sheet = EmergencySheet(call_name=take.name(), call_whom=take.phone(), allergies=take.story())
    people.write_sheet(by=by, person=person, sheet=sheet, expected=0)
    title, spoken = take.story(), take.phone()
    if house.turn < WITH_PICTURES:
        papers.add_paper(by=by, person=person, content=_photograph(planted(1)[0]), kind=PaperKind.OTHER, title=title)
    else:
        scan = PaperScan(kind=PaperKind.OTHER, title=title, pages=())
        records.seal_new(scan, subject=person.pk, by=by, act=Act.ADD_PAPER)
    carried = DocumentWords(kind=DocumentKind.OTHER, number=title, issuer=title, country=title, lost_where=title)
    documents.write_document(by=by, person=person, words=carried)
    claims.take_claim(by=by, person=person, kind=PersonClaim.Kind.ACCESS, asked=take.story(), received_on=clock.today())
    begun = FormDraft(typed={"description": title})  # the same words: a form that was begun hides them as well
    people.keep_draft(by=by, form=ids.new_id(), draft=begun)
    needs.write_needs(by=by, person=person, answers=(), consequences=tuple(Consequence), words=title)
    needs.write_apart(by=by, person=person, answers=(), words=title)
    author = take.name()
    hidden = plant_shelter.Hidden(name=author, phone=spoken, story=title)
    plant_shelter.plant(by, person, hidden)
    plant_asylum.plant(by, person, hidden)
    note = PersonNote(author=author, text=spoken, source=take.place(), last_known_location=take.place())
    family.import_note(by=by, person=person, content=note, external_id=f"lista/{house.turn}")


def _family_of(house: House, person: Person) -> None:
    """A relative, and a tracing request with what was decided on it."""
    take, by = house.words, house.by
    relative = Relative(
        who=take.name(),
        must_not_know=take.name(),
        place_hint=take.place(),
        contact=take.phone(),
        history=(Contact(at=clock.now(), kind=ContactKind.HEARD, note=take.story()),),
    )
    family.add_relative(by=by, person=person, content=relative)
    sought = Sought(
        given_names=take.name(),
        surnames=take.name(),
        nickname=take.name(),
        mother=take.name(),
        origin=take.place(),
        phone=take.phone(),
        document=take.phone(),
    )
    request = family.open_request(
        by=by,
        enquirer=Enquirer(name=take.name(), safe_channel=take.phone(), note=take.story()),
        sought=sought,
        separation=Separation(place=take.place(), last_known_place=take.place(), circumstances=take.story()),
        resident=person,
    )
    decided = DecisionNote(decision="same", note=take.story(), asker_name=take.name())
    chosen = FoundChoice(choice=Choice.CHECK_FIRST, at=clock.now(), named=take.name(), witness=take.name())
    for content in (decided, chosen):
        records.seal_new(content, subject=request.sought.subject, by=by, act=Act.RECORD_DECISION)
    plant_family.plant(by, person, request, take, gone=house.turn % 2 == 1)


def _by_staff(house: House, person: Person) -> None:
    """A caseworker who opens the file by urgency, in words; and why a second person is asked for something."""
    take = house.words
    caseworker = _actor(_user(house.house, Role.CASEWORKER, take.name()))
    why = UrgentReading.Why.DANGER
    people.open_by_urgency(by=caseworker, person=person, why=why, words=take.story())
    question = Question(kind=Kind.IMPORT, digest=digest_of(str(house.turn)), subject=person.pk)
    agreeing.ask(by=house.manager, question=question, words=AskedWords(why=take.story()))


def _row(house: House) -> str:
    take = house.words
    return f"{take.name()},{take.place()},{take.phone()}"


def _fill(house: House, count: int) -> None:
    for turn in range(count // OF_A_PERSON):
        house.turn = turn
        with transaction.atomic():
            person = _register(house)
            _kept_with(house, person)
            _family_of(house, person)
            _by_staff(house, person)
        house.rows.append(_row(house))
    content = "\n".join(["nombres,lugar de origen,telefono", *house.rows]).encode()
    interop.quarantine(by=house.by, source=content, wanted=interop.Wanted(list_name="Lista", file_name="lista.csv"))
    if not house.words.is_empty():
        raise RuntimeError(f"not planted: {house.words.left}")


def _everything_else(by: Actor, folder: SiteFolder, stick: Path) -> None:
    """The saved index, a certificate, and a backup."""
    matching.build(lambda _done, _total: None)
    changes.catch_up()
    if not matching.save():
        raise RuntimeError("the index was not saved")
    certificate.make(folder, ["posada.local"], at=datetime.now(UTC))
    safekeeping.back_up(by=by, to=stick)


def main(words: list[str]) -> None:
    """`words`: the folder of the site, how many words are planted (a multiple of a hundred), a folder for a backup."""
    # The real server refuses a slot that is cheap to guess.
    cost = Cost() if len(words) > 2 else Cost(memory_kib=64, passes=1, lanes=1)
    made, house = make_whole(Path(words[0]), SiteSettings(site="planted", name="Casa"), keyholders=1, cost=cost)
    count = int(words[1]) if len(words) > 1 else WORDS
    with transaction.atomic():
        users: Mapping[Role, User] = {role: _user(house, role, f"persona {role}", PASSWORD) for role in Role}
    by = system_actor(house.pk)
    _fill(House(house, by, _actor(users[Role.SITE_MANAGER]), Planted(count), []), count)
    if len(words) > 2:
        keys, _shares = keyholders.renew_shares(slots.read(made.folder.keys), made.master)
        slots.write(made.folder.keys, keys)
        _everything_else(by, made.folder, Path(words[2]))
    secrets = {
        role.value: accounts.authenticator_key(accounts.add_authenticator(user)).hex() for role, user in users.items()
    }
    print(json.dumps({"phrase": made.phrases[0], "secrets": secrets}), flush=True)
    os._exit(0)
