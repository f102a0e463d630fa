"""Several presses at the same moment, for the tests of races."""

import threading
from collections.abc import Callable

from django.db import connections


def at_once(*presses: Callable[[], object]) -> list[str]:
    """Press all at once, each in a thread and connections of its own; what came of each."""
    start, ended = threading.Barrier(len(presses)), []

    def one(press: Callable[[], object]) -> None:
        start.wait()
        try:
            press()
        except Exception as error:
            ended.append(type(error).__name__)
        else:
            ended.append("done")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(press,)) for press in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(ended)
