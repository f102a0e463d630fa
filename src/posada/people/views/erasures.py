"""The site manager confirms what was hidden, with a second person, or shows it again. No name is read here."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts import approvals
from posada.accounts.acts import Act
from posada.accounts.approvals import Kind
from posada.accounts.approvals.queries import open_for, standing
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.accounts.services.passwords import is_own_password
from posada.people.forms.erasing import PasswordForm, ShowAgainForm
from posada.records import erasing
from posada.records.models import Erasure, WhyBack
from posada.records.staff import name_of


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that is hidden and waits, as the site manager reads it."""

    id: uuid.UUID
    words: str
    why: str
    since: date
    who: str


def _row(erasure: Erasure) -> Row:
    why = str(erasure.get_why_display())
    return Row(erasure.pk, erasing.words_of(erasure), why, erasure.asked_on, name_of(erasure.asked_by))


@require_GET
def erasures(request: HttpRequest) -> HttpResponse:
    """What waits, by number and reason."""
    actor = require_act(request, Act.CONFIRM_ERASURE)
    return render(request, "people/erasures.html", {"rows": [_row(one) for one in erasing.waiting(actor)]})


def _found(actor: Actor, erasure_id: uuid.UUID) -> Erasure:
    found = Erasure.objects.visible_to(actor).hidden().filter(pk=erasure_id).first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def erasure(request: HttpRequest, erasure_id: uuid.UUID) -> HttpResponse:
    """One of them: ask the second, erase once they agreed, or show it again."""
    actor = require_act(request, Act.CONFIRM_ERASURE)
    found = _found(actor, erasure_id)
    act = request.POST.get("act", "")
    back = ShowAgainForm(request.POST if act == "show" else None)
    again = PasswordForm(request.POST if act == "erase" else None)
    if request.method == "POST":
        try:
            done = _carry_out(request, actor, found, act, back, again)
        except approvals.NotAllowed as stopped:
            again.add_error(None, str(stopped)) if again.is_bound else messages.error(request, str(stopped))
            done = None
        except erasing.NotHidden:
            messages.info(request, _("Somebody was quicker: it is not hidden any more."))
            done = redirect("people:erasures")
        if done is not None:
            return done
    context = _context(actor, found) | {"back": back, "again": again}
    return render(request, "people/erasure.html", context, status=422 if back.errors or again.errors else 200)


def _context(actor: Actor, found: Erasure) -> dict[str, Any]:
    approval = open_for(actor, Kind.ERASURE, found.pk)
    return {
        "row": _row(found),
        "erasure": found,
        "approval": approval,
        "standing": standing(approval) if approval else None,
        "asks_password": not actor.demonstration,
    }


def _carry_out(
    request: HttpRequest, actor: Actor, found: Erasure, act: str, back: ShowAgainForm, again: PasswordForm
) -> HttpResponse | None:
    """What was pressed; none if something on the form is missing."""
    if act == "ask":
        erasing.ask_second(by=actor, erasure=found)
        messages.success(request, _("A second person is asked. Until they agree nothing is erased; it stays hidden."))
        return redirect("people:erasure", erasure_id=found.pk)
    if act == "show" and back.is_valid():
        erasing.show_again(by=actor, erasure=found, why=WhyBack(back.cleaned_data["why_back"]))
        messages.success(request, _("It is shown again, as it was before."))
        return redirect("people:erasures")
    if act == "erase" and _is_they(actor, again):
        erasing.erase(by=actor, erasure=found)
        messages.success(
            request, _("Erased. Copies that were made before open no more once they are thirty days old: delete them.")
        )
        return redirect("people:erasures")
    return None


def _is_they(actor: Actor, again: Form) -> bool:
    if actor.demonstration:
        return True
    if not again.is_valid():
        return False
    if is_own_password(by=actor, password=again.cleaned_data["password"]):
        return True
    again.add_error("password", _("This is not your password. Nothing was erased. After five wrong tries, wait."))
    return False
