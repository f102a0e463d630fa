"""The directory and the interpreters on screens."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.people.views.calm import calmly
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent
from posada.shelter.forms.directory import InterpreterForm, OrganisationForm, initial_of
from posada.shelter.models.directory import DirectoryEntry, InterpreterWords, OrganisationWords
from posada.shelter.rules.directory import (
    KIND_WORDS,
    SEEDS,
    SPOKEN_WORDS,
    TAKES_WORDS,
    OrganisationKind,
    SpokenBy,
    Takes,
)
from posada.shelter.services import directory as services
from posada.shelter.services.directory import NoUndertaking


def _entry(actor: Actor, entry_id: uuid.UUID, *, is_interpreter: bool) -> DirectoryEntry:
    rows = DirectoryEntry.objects.visible_to(actor).filter(is_interpreter=is_interpreter).select_related("record")
    found = rows.filter(pk=entry_id).first()
    if found is None:
        raise Http404
    return found


@require_GET
@calmly
def directory(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.SEE_DIRECTORY)
    lines = services.organisations(actor)
    held = {line.words.name for line in lines}
    context = {
        "lines": [(KIND_WORDS[line.words.kind], line, TAKES_WORDS[line.words.takes]) for line in lines],
        "seeds": [(KIND_WORDS[seed.kind], seed) for seed in SEEDS if seed.name not in held],
        "may_edit": actor.may(Act.EDIT_DIRECTORY),
    }
    return render(request, "shelter/directory.html", context)


@require_http_methods(["GET", "POST"])
@calmly
def add_organisation(request: HttpRequest, seed: str = "") -> HttpResponse:
    actor = require_act(request, Act.EDIT_DIRECTORY)
    known = next((one for one in SEEDS if one.id == seed), None)
    start = {"name": known.name, "kind": known.kind, "source": f"{known.source} ({known.confidence})"} if known else {}
    return _organisation(request, actor, None, OrganisationForm(request.POST or None, initial=start))


@require_http_methods(["GET", "POST"])
@calmly
def edit_organisation(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.EDIT_DIRECTORY)
    entry = _entry(actor, entry_id, is_interpreter=False)
    words = open_record(entry.record, OrganisationWords, by=actor, reason=Reason.CORRECT)
    form = OrganisationForm(request.POST or None, initial=initial_of(words, checked_on=entry.checked_on))
    return _organisation(request, actor, entry, form)


def _organisation(
    request: HttpRequest, actor: Actor, entry: DirectoryEntry | None, form: OrganisationForm
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        names = ("name", "helps", "phone", "hours", "reached", "source", "places")
        kind, takes = OrganisationKind(said["kind"]), Takes(said["takes"])
        words = OrganisationWords(kind=kind, takes=takes, **{name: said[name] for name in names})
        try:
            services.keep_entry(by=actor, words=words, entry=entry, checked_on=said["checked_on"], once=said["once"])
            messages.success(request, _("The directory says so now."))
        except AlreadySent:
            pass
        return redirect("shelter:directory")
    context = {"form": form, "entry": entry, "is_interpreter": False}
    return render(request, "shelter/entry.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@calmly
def interpreters(request: HttpRequest) -> HttpResponse:
    """All by language; one language when it is asked for. What is asked stands in no address."""
    actor = require_act(request, Act.SEE_DIRECTORY)
    language = request.POST.get("language", "")[:80].replace("\x00", "")
    found = services.interpreters(actor, language)
    context = {
        "lines": [(SPOKEN_WORDS[SpokenBy(line.words.sex)], line) for line in found],
        "language": language,
        "may_edit": actor.may(Act.EDIT_DIRECTORY),
    }
    return render(request, "shelter/interpreters.html", context)


@require_POST
@calmly
def choose_interpreter(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.SEE_DIRECTORY)
    entry = _entry(actor, entry_id, is_interpreter=True)
    try:
        words = services.choose(by=actor, entry=entry)
    except NoUndertaking:
        messages.error(request, _("They have not undertaken to keep silence: choose somebody else, or let them sign."))
        return redirect("shelter:interpreters")
    return render(request, "shelter/interpreter.html", {"words": words})


@require_http_methods(["GET", "POST"])
@calmly
def add_interpreter(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.EDIT_DIRECTORY)
    return _interpreter(request, actor, None, InterpreterForm(request.POST or None))


@require_http_methods(["GET", "POST"])
@calmly
def edit_interpreter(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.EDIT_DIRECTORY)
    entry = _entry(actor, entry_id, is_interpreter=True)
    words = open_record(entry.record, InterpreterWords, by=actor, reason=Reason.CORRECT)
    form = InterpreterForm(request.POST or None, initial=initial_of(words, undertaken_on=entry.undertaken_on))
    return _interpreter(request, actor, entry, form)


def _interpreter(
    request: HttpRequest, actor: Actor, entry: DirectoryEntry | None, form: InterpreterForm
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        names = ("name", "language", "phone", "by_phone", "hours")
        words = InterpreterWords(sex=SpokenBy(said["sex"]), **{name: said[name] for name in names})
        try:
            day = said["undertaken_on"]
            services.keep_entry(by=actor, words=words, entry=entry, undertaken_on=day, once=said["once"])
            messages.success(request, _("The directory says so now."))
        except AlreadySent:
            pass
        return redirect("shelter:interpreters")
    context = {"form": form, "entry": entry, "is_interpreter": True}
    return render(request, "shelter/entry.html", context, status=422 if form.errors else 200)


@require_POST
def take_off(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.EDIT_DIRECTORY)
    entry = DirectoryEntry.objects.visible_to(actor).filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    services.take_off(by=actor, entry=entry)
    messages.success(request, _("Taken off the directory, with its key."))
    return redirect("shelter:interpreters" if entry.is_interpreter else "shelter:directory")
