"""What stands beside a comparison: what lists say, whether they want to be found, what was decided or asked before."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from posada.accounts.permissions import Actor
from posada.family import services
from posada.family.forms.checking import DECISION_WORDS, OPINIONS
from posada.family.models import ImportedNote, PersonNote, Proposal
from posada.family.queries.colleagues import question_for, questions_of
from posada.family.queries.deaths import confirmed_death_of
from posada.family.queries.deciding import Decided, decisions_of, kin_answers_of
from posada.family.rules.forcing import HOLD_LABELS, Fits, hold_on_release
from posada.family.rules.levels import MARKS
from posada.ground import clock
from posada.people.models import Answer, ConsentPurpose, Consents
from posada.records.door import Reason, open_record, open_records
from posada.records.staff import name_of
from posada.ui.parts import Badge, HistoryLine


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


def history_lines(row: Proposal, actor: Actor) -> list[HistoryLine]:
    """What was decided on it before, the newest first. Nothing for a first decision: it stands above."""
    decided = decisions_of(row, by=actor)
    return [_history_line(one) for one in decided] if len(decided) > 1 else []


def _history_line(one: Decided) -> HistoryLine:
    words = str(DECISION_WORDS.get(one.decision, one.decision))
    when = date_format(one.at.astimezone(clock.house_zone()), "DATE_FORMAT") if one.at else ""
    sentence = f"{words}: {one.note}" if one.note else f"{words}."
    return HistoryLine(sentence, when, name_of(one.by) if one.by else "")


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question of kin, and what came of it on each side."""

    question: str
    enquirer: Badge
    found: Badge


def _fits(found: Fits) -> Badge:
    if found is Fits.FITS:
        return Badge(f"{MARKS['same']} {_('fits')}", "good")
    if found is Fits.DOES_NOT:
        return Badge(f"{MARKS['different']} {_('does not fit')}", "danger")
    return Badge(f"{MARKS['blank']} {_('not asked')}", "neutral")


def beside(row: Proposal, actor: Actor) -> dict[str, Any]:
    """What stands beside a decision: answers of kin, what a colleague thinks, a warning of a death."""
    answers = kin_answers_of(row, by=actor)
    stands = hold_on_release(answers.by_side(), may_be_forced=answers.may_be_forced, counsel=answers.counsel)
    services.note_answers_seen(by=actor, proposal=row)
    return {
        "answers": [AnswerLine(one.question, _fits(one.enquirer), _fits(one.found)) for one in answers.answers],
        "forced": answers if answers.may_be_forced else None,
        "hold": HOLD_LABELS[stands] if stands else "",
        "opinions": [(one, OPINIONS[one.opinion] if one.opinion else "") for one in questions_of(row, by=actor)],
        "asked_of_me": question_for(actor, row) is not None,
        "died": confirmed_death_of(actor, request=row.request, person=row.person, other=row.other_request),
    }
