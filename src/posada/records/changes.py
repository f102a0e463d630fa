"""The change log and those who read it.

A reader reacts to what a lower room wrote (a registration raises proposals) without that room knowing it. The
readers run in one thread of the serving process, woken after each commit; a page that needs them catches up first.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from django.utils.module_loading import import_string

from posada.records.models import Change, ReaderPosition, SealedRecord

logger = logging.getLogger("posada.records")

BATCH = 500
PATIENCE_SECONDS = 1.0
_wake = threading.Event()
_turn = threading.RLock()
_here: dict[str, int] = {}


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


def head() -> int:
    """The newest sequence."""
    last = Change.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    return last or 0


def readers() -> list[Reader]:
    """The readers that config/boot.py names."""
    return [import_string(name) for name in settings.CHANGE_READERS]


def start_at(reader: str, sequence: int) -> None:
    """An in-memory reader has everything up to here (it was just built)."""
    with _turn:
        _here[reader] = sequence


def place_of(reader: str) -> int:
    """How far an in-memory reader has come."""
    return _here.get(reader, 0)


def _position(reader: Reader) -> int:
    if not reader.lasting:
        return _here.get(reader.name, 0)
    row = ReaderPosition.objects.filter(reader=reader.name).first()
    return row.sequence if row else 0


def catch_up(name: str | None = None) -> None:
    """Let every reader (or the named one) react to all that was written so far.

    Inside a transaction it does not wait for another thread that is catching up: that thread may be waiting for
    this very transaction to end, and both would stand still until the database gives up.
    """
    if not _turn.acquire(blocking=not connection.in_atomic_block):
        return
    try:
        for reader in readers():
            if name is None or reader.name == name:
                while _step(reader):
                    pass
    finally:
        _turn.release()


def _step(reader: Reader) -> bool:
    rows = list(Change.objects.filter(sequence__gt=_position(reader)).order_by("sequence")[:BATCH])
    if not rows:
        return False
    if reader.lasting:
        with transaction.atomic():
            reader.react(rows)
            ReaderPosition.objects.update_or_create(reader=reader.name, defaults={"sequence": rows[-1].sequence})
    else:
        reader.react(rows)
        _here[reader.name] = rows[-1].sequence
    return True


def run_for_ever(stop: threading.Event) -> None:
    """The thread of the serving process."""
    while not stop.is_set():
        _wake.wait(PATIENCE_SECONDS)
        _wake.clear()
        try:
            catch_up()
        except DatabaseError:
            logger.exception("a reader of the change log could not go on; it tries again")
        finally:
            with suppress(DatabaseError):
                connections.close_all()


def start(_report: Callable[[int, int], None]) -> None:
    """Boot step: catch up, then keep reading in a thread."""
    catch_up()
    threading.Thread(target=run_for_ever, args=(threading.Event(),), name="changes", daemon=True).start()
