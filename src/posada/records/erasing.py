"""Hide at once, erase after a confirmation, or show again. Each room removes what is its own (`ERASERS`).

Hiding never needs two persons. Erasing deletes the keys: what they sealed cannot be read any more, wherever a copy
of it lies. The rows go, too; what must not come back by a list leaves a tombstone.
"""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from posada.accounts import approvals
from posada.accounts.acts import Act
from posada.accounts.approvals import Kind, Question, digest_of
from posada.accounts.approvals.queries import open_for
from posada.accounts.models import Approval, Assignment
from posada.accounts.permissions import Actor, Subject, require
from posada.ground import clock
from posada.records import changes, notices, once, resealing, services, tombstones
from posada.records.models import (
    Change,
    EarlierVersion,
    Erasure,
    Hidden,
    Kept,
    KeyDue,
    SealedRecord,
    What,
    Why,
    WhyBack,
)
from posada.vault.keyring import Compartment


class NotHidden(Exception):
    """It is not hidden any more: somebody showed it again, or it is erased."""


class AlreadyHidden(Exception):
    """Somebody asked for it before."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What is being erased: whose keys go (`subjects`), and every sealed record that goes with it."""

    site: int
    subjects: frozenset[uuid.UUID]
    records: frozenset[uuid.UUID]


@dataclass(slots=True)
class Left:
    """What a room found that is sealed under the key of somebody who stays: these records go, and the key changes."""

    records: set[uuid.UUID] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Past:
    """Something that a line of the retention table is about: whose, its number, and the day its time runs from."""

    subject: uuid.UUID
    what: What
    number: int
    anchor: date


@dataclass(frozen=True, slots=True)
class Room:
    """What a room knows of erasing.

    `same_as`: the other files of the same person. `subjects_of`: whose keys hang on a subject's (a resident's
    relatives). `marks_of`: fingerprints that must not come back. `remove`: delete the room's rows, and name what of
    others went with them. `number_of`: the number that the site manager reads beside it, never a name; none for what
    is not this room's. `past`: of a kind of the retention table, what has its anchor on or before a day.
    """

    same_as: Callable[[uuid.UUID], Iterable[uuid.UUID]] = lambda _subject: ()
    subjects_of: Callable[[uuid.UUID], Iterable[uuid.UUID]] = lambda _subject: ()
    marks_of: Callable[[Gone], Iterable[str]] = lambda _gone: ()
    remove: Callable[[Gone], Left] = lambda _gone: Left()
    number_of: Callable[[Erasure], int | None] = lambda _erasure: None
    past: Callable[[str, int, date], Iterable[Past]] = lambda _kind, _site, _day: ()


def rooms() -> list[Room]:
    """The rooms that config/boot.py names, the upper ones first: they point at the lower ones."""
    return [import_string(name) for name in settings.ERASERS]


def _all_of(subject: uuid.UUID) -> set[uuid.UUID]:
    files = {subject, *(one for room in rooms() for one in room.same_as(subject))}
    return files | {one for file in files for room in rooms() for one in room.subjects_of(file)}


def is_hidden(*things: uuid.UUID) -> bool:
    """Whether one of these subjects or records is hidden."""
    return Hidden.objects.filter(thing__in=things).exists()


def hide(
    *,
    by: Actor,
    subject: Subject,
    what: What,
    why: Why,
    record: uuid.UUID | None = None,
    form: uuid.UUID | None = None,
    act: Act = Act.ASK_ERASURE,
) -> Erasure:
    """Hide a person, a relative, a request or one record at once, and ask that it be erased.

    `AlreadyHidden` if it is hidden; `AlreadySent` if this form was sent before.
    """
    with transaction.atomic():
        services.note(by, act, subject, reason=f"{what}:{why}")
        once.claim(form, subject.id)
        if is_hidden(record or subject.id):
            raise AlreadyHidden
        erasure = Erasure.objects.create(
            site_id=subject.site,
            subject=subject.id,
            record=record,
            what=what,
            why=why,
            asked_on=clock.today(),
            asked_by=by.user,
        )
        things = {record} if record else _all_of(subject.id)
        Hidden.objects.bulk_create(Hidden(erasure=erasure, thing=thing) for thing in things)
        _tell(things, Change.What.REMOVED)
        notices.watch_hiding(by)
    return erasure


def _records_of(things: Iterable[uuid.UUID]) -> list[SealedRecord]:
    wanted = list(things)
    rows = SealedRecord.objects.filter(subject__in=wanted) | SealedRecord.objects.filter(pk__in=wanted)
    return list(rows.defer("body"))


def _tell(things: Iterable[uuid.UUID], what: Change.What) -> None:
    """Let the change log say it of every record, so that each index follows."""
    for record in _records_of(things):
        changes.append(record, what)


def _held(erasure: Erasure) -> Erasure:
    held = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if held.state != Erasure.State.HIDDEN:
        raise NotHidden
    return held


def _end(held: Erasure, state: Erasure.State, by: Actor) -> None:
    held.state, held.ended_on, held.ended_by = state, clock.today(), by.user
    held.save()
    held.things.all().delete()


def show_again(*, by: Actor, erasure: Erasure, why: WhyBack) -> Erasure:
    """Undo the hiding. `NotHidden` if there is nothing to undo."""
    with transaction.atomic():
        services.note(by, Act.CONFIRM_ERASURE, erasure.whose, reason=f"shown:{why}")
        held = _held(erasure)
        things = list(held.things.values_list("thing", flat=True))
        held.why_back = why
        _end(held, Erasure.State.SHOWN, by)
        still = set(Hidden.objects.filter(thing__in=things).values_list("thing", flat=True))
        _tell(set(things) - still, Change.What.WRITTEN)
    return held


def question_of(erasure: Erasure) -> Question:
    """What a second person is asked: what, which number, why. Bound to all that is hidden by it."""
    things = sorted(thing.hex for thing in erasure.things.values_list("thing", flat=True))
    digest = digest_of(Kind.ERASURE, erasure.pk, erasure.what, erasure.why, tuple(things))
    terms = f"{erasure.what}:{erasure.why}"
    return Question(kind=Kind.ERASURE, digest=digest, subject=erasure.pk, number=number_of(erasure), terms=terms)


def ask_second(*, by: Actor, erasure: Erasure) -> Approval:
    """Ask a second person whether this is to be erased for ever. `NotHidden` if there is nothing to erase."""
    with transaction.atomic():
        require(by, Act.CONFIRM_ERASURE, erasure.whose)
        return approvals.ask(by=by, question=question_of(_held(erasure)))


def _agreed(held: Erasure, by: Actor) -> str:
    """By what it goes on. The house's own work asks nobody: the demonstration and the tests."""
    if by.user is None:
        return "house"
    approval = open_for(by, Kind.ERASURE, held.pk)
    if approval is None:
        raise approvals.NotAgreed
    return approvals.use(by=by, approval=approval, kind=Kind.ERASURE, digest=question_of(held).digest)


def erase(*, by: Actor, erasure: Erasure) -> Erasure:
    """Erase for ever what was hidden, once a second person agreed: `NotAllowed` otherwise, or `NotHidden`.

    One transaction: tombstones, the rows of every room, the sealed records. The keys go right after it; if the
    process dies in between, at the next start.
    """
    with transaction.atomic():
        require(by, Act.CONFIRM_ERASURE, erasure.whose)
        held = _held(erasure)
        way = _agreed(held, by)
        services.note(by, Act.CONFIRM_ERASURE, erasure.whose, reason=f"erased:{erasure.what}:{way}")
        gone = _gone(held)
        _remove(gone)
        for part in Erasure.objects.hidden().filter(subject__in=gone.subjects).exclude(pk=held.pk):
            _end(part, Erasure.State.ERASED, by)  # a note or a card of theirs that was hidden before: it went with them
        if held.record is None:
            Assignment.objects.filter(subject__in=gone.subjects).delete()
        _end(held, Erasure.State.ERASED, by)
    return held


def _gone(held: Erasure) -> Gone:
    if held.record:
        return Gone(held.site_id, frozenset(), frozenset({held.record}))
    subjects = _all_of(held.subject)
    records = SealedRecord.objects.filter(subject__in=subjects).values_list("pk", flat=True)
    return Gone(held.site_id, frozenset(subjects), frozenset(records))


def _remove(gone: Gone) -> None:
    tombstones.set_for(gone.site, {mark for room in rooms() for mark in room.marks_of(gone)})
    _tell({*gone.subjects, *gone.records}, Change.What.REMOVED)
    others: set[uuid.UUID] = set()
    for room in rooms():
        others |= room.remove(gone).records
    rows = _records_of(others | gone.records)
    changed = {(row.subject, Compartment(row.compartment)) for row in rows if row.subject not in gone.subjects}
    wanted = [row.pk for row in rows]
    EarlierVersion.objects.filter(record__in=wanted).delete()
    SealedRecord.objects.filter(pk__in=wanted).delete()
    Assignment.objects.filter(subject__in=gone.subjects).delete()
    Kept.objects.filter(subject__in=gone.subjects).delete()
    KeyDue.objects.bulk_create(KeyDue(subject=subject) for subject in gone.subjects)
    for subject, compartment in changed:
        resealing.rekey_if_held(subject, compartment)
    transaction.on_commit(resealing.finish)


def waiting(by: Actor) -> list[Erasure]:
    """What is hidden in the actor's site and waits for the site manager, the oldest first."""
    return list(Erasure.objects.visible_to(by).hidden().order_by("asked_on", "pk"))


def number_of(erasure: Erasure) -> int | None:
    """The number by which people know what is hidden."""
    return next((number for room in rooms() if (number := room.number_of(erasure)) is not None), None)


def words_of(erasure: Erasure) -> str:
    """What is hidden, in words without a name."""
    number = number_of(erasure)
    return f"{erasure.get_what_display()} {number}" if number else str(erasure.get_what_display())
