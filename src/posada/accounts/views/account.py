"""My account: one's own password, authenticator, recovery codes, sessions."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts import http, naming, queries, services
from posada.accounts.acts import ROLE_LABELS, Act
from posada.accounts.forms import AgainForm, AuthenticatorForm, PasswordForm
from posada.accounts.models import User
from posada.ui.pictures.codes import square_code


def _self(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and what one signs in with."""
    actor = http.require_act(request, Act.SEE_TODAY)
    user = _self(request)
    context = {
        "name": naming.name_of(user.pk),
        "roles": [ROLE_LABELS[role] for role in sorted(actor.roles)],
        "since": user.since,
        "codes_left": queries.recovery_codes_left(user),
        "sessions": services.sessions_of(user, session=request.session.session_key),
        "is_demonstration": actor.demonstration,
    }
    return render(request, "accounts/account.html", context)


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; all other sessions end."""
    actor = http.require_act(request, Act.SEE_TODAY)
    form = PasswordForm(request.POST or None)
    if actor.demonstration:
        del form.fields["password"]
    if request.method == "POST" and form.is_valid() and _is_changed(request, form):
        messages.success(request, _("Your password is changed. Every other session of yours has ended."))
        return redirect("accounts:account")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.errors else 200)


def _is_changed(request: HttpRequest, form: PasswordForm) -> bool:
    actor, user = http.actor_of(request), _self(request)
    typed = form.cleaned_data.get("password", "")
    if not actor.demonstration and not services.is_own_password(by=actor, password=typed):
        form.add_error("password", http.NOT_YOUR_PASSWORD)
        return False
    problem = services.problem_with(form.cleaned_data["new"], user=user)
    if problem:
        form.add_error("new", problem)
        return False
    new, session = form.cleaned_data["new"], request.session.session_key or ""
    services.change_password(by=actor, user=user, password=new, session=session)
    http.stay_signed_in(request, user)
    http.note_password(request)
    return True


@require_http_methods(["GET", "POST"])
def authenticator(request: HttpRequest) -> HttpResponse:
    """A new authenticator in place of one's own; the old one works until a code of the new one was typed."""
    http.require_act(request, Act.SEE_TODAY)
    user = _self(request)
    form = AuthenticatorForm(request.POST or None, asks_password=http.asks_password(request))
    if request.method == "POST" and form.is_valid() and http.has_password(request, form):
        session = request.session.session_key
        if services.confirm_authenticator(user, form.cleaned_data["code"], session=session):
            http.stay_signed_in(request, user)
            messages.success(request, _("The new authenticator is in use. The old one works no more."))
            return redirect("accounts:account")
        words = _("This is not the code that the authenticator shows now. Wait for the next and type that.")
        form.add_error("code", words)
    device = services.begin_authenticator(user)
    address = services.authenticator_address(device, naming.name_of(user.pk))
    context = {
        "form": form,
        "picture": square_code(address, label=_("Square code for the authenticator")),
        "secret": services.authenticator_secret(device),
    }
    return render(request, "accounts/authenticator.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes, shown once."""
    http.require_act(request, Act.SEE_TODAY)
    user = _self(request)
    form = AgainForm(request.POST if request.method == "POST" else None, asks_password=http.asks_password(request))
    if request.method == "POST" and form.is_valid() and http.has_password(request, form):
        codes = services.new_recovery_codes(user)
        return render(request, "accounts/codes_shown.html", {"codes": codes})
    context = {"form": form, "left": queries.recovery_codes_left(user)}
    return render(request, "accounts/recovery_codes.html", context, status=422 if form.errors else 200)


@require_http_methods(["POST"])
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of one's own."""
    services.sign_out_everywhere(by=http.require_act(request, Act.SEE_TODAY), user=_self(request))
    logout(request)
    return redirect("accounts:sign_in")
