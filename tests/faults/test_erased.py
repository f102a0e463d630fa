"""S7: what is left of the erased in the live files, the index, an old copy, a later import. The scan finds others."""

import os
import random
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connections

from posada.accounts.models import Site
from posada.accounts.permissions import Actor, system_actor
from posada.family import services as family
from posada.family.models import Enquirer, Relative, Sought, TracingRequest, WatchCard
from posada.interop import queries as interop_queries
from posada.interop import services as interop
from posada.people import matching, services
from posada.people.models import Identity, Person, Source
from posada.records import changes, door, erasing, resealing
from posada.records.door import Reason
from posada.records.models import KeyDue, SealedRecord, What, Why
from posada.vault.errors import Unreadable
from posada.vault.models import WrappedKey
from tests import cast
from tests.faults.pages import carved

pytestmark = [
    pytest.mark.django_db(databases=["default", "keyring"], transaction=True),
    pytest.mark.usefixtures("audit_may_be_emptied"),
]

PERSONS = 200 if os.environ.get("POSADA_LONG") == "1" else 20
KEPT = 5
SEED = 20_261_122
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "xo", "yu", "zal")


@dataclass(frozen=True)
class Traces:
    """What a scan looks for: wrapped keys, and the beginnings of sealed bodies."""

    keys: list[bytes]
    bodies: list[bytes]

    def found(self) -> tuple[int, int]:
        """How many of each stand anywhere in the two files and their logs."""
        keyring, main = carved(_file("keyring"), "keyring.db"), carved(_file("default"), "main.db")
        keys = sum(key in keyring or key in main for key in self.keys)
        return keys, sum(body in main for body in self.bodies)


def _file(alias: str) -> Path:
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA database_list")
        return Path(cursor.fetchall()[0][2])


def _word(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(4)).capitalize()


def _identity(rng: random.Random) -> Identity:
    surnames = f"{_word(rng)} {_word(rng)}"
    return Identity(given_names=_word(rng), surnames=surnames, birth=str(rng.randint(1950, 2008)), origin=_word(rng))


def _bring(by: Actor, people: list[Identity]) -> list[str]:
    """Read a list in and say yes to it; the reasons why rows were left out."""
    lines = ["nombres,apellidos,fecha de nacimiento,lugar de origen"]
    lines += [f"{one.given_names},{one.surnames},{one.birth},{one.origin}" for one in people]
    file = interop.quarantine(by=by, source="\n".join(lines).encode(), wanted=interop.Wanted(list_name="Lista"))
    file = interop.confirm(by=by, file=file)
    return [problem.code for problem in interop_queries.problems_of(file)]


def _populate(by: Actor, people: list[Identity]) -> None:
    """Every other one lives here with a relative and a request of their own; the others stand on a list."""
    for place, identity in enumerate(people):
        if place % 2 == 0:
            person = services.register_person(by=by, identity=identity, phone=f"0424{place}")
            family.add_relative(by=by, person=person, content=Relative(who=f"Madre {place}"))
            sought = Sought(full_name=f"Hermano {identity.surnames}")
            family.open_request(by=by, enquirer=Enquirer(name="Ella"), sought=sought, resident=person)
    _bring(by, people[1::2])


def _traces(subjects: set[object]) -> Traces:
    keys = [bytes(row.wrapped) for row in WrappedKey.objects.filter(subject__in=subjects)]
    bodies = [bytes(row.body)[:40] for row in SealedRecord.objects.filter(subject__in=subjects)]
    return Traces(keys, bodies)


def _subjects_of(persons: list[Person]) -> set[object]:
    found: set[object] = {person.pk for person in persons}
    found |= set(WatchCard.objects.filter(resident__in=persons).values_list("pk", flat=True))
    for row in TracingRequest.objects.filter(resident__in=persons).select_related("sought", "enquirer"):
        found |= {row.sought.subject, row.enquirer.subject}
    return found


def _is_found(by: Actor, identity: Identity) -> bool:
    line = f"{identity.given_names} {identity.surnames} {identity.birth}, {identity.origin}"
    hits = matching.search(by, matching.read_line(line))
    return any(hit.percent > 50 for hit in hits)


@pytest.mark.skipif("postgres" in os.environ.get("DATABASE_URL", ""), reason="PostgreSQL's files are not ours to read")
def test_nothing_is_left_of_the_erased_and_nobody_comes_back(capsys: pytest.CaptureFixture[str]) -> None:
    began, rng = time.monotonic(), random.Random(SEED)  # noqa: S311 - invented people
    site: Site = cast.make_site()
    by = system_actor(site.pk)
    matching.build(lambda _done, _total: None)
    people = [_identity(rng) for _ in range(PERSONS + KEPT)]
    _populate(by, people)
    changes.catch_up()
    by_name = {matching.known_of(person.pk): person for person in Person.objects.all()}
    assert len(by_name) == len(people)
    names = {_name(by, person): person for person in Person.objects.select_related("identity")}
    gone, stay = people[:PERSONS], people[PERSONS:]
    erased, kept = (
        [names[one.given_names, one.surnames] for one in gone],
        [names[one.given_names, one.surnames] for one in stay],
    )
    theirs, others = _traces(_subjects_of(erased)), _traces(_subjects_of(kept))
    before = theirs.found()
    assert before == (len(theirs.keys), len(theirs.bodies))  # the control: the scan finds what is there
    old_copy = {person.pk: SealedRecord.objects.get(pk=person.identity_id) for person in erased}

    for person in erased:
        erasing.erase(by=by, erasure=erasing.hide(by=by, subject=person.subject, what=What.PERSON, why=Why.ASKED))
    changes.catch_up()

    after, control = theirs.found(), others.found()
    found = [sum(_is_found(by, one) for one in some) for some in (gone, stay)]
    unreadable = sum(_opens_no_more(by, record) for record in old_copy.values())
    listed = Person.objects.filter(source=Source.LIST).count()
    problems = _bring(by, gone)
    came_back = Person.objects.filter(source=Source.LIST).count() - listed
    with capsys.disabled():
        took = time.monotonic() - began
        print(
            f"\nerased: {PERSONS} persons, seed {SEED}: {before[0]} keys and {before[1]} blobs before, "
            f"{after[0]} and {after[1]} after; {found[0]} found in the index; of {len(old_copy)} blobs of an old copy "
            f"{len(old_copy) - unreadable} open; {came_back} came back by a list; control of {KEPT} kept: "
            f"{control[0]} of {len(others.keys)} keys, {found[1]} found; {took:.1f} s"
        )
    assert after == (0, 0)
    assert control == (len(others.keys), len(others.bodies))
    assert found == [0, KEPT]
    assert unreadable == len(old_copy)
    assert came_back == 0
    assert problems.count("person_erased") == PERSONS
    assert not KeyDue.objects.exists()


def _name(by: Actor, person: Person) -> tuple[str, str]:
    identity = door.open_record(person.identity, Identity, by=by, reason=Reason.SYSTEM)
    return identity.given_names, identity.surnames


def _opens_no_more(by: Actor, record: SealedRecord) -> bool:
    """A blob from a copy of the data made before, tried with the keyring of today."""
    try:
        door.open_record(record, Identity, by=by, reason=Reason.SYSTEM)
    except Unreadable:
        return True
    return False


def test_a_process_that_dies_before_the_keys_go_deletes_them_at_the_next_start(monkeypatch: pytest.MonkeyPatch) -> None:
    by = system_actor(cast.make_site().pk)
    person = services.register_person(by=by, identity=Identity(given_names="Ana", surnames="Luz", birth="1980"))
    with monkeypatch.context() as dying:
        dying.setattr("posada.records.resealing.finish", lambda: None)
        erasing.erase(by=by, erasure=erasing.hide(by=by, subject=person.subject, what=What.PERSON, why=Why.ASKED))
    assert WrappedKey.objects.filter(subject=person.pk).exists()
    resealing.at_boot(lambda _done, _total: None)
    assert not WrappedKey.objects.filter(subject=person.pk).exists()
    assert not KeyDue.objects.exists()
