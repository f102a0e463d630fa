"""Handing a case to another lawyer, by number: who does it need not have opened it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, granted
from posada.asylum.forms.handing import HandForm
from posada.asylum.models import Case, CaseState, Statement
from posada.asylum.queries.due import lawyers_here
from posada.asylum.services import handing as services
from posada.people.views.calm import calmly
from posada.records import services as records
from posada.records.once import AlreadySent


def _case(actor: Actor, number: int) -> Case:
    """The case, for the lawyer who holds it and for the manager; a 404 for everybody else."""
    rows = Case.objects.of_site(actor).exclude(state=CaseState.CLOSED)
    found = rows.filter(number=number).first()
    if found is None or granted(actor, Act.HAND_CASE, found.subject) is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@calmly
def hand_over(request: HttpRequest, number: int) -> HttpResponse:
    """To whom; nothing of the case is shown but its number and its next day."""
    actor = require_act(request, Act.HAND_CASE)
    records.note(actor, Act.SEE_DUE, None)
    case = _case(actor, number)
    form = HandForm(lawyers_here(actor), request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_handed(actor, case, form):
        words = _("Case %(number)d is handed over. Its days stand on the other lawyer's list now.")
        messages.success(request, words % {"number": case.number})
        return redirect("asylum:due")
    return render(request, "asylum/hand_over.html", {"case": case, "form": form}, status=422 if form.errors else 200)


def _loose_account(actor: Actor, account: uuid.UUID) -> Statement:
    """An account of no case, for the lawyer who holds it and for the manager; a 404 for everybody else."""
    rows = Statement.objects.of_site(actor).filter(case=None)
    found = rows.filter(pk=account).first()
    if found is None or granted(actor, Act.HAND_CASE, found.subject) is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@calmly
def hand_account(request: HttpRequest, account: uuid.UUID) -> HttpResponse:
    """To whom an account goes whose case is erased; not a word of it is shown, nor whose it is."""
    actor = require_act(request, Act.HAND_CASE)
    row = _loose_account(actor, account)
    form = HandForm(lawyers_here(actor), request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.hand_account(by=actor, statement=row, to=said["to"], stays=said["stays"], once=said["once"])
        except services.HeldAlready:
            form.add_error("to", _("This lawyer holds the account already. Nothing was changed."))
        except services.InCase:
            form.add_error(None, _("The account belongs to a case by now: hand that over. Nothing was changed."))
        except AlreadySent:
            return redirect("asylum:due")
        else:
            messages.success(request, _("The account is handed over. It stands among the other lawyer's accounts now."))
            return redirect("asylum:due")
    return render(request, "asylum/hand_account.html", {"form": form}, status=422 if form.errors else 200)


def _is_handed(actor: Actor, case: Case, form: HandForm) -> bool:
    said = form.cleaned_data
    try:
        services.hand_case(by=actor, case=case, to=said["to"], stays=said["stays"], once=said["once"])
    except services.HeldAlready:
        form.add_error("to", _("This lawyer holds the case already. Nothing was changed."))
        return False
    except services.Closed:
        form.add_error(None, _("The case was closed meanwhile. Open it again first. Nothing was changed."))
        return False
    except AlreadySent:
        pass
    return True
