"""One person: correct, ask in private, read the history, take on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts import queries as accounts
from posada.accounts.acts import Act
from posada.accounts.http import actor_of
from posada.accounts.permissions import Actor, require
from posada.people import queries, services
from posada.people.forms import ConsentForm, CorrectForm
from posada.people.forms.entrusting import TakeOnForm
from posada.people.models import Person
from posada.people.rules import identity_differences
from posada.people.rules.contents import ContactDetails
from posada.people.views.calm import calmly, person_or_404
from posada.records.door import Reason
from posada.records.services import Stale


@require_http_methods(["GET", "POST"])
@calmly
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Correct what is known of somebody; what it said before stays in the history."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.CORRECT, person.subject)
    identity = queries.identity_of(person, by=actor, reason=Reason.CORRECT)
    sees_contact = queries.may(actor, Act.READ_CONTACT, person)
    if request.method != "POST":
        contact = queries.contact_of(person, by=actor, reason=Reason.CORRECT) if sees_contact else ContactDetails()
        initial = CorrectForm.initial_of(identity, contact, person.identity.version)
        form = CorrectForm(initial=initial, held=identity, may_see_contact=sees_contact)
        return render(request, "people/correct.html", {"form": form, "person": person})
    form = CorrectForm(request.POST, held=identity, may_see_contact=sees_contact)
    if form.is_valid():
        try:
            is_changed = services.correct_person(
                by=actor,
                person=person,
                identity=form.typed_identity(),
                expected_version=form.cleaned_data["version"],
                phone=form.cleaned_data.get("phone"),
            )
        except Stale:
            return _stale(request, actor, person, form)
        words = _("Corrected. What it said before stays in the history.") if is_changed else _("Nothing was changed.")
        messages.success(request, words)
        return redirect("desk:person", number=person.number)
    return render(request, "people/correct.html", {"form": form, "person": person}, status=422)


def _stale(request: HttpRequest, actor: Actor, person: Person, form: CorrectForm) -> HttpResponse:
    """Somebody else was quicker: what was typed stays, what stands there now is shown, and sending again decides."""
    present = queries.identity_of(person, by=actor, reason=Reason.CORRECT)
    data = request.POST.copy()
    data["version"] = str(person.identity.version)
    again = CorrectForm(data, held=present, may_see_contact="phone" in form.fields)
    context: dict[str, Any] = {
        "form": again,
        "person": person,
        "is_stale": True,
        "differences": identity_differences(present, form.typed_identity()),
    }
    return render(request, "people/correct.html", context, status=409)


@require_http_methods(["GET", "POST"])
@calmly
def consent(request: HttpRequest, number: int) -> HttpResponse:
    """What the person agrees to, asked in private: large, on a screen that may be turned round."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.RECORD_CONSENT, person.subject)
    services.require_here(person, Act.RECORD_CONSENT)
    held = queries.consents_of(person, by=actor)
    form = ConsentForm(request.POST or None, held=held)
    if request.method == "POST" and form.is_valid():
        services.record_consent(by=actor, person=person, answers=form.answers())
        messages.success(request, _("The answers were written down. They can be changed at any time."))
        return redirect("desk:person", number=person.number)
    status = 422 if request.method == "POST" else 200
    return render(request, "people/consent.html", {"form": form, "person": person}, status=status)


@require_GET
@calmly
def history(request: HttpRequest, number: int) -> HttpResponse:
    """What was changed, when and by whom, as sentences."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.READ_IDENTITY, person.subject)
    lines = queries.history_lines(person, by=actor)
    context = {"person": person, "lines": lines, "may_erase": queries.may(actor, Act.ERASE_SENTENCE, person)}
    return render(request, "people/history.html", context)


@require_http_methods(["GET", "POST"])
@calmly
def take_on(request: HttpRequest, number: int) -> HttpResponse:
    """A caseworker takes a person on; who it is, is shown masked before."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.TAKE_ON, person.subject)
    services.require_here(person, Act.TAKE_ON)
    is_held = accounts.has_caseworker(person.pk)
    form = TakeOnForm(request.POST if request.method == "POST" else None, is_held=is_held)
    if request.method == "POST" and form.is_valid():
        services.take_on(by=actor, person=person, why=form.chosen)
        messages.success(request, _("You accompany this person from now on. Their file is open to you."))
        return redirect("desk:person", number=person.number)
    context = {
        "person": person,
        "card": services.look_at_card(actor, person),
        "has_caseworker": is_held,
        "form": form,
    }
    return render(request, "people/take_on.html", context, status=422 if form.errors else 200)
