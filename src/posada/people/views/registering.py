"""Register: one page, advice beside it that never blocks, and the next form is open."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import actor_of, require_act
from posada.accounts.permissions import Actor, require
from posada.ground import clock, ids
from posada.people import queries, services
from posada.people.forms import Company, RegisterForm
from posada.people.forms.fields import day_as_typed
from posada.people.models import Household, Person, RegisterDraft
from posada.people.services.doubles import remember_said
from posada.people.views.advising import advice_on, asks_for_advice, perhaps_same
from posada.people.views.calm import calmly, person_or_404
from posada.people.views.drafts import asked_draft
from posada.people.views.joining import member_on_form
from posada.people.views.last import last_person, last_shown, remember
from posada.records.once import AlreadySent


@require_http_methods(["GET", "POST"])
@calmly
def register(request: HttpRequest) -> HttpResponse:
    """The form, the advice beside it (asked for by leaving a field, or by a button), and registering."""
    actor = require_act(request, Act.REGISTER)
    last = last_person(request, actor)
    if request.method != "POST":
        return _page(request, _offered(request, actor, last), last, drafts=services.drafts_of(actor))
    form = RegisterForm(request.POST, has_last=last is not None)
    is_sound = form.is_valid()
    if asks_for_advice(request):
        return _advised(request, actor, form, last)
    if is_sound:
        person = _registered(actor, form, last)
        if person is not None:
            remember_said(by=actor, person=person, numbers=perhaps_same(request))
            return _next_form(request, actor, form, person)
    return _page(request, form, last, advice=advice_on(request, actor, form), status=422)


def _page(
    request: HttpRequest,
    form: RegisterForm,
    last: Person | None,
    *,
    advice: dict[str, Any] | None = None,
    drafts: Sequence[RegisterDraft] = (),
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "last": last_shown(request, actor_of(request), last),
        "drafts": [one for one in drafts if one.form != form["once"].value()],
        "advice_url": request.path,
        **(advice or {}),
    }
    return render(request, "people/register.html", context, status=status)


def _offered(request: HttpRequest, actor: Actor, last: Person | None) -> RegisterForm:
    """An empty form, or one that was begun and is asked for again."""
    first: dict[str, Any] = {"once": ids.new_id(), "arrived_on": day_as_typed(clock.today())}
    held = asked_draft(request, actor)
    if held is not None:
        first = {**first, **held[1].typed, "once": held[0]}
    return RegisterForm(initial=first, has_last=last is not None)


def _advised(request: HttpRequest, actor: Actor, form: RegisterForm, last: Person | None) -> HttpResponse:
    """The advice alone for the page's script; for a browser without scripts the whole page, without complaints."""
    advice = advice_on(request, actor, form) | {"asked": True}
    if request.headers.get("HX-Request"):
        return render(request, "people/_advice.html", {"form": form, **advice})
    form.errors.clear()
    return _page(request, form, last, advice=advice)


def _household(actor: Actor, form: RegisterForm, last: Person | None) -> Household | None:
    """The household that the person comes with; an error on the form if nobody has the number."""
    company = form.company_chosen
    if company is Company.FIRST:
        return services.new_household(by=actor)
    if company is Company.LAST and last is not None:
        return services.household_of(by=actor, member=last)
    if company is Company.MEMBER:
        member = member_on_form(actor, form)
        return services.household_of(by=actor, member=member) if member is not None else None
    return None


def _registered(actor: Actor, form: RegisterForm, last: Person | None) -> Person | None:
    """The person, registered now or when this form was sent before; none if the household's number is nobody's."""
    try:
        with transaction.atomic():
            household = _household(actor, form, last)
            if form.errors:
                return None
            return services.register_person(
                by=actor,
                identity=form.typed_identity(),
                phone=form.cleaned_data.get("phone", ""),
                consents=form.consents(),
                household=household,
                once=form.cleaned_data.get("once"),
            )
    except AlreadySent as sent:
        return queries.person_by_id(actor, sent.result) if sent.result else None


def _next_form(request: HttpRequest, actor: Actor, form: RegisterForm, person: Person) -> HttpResponse:
    """The next form is open, with the number of the last person in view."""
    remember(request, actor, [(person, form.typed_identity())])
    if form.has_one_letter:
        messages.info(request, _("A name is only one letter. It was kept so; complete it when more is known."))
    if form.lost_signs:
        messages.info(request, _("Signs that are no letters were left out of the name."))
    return redirect("people:register")


@require_POST
@calmly
def same(request: HttpRequest, number: int) -> HttpResponse:
    """The desk says: it is this person. Nobody is registered; the way goes on to the file of who is here already."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.REGISTER)
    services.recognise(by=actor, person=person)
    messages.info(
        request,
        _("The form was not saved: this person is already here, with number %(number)s.") % {"number": number},
    )
    if "written_on" in request.POST:
        messages.info(request, _("The form on paper still waits: mark it as spoiled if nothing new stands on it."))
    return redirect("desk:person", number=person.number)
