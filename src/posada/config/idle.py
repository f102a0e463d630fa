"""Seal when the last session has gone idle: nobody is at any desk, so nobody needs the keys.

Time is counted by the machine's own running time, sleep included: setting the clock neither seals nor keeps open.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connections

from posada.accounts.acts import Act
from posada.audit import services as audit
from posada.ground import clock
from posada.vault import clocks, epochs, state, stores
from posada.vault.folder import Store

logger = logging.getLogger("posada.config")

LOOK_EVERY_SECONDS = 30.0
MOST_FAILURES = 10

Uses = frozenset[tuple[str, float]]


@dataclass
class Watch:
    """What the last look saw, and when something last moved (seconds of running time)."""

    moved: float
    uses: Uses = field(default_factory=frozenset)
    failed: int = 0


def uses_now() -> Uses:
    """Each signed-in session with the time of its last request: whatever changes here is somebody at a desk."""
    return frozenset((row.session_key, float(row.get_decoded().get("seen_at", 0.0))) for row in Session.objects.all())


def should_seal(watch: Watch, *, running: float) -> bool:
    """Whether nothing moved at any desk (or nobody came) for as long as a session may last."""
    uses = uses_now()
    if uses != watch.uses:
        watch.uses, watch.moved = uses, running
    return running - watch.moved > settings.SESSION_COOKIE_AGE


def end_sessions(_report: Callable[[int, int], None]) -> None:
    """Boot step: nobody stays signed in through a sealing.

    Sessions are signed with a key that each process makes anew, so that those of before are worth nothing already; on a
    server the rows of other processes, whose people are at work, stay until they are out of date.
    """
    ended = Session.objects.all()
    if stores.present() is Store.POSTGRESQL:
        ended = ended.filter(expire_date__lt=datetime.fromtimestamp(clock.real_seconds(), UTC))
    ended.delete()


def _watch() -> None:
    pause = threading.Event()
    watch = Watch(moved=clock.running_seconds())
    while not pause.wait(LOOK_EVERY_SECONDS):
        look(watch)


def look(watch: Watch) -> None:
    """One look: seals when all is idle, and when looking itself fails for too long."""
    try:
        if should_seal(watch, running=clock.running_seconds()):
            with suppress(DatabaseError):
                audit.write(audit.Event(act=Act.SEAL, role="system", reason="idle"))
            state.die()
        clocks.note(clock.real_seconds())
        epochs.remember()
        watch.failed = 0
    except Exception:
        logger.exception("the watch over idle sessions could not look")
        watch.failed += 1
        if watch.failed >= MOST_FAILURES:
            state.die()
    finally:
        connections.close_all()


def start(_report: Callable[[int, int], None]) -> None:
    """Boot step: keep watch. A demonstration holds no secret and stays open."""
    if not settings.SITE.demonstration:
        threading.Thread(target=_watch, name="idle", daemon=True).start()
