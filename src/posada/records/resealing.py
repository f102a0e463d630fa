"""A person's records of one compartment under a fresh key: after one of them, or one sentence, was erased.

Blanking alone would leave the old blob readable in the write-ahead log and in backups. Without the old key it is
not, once the copies of the keyring are past their 30 days.
"""

import logging
import re
import threading
import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Final

import msgspec
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction

from posada.records import contents
from posada.records.contents import Content
from posada.records.models import EarlierVersion, KeyDue, SealedRecord
from posada.vault import forgetting, keyring, rekeying
from posada.vault.errors import Unreadable
from posada.vault.keyring import Compartment

logger = logging.getLogger("posada.records")
# What a decoded content becomes.
Rewriting = Callable[[Any], Any]

# Seconds between a key's deletion and the wiping of the files, during which more may come: on PostgreSQL a whole table
# is written anew for it, and whoever reads a key waits meanwhile.
PAUSE: Final = 2.0
PAUSE_ON_SERVER: Final = 30.0
SHORT_PATIENCE: Final = 50  # milliseconds: a backup that reads is not waited for, it is tried again
_wake = threading.Event()
_watched = threading.Event()
_END_OF_SENTENCE: Final = re.compile(r"(?<=[.!?…;])\s+|\n+")


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, each without the spaces around it."""
    return [part.strip() for part in _END_OF_SENTENCE.split(text) if part.strip()]


def blanked(value: Any, sentence: str) -> Any:
    """A decoded content without this sentence, wherever it stands as a whole sentence. Words inside others stay."""
    if isinstance(value, dict):
        return {key: blanked(one, sentence) for key, one in value.items()}
    if isinstance(value, list):
        return [blanked(one, sentence) for one in value]
    if isinstance(value, str) and sentence in (held := sentences_of(value)):
        return " ".join(one for one in held if one != sentence)
    return value


def without_sentence(sentence: str) -> Rewriting:
    """What takes one sentence out of a content."""
    return partial(blanked, sentence=sentence)


def _changed(change: Rewriting | None, as_: type[Content]) -> Callable[[bytes], bytes]:
    """A change of what is said, on a content's bytes; `msgspec.ValidationError` if it says nothing sound any more."""

    def rewrite(plain: bytes) -> bytes:
        if change is None:
            return plain
        return msgspec.json.encode(msgspec.convert(change(msgspec.json.decode(plain)), as_))

    return rewrite


def rekey(subject: uuid.UUID, compartment: Compartment, *, change: Rewriting | None = None) -> list[SealedRecord]:
    """Seal every version of every record of a person and compartment anew under a fresh key.

    `change`: what each says from now on, as if it had never said anything else (`without_sentence`). Inside the
    caller's transaction of the main database; the old key goes when that is committed. The records as they now
    stand. `Unreadable` if there is no key.
    """
    rows = list(SealedRecord.objects.select_for_update().filter(subject=subject, compartment=compartment))
    fresh = rekeying.Rekeying(subject, compartment)
    for row in rows:
        as_ = contents.type_of(row.kind)
        schema, rewrite = f"{as_.KIND}/{as_.SCHEMA}", _changed(change, as_)
        row.body = fresh.reseal(bytes(row.body), _data(row, schema, row.version), rewrite)
        row.save(update_fields=["body"])
        for earlier in EarlierVersion.objects.filter(record=row):
            earlier.body = fresh.reseal(bytes(earlier.body), _data(row, schema, earlier.version), rewrite)
            earlier.save(update_fields=["body"])
    KeyDue.objects.create(subject=subject, compartment=compartment, fresh=True)
    transaction.on_commit(finish)
    return rows


def rekey_if_held(subject: uuid.UUID, compartment: Compartment) -> None:
    """The same for a subject whose key may be gone already."""
    try:
        rekey(subject, compartment)
    except Unreadable:
        return


def _data(row: SealedRecord, schema: str, version: int) -> bytes:
    return keyring.sealing_data(row.subject, Compartment(row.compartment), schema, version)


def finish(*, patience: int = forgetting.PATIENCE) -> bool:
    """Do in the keyring what the main database has noted; whether all of it is done, and wiped from the files.

    What cannot be done now is done by `watch` soon, or at the next start.
    """
    try:
        due = list(KeyDue.objects.order_by("pk"))
        done = [row.pk for row in due if row.fresh and rekeying.finish(row.subject, Compartment(row.compartment))]
        gone = [row for row in due if not row.fresh]
        if gone:
            forgetting.delete([row.subject for row in gone])
            if forgetting.wipe(patience=patience):
                done += [row.pk for row in gone]
        KeyDue.objects.filter(pk__in=done).delete()
        # The sealed bodies; without their keys they say nothing in any case.
        return forgetting.wipe(DEFAULT_DB_ALIAS, patience=patience) and len(done) == len(due)
    except DatabaseError:
        logger.exception("a key could not be deleted yet; it is tried again")
        return False


def finish_soon() -> None:
    """The keys that are to go are deleted now; the files are wiped of them within seconds, by the thread of the open
    house, so that nobody at a desk waits for it. Without that thread (a command) all of it is done here.
    """
    if not _watched.is_set():
        finish()
        return
    try:
        gone = list(KeyDue.objects.filter(fresh=False).values_list("subject", flat=True))
        forgetting.delete(gone)
    except DatabaseError:
        logger.exception("a key could not be deleted yet; it is tried again")
    _wake.set()


def watch(stop: threading.Event) -> None:
    """The thread of the serving process: wipes the files after keys were deleted, and again until it is done."""
    pause = PAUSE_ON_SERVER if connection.vendor == "postgresql" else PAUSE
    while not stop.is_set():
        _wake.wait()
        _wake.clear()
        stop.wait(pause)
        try:
            if not finish(patience=SHORT_PATIENCE):
                _wake.set()
        finally:
            with suppress(DatabaseError):
                connections.close_all()


def start(_report: Callable[[int, int], None]) -> None:
    """Boot step: from now on the files are wiped beside the work."""
    threading.Thread(target=watch, args=(threading.Event(),), name="wiping", daemon=True).start()
    _watched.set()


def at_boot(_report: Callable[[int, int], None]) -> None:
    """Boot step: finish what a process that ended in the middle has left."""
    fresh = KeyDue.objects.filter(fresh=True).values_list("subject", "compartment")
    rekeying.abandon_others(set(fresh))
    finish()
