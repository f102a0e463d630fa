"""Papers: a picture comes in, is drawn anew, and is sealed; it goes out as an attachment, written down."""

import uuid
from dataclasses import dataclass

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, granted, require
from posada.ground import clock, ids
from posada.people.models import Paper, Person
from posada.people.models.papers import PaperQuerySet
from posada.people.rules.papers import HealthPaperScan, PaperKind, PaperScan, scan_type, scan_type_in
from posada.people.services.presence import require_here
from posada.records import door, once, pictures, services
from posada.records.door import Reason


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper as the list shows it."""

    paper: Paper
    kind: PaperKind
    title: str
    pages: int


def add_paper(
    *, by: Actor, person: Person, content: bytes, kind: PaperKind, title: str = "", sent: uuid.UUID | None = None
) -> Paper:
    """Keep what a photograph or PDF shows of a paper. `PictureRefused` with a sentence when it cannot be read.

    Nobody adds a paper that they may not read: of health only who may read what is protected.
    """
    require(by, Act.ADD_PAPER, person.subject)
    if kind is PaperKind.HEALTH:
        require(by, Act.READ_PROTECTION, person.subject)
    require_here(person, Act.ADD_PAPER)
    scan = scan_type(kind)(kind=kind, title=title, pages=pictures.redraw(content))
    paper_id = ids.new_id()
    with transaction.atomic():
        once.claim(sent, paper_id)
        record = services.seal_new(scan, subject=person.pk, by=by, act=Act.ADD_PAPER)
        return Paper.objects.create(id=paper_id, person=person, record=record, added_on=clock.today())


def may_health(person: Person, *, by: Actor) -> bool:
    """Whether the papers of health of this person are for the actor."""
    return by.user is None or granted(by, Act.READ_PROTECTION, person.subject) is not None


def readable(person: Person, *, by: Actor) -> PaperQuerySet:
    """The papers of somebody that the actor may read: the others are not there for them, not even as a number."""
    require(by, Act.READ_PAPER, person.subject)
    rows = Paper.objects.shown().filter(person=person)
    if not may_health(person, by=by):
        rows = rows.exclude(record__compartment=HealthPaperScan.COMPARTMENT)
    return rows.select_related("record")


def papers_of(person: Person, *, by: Actor) -> list[Listed]:
    """The papers of somebody that the actor may read, the oldest first; opened through the one door."""
    parts = [(row, scan_type_in(row.record.compartment)) for row in readable(person, by=by)]
    written = door.write_down(*((row.record, as_) for row, as_ in parts), by=by, reason=Reason.VIEW)
    opened = ((row, written.open(row.record, as_)) for row, as_ in parts)
    return [Listed(row, scan.kind, scan.title, len(scan.pages)) for row, scan in opened]


def page_of(paper: Paper, number: int, *, by: Actor) -> bytes:
    """One page (from 1) as JPEG. Raises IndexError when the paper has no such page."""
    scan: PaperScan = door.open_record(paper.record, scan_type_in(paper.record.compartment), by=by, reason=Reason.VIEW)
    if not 0 < number <= len(scan.pages):
        raise IndexError(number)
    return scan.pages[number - 1]
