"""What a serving process does before its first answer."""

import signal
import threading

from django.conf import settings

from posada.ground import clock
from posada.vault import occupied, opening, site, state


def serving() -> None:
    """Take the folder and the signal; in a demonstration set the clock and open."""
    state.leave_no_dump()
    folder = site.current_folder()
    occupied.work(folder)
    folder.process.unlink(missing_ok=True)
    if threading.current_thread() is threading.main_thread():
        # The kernel ends the process by itself: no Python has to run first.
        signal.signal(signal.SIGUSR1, signal.SIG_DFL)
    set_clock()
    chosen = folder.settings()
    if chosen.demonstration and folder.demonstration_phrase.is_file() and not folder.sealed_mark.exists():
        opening.begin(folder.demonstration_phrase.read_text(encoding="utf-8"))


def set_clock() -> None:
    """A demonstration's clock starts on its own day; a real site's is the machine's."""
    chosen = settings.SITE
    if chosen.demonstration and chosen.clock_starts and chosen.clock_since:
        clock.start_at(chosen.clock_starts, since=chosen.clock_since)
