"""What ends by itself at the two doors to strangers, and the thread that looks every minute."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from django.db import DatabaseError, connections

from posada.accounts.queries import the_site
from posada.family.services.enquiries import erase_past
from posada.family.services.pages import close_all_that_may_not_be_opened
from posada.records import resealing
from posada.records.models import KeyDue

logger = logging.getLogger("posada.family")
LOOK_EVERY_SECONDS: Final = 60.0


def sweep(site: int) -> None:
    """End what is over, and delete the keys that are still due. Safe to run at any time and again."""
    close_all_that_may_not_be_opened(site)
    erase_past(site)
    if KeyDue.objects.exists():
        resealing.finish()


def _watch(site: int) -> None:
    pause = threading.Event()
    while True:
        try:
            sweep(site)
        except DatabaseError:
            logger.exception("what is over at the doors to strangers could not be ended; it is tried again")
        finally:
            connections.close_all()
        pause.wait(LOOK_EVERY_SECONDS)


def start(_report: Callable[[int, int], None]) -> None:
    """Boot step: look every minute. Doors that are switched off still end what was prepared before."""
    threading.Thread(target=_watch, args=(the_site().pk,), name="strangers", daemon=True).start()
