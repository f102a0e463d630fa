"""The nightly look for double files: a thread of the serving process, once a night, away from every page."""

import logging
import threading
from collections.abc import Callable

from django.db import connections

from posada.accounts import queries
from posada.accounts.permissions import system_actor
from posada.people.services import doubles
from posada.vault.errors import VaultError

logger = logging.getLogger("posada.config")

LOOK_EVERY_SECONDS = 600.0


def look(site: int) -> bool:
    """One look: if tonight's was not made yet and it is night, make it. Whether it was made."""
    try:
        return doubles.is_due(site) and doubles.look_through(by=system_actor(site)) is not None
    except (VaultError, OSError) as error:
        logger.warning("the nightly look for double files failed: %s", type(error).__name__)
        return False
    finally:
        connections.close_all()


def _watch(site: int) -> None:
    pause = threading.Event()
    while True:
        pause.wait(LOOK_EVERY_SECONDS)
        try:
            look(site)
        except Exception:
            logger.exception("the nightly look for double files could not be made")


def start(_report: Callable[[int, int], None]) -> None:
    """Boot step: begin to wait for the night."""
    threading.Thread(target=_watch, args=(queries.the_site().pk,), name="doubles", daemon=True).start()
