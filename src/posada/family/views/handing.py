"""A request handed to another tracing service: the consent, where it stands, what was answered."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, require
from posada.family import services
from posada.family.forms.handing import AnswerForm, HandOverForm
from posada.family.models import Enquirer, HandOver, HandOverWords, Sought, TracingRequest
from posada.family.queries.handing import Handed, goes_out, hand_over_by_id, left_out
from posada.family.queries.requests import request_by_number
from posada.family.rules.handing import FIELD_LABELS, Field, HandState
from posada.family.rules.tracing_services import service
from posada.family.services.handing import may_leave
from posada.family.views.requests_more import handed_row
from posada.family.views.sending import changed_meanwhile
from posada.ground import clock
from posada.people.rules import treated_as_minor
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent
from posada.records.services import Stale

WHY_NOT = {
    "closed": lambda: _("The request is closed. Nothing of a closed request leaves the house."),
    "ended": lambda: _("The request has ended. Ask the one who asks, renew it, then hand it over."),
    "danger": lambda: _("A danger is noted: this request stays in this house. Look again with them whether it holds."),
    "said_no": lambda: _("The one who asks said no to other services. If they changed their mind, correct that first."),
    "child": lambda: _(
        "The one who asks is a child, or their age is not known, and nobody speaks for them. Write the age, or who "
        "speaks for the child."
    ),
}


def _request(actor: Actor, number: int) -> TracingRequest:
    found = request_by_number(actor, number)
    if found is None:
        raise Http404
    require(actor, Act.HAND_OVER, found.sought_subject)
    return found


def row_or_404(actor: Actor, hand_over_id: uuid.UUID) -> HandOver:
    """The hand-over, for somebody who hands over; a stranger's is a 404."""
    found = hand_over_by_id(actor, hand_over_id)
    if found is None:
        raise Http404
    require(actor, Act.HAND_OVER, found.request.sought_subject)
    return found


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.HAND_OVER)
    found = _request(actor, number)
    enquirer = open_record(found.enquirer, Enquirer, by=actor, reason=Reason.VIEW)
    why = may_leave(found, enquirer)
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.agree_hand_over(by=actor, request=found, words=form.words(), once=form.key)
            return redirect("family:hand_over_state", hand_over_id=made.pk)
        except services.MayNotLeave as stays:
            messages.warning(request, WHY_NOT[stays.why]())
        except AlreadySent:
            pass
        return redirect("family:request", number=number)
    sought = open_record(found.sought, Sought, by=actor, reason=Reason.VIEW)
    context = {
        "found": found,
        "form": form,
        "why_not": WHY_NOT[why]() if why else "",
        "child": treated_as_minor(sought.as_identity, clock.today()),
        "left_out": left_out(frozenset(Field)),
    }
    return render(request, "family/hand_over.html", context)


@require_http_methods(["GET", "POST"])
def hand_over_state(request: HttpRequest, hand_over_id: uuid.UUID) -> HttpResponse:
    """Where it stands: what goes, what is left out by name, form and file, and what the other service answered."""
    actor = require_act(request, Act.HAND_OVER)
    row = row_or_404(actor, hand_over_id)
    state = HandState(row.state)
    form = AnswerForm(request.POST or None, state=state)
    if request.method == "POST" and form.is_valid():
        return _answer(request, actor, row, form)
    words = open_record(row.record, HandOverWords, by=actor, reason=Reason.VIEW)
    sought = open_record(row.request.sought, Sought, by=actor, reason=Reason.VIEW)
    going = goes_out(words, sought)
    context = {
        "row": row,
        "line": handed_row(Handed(row, words)),
        "service": service(words.to),
        "words": words,
        "going": [FIELD_LABELS[one] for one in Field if one in going],
        "left_out": left_out(going),
        "may_hand": state in {HandState.AGREED, HandState.HANDED},
        "is_over": not form.fields["state"].choices,  # type: ignore[attr-defined]  # a ChoiceField
        "form": form,
    }
    return render(request, "family/hand_over_state.html", context)


def _answer(request: HttpRequest, actor: Actor, row: HandOver, form: AnswerForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        services.answer_hand_over(
            by=actor,
            row=row,
            state=form.answered,
            reference=said["reference"],
            note=said["note"],
            once=form.key,
        )
        messages.success(request, _("Noted. A person tells the one who asks, by the way that is safe for them."))
    except Stale:
        messages.warning(request, changed_meanwhile())
    except AlreadySent:
        pass
    return redirect("family:hand_over_state", hand_over_id=row.pk)


@require_POST
def handed_on_paper(request: HttpRequest, hand_over_id: uuid.UUID) -> HttpResponse:
    """The printed form was given into the hands of the other service."""
    actor = require_act(request, Act.HAND_OVER)
    row = row_or_404(actor, hand_over_id)
    try:
        services.hand_over(by=actor, row=row, way="on_paper")
        messages.success(request, _("Noted: handed over on paper. What has left the house cannot be called back."))
    except services.MayNotLeave as stays:
        messages.warning(request, WHY_NOT[stays.why]())
    except Stale:
        messages.warning(request, changed_meanwhile())
    return redirect("family:hand_over_state", hand_over_id=row.pk)
