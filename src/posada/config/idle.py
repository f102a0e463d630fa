"""Seal when the last session has gone idle: nobody is at any desk, so nobody needs the keys."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connections

from posada.accounts.acts import Act
from posada.audit import services as audit
from posada.ground import clock
from posada.vault import state

logger = logging.getLogger("posada.config")

LOOK_EVERY_SECONDS = 30.0
MOST_FAILURES = 10


def seconds_since_last_use() -> float | None:
    """How long ago any signed-in desk asked for something; none if nobody ever signed in."""
    seen = [float(row.get_decoded().get("seen_at", 0.0)) for row in Session.objects.all() if row.get_decoded()]
    return clock.real_seconds() - max(seen) if seen else None


def should_seal(opened_at: float) -> bool:
    """Whether every desk has been idle (or nobody came) for as long as a session may last."""
    idle = seconds_since_last_use()
    waited = clock.real_seconds() - opened_at
    return min(idle if idle is not None else waited, waited) > settings.SESSION_COOKIE_AGE


def end_sessions(_report: Callable[[int, int], None]) -> None:
    """Boot step: nobody stays signed in through a sealing."""
    Session.objects.all().delete()


def _watch(opened_at: float) -> None:
    pause = threading.Event()
    failed = 0
    while not pause.wait(LOOK_EVERY_SECONDS):
        failed = look(opened_at, failed)


def look(opened_at: float, failed: int) -> int:
    """One look: seals when all is idle, and when looking itself fails for too long. Gives the failures in a row."""
    try:
        if should_seal(opened_at):
            with suppress(DatabaseError):
                audit.write(audit.Event(act=Act.SEAL, role="system", reason="idle"))
            state.die()
    except Exception:
        logger.exception("the watch over idle sessions could not look")
        if failed + 1 >= MOST_FAILURES:
            state.die()
        return failed + 1
    finally:
        connections.close_all()
    return 0


def start(_report: Callable[[int, int], None]) -> None:
    """Boot step: keep watch. A demonstration holds no secret and stays open."""
    if not settings.SITE.demonstration:
        threading.Thread(target=_watch, args=(clock.real_seconds(),), name="idle", daemon=True).start()
