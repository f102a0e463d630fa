"""What stands beside a comparison: what lists say, whether they want to be found, who is with them."""

import uuid
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from posada.accounts.permissions import Actor
from posada.family.models import ImportedNote, PersonNote, Proposal
from posada.people.models import Answer, ConsentPurpose, Consents
from posada.people.queries import members_of
from posada.records.door import Reason, open_record, open_records


@dataclass(frozen=True, slots=True)
class Note:
    """What a list says about the person; nobody here has verified it."""

    id: uuid.UUID
    text: str
    source: str


def notes_of(row: Proposal, actor: Actor) -> list[Note]:
    """The unverified notes about the person who is compared."""
    if row.person is None:
        return []
    rows = list(ImportedNote.objects.shown().filter(person=row.person).select_related("record"))
    opened = open_records([one.record for one in rows], PersonNote, by=actor, reason=Reason.COMPARE)
    return [_note(row.pk, one.content) for row, one in zip(rows, opened, strict=True)]


def _note(note_id: uuid.UUID, content: PersonNote) -> Note:
    day = date_format(content.source_date, "DATE_FORMAT") if content.source_date else ""
    said = ". ".join(part for part in (content.text, content.status, content.last_known_location) if part)
    return Note(note_id, said, ", ".join(part for part in (content.author, content.source, day) if part))


def consent_line(row: Proposal, actor: Actor) -> str:
    """Whether the person said that relatives may find them."""
    if row.person is None:
        return ""
    if row.person.consents is None:
        return _("Not asked yet whether relatives may find them.")
    consents = open_record(row.person.consents, Consents, by=actor, reason=Reason.COMPARE)
    return {
        Answer.YES: _("They said that relatives may find them; they are asked again before anything is told."),
        Answer.NO: _("They said that they do not want to be found. Ask nothing that betrays who asks."),
        Answer.NOT_ASKED: _("Not asked yet whether relatives may find them."),
    }[consents.answer_to(ConsentPurpose.BE_FOUND).answer]


def households(row: Proposal) -> tuple[int, ...]:
    """The numbers of those who came with the person who is here."""
    if row.person is None:
        return ()
    return tuple(one.number for one in members_of(row.person.household) if one.pk != row.person_id)
