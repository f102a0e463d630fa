"""Pages that join the others: Today, a person, Seal, the story, and what is said when something is refused."""

import sys

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts import http
from posada.accounts import queries as accounts
from posada.accounts import services as accounts_services
from posada.accounts.acts import Act, Role
from posada.accounts.permissions import Actor
from posada.audit import services as audit
from posada.desk import page, story, waiting
from posada.people import services
from posada.people.models import Person
from posada.records import changes
from posada.records import services as records
from posada.records.http import STOPPED_BY_DATABASE, database_stopped
from posada.vault import clocks
from posada.vault import views as vault


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    actor = http.require_act(request, Act.SEE_TODAY)
    records.note(actor, Act.SEE_TODAY, None)
    changes.catch_up()
    lines = {"counts": waiting.counts_for(actor), "tasks": waiting.tasks_for(actor)}
    return render(request, "desk/today.html", {**lines, "clock_behind": clocks.sentence()})


@require_GET
def person(request: HttpRequest, number: int) -> HttpResponse:
    actor = http.actor_of(request)
    try:
        found = services.look_for_number(actor, number)
    except Person.DoesNotExist as error:
        raise Http404 from error
    return render(request, "desk/person.html", page.for_person(actor, found))


@require_http_methods(["GET", "POST"])
def seal(request: HttpRequest) -> HttpResponse:
    actor = http.require_act(request, Act.SEAL)
    if request.method == "POST":
        audit.write(audit.Event(act=Act.SEAL, actor=actor.user, role="site_manager", site=actor.site))
        vault.seal_soon()
        return render(request, "desk/sealed.html", {"frame": None})
    return render(request, "desk/seal.html")


@require_http_methods(["POST"])
def story_step(request: HttpRequest) -> HttpResponse:
    """In a demonstration: go to a step of the story, as the role whose work it is."""
    try:
        number = int(request.POST.get("step", "1"))
        step = story.STEPS[number - 1]
        if number < 1:
            raise Http404
    except (ValueError, IndexError) as error:
        raise Http404 from error
    user = accounts.demonstration_user(step.role)
    if user is None:
        raise Http404
    http.enter(request, user)
    accounts_services.note_entering(user)
    request.session[story.SESSION_KEY] = number
    actor = accounts.actor_for(user)
    if actor is None:
        raise Http404
    story.entrust_her(actor, accounts_services.take_on)
    if step.role is Role.LAWYER:
        _entrust_to_lawyer(actor)
    changes.catch_up()
    place = step.place(actor)
    if number > 1 and place == "/people/register/":
        messages.info(request, _("Register her first: the story goes on from there."))
    if place == reverse("family:requests"):
        said = _("No open request fits her. If the story was told to its end before, make the demonstration afresh.")
        messages.info(request, said)
    return redirect(place)


def _entrust_to_lawyer(lawyer: Actor) -> None:
    user = accounts.demonstration_user(Role.SITE_MANAGER)
    manager = accounts.actor_for(user) if user is not None else None
    if manager is not None:
        story.entrust_to_lawyer(manager, lawyer, accounts_services.hand_over)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    stopped_by = sys.exc_info()[1]
    if isinstance(stopped_by, STOPPED_BY_DATABASE):
        return database_stopped(request, stopped_by)
    return render(request, "500.html", {"frame": None}, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
