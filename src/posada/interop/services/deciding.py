"""Somebody says yes or no to a file in quarantine. Yes needs two persons and is one transaction: all, or nothing."""

import uuid
from collections.abc import Callable, Iterator

from django.db import transaction

from posada.accounts import approvals
from posada.accounts.acts import Act
from posada.accounts.approvals import Kind, Question, digest_of
from posada.accounts.approvals.queries import open_for, standing
from posada.accounts.models import Approval
from posada.accounts.permissions import Actor, require
from posada.audit import services as audit
from posada.ground import clock
from posada.interop.contents import PROBLEMS_A_RECORD, Items, Problems
from posada.interop.items import ImportedNote, ImportedPerson
from posada.interop.models import ImportFile
from posada.interop.services import sealing
from posada.interop.services.gathering import keys_of
from posada.interop.services.notes import NoteTaker
from posada.interop.services.persons import PersonTaker, Taken
from posada.interop.services.quarantine import NotWaiting
from posada.interop.services.requests import RequestTaker
from posada.records import agreeing
from posada.records import once as sent
from posada.records.agreeing import AskedWords
from posada.vault.router import KEYRING

OnDone = Callable[[int, int], None]
_EVERY = 50
State = ImportFile.State


def _nothing(_done: int, _total: int) -> None:
    return


def question_of(file: ImportFile) -> Question:
    """What a second is asked, bound to the very pieces in quarantine: read again or thinned out, it is another."""
    counts = (file.rows, file.persons, file.known, file.notes, file.placeholders, file.rejected)
    pieces = tuple(file.parts.order_by("place").values_list("record", "record__version"))
    digest = digest_of(Kind.IMPORT, file.pk, file.kind, counts, pieces)
    count = file.persons + file.placeholders or file.notes
    return Question(kind=Kind.IMPORT, digest=digest, subject=file.pk, count=count, terms=file.kind)


def ask_to_confirm(*, by: Actor, file: ImportFile, why: str = "") -> Approval:
    """Ask a second person whether this file may come in. Raises `NotWaiting`."""
    require(by, Act.IMPORT)
    with transaction.atomic():
        held = ImportFile.objects.select_for_update().get(pk=file.pk)
        if held.state != State.WAITING:
            raise NotWaiting
        return agreeing.ask(by=by, question=question_of(held), words=AskedWords(why=why))


def check_agreed(*, by: Actor, file: ImportFile) -> None:
    """Whether it may come in now, before a thread is started for it; `NotAgreed` otherwise. `confirm` asks again."""
    approval = open_for(by, Kind.IMPORT, file.pk)
    if approval is None or not standing(approval).is_ready:
        raise approvals.NotAgreed


def _agreed(file: ImportFile, by: Actor) -> str:
    """By what it goes on; the house's own command at the shell asks nobody, for it has the keys in its hands."""
    if by.user is None:
        return "shell"
    approval = open_for(by, Kind.IMPORT, file.pk)
    if approval is None:
        raise approvals.NotAgreed
    return approvals.use(by=by, approval=approval, kind=Kind.IMPORT, digest=question_of(file).digest)


def confirm(
    *, by: Actor, file: ImportFile, once: uuid.UUID | None = None, on_progress: OnDone = _nothing
) -> ImportFile:
    """Bring in what a file holds, and erase it from quarantine. `on_progress` hears how many of how many are done.

    All of it is one transaction: whatever breaks in the middle, nobody came in and the file still waits. The keys
    are committed just before the records that they seal; alone they open nothing.
    Raises `NotAllowed` unless a second agreed to it, `NotWaiting`, or `AlreadySent` if this form was sent before.
    """
    role = require(by, Act.IMPORT)
    with transaction.atomic():
        held = _claimed(file, once)
        way = _agreed(held, by)
        with transaction.atomic(using=KEYRING):
            taken = _take(held, by, on_progress)
            _keep_problems(held, taken, by)
        _close(held, State.CONFIRMED)
        _write_counts(held, taken)
        count = taken.added + taken.updated + taken.emptied
        reason = f"confirm:{way}"
        audit.write(audit.Event(act=Act.IMPORT, actor=by.user, role=role, site=by.site, reason=reason, count=count))
    return held


def dismiss(*, by: Actor, file: ImportFile, once: uuid.UUID | None = None) -> ImportFile:
    """Erase a file from quarantine; nobody comes in."""
    role = require(by, Act.IMPORT)
    with transaction.atomic():
        held = _claimed(file, once)
        _close(held, State.DISMISSED)
        sealing.erase_all(held)
        held.save()
        audit.write(audit.Event(act=Act.IMPORT, actor=by.user, role=role, site=by.site, reason="dismiss"))
    return held


def _claimed(file: ImportFile, once: uuid.UUID | None) -> ImportFile:
    sent.claim(once, file.pk)
    held = ImportFile.objects.select_for_update().get(pk=file.pk)
    if held.state != State.WAITING:
        raise NotWaiting
    return held


def _close(file: ImportFile, state: ImportFile.State) -> None:
    file.state, file.closed_on = state, clock.today()
    sealing.erase_contents(file)


def _write_counts(file: ImportFile, taken: Taken) -> None:
    file.added, file.updated, file.unchanged = taken.added, taken.updated, taken.unchanged
    file.emptied, file.notes_taken = taken.emptied, taken.notes
    file.rejected += len(taken.problems)
    file.save()


def _keep_problems(file: ImportFile, taken: Taken, by: Actor) -> None:
    for start in range(0, len(taken.problems), PROBLEMS_A_RECORD):
        some = tuple(taken.problems[start : start + PROBLEMS_A_RECORD])
        sealing.keep(file, Problems(problems=some), by=by)


def _take(file: ImportFile, by: Actor, on_progress: OnDone) -> Taken:
    """Persons first and then their notes, for a note may stand before its person; for requests the other way."""
    taken = Taken()
    steps = _Steps(file, on_progress)
    reading = sealing.reading_of(file)
    keys = keys_of(reading.facts)
    if file.of_requests:
        requests = RequestTaker(by=by, keys=keys, list_name=reading.list_name, taken=taken)
        for note in steps.notes():
            requests.hear(note)
        for batch in steps.persons():
            requests.take_all(batch, steps.step)
        requests.finish()
        return taken
    persons = PersonTaker(by=by, keys=keys, list_name=reading.list_name, taken=taken)
    for batch in steps.persons():
        persons.take_all(batch, steps.step)
    notes = NoteTaker(by=by, keys=keys, list_name=reading.list_name, taken=taken, by_line=persons.by_line)
    for note in steps.notes():
        notes.take(note)
    return taken


class _Steps:
    """The items of a file, kind by kind, one batch in memory at a time."""

    def __init__(self, file: ImportFile, on_progress: OnDone) -> None:
        self._file = file
        self._report = on_progress
        self._done = 0
        self._total = file.persons + file.placeholders + file.notes

    def persons(self) -> Iterator[list[ImportedPerson]]:
        for items in sealing.opened(self._file, Items):
            yield [item for item in items.items if isinstance(item, ImportedPerson)]

    def notes(self) -> Iterator[ImportedNote]:
        if not self._file.notes:
            return
        for items in sealing.opened(self._file, Items):
            for item in items.items:
                if isinstance(item, ImportedNote):
                    self.step()
                    yield item

    def step(self) -> None:
        self._done += 1
        if self._done % _EVERY == 0 or self._done == self._total:
            self._report(self._done, self._total)
