"""What every screen here does alike: a stranger's number is a 404, and what cannot be done is said calmly."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from posada.accounts.permissions import Actor
from posada.people import services
from posada.people.models import Person
from posada.records.quotas import QuotaReached
from posada.vault.errors import Unreadable

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def person_or_404(actor: Actor, number: int) -> Person:
    """The person with this number in the actor's site; a 404, counted as a search, for anybody else's."""
    try:
        return services.look_for_number(actor, number)
    except Person.DoesNotExist as error:
        raise Http404 from error


def calmly(view: View[P]) -> View[P]:
    """A quota that is reached and a record whose keys are gone become a page with a way on."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except QuotaReached as reached:
            words = {"title": _("This is enough for now"), "text": str(reached)}
            return render(request, "people/calm.html", words, status=429)
        except Unreadable as unreadable:
            words = {"title": _("This file cannot be opened"), "text": str(unreadable)}
            return render(request, "people/calm.html", words, status=410)

    return answer
