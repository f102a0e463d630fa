"""What stops any page, said calmly in one place: a quota, keys that were erased, a disk that is full."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from posada.accounts.permissions import Actor
from posada.records import notices, undone
from posada.records.quotas import QuotaReached
from posada.vault import stores
from posada.vault.errors import Unreadable

logger = logging.getLogger("posada.records")
STOPPED_BY_DATABASE = (OperationalError, InterfaceError)
_REFUSALS = frozenset({403, 404})
GetResponse = Callable[[HttpRequest], HttpResponse]


class StoppedMiddleware:
    """No view needs to remember it, so that none can forget it: what stops a page, and what was undone with one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with undone.settled():
            response = self.get_response(request)
        actor = getattr(request, "actor", None)
        if response.status_code in _REFUSALS and isinstance(actor, Actor):
            notices.watch_refusals(actor)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A sentence and a way on for what can happen on every page; anything else is a fault of ours."""
        if isinstance(exception, QuotaReached):
            return self._say(request, 429, _("This is enough for now"), str(exception))
        if isinstance(exception, Unreadable):
            return self._say(request, 410, _("This file cannot be opened"), str(exception))
        if isinstance(exception, STOPPED_BY_DATABASE):
            return database_stopped(request, exception)
        return None

    def _say(self, request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
        return render(request, "records/stopped.html", {"stopped": title, "sentence": text}, status=status)


def database_stopped(request: HttpRequest, exception: BaseException) -> HttpResponse:
    """The page for a database that does not answer now; the frame, which asks it too, is left out if it is away."""
    logger.error("a page was stopped by the database: %s", type(exception).__name__)
    if not stores.answers():
        request.actor = None  # type: ignore[attr-defined]  # what accounts.http put there
    text = _("The database is busy or the disk is full. Nothing was changed. Go back and try in a minute.")
    return render(request, "records/stopped.html", {"stopped": _("Not now"), "sentence": text}, status=503)
