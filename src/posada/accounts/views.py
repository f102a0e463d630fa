"""Sign in, lock, and in a demonstration: enter as somebody."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts import http, queries, services
from posada.accounts.acts import ROLE_LABELS, ROLE_LINES, Role
from posada.accounts.forms import SignInForm


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if queries.the_site().demonstration:
        return _role_picker(request)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = services.check_sign_in(
            name=form.cleaned_data["name"],
            password=form.cleaned_data["password"],
            code=form.cleaned_data["code"],
        )
        if user is not None:
            http.enter(request, user)
            return redirect(settings.LOGIN_REDIRECT_URL)
        form.add_error(
            None,
            _(
                "Name, password and code do not go together. Check all three; the code changes every half minute. "
                "After five wrong tries the name waits a quarter of an hour."
            ),
        )
    return render(request, "accounts/sign_in.html", {"form": form})


def _role_picker(request: HttpRequest) -> HttpResponse:
    roles = [{"value": role.value, "label": ROLE_LABELS[role], "line": ROLE_LINES[role]} for role in Role]
    return render(request, "accounts/role_picker.html", {"roles": roles, "next": _next(request)})


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe else str(settings.LOGIN_REDIRECT_URL)


@require_http_methods(["POST"])
def enter_as(request: HttpRequest) -> HttpResponse:
    """In a demonstration only: become the invented member of staff with this role."""
    try:
        role = Role(request.POST.get("role", ""))
    except ValueError as error:
        raise Http404 from error
    user = queries.demonstration_user(role)
    if user is None:
        raise Http404
    http.enter(request, user)
    return redirect(_next(request))


@require_http_methods(["POST"])
def lock(request: HttpRequest) -> HttpResponse:
    """End this desk's session at once."""
    logout(request)
    return redirect("accounts:sign_in")
