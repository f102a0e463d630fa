"""Needs on screens: asked at the desk and not shown again there; read and changed by the caseworker."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, require
from posada.people.forms.needs import NeedsApartForm, NeedsForm
from posada.people.models import Person
from posada.people.rules.needs import TABLE, Needs, NeedsApart, Said
from posada.people.services import needs as services
from posada.people.services import require_here
from posada.people.services.needs import AlreadyWritten
from posada.people.views.calm import calmly, person_or_404
from posada.records.once import AlreadySent
from posada.records.services import Stale


@require_http_methods(["GET", "POST"])
@calmly
def needs(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.WRITE_NEEDS)
    person = person_or_404(actor, number)
    require(actor, Act.WRITE_NEEDS, person.subject)
    require_here(person, Act.WRITE_NEEDS)
    reads = services.may_read(actor, person)
    if request.method == "POST":
        return _written(request, actor, person, NeedsForm(request.POST), reads=reads)
    if not reads and services.is_written(by=actor, person=person):
        messages.info(request, _already())
        return redirect("desk:person", number=number)
    held, version = services.read_needs(by=actor, person=person) if reads else (None, 0)
    initial = NeedsForm.initial_of(held, version)
    if held is not None:
        initial["consequences"] = [one.value for one in services.consequences_for(by=actor, person=person)]
    return _page(request, person, NeedsForm(initial=initial), reads=reads, held=held)


def _written(request: HttpRequest, actor: Actor, person: Person, form: NeedsForm, *, reads: bool) -> HttpResponse:
    if not form.is_valid():
        return _page(request, person, form, reads=reads, status=422)
    said = form.cleaned_data
    try:
        services.write_needs(
            by=actor,
            person=person,
            answers=form.answers,
            consequences=said["consequences"],
            words=said["words"],
            expected=said["version"],
            once=said["once"],
        )
        messages.success(request, _("Written down and sealed. It is not shown at the desk again."))
    except AlreadyWritten:
        messages.info(request, _already())
    except Stale:
        form.add_error(None, _stale())
        return _page(request, person, form, reads=reads, status=409)
    except AlreadySent:
        pass
    return redirect("desk:person", number=person.number)


def _already() -> str:
    return _("Somebody asked these questions before. Nothing was changed: their caseworker can change the answers.")


def _stale() -> str:
    return _("Somebody else changed this page meanwhile. Open it again: nothing of yours was saved yet.")


def _page(
    request: HttpRequest,
    person: Person,
    form: NeedsForm,
    *,
    reads: bool,
    held: Needs | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"person": person, "form": form, "reads": reads, "categories": _categories(held), "table": TABLE}
    return render(request, "people/needs.html", context, status=status)


def _categories(held: Needs | NeedsApart | None) -> list[tuple[str, str]]:
    """What UNHCR calls what was said yes to, with the code that nobody checked."""
    rows = [TABLE.of(one.need) for one in held.answers if one.said is Said.YES] if held else []
    return [(row.text, row.code) for row in rows]


@require_http_methods(["GET", "POST"])
@calmly
def needs_apart(request: HttpRequest, number: int) -> HttpResponse:
    """What is kept apart: a page and a press of its own."""
    actor = require_act(request, Act.READ_PROTECTION)
    person = person_or_404(actor, number)
    require(actor, Act.READ_PROTECTION, person.subject)
    require(actor, Act.WRITE_NEEDS, person.subject)
    require_here(person, Act.WRITE_NEEDS)
    held, version = services.read_apart(by=actor, person=person)
    form = NeedsApartForm(request.POST or None, initial=NeedsApartForm.initial_of(held, version))
    status = 200
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.write_apart(
                by=actor,
                person=person,
                answers=form.answers,
                words=said["words"],
                expected=said["version"],
                once=said["once"],
            )
            messages.success(request, _("Written down, sealed apart from the rest."))
            return redirect("people:needs", number=number)
        except AlreadySent:
            return redirect("people:needs", number=number)
        except Stale:
            form.add_error(None, _stale())
            status = 409
    status = 422 if status == 200 and form.errors else status
    context = {"person": person, "form": form, "categories": _categories(held), "table": TABLE}
    return render(request, "people/needs_apart.html", context, status=status)
