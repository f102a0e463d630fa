"""The change log and those who read it.

A reader reacts to what a lower room wrote (a registration raises proposals) without that room knowing it. The
readers run in one thread of the serving process, woken after each commit; a page that needs them catches up first.

On PostgreSQL several processes write, and a lower sequence may come into view after a higher one. So a place moves
only to where nothing lower can come any more (`posada.ground.settling`). A lasting reader, whose place all processes
share, reads no further than that, one process at a time. One in memory reads all it can see, so that a page finds what
was just written, and remembers what it read ahead of its place; it may meet a row again after a failure.
"""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.utils.module_loading import import_string

from posada.ground import settling
from posada.records.models import Change, ReaderPosition, SealedRecord

logger = logging.getLogger("posada.records")

BATCH = 500
PATIENCE_SECONDS = 1.0
GATHERING_SECONDS = 1.0  # after a change: others may follow, and are read together
SETTLING_SECONDS = 30.0
_wake = threading.Event()
_turns: defaultdict[str, threading.RLock] = defaultdict(threading.RLock)
_here: dict[str, int] = {}
_ahead: dict[str, set[int]] = {}
_TABLE = "records_change"


@dataclass(frozen=True, slots=True)
class Reader:
    """Something that reads the change log. A `lasting` one keeps its place in the database, others in memory."""

    name: str
    react: Callable[[Sequence[Change]], None]
    lasting: bool


def append(record: SealedRecord, what: Change.What) -> None:
    """Note a change, in the transaction of the change itself."""
    Change.objects.create(record=record.pk, subject=record.subject, kind=record.kind, what=what)
    transaction.on_commit(_wake.set)


def _newest() -> int:
    last = Change.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    return last or 0


def head() -> int:
    """The newest sequence, when all up to it can be seen: whoever reads the records after this misses none of them.

    If somebody writes for too long it is 0: the log is then read from its beginning, and nothing is lost.
    """
    newest = _newest()
    return newest if settling.wait(_TABLE, SETTLING_SECONDS) else 0


def readers() -> list[Reader]:
    """The readers that config/boot.py names."""
    return [import_string(name) for name in settings.CHANGE_READERS]


def start_at(reader: str, sequence: int) -> None:
    """An in-memory reader has everything up to here (it was just built)."""
    with _turns[reader]:
        _here[reader] = sequence
        _ahead.pop(reader, None)


def place_of(reader: str) -> int:
    """How far an in-memory reader has come."""
    return _here.get(reader, 0)


def catch_up(name: str | None = None) -> None:
    """Let every reader (or the named one) react to all that was written so far.

    Inside a transaction it does not wait for another thread that is catching up: that thread may be waiting for
    this very transaction to end, and both would stand still until the database gives up.
    """
    for reader in readers():
        if name in {None, reader.name}:
            _catch_up(reader)


def _catch_up(reader: Reader) -> bool:
    """Whether this reader now knows all that was written so far; not if another thread is at it and none may wait.

    Each has a turn of its own: a page that needs the index does not wait for the proposals of others.
    """
    if not _turns[reader.name].acquire(blocking=not connection.in_atomic_block):
        return False
    try:
        while _step(reader):
            pass
    finally:
        _turns[reader.name].release()
    return True


def _step(reader: Reader) -> bool:
    """One batch; whether there may be more."""
    return _step_lasting(reader) if reader.lasting else _step_in_memory(reader)


def _step_in_memory(reader: Reader) -> bool:
    place, ahead = _here.get(reader.name, 0), _ahead.setdefault(reader.name, set())
    unread = Change.objects.filter(sequence__gt=place).order_by("sequence")
    if not ahead and not unread.exists():
        return False
    newest = _newest()
    settled = not settling.writers(_TABLE)
    rows = list(unread.exclude(sequence__in=ahead)[:BATCH])
    if rows:
        reader.react(rows)
        ahead.update(row.sequence for row in rows)
    if settled and len(rows) < BATCH:
        _here[reader.name] = max(place, newest)
        _ahead[reader.name] = {sequence for sequence in ahead if sequence > newest}
    return len(rows) == BATCH


def _step_lasting(reader: Reader) -> bool:
    if not Change.objects.filter(sequence__gt=_lasting_place(reader)).exists():
        return False
    newest = _newest()
    if not settling.wait(_TABLE, 0.0 if connection.in_atomic_block else PATIENCE_SECONDS):
        return False
    # It compares by what the others hold in memory: they come first, or its place would pass somebody they lack.
    if not all(_catch_up(other) for other in readers() if not other.lasting):
        return False
    ReaderPosition.objects.get_or_create(reader=reader.name)
    with transaction.atomic():
        held = ReaderPosition.objects.select_for_update(skip_locked=True).filter(reader=reader.name).first()
        if held is None:
            return False  # another process is reacting to the same rows
        rows = list(
            Change.objects.filter(sequence__gt=held.sequence, sequence__lte=newest).order_by("sequence")[:BATCH]
        )
        if rows:
            reader.react(rows)
            held.sequence = rows[-1].sequence
            held.save(update_fields=["sequence"])
    return len(rows) == BATCH


def _lasting_place(reader: Reader) -> int:
    row = ReaderPosition.objects.filter(reader=reader.name).first()
    return row.sequence if row else 0


def run_for_ever(stop: threading.Event) -> None:
    """The thread of the serving process."""
    while not stop.is_set():
        if _wake.wait(PATIENCE_SECONDS):
            stop.wait(GATHERING_SECONDS)
        _wake.clear()
        try:
            catch_up()
        except DatabaseError:
            logger.exception("a reader of the change log could not go on; it tries again")
        finally:
            with suppress(DatabaseError):
                close_old_connections()


def start(_report: Callable[[int, int], None]) -> None:
    """Boot step: catch up, then keep reading in a thread."""
    catch_up()
    threading.Thread(target=run_for_ever, args=(threading.Event(),), name="changes", daemon=True).start()
