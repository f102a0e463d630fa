"""Who works here: the list, somebody new, roles, a new slip, taken away. What widens needs a second person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts import approvals, http, queries
from posada.accounts.acts import Act, Role, are_kept_apart
from posada.accounts.approvals import queries as asked
from posada.accounts.forms import AddStaffForm, AgainForm, RolesForm
from posada.accounts.models import Approval
from posada.accounts.permissions import Actor
from posada.accounts.queries import Member, Standing
from posada.accounts.services import staffing
from posada.accounts.services.apart import RolesApart


def _member_or_404(actor: Actor, pk: int) -> Member:
    found = queries.member_of(actor, pk)
    if found is None:
        raise Http404
    return found


@require_GET
def staff(request: HttpRequest) -> HttpResponse:
    """Everybody who works here; the auditor reads the same page."""
    actor = http.require_act(request, Act.SEE_STAFF)
    members = queries.staff_of(actor)
    context = {
        "members": [one for one in members if one.standing is not Standing.LEFT],
        "left": [one for one in members if one.standing is Standing.LEFT],
        "may_manage": actor.may(Act.MANAGE_STAFF),
    }
    return render(request, "accounts/staff.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Somebody new. They can do nothing until a second person agrees and they enrol with their slip."""
    actor = http.require_act(request, Act.MANAGE_STAFF)
    form = AddStaffForm(request.POST or None, asks_password=http.asks_password(request))
    if request.method == "POST" and form.is_valid() and http.has_password(request, form):
        typed = form.cleaned_data
        try:
            user = staffing.add_person(
                by=actor, name=typed["name"], sign_in=typed["sign_in"], roles=form.chosen, once=typed["once"]
            )
        except staffing.NameTaken:
            form.add_error("sign_in", _("Somebody signs in with this name already. Choose another."))
        except RolesApart as error:
            form.add_error("roles", str(error))
        else:
            messages.success(request, _("Written down. They cannot do anything yet: see below what is still needed."))
            return redirect("accounts:member", pk=user.pk)
    return render(request, "accounts/add_staff.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One member of staff, what was asked for them, and what may be done."""
    actor = http.require_act(request, Act.SEE_STAFF)
    return render(request, "accounts/member.html", _context(request, actor, _member_or_404(actor, pk)))


def _context(request: HttpRequest, actor: Actor, one: Member) -> dict[str, Any]:
    may_manage = actor.may(Act.MANAGE_STAFF)
    approval = asked.open_for(actor, approvals.Kind.STAFF, one.subject) if may_manage else None
    return {
        "member": one,
        "audits": Role.AUDITOR in one.roles and one.standing is not Standing.WAITS,
        "may_manage": may_manage and one.standing is not Standing.LEFT,
        "unused": queries.unused_grants(actor).get(one.pk, ()),
        "approval": approval,
        "is_ready": approval is not None and asked.standing(approval).is_ready,
        "asked_words": words_for(approval) if approval else "",
        "waits": one.standing is Standing.WAITS,
        "together": are_kept_apart(frozenset(one.roles)),
        "form": AgainForm(asks_password=http.asks_password(request)) if may_manage else None,
    }


def words_for(approval: Approval) -> str:
    """What was asked for somebody, as a sentence."""
    change, roles = staffing.read_terms(approval.terms)
    labels = " · ".join(queries.label_of(role) for role in sorted(roles))
    sentences = {
        staffing.Change.ADD: _("That they begin to work here, as: %(roles)s."),
        staffing.Change.ROLES: _("That these are their roles: %(roles)s."),
        staffing.Change.SLIP: _("That they get a new slip, to set password and authenticator anew. Roles: %(roles)s."),
        staffing.Change.LEAVE: _("That they work here no more. Roles until now: %(roles)s."),
    }
    return sentences[change] % {"roles": labels}


@require_http_methods(["GET", "POST"])
def roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Roles: fewer at once, more (or an auditor's taken away) when a second person agrees."""
    actor = http.require_act(request, Act.MANAGE_STAFF)
    one = _member_or_404(actor, pk)
    if one.standing not in {Standing.WORKS, Standing.ENROLS}:
        raise Http404
    initial = {"roles": [role.value for role in one.roles]}
    form = RolesForm(request.POST or None, initial=initial, asks_password=http.asks_password(request))
    if request.method == "POST" and form.is_valid() and http.has_password(request, form):
        try:
            approval = staffing.change_roles(by=actor, user_id=pk, roles=form.chosen)
        except (staffing.LastOfThem, RolesApart) as error:
            form.add_error("roles", str(error))
        else:
            done, asks = _("The roles are as you chose."), _("A second person has to agree to the other roles.")
            messages.success(request, asks if approval else done)
            return redirect("accounts:member", pk=pk)
    context = {"form": form, "member": one}
    return render(request, "accounts/roles.html", context, status=422 if form.errors else 200)


@require_http_methods(["POST"])
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a slip: for somebody who waits, or whose authenticator or password is lost."""
    actor = http.require_act(request, Act.MANAGE_STAFF)
    one = _member_or_404(actor, pk)
    if one.standing is Standing.LEFT:
        raise Http404
    form = AgainForm(request.POST, asks_password=http.asks_password(request))
    if not (form.is_valid() and http.has_password(request, form)):
        return _again(request, actor, one, form)
    ask = staffing.ask_again if one.standing is Standing.WAITS else staffing.ask_slip
    ask(by=actor, user_id=pk)
    return redirect("accounts:member", pk=pk)


@require_http_methods(["POST"])
def carry_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what was agreed to; a slip is shown now and never again."""
    actor = http.require_act(request, Act.MANAGE_STAFF)
    one = _member_or_404(actor, pk)
    approval = asked.open_for(actor, approvals.Kind.STAFF, one.subject)
    form = AgainForm(request.POST, asks_password=http.asks_password(request))
    if approval is None:
        return redirect("accounts:member", pk=pk)
    if not (form.is_valid() and http.has_password(request, form)):
        return _again(request, actor, one, form)
    try:
        printed = staffing.carry_out(by=actor, user_id=pk, approval=approval)
    except (approvals.NotAllowed, staffing.LastOfThem, RolesApart) as error:
        messages.error(request, str(error))
        return redirect("accounts:member", pk=pk)
    if printed is None:
        messages.success(request, _("It was done as it was agreed."))
        return redirect("accounts:member", pk=pk)
    return render(request, "accounts/slip.html", {"slip": printed, "member": one})


@require_http_methods(["POST"])
def take_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody works here no more; the next thing they ask for is refused. For an auditor a second person is asked."""
    actor = http.require_act(request, Act.MANAGE_STAFF)
    one = _member_or_404(actor, pk)
    form = AgainForm(request.POST, asks_password=http.asks_password(request))
    if not (form.is_valid() and http.has_password(request, form)):
        return _again(request, actor, one, form)
    try:
        approval = staffing.take_away(by=actor, user_id=pk)
    except staffing.LastOfThem as error:
        messages.error(request, str(error))
        return redirect("accounts:member", pk=pk)
    if approval is not None:
        messages.success(request, _("A second person has to agree before an auditor is taken away."))
        return redirect("accounts:member", pk=pk)
    messages.success(request, _("They are signed out everywhere and cannot come in any more."))
    return redirect("accounts:staff")


def _again(request: HttpRequest, actor: Actor, one: Member, form: AgainForm) -> HttpResponse:
    return render(request, "accounts/member.html", {**_context(request, actor, one), "form": form}, status=422)
