"""Information sessions for everybody of the house, and the sheet in plain words that goes with each."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.asylum.forms.sessions import SessionForm
from posada.asylum.guides import reading
from posada.asylum.guides.reading import guide as guide_of
from posada.asylum.models import Session
from posada.asylum.queries import sessions as queries
from posada.asylum.rules.deadline_words import confidence_in_words
from posada.asylum.rules.guide import Guide
from posada.asylum.rules.sheets import spoken_text
from posada.asylum.rules.topics import SPOKEN, TOPIC_WORDS, Topic, rules_about
from posada.asylum.services import sessions as services
from posada.ground import clock
from posada.people.views.calm import calmly, person_or_404
from posada.records import services as records
from posada.records.once import AlreadySent
from posada.shelter.forms.beds import PersonNumberForm


@require_http_methods(["GET", "POST"])
@calmly
def sessions(request: HttpRequest) -> HttpResponse:
    """What was held, and one more."""
    actor = require_act(request, Act.HOLD_SESSION)
    services.count_only(actor.site)
    form = SessionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        topic, language = Topic(said["topic"]), said["language"]
        once = said["once"]
        try:
            made = services.hold_session(
                by=actor, on=said["on"], topic=topic, language=language, others=said["others"], once=once
            )
            messages.success(request, _("It is written down. Add who was there by number, if they want."))
            return redirect("asylum:session", session=made.pk)
        except AlreadySent as sent:
            if sent.result is None:
                return redirect("asylum:sessions")
            return redirect("asylum:session", session=sent.result)
    context = {"rows": queries.sessions(actor), "form": form, "topics": sheets_to_give()}
    return render(request, "asylum/sessions.html", context, status=422 if form.errors else 200)


def _country() -> str:
    """The country of the house, if there is a guide of it; else the first of which there is one."""
    held = reading.countries()
    return settings.SITE.country if settings.SITE.country in held else next(iter(held), "")


def sheets_to_give() -> list[dict[str, str]]:
    """A sheet for each topic, of the country of the house."""
    return _topics(_country())


def _topics(country: str) -> list[dict[str, str]]:
    return [{"topic": one.value, "words": str(TOPIC_WORDS[one]), "country": country.lower()} for one in Topic]


def _session(actor: Actor, session: uuid.UUID) -> Session:
    found = queries.session_by_id(actor, session)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@calmly
def session(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Who was there, by number."""
    actor = require_act(request, Act.HOLD_SESSION)
    services.count_only(actor.site)
    held = _session(actor, session)
    records.note(actor, Act.HOLD_SESSION, None, reason="list")
    form = PersonNumberForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.was_there(
                by=actor, session=held, person=form.cleaned_data["number"], once=form.cleaned_data["once"]
            )
            messages.success(request, _("Written down."))
            return redirect("asylum:session", session=held.pk)
        except AlreadySent:
            return redirect("asylum:session", session=held.pk)
        except services.WasCounted:
            form.add_error("number", _("This number stands here already, or the time for numbers is over."))
    context = {"session": held, "persons": queries.numbers_at(held), "form": form, "country": _country().lower()}
    return render(request, "asylum/session.html", context, status=422 if form.errors else 200)


@require_POST
@calmly
def not_there(request: HttpRequest, session: uuid.UUID, person_number: int) -> HttpResponse:
    """It was a slip."""
    actor = require_act(request, Act.HOLD_SESSION)
    held = _session(actor, session)
    services.was_not_there(by=actor, session=held, person=person_or_404(actor, person_number))
    messages.success(request, _("Taken off."))
    return redirect("asylum:session", session=held.pk)


def _sheet(country: str, topic: str) -> tuple[Guide, Topic]:
    held = guide_of(country.upper())
    if held is None or topic not in set(Topic):
        raise Http404
    return held, Topic(topic)


# With more statements than this a sheet is set in smaller letters, to stay one page.
LONG_SHEET = 12


@require_GET
@calmly
def sheet(request: HttpRequest, country: str, topic: str) -> HttpResponse:
    """A topic in plain words, to read, to hear and to print. It is about nobody."""
    require_act(request, Act.SEE_LEGAL_AID)
    held, chosen = _sheet(country, topic)
    language = get_language() or "es"
    rules = rules_about(held, chosen, clock.today())
    context = {
        "guide": held,
        "name": held.name.in_language(language),
        "topic": chosen.value,
        "title": TOPIC_WORDS[chosen],
        "rules": rules,
        "is_long": len(rules) > LONG_SHEET,
        "letters": [confidence_in_words(one) for one in sorted({rule.confidence for rule in rules})],
        "today": clock.today(),
        "topics": _topics(held.country),
        "countries": reading.countries(),
        "spoken": SPOKEN,
    }
    return render(request, "asylum/sheet.html", context)


@require_GET
@calmly
def sheet_text(request: HttpRequest, country: str, topic: str) -> HttpResponse:
    """The same as plain text, a sentence a line, to be read aloud or recorded."""
    require_act(request, Act.SEE_LEGAL_AID)
    held, chosen = _sheet(country, topic)
    rules = rules_about(held, chosen, clock.today())
    text = spoken_text(held, str(TOPIC_WORDS[chosen]), rules, clock.today(), get_language() or "es")
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{held.country.lower()}-{chosen.value}.txt"'
    return answer
