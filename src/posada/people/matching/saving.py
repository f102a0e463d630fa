"""The index and the coarse table, kept sealed between two unlocks: loaded, then the change log is replayed.

Saving takes a second for 100,000 persons and sealing a house must not wait for it. So it is saved while the house is
open, after many changes or some time, and at once when somebody was taken out: the file that still held them is
dropped for good in the same moment.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version

import msgspec
from django.db import DatabaseError, connections

import kinmatch
from posada.accounts.acts import Act
from posada.audit import services as audit
from posada.people.matching.held import NAME, Register, held, read_everybody
from posada.people.rules.coarse import Coarse
from posada.records import changes, orphans
from posada.records.models import Change
from posada.records.scanning import Purpose
from posada.vault import saved
from posada.vault.errors import VaultError

logger = logging.getLogger("posada.people")

LOOK_SECONDS = 5.0
MANY_EDITS = 1_000
PATIENCE_SECONDS = 600.0


class _SavedSite(msgspec.Struct):
    index: bytes
    kinds: list[Coarse]
    coarse: dict[str, int]


class _Saved(msgspec.Struct):
    """What is kept: the program it was made by, how far it had read the change log, and each site."""

    program: str
    weights: str
    sequence: int
    last: str
    sites: dict[int, _SavedSite]


def _mark_at(sequence: int) -> str:
    """What the change log says at a place: a log of another past says something else, or nothing."""
    row = Change.objects.filter(sequence=sequence).first()
    return "" if row is None else f"{row.record.hex} {row.kind} {row.what}"


def build(report: Callable[[int, int], None]) -> None:
    """Boot step: load what was saved and replay what changed since; without it, read everybody, with progress."""
    if not _load():
        saved.drop(NAME)
        read_everybody(report)
        held.edits += 1
    changes.catch_up(NAME)
    report(1, 1)


def _load() -> bool:
    plain = saved.read(NAME)
    if plain is None:
        return False
    try:
        found = msgspec.msgpack.decode(plain, type=_Saved)
        fits = found.program == version("posada") and found.weights == kinmatch.Weights.shipped().version
        if not fits or found.sequence > changes.head() or found.last != _mark_at(found.sequence):
            return False
        sites = {
            site: Register(
                kinmatch.Index.from_bytes(one.index), {kind: at for at, kind in enumerate(one.kinds)}, one.coarse
            )
            for site, one in found.sites.items()
        }
    except (msgspec.DecodeError, ValueError):
        return False
    count = sum(len(register.index) for register in sites.values())
    audit.write(audit.Event(act=Act.SCAN, role="system", reason=f"{Purpose.INDEX}:saved", count=count))
    with held.lock:
        held.sites.clear()
        held.sites.update(sites)
        held.edits = held.removals = 0
    changes.start_at(NAME, found.sequence)
    return True


def save() -> bool:
    """Keep what is held now; whether it could be kept. Searches of a site wait while that site is written."""
    with held.lock:
        edits, removals = held.edits, held.removals
        sequence = changes.place_of(NAME)
        sites = {
            site: _SavedSite(register.index.to_bytes(), list(register.kinds), dict(register.coarse))
            for site, register in held.sites.items()
        }
    made = _Saved(version("posada"), kinmatch.Weights.shipped().version, sequence, _mark_at(sequence), sites)
    done = saved.write(NAME, msgspec.msgpack.encode(made))
    if done:
        with held.lock:
            held.edits -= edits
            held.removals -= removals
    return done


def sweep_keys(_report: Callable[[int, int], None]) -> None:
    """Boot step: keys that seal nothing go. That of what is kept here seals no record, and stays."""
    orphans.sweep(spared=[saved.place(NAME)])


def start_saving(_report: Callable[[int, int], None]) -> None:
    """Boot step: keep it saved from now on, in a thread."""
    threading.Thread(target=run_for_ever, args=(threading.Event(),), name="saving", daemon=True).start()


def run_for_ever(stop: threading.Event) -> None:
    """The thread of the serving process. What was never saved is saved at once, in a quiet moment."""
    waited = PATIENCE_SECONDS
    while not stop.wait(LOOK_SECONDS):
        waited += LOOK_SECONDS
        if is_due(waited):
            waited = 0.0
            try:
                save()
            except (DatabaseError, VaultError):
                logger.exception("the search index could not be saved; it is tried again")
            finally:
                with suppress(DatabaseError):
                    connections.close_all()


def is_due(waited: float) -> bool:
    """Whether it is to be saved now, so many seconds after the last time."""
    return held.removals > 0 or held.edits >= MANY_EDITS or (held.edits > 0 and waited >= PATIENCE_SECONDS)
