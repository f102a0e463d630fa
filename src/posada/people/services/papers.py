"""Papers: a picture comes in, is drawn anew, and is sealed; it goes out as an attachment, written down."""

import uuid
from dataclasses import dataclass

from django.db import transaction

from posada.accounts.acts import Act
from posada.accounts.permissions import Actor, require
from posada.ground import clock, ids
from posada.people.models import Paper, Person
from posada.people.rules.papers import PaperKind, PaperScan
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
    """Keep what a photograph or PDF shows of a paper. `PictureRefused` with a sentence when it cannot be read."""
    require(by, Act.ADD_PAPER, person.subject)
    require_here(person, Act.ADD_PAPER)
    scan = PaperScan(kind=kind, title=title, pages=pictures.redraw(content))
    paper_id = ids.new_id()
    with transaction.atomic():
        once.claim(sent, paper_id)
        record = services.seal_new(scan, subject=person.pk, by=by, act=Act.ADD_PAPER)
        return Paper.objects.create(id=paper_id, person=person, record=record, added_on=clock.today())


def papers_of(person: Person, *, by: Actor) -> list[Listed]:
    """The papers of somebody, the oldest first; opened through the one door."""
    require(by, Act.READ_PAPER, person.subject)
    rows = list(Paper.objects.shown().filter(person=person).select_related("record"))
    opened = door.open_records([row.record for row in rows], PaperScan, by=by, reason=Reason.VIEW)
    return [
        Listed(row, one.content.kind, one.content.title, len(one.content.pages))
        for row, one in zip(rows, opened, strict=True)
    ]


def page_of(paper: Paper, number: int, *, by: Actor) -> bytes:
    """One page (from 1) as JPEG. Raises IndexError when the paper has no such page."""
    scan = door.open_record(paper.record, PaperScan, by=by, reason=Reason.VIEW)
    if not 0 < number <= len(scan.pages):
        raise IndexError(number)
    return scan.pages[number - 1]
