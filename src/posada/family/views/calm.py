"""What stops a page, said calmly."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from posada.records.quotas import QuotaReached
from posada.vault.errors import Unreadable

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def calm(view: View[P]) -> View[P]:
    """A quota that was reached, or a record that was erased, is a sentence and a way on."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except QuotaReached as reached:
            return render(request, "family/stopped.html", {"sentence": str(reached)}, status=429)
        except Unreadable:
            sentence = _("This was erased, or its key is not here. Nobody can read it any longer.")
            return render(request, "family/stopped.html", {"sentence": sentence}, status=410)

    return answered


def changed_meanwhile() -> str:
    """What is said when somebody else was quicker."""
    return _("Somebody changed this while it was open. Nothing of yours was kept: look again, then decide.")
