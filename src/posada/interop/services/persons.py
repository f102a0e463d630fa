"""A person of a list comes into the register, or updates whom the same list brought before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from msgspec import structs

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, system_actor
from posada.family.models import ImportedNote as NoteRow
from posada.ground import clock
from posada.interop.items import ImportedPerson, RowProblem
from posada.interop.models import ExternalId
from posada.interop.services.keys import Keys, resembles
from posada.interop.shaping import day_of, identity_of
from posada.people import services as people
from posada.people.models import Identity, Person
from posada.people.services.erasing import fingerprints_of
from posada.records import changes, door, erasing, resealing, tombstones
from posada.records.contents import encode
from posada.records.door import Reason
from posada.records.models import Change, EarlierVersion, SealedRecord
from posada.vault import keyring
from posada.vault.keyring import Compartment

WORDS = "interop/words"
_ASKED_AT_ONCE = 500


@dataclass(slots=True)
class Taken:
    """What came of a file."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    emptied: int = 0
    notes: int = 0
    problems: list[RowProblem] = field(default_factory=list)


class Known:
    """Whom the rows of one batch became before, looked up at once; new ones are written at once as well."""

    def __init__(self, *, site: int, keys: Keys, persons: Sequence[ImportedPerson]) -> None:
        self._site = site
        wanted = [key for person in persons for key in keys.of_person(person)]
        self._rows: dict[str, ExternalId] = {}
        self._new: list[ExternalId] = []
        for start in range(0, len(wanted), _ASKED_AT_ONCE):
            rows = ExternalId.objects.filter(site_id=site, fingerprint__in=wanted[start : start + _ASKED_AT_ONCE])
            self._rows |= {row.fingerprint: row for row in rows.select_related("person__identity", "person__contact")}

    def of(self, fingerprint: str) -> ExternalId | None:
        """The row of a key, read or just made."""
        return self._rows.get(fingerprint)

    def add(self, fingerprints: list[str], person: Person, digest: str, expires_on: date | None) -> None:
        """A new person, under the first of their keys that nobody has."""
        free = next(key for key in fingerprints if key not in self._rows)
        row = ExternalId(site_id=self._site, fingerprint=free, person=person, digest=digest, expires_on=expires_on)
        self._rows[free] = row
        self._new.append(row)

    def write(self) -> None:
        """Write the new rows."""
        ExternalId.objects.bulk_create(self._new)


class PersonTaker:
    """Takes in the persons of one file, batch after batch."""

    def __init__(self, *, by: Actor, keys: Keys, list_name: str, taken: Taken) -> None:
        self._by = by
        self._house = system_actor(by.site)
        self._keys = keys
        self._list_name = list_name
        self._taken = taken
        self._known = Known(site=by.site, keys=keys, persons=())
        self.by_line: dict[int, Person] = {}

    def take_all(self, persons: Sequence[ImportedPerson], step: Callable[[], None]) -> None:
        """Register, update or empty each; `step` is called after each."""
        self._known = Known(site=self._by.site, keys=self._keys, persons=persons)
        for person in persons:
            self._take(person)
            step()
        self._known.write()

    def _take(self, person: ImportedPerson) -> None:
        if person.placeholder:
            self._empty(person)
            return
        identity = identity_of(person, self._list_name)
        digest = _digest(identity, person.phone)
        fingerprints = self._keys.of_person(person)
        held = self._held(fingerprints, identity, digest)
        if self._is_erased(held, identity):
            self._taken.problems.append(RowProblem(code="person_erased", line=person.line))
        elif held is None:
            made = people.register_listed(by=self._by, identity=identity, phone=person.phone)
            self._known.add(fingerprints, made, digest, _expiry(person))
            self._taken.added += 1
            self._remember(person, made)
        elif held.person is not None:
            self._update(held, held.person, person, identity, digest)

    def _is_erased(self, held: ExternalId | None, identity: Identity) -> bool:
        """Whether the row is of somebody erased or hidden: they do not come back by a list. Registering by hand is
        never blocked; who is here again is updated like anybody."""
        if held is not None:
            return held.person is None or erasing.is_hidden(held.person.pk)
        return tombstones.stands(self._by.site, fingerprints_of(identity))

    def _remember(self, person: ImportedPerson, row: Person) -> None:
        """Only a row without a number needs its line to find its note again; the others would fill the memory."""
        if not person.external_id:
            self.by_line[person.line] = row

    def _held(self, fingerprints: list[str], identity: Identity, digest: str) -> ExternalId | None:
        """Whom this row became before. A number that lists use again for somebody else does not count."""
        *numbers, last = fingerprints
        for fingerprint in numbers:
            found = self._known.of(fingerprint)
            if found is None or found.person is None or found.digest == digest:
                return found
            before = door.open_record(found.person.identity, Identity, by=self._house, reason=Reason.SYSTEM)
            if resembles(before, identity):
                return found
        return self._known.of(last)

    def _update(self, held: ExternalId, known: Person, person: ImportedPerson, identity: Identity, digest: str) -> None:
        self._remember(person, known)
        changed = held.digest != digest and people.update_listed(
            by=self._by, person=known, identity=identity, phone=person.phone
        )
        if changed:
            self._taken.updated += 1
        else:
            self._taken.unchanged += 1
        expires = _expiry(person)
        if held.pk and (held.digest, held.expires_on) != (digest, expires):
            held.digest, held.expires_on = digest, expires
            held.save(update_fields=["digest", "expires_on"])

    def _empty(self, person: ImportedPerson) -> None:
        held = self._known.of(self._keys.of_person(person)[0])
        if held is None or held.person is None or not held.pk:
            return
        if empty(by=self._by, person=held.person):
            self._taken.emptied += 1
        held.digest, held.expires_on = "", None
        held.save(update_fields=["digest", "expires_on"])


def _digest(identity: Identity, phone: str) -> str:
    """What a row says, whatever the list is called: the same row again changes nothing, so corrections hold."""
    words = encode(structs.replace(identity, list_name="")).decode()
    return keyring.fingerprint(WORDS, f"{words}|{phone}")


def _expiry(person: ImportedPerson) -> date | None:
    """The day on which the list wants the record wiped."""
    if "T" not in person.expiry_date:
        return day_of(person.expiry_date)
    return datetime.fromisoformat(person.expiry_date).astimezone(clock.house_zone()).date()


def empty(*, by: Actor, person: Person) -> bool:
    """Wipe a person whose record expired: what they were goes, earlier versions and notes too. False if done before.

    The row and its number stay, so that whatever points to it says "expired" and not nothing.
    """
    house = system_actor(person.site_id)
    held = door.open_record(person.identity, Identity, by=house, reason=Reason.SYSTEM)
    nobody = Identity(list_name=held.list_name)
    people.update_listed(by=by, person=person, identity=nobody, phone="", act=Act.IMPORT)
    records = [record for record in (person.identity, person.contact) if record is not None]
    EarlierVersion.objects.filter(record__in=records).delete()
    for note in NoteRow.objects.filter(person=person).select_related("record"):
        _remove(note)
    for compartment in (Compartment.IDENTITY, Compartment.CONTACT, Compartment.FAMILY):
        resealing.rekey_if_held(person.pk, compartment)  # what the rows said opens no more, wherever a copy lies
    return held != nobody


def _remove(note: NoteRow) -> None:
    record: SealedRecord = note.record
    changes.append(record, Change.What.REMOVED)
    note.delete()
    record.delete()
