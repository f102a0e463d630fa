"""Long work in a thread of the serving process, which alone has the keys; a page asks how far it is.

A job takes ids as its name, never words. What is short is done at once, in the request itself.
"""

import logging
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.db import connections

from posada.interop.items import FileProblem
from posada.interop.services import FileRefused, NotWaiting

logger = logging.getLogger("posada.interop")

What = Literal["read", "confirm"]
Report = Callable[[int, int], None]
REMEMBERED = 50


@dataclass(slots=True)
class Job:
    """How far one piece of work is. `problem` or `failed` say that it ended without doing anything."""

    what: What
    site: int
    done: int = 0
    total: int = 0
    is_over: bool = False
    failed: bool = False
    problem: FileProblem | None = None

    @property
    def percent(self) -> int:
        """0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else 0

    @property
    def went_well(self) -> bool:
        """Whether it came to its end and did what it was for."""
        return self.is_over and not self.failed and self.problem is None


_jobs: dict[uuid.UUID, Job] = {}
_guard = threading.Lock()


def job_of(file_id: uuid.UUID, site: int) -> Job | None:
    """The work on a file, of the same site."""
    job = _jobs.get(file_id)
    return job if job is not None and job.site == site else None


def forget(file_id: uuid.UUID) -> None:
    """The work is over and somebody has seen how it ended."""
    with _guard:
        _jobs.pop(file_id, None)


def start(file_id: uuid.UUID, site: int, what: What, work: Callable[[Report], None]) -> Job | None:
    """Begin the work in a thread; none if this file is being worked on already."""
    with _guard:
        held = _jobs.get(file_id)
        if held is not None and not held.is_over:
            return None
        for old in [key for key, job in _jobs.items() if job.is_over][: max(0, len(_jobs) - REMEMBERED)]:
            del _jobs[old]
        job = _jobs[file_id] = Job(what, site)
    threading.Thread(target=run, args=(job, work), name="interop", daemon=True).start()
    return job


def run(job: Job, work: Callable[[Report], None]) -> None:
    """Do the work and note how it ended. A traceback could quote a list, so only the kind of error is logged."""

    def report(done: int, total: int) -> None:
        job.done, job.total = done, total

    try:
        work(report)
    except FileRefused as refused:
        job.problem = refused.problem
    except NotWaiting:
        job.failed = True
    except Exception as error:
        job.failed = True
        logger.error("bringing a file in stopped: %s", type(error).__name__)  # noqa: TRY400 - see above
    finally:
        job.is_over = True
        connections.close_all()
