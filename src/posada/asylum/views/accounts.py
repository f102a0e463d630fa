"""Somebody's account in their own words: begun, read, told again, its versions, printed for the claim."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, require
from posada.asylum.forms.statement import AccountForm, initial_of
from posada.asylum.models import Statement
from posada.asylum.queries import statement as queries
from posada.asylum.queries.cases import case_for
from posada.asylum.rules.account import Account
from posada.asylum.rules.telling import paragraphs_of
from posada.asylum.services import drafts
from posada.asylum.services import statement as services
from posada.asylum.views.account_drafts import answer_draft, offered
from posada.asylum.views.account_paper import typeset_account
from posada.asylum.views.accounts_shown import account_facts, version_lines
from posada.ground import clock
from posada.people.forms.fields import day_as_typed
from posada.people.views.calm import calmly, person_or_404
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.ui.typesetting import pdf_answer


def account_or_404(actor: Actor, account: uuid.UUID) -> Statement:
    """The account, for whoever holds it; a 404 for everybody else."""
    found = queries.account_by_id(actor, account)
    if found is None:
        raise Http404
    require(actor, Act.READ_STATEMENT, found.subject)
    return found


@require_GET
@calmly
def accounts(request: HttpRequest) -> HttpResponse:
    """Every account that is entrusted to this lawyer, by number. Nothing is opened."""
    actor = require_act(request, Act.READ_STATEMENT)
    return render(request, "asylum/accounts.html", {"rows": queries.entrusted_accounts(actor)})


@require_GET
@calmly
def case_accounts(request: HttpRequest, number: int) -> HttpResponse:
    """Who has a part in a case, and whose account is begun. Nothing is opened."""
    actor = require_act(request, Act.READ_STATEMENT)
    case = case_for(actor, number)
    return render(request, "asylum/case_accounts.html", {"case": case, "rows": queries.who_tells(case)})


@require_http_methods(["GET", "POST"])
@calmly
def begin_account(request: HttpRequest, number: int, person_number: int) -> HttpResponse:
    """The first words of somebody's account."""
    actor = require_act(request, Act.WRITE_STATEMENT)
    person_or_404(actor, person_number)  # a number that is nobody's counts as a search
    case = case_for(actor, number)
    row = next((one for one in queries.who_tells(case) if one.person.number == person_number), None)
    if row is None:
        raise Http404
    if row.statement is not None:
        return redirect("asylum:account", account=row.statement.pk)
    place = drafts.Page(row.person, case=case)
    if request.POST.get("act"):
        return answer_draft(request, actor, place)
    begun, initial = offered(request, actor, place, {"on": day_as_typed(clock.today())})
    form = AccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["once"]
        try:
            made = services.begin_account(by=actor, case=case, person=row.person, told=form.told(), once=key)
        except (AlreadySent, services.AlreadyBegun):
            return redirect("asylum:case_accounts", number=number)
        messages.success(request, _("It is written down and sealed. Only whoever holds this case reads it."))
        return redirect("asylum:account", account=made.pk)
    context = {"form": form, "case": case, "person": row.person, "draft": begun}
    return render(request, "asylum/begin_account.html", context, status=422 if form.errors else 200)


@require_GET
@calmly
def account(request: HttpRequest, account: uuid.UUID) -> HttpResponse:
    """The account as it is told now."""
    actor = require_act(request, Act.READ_STATEMENT)
    row = account_or_404(actor, account)
    said = open_record(row.record, Account, by=actor, reason=Reason.VIEW)
    context = {
        "row": row,
        "said": said,
        "paragraphs": paragraphs_of(said.sentences),
        "facts": account_facts(said),
        "may_print": row.case is not None,
        "cases": queries.cases_open_to(actor, row),
    }
    return render(request, "asylum/account.html", context)


@require_http_methods(["GET", "POST"])
@calmly
def tell_again(request: HttpRequest, account: uuid.UUID) -> HttpResponse:
    """Go on with an account, or correct it. What somebody else wrote meanwhile is never overwritten unseen."""
    actor = require_act(request, Act.WRITE_STATEMENT)
    row = account_or_404(actor, account)
    said = open_record(row.record, Account, by=actor, reason=Reason.CORRECT)
    now = services.state_of(row, said)
    place = drafts.Page(row.person, statement=row)
    if request.POST.get("act"):
        return answer_draft(request, actor, place)
    begun, initial = offered(request, actor, place, initial_of(said, now))
    form = AccountForm(request.POST or None, initial=initial)
    changed = False
    if request.method == "POST" and form.is_valid():
        seen, key = form.cleaned_data["seen"], form.cleaned_data["once"]
        try:
            services.tell_again(by=actor, statement=row, told=form.told(), seen=seen, once=key)
        except Stale:
            changed, form.data = True, _with_state(form, now)
        except AlreadySent:
            return redirect("asylum:account", account=account)
        else:
            messages.success(request, _("It is kept. What it said before stays, sealed, among its versions."))
            return redirect("asylum:account", account=account)
    context = {"form": form, "row": row, "changed": changed, "draft": begun}
    status = 409 if changed else 422 if form.errors else 200
    return render(request, "asylum/tell_again.html", context, status=status)


def _with_state(form: AccountForm, now: str) -> dict[str, str]:
    """What was typed, to be kept by a second press: whoever presses has then read that something changed."""
    return {**{name: form.data[name] for name in form.fields if name in form.data}, "seen": now}


@require_GET
@calmly
def account_versions(request: HttpRequest, account: uuid.UUID) -> HttpResponse:
    """Every version, the newest first: what it said anew, what no longer."""
    actor = require_act(request, Act.READ_STATEMENT)
    row = account_or_404(actor, account)
    lines = version_lines(queries.versions_of(row, by=actor))
    return render(request, "asylum/account_versions.html", {"row": row, "versions": lines})


@require_POST
@calmly
def take_into_case(request: HttpRequest, account: uuid.UUID, number: int) -> HttpResponse:
    """An account that outlived its case goes on in another of the same person."""
    actor = require_act(request, Act.WRITE_STATEMENT)
    row = account_or_404(actor, account)
    if case_for(actor, number) not in queries.cases_open_to(actor, row):
        raise Http404
    services.take_into_case(by=actor, statement=row, case=case_for(actor, number))
    messages.success(request, _("It belongs to this case from now on."))
    return redirect("asylum:account", account=account)


@require_POST
@calmly
def print_account(request: HttpRequest, account: uuid.UUID) -> HttpResponse:
    """The account as a paper of the claim: the words, who was present, a place to sign. No name of whose it is."""
    actor = require_act(request, Act.READ_STATEMENT)
    row = account_or_404(actor, account)
    if row.case is None:
        raise Http404  # it is printed with the papers of a claim, and belongs to none
    said = open_record(row.record, Account, by=actor, reason=Reason.PRINT)
    return pdf_answer(typeset_account(said, row.case.number), "account")
