"""Talking to the press: the risk in plain words, the resident's decision, what appeared, who lowers the risk."""

import uuid
from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, require
from posada.family.forms.harm import AppearanceForm, LowerForm, PressChoiceForm
from posada.family.models import Press
from posada.family.queries.harm import press_of
from posada.family.rules.press import PRESS_RISK
from posada.family.services import press as services
from posada.family.views.harm_shown import appearance_lines, day_of
from posada.family.views.sending import changed_meanwhile
from posada.people.models import Person
from posada.people.views.calm import calmly, person_or_404
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.records.staff import name_of


def _resident(actor: Actor, number: int) -> Person:
    person = person_or_404(actor, number)
    require(actor, Act.READ_KIN, person.subject)
    require(actor, Act.NOTE_HARM, person.subject)
    return person


@require_GET
@calmly
def press_page(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.NOTE_HARM)
    person = _resident(actor, number)
    return _page(request, actor, person, PressChoiceForm(), AppearanceForm())


def _page(
    request: HttpRequest, actor: Actor, person: Person, choice: PressChoiceForm, appeared: AppearanceForm
) -> HttpResponse:
    content = press_of(actor, person)
    last = content.choices[-1] if content.choices else None
    context = {
        "person": person,
        "risk": PRESS_RISK,
        "last": last,
        "last_day": day_of(last.on) if last else "",
        "last_by": name_of(last.by) if last else "",
        "choice": choice,
        "appeared": appeared,
        "rows": appearance_lines(content),
    }
    return render(request, "family/press.html", context, status=422 if choice.errors or appeared.errors else 200)


@require_POST
@calmly
def decide_press(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.NOTE_HARM)
    person = _resident(actor, number)
    form = PressChoiceForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, person, form, AppearanceForm())
    with suppress(AlreadySent):
        services.decide_press(by=actor, resident=person, choice=form.choice(), explained=True, once=form.key)
    messages.success(
        request, _("The decision is kept. It can be changed at any time, and this house arranges nothing.")
    )
    return redirect("family:press", number=number)


@require_POST
@calmly
def note_appearance(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.NOTE_HARM)
    person = _resident(actor, number)
    form = AppearanceForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, person, PressChoiceForm(), form)
    with suppress(AlreadySent):
        services.note_appearance(by=actor, resident=person, said=form.appearance(), once=form.key)
    messages.success(
        request, _("It is kept. Every card of this resident's relatives now says that the risk is raised.")
    )
    return redirect("family:press", number=number)


@require_POST
@calmly
def lower_risk(request: HttpRequest, number: int, appearance: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.NOTE_HARM)
    person = _resident(actor, number)
    form = LowerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write why: whoever reads this after you must understand it."))
        return redirect("family:press", number=number)
    try:
        services.lower(by=actor, resident=person, appearance=appearance, why=form.cleaned_data["why"])
        messages.success(request, _("Noted, under your name."))
    except (Stale, Press.DoesNotExist):
        messages.warning(request, changed_meanwhile())
    return redirect("family:press", number=number)
