"""Documents that people carry or lost: written down sealed, read by who accompanies them."""

import uuid
from dataclasses import dataclass

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.models import Assignment
from posada.accounts.permissions import Actor, require
from posada.ground import clock, ids
from posada.people.models import CarriedDocument, Person
from posada.people.models.documents import CarriedDocumentQuerySet
from posada.people.rules.documents import DocumentWords, look_on
from posada.people.services.presence import require_here
from posada.records import door, once, services
from posada.records.door import Reason


@dataclass(frozen=True, slots=True)
class Carried:
    """A document as the list shows it."""

    row: CarriedDocument
    words: DocumentWords


def write_document(
    *, by: Actor, person: Person, words: DocumentWords, sent: uuid.UUID | None = None
) -> CarriedDocument:
    """Write down one document of somebody who is here."""
    require(by, Act.ADD_PAPER, person.subject)
    require_here(person, Act.ADD_PAPER)
    document = ids.new_id()
    with transaction.atomic():
        once.claim(sent, document)
        record = services.seal_new(words, subject=person.pk, by=by, act=Act.ADD_PAPER)
        today = clock.today()
        return CarriedDocument.objects.create(
            id=document, person=person, record=record, added_on=today, look_on=look_on(words, today)
        )


def correct_document(
    *, by: Actor, document: CarriedDocument, words: DocumentWords, sent: uuid.UUID | None = None
) -> None:
    """What is known of it now: renewed, given back, lost, found again."""
    require(by, Act.ADD_PAPER, document.person.subject)
    with transaction.atomic():
        once.claim(sent, document.pk)
        services.revise(document.record, words, by=by, act=Act.ADD_PAPER)
        document.look_on = look_on(words, clock.today())
        document.save(update_fields=["look_on"])


def readable(person: Person, *, by: Actor) -> CarriedDocumentQuerySet:
    """The documents of somebody that the actor may read."""
    require(by, Act.READ_PAPER, person.subject)
    return CarriedDocument.objects.shown().filter(person=person).select_related("record", "person")


def documents_of(person: Person, *, by: Actor) -> list[Carried]:
    """They, the oldest first; opened through the one door, in one entry."""
    rows = list(readable(person, by=by))
    written = door.write_down(*((row.record, DocumentWords) for row in rows), by=by, reason=Reason.VIEW)
    return [Carried(row, written.open(row.record, DocumentWords)) for row in rows]


def read_document(document: CarriedDocument, *, by: Actor) -> DocumentWords:
    """What one document says; written down."""
    return door.open_record(document.record, DocumentWords, by=by, reason=Reason.VIEW)


def ending(by: Actor) -> list[int]:
    """The numbers of those entrusted to this user of whom a document ends soon; nothing is opened."""
    if by.user is None or not by.may(Act.ADD_PAPER):
        return []
    entrusted = Assignment.objects.filter(user_id=by.user, site_id=by.site).values("subject")
    rows = CarriedDocument.objects.shown().to_look_at(clock.today()).filter(person_id__in=entrusted)
    return sorted(set(rows.values_list("person__number", flat=True)))
