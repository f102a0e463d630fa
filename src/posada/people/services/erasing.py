"""What goes when a person is erased: their row, their household if nobody is left in it; and what marks them."""

import uuid
from collections.abc import Iterable
from datetime import date

from posada.accounts.permissions import system_actor
from posada.people.models import Household, Identity, Merge, Person, Source
from posada.people.queries.files import files_of
from posada.people.rules.marks import marks_of
from posada.records import door
from posada.records.door import Reason
from posada.records.erasing import Gone, Left, Past, Room
from posada.records.models import EarlierVersion, Erasure, What
from posada.vault import keyring
from posada.vault.errors import Unreadable

_MARK = "people/erased"


def fingerprints_of(identity: Identity) -> list[str]:
    """The HMACs by which an erased person would be known in a list."""
    return [keyring.fingerprint(_MARK, text) for text in marks_of(identity)]


def _marks(gone: Gone) -> Iterable[str]:
    for person in Person.objects.filter(pk__in=gone.subjects).select_related("identity"):
        try:
            house = system_actor(person.site_id)
            identity = door.open_record(person.identity, Identity, by=house, reason=Reason.SYSTEM)
        except Unreadable:
            continue  # whoever cannot be read cannot be marked, and must be erasable all the same
        yield from fingerprints_of(identity)


def _remove(gone: Gone) -> Left:
    persons = Person.objects.filter(pk__in=gone.subjects)
    households = list(persons.exclude(household=None).values_list("household", flat=True))
    left = Left(_of_merges(gone))
    persons.delete()
    Household.objects.filter(pk__in=households, members=None).delete()
    return left


def _of_merges(gone: Gone) -> set[uuid.UUID]:
    """Words of theirs in a file that they were put together with and taken apart from: they go, that key changes."""
    rows = Merge.objects.filter(other__in=gone.subjects).exclude(leading__in=gone.subjects).select_related("leading")
    for row in rows:
        EarlierVersion.objects.filter(record=row.leading.identity_id, version=row.version).delete()
    return set(rows.values_list("record", flat=True))


def _number(erasure: Erasure) -> int | None:
    if erasure.what not in {What.PERSON, What.PAPER}:
        return None
    return Person.objects.filter(pk=erasure.subject).values_list("number", flat=True).first()


def _past(kind: str, site: int, day: date) -> Iterable[Past]:
    if kind == "listed":
        rows = Person.objects.filter(site_id=site, source=Source.LIST, registered_on__lte=day, merged_into=None)
        for pk, number, on in rows.values_list("pk", "number", "registered_on"):
            yield Past(pk, What.PERSON, number, on)


ROOM = Room(same_as=files_of, marks_of=_marks, remove=_remove, number_of=_number, past=_past)
