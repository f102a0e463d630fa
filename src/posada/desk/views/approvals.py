"""What needs two persons: what waits for my agreement, how mine stands, agree, stop, carry out, codes by phone."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts import approvals
from posada.accounts import queries as accounts
from posada.accounts.acts import Act, Role
from posada.accounts.approvals import Kind, NotAllowed, StaleApproval, codes
from posada.accounts.approvals.queries import agreed_unseen, approval_for, asked_by, to_agree
from posada.accounts.approvals.rules import SECONDS
from posada.accounts.http import enter, require_act
from posada.accounts.models import AgreeingCode, Approval, User
from posada.accounts.permissions import Actor
from posada.accounts.services.passwords import is_own_password
from posada.desk import story
from posada.desk.agreeing import KIND_LABELS, Shown, shown
from posada.desk.forms import CodeForm, EnrolForm
from posada.family import services as family
from posada.family.models import Proposal
from posada.ui.pictures.codes import square_code


def _approval(actor: Actor, approval_id: uuid.UUID) -> Approval:
    found = approval_for(actor, approval_id)
    if found is None:
        raise Http404
    return found


@require_GET
def approvals_here(request: HttpRequest) -> HttpResponse:
    """What waits for my agreement, what I asked for, and what was agreed to in my name by a code."""
    actor = require_act(request, Act.AGREE)
    context = {
        "to_agree": [shown(row, actor) for row in to_agree(actor)],
        "asked": [shown(row, actor) for row in asked_by(actor)],
        "unseen": [shown(row, actor) for row in agreed_unseen(actor)],
    }
    return render(request, "desk/approvals.html", context)


@require_GET
def approval(request: HttpRequest, approval_id: uuid.UUID) -> HttpResponse:
    """One act for two: what and why, how it stands, and what this user may do about it."""
    actor = require_act(request, Act.AGREE)
    return _page(request, shown(_approval(actor, approval_id), actor), CodeForm())


def _page(request: HttpRequest, what: Shown, form: CodeForm) -> HttpResponse:
    context = {"shown": what, "approval": what.approval, "form": form}
    return render(request, "desk/approval.html", context, status=422 if form.errors else 200)


def _calmly(request: HttpRequest, held: Approval, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
        messages.success(request, done)
    except NotAllowed as stands_in_the_way:
        messages.warning(request, str(stands_in_the_way))
    except (Proposal.DoesNotExist, family.Held, family.AlreadyReleased):
        messages.warning(request, str(StaleApproval()))
    return redirect("desk:approval", approval_id=held.pk)


def _to_be_told() -> str:
    return _("Agreed. It stands under “To tell”: a person tells it, with prepared words. Nobody was told yet.")


@require_POST
def agree(request: HttpRequest, approval_id: uuid.UUID) -> HttpResponse:
    """The second agrees, at their own sign-in; for a match, it is decided by it."""
    actor = require_act(request, Act.AGREE)
    held = _approval(actor, approval_id)
    if held.kind == Kind.SAME_PERSON:
        words = _("Decided: the same person. Nobody was told.")
        return _calmly(request, held, lambda: family.agree_same(by=actor, approval=held), words)
    if held.kind == Kind.RELEASE:
        return _calmly(request, held, lambda: family.agree_release(by=actor, approval=held), _to_be_told())
    words = _("You agreed. Who asked may carry it out now, once.")
    return _calmly(request, held, lambda: approvals.agree(by=actor, approval=held), words)


@require_POST
def stop(request: HttpRequest, approval_id: uuid.UUID) -> HttpResponse:
    """Either stops it."""
    actor = require_act(request, Act.AGREE)
    held = _approval(actor, approval_id)
    words = _("Stopped. Nothing was done, and nothing will be.")
    return _calmly(request, held, lambda: approvals.stop(by=actor, approval=held), words)


@require_POST
def carry_out(request: HttpRequest, approval_id: uuid.UUID) -> HttpResponse:
    """Decide a match, or let a release be told, agreed to by a code or waited for. Other acts go on where asked."""
    actor = require_act(request, Act.AGREE)
    held = _approval(actor, approval_id)
    if held.kind == Kind.RELEASE:
        return _calmly(request, held, lambda: family.carry_out_release(by=actor, approval=held), _to_be_told())
    if held.kind != Kind.SAME_PERSON:
        return redirect("desk:approval", approval_id=held.pk)
    words = _("Decided: the same person. Nobody was told.")
    return _calmly(request, held, lambda: family.carry_out_same(by=actor, approval=held), words)


@require_POST
def code(request: HttpRequest, approval_id: uuid.UUID) -> HttpResponse:
    """The second is elsewhere: who asked types the name and the code that they read out over the phone."""
    actor = require_act(request, Act.AGREE)
    held = _approval(actor, approval_id)
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            name, typed = form.cleaned_data["name"], form.cleaned_data["code"]
            approvals.agree_elsewhere(by=actor, approval=held, name=name, code=typed)
        except approvals.WrongCode as wrong:
            form.add_error(None, str(wrong))
        except NotAllowed as stands_in_the_way:
            messages.warning(request, str(stands_in_the_way))
            return redirect("desk:approval", approval_id=held.pk)
        else:
            words = _("The code is right. At their next sign-in the second person reads what they agreed to.")
            messages.success(request, words)
            return redirect("desk:approval", approval_id=held.pk)
    return _page(request, shown(_approval(actor, approval_id), actor), form)


@require_POST
def heard(request: HttpRequest, approval_id: uuid.UUID) -> HttpResponse:
    """The second has read what they agreed to by a code."""
    actor = require_act(request, Act.AGREE)
    held = _approval(actor, approval_id)
    approvals.heard(by=actor, approval=held)
    return redirect("desk:approvals")


@require_http_methods(["GET", "POST"])
def agreeing_codes(request: HttpRequest) -> HttpResponse:
    """An authenticator for each kind of act that this user may agree to from elsewhere. The secret is shown once."""
    actor = require_act(request, Act.AGREE)
    kinds = [kind for kind in Kind if SECONDS[kind] & actor.roles]
    choices = [(kind.value, KIND_LABELS[kind]) for kind in kinds]
    form = EnrolForm(request.POST or None, kinds=choices, asks_password=not actor.demonstration)
    made: AgreeingCode | None = None
    if request.method == "POST" and form.is_valid():
        if actor.demonstration or is_own_password(by=actor, password=form.cleaned_data["password"]):
            made = codes.enrol(by=actor, kind=Kind(form.cleaned_data["kind"]))
        else:
            form.add_error("password", _("This is not your password. Nothing was changed."))
    held = set(AgreeingCode.objects.filter(user_id=actor.user or 0).values_list("kind", flat=True))
    context = {
        "form": form,
        "rows": [(KIND_LABELS[kind], kind.value in held) for kind in kinds],
        "made": made,
        "made_label": KIND_LABELS[Kind(made.kind)] if made else "",
        "secret": _in_fours(codes.secret_of(made)) if made else "",
        "picture": _picture(made) if made else "",
    }
    return render(request, "desk/agreeing_codes.html", context, status=422 if form.errors else 200)


def _in_fours(secret: str) -> str:
    """As it is easy to type, and narrow enough for a telephone."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _picture(made: AgreeingCode) -> str:
    label = str(KIND_LABELS[Kind(made.kind)])
    return square_code(codes.address_of(made, label), label=_("Square code for your authenticator"))


@require_POST
def enter_for(request: HttpRequest, approval_id: uuid.UUID) -> HttpResponse:
    """In a demonstration only: become the other one, to agree or to carry out, without losing the story."""
    actor = require_act(request, Act.AGREE)
    held = _approval(actor, approval_id)
    user = _other(held, request.POST.get("role", "")) if actor.demonstration else None
    if user is None:
        raise Http404
    step = request.session.get(story.SESSION_KEY)
    enter(request, user)
    if step is not None:
        request.session[story.SESSION_KEY] = step
    return redirect("desk:approval", approval_id=held.pk)


def _other(held: Approval, word: str) -> User | None:
    """The one of the cast who is to agree; who asked, where no role is named."""
    if not word:
        return held.asked_by
    return accounts.demonstration_user(Role(word)) if word in set(Role) else None
