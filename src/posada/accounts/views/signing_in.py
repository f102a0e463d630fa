"""Sign in, enrol with a slip, lock, choose a language; and in a demonstration: enter as somebody."""

from datetime import date

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views import i18n
from django.views.decorators.http import require_http_methods

from posada.accounts import http, naming, queries, services
from posada.accounts.acts import ROLE_LABELS, ROLE_LINES, Role
from posada.accounts.forms import EnrolForm, SignInForm, SlipForm
from posada.accounts.models import User
from posada.ui.pictures.codes import square_code

ENROLLING = "enrolling"


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
            days = queries.slip_days(user)
            http.enter(request, user)
            http.note_password(request)
            if days:
                messages.warning(request, _slip_line(days))
            return _in_their_language(user, redirect(settings.LOGIN_REDIRECT_URL))
        form.add_error(
            None,
            _(
                "Name, password and code do not go together. Check all three; the code changes every half minute. "
                "After five wrong tries the name waits a quarter of an hour."
            ),
        )
    return render(request, "accounts/sign_in.html", {"form": form})


def _slip_line(days: list[date]) -> str:
    """What a member is told of slips with which somebody else could have become them."""
    words = {"days": ", ".join(date_format(day, "DATE_FORMAT") for day in days)}
    return _("A slip to sign in as you was issued on: %(days)s. If you did not ask for it, tell the auditor.") % words


def _in_their_language(user: User, answer: HttpResponse) -> HttpResponse:
    """The language that this user chose, at whatever desk they sit down."""
    if user.language in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            samesite="Strict",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
        )
    return answer


@require_http_methods(["GET", "POST"])
def language(request: HttpRequest) -> HttpResponse:
    """Choose a language; it is kept for whoever is signed in."""
    chosen = request.POST.get("language", "")
    if request.method == "POST" and isinstance(request.user, User) and check_for_language(chosen):
        services.keep_language(user=request.user, language=chosen)
    return i18n.set_language(request)


@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """First step with a slip: the name and the one-time code."""
    form = SlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = services.enrolled_by_slip(name=form.cleaned_data["name"], code=form.cleaned_data["code"])
        if user is not None:
            logout(request)
            request.session[ENROLLING] = user.pk  # no name: a session lies readable in a copy of a server
            return redirect("accounts:finish_enrolment")
        form.add_error(
            None,
            _(
                "Name and code do not go together, or the slip is no longer valid. Check both; after five wrong codes "
                "a slip is worth nothing, and you need a new one."
            ),
        )
    return render(request, "accounts/enrol.html", {"form": form})


@require_http_methods(["GET", "POST"])
def finish_enrolment(request: HttpRequest) -> HttpResponse:
    """Second step: one's own password, the authenticator; then ten recovery codes, shown once."""
    user = User.objects.filter(pk=request.session.get(ENROLLING, 0)).first()
    if user is None or not services.is_enrolling(user):
        return redirect("accounts:enrol")
    form = EnrolForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_enrolled(user, form):
        http.enter(request, user)
        http.note_password(request)
        request.actor = queries.actor_for(user)  # type: ignore[attr-defined]  # as `who_asks` does
        codes = services.new_recovery_codes(user)
        return render(request, "accounts/codes_shown.html", {"codes": codes, "is_first": True})
    device = services.begin_authenticator(user)
    address = services.authenticator_address(device, naming.name_of(user.pk))
    context = {
        "form": form,
        "picture": square_code(address, label=_("Square code for the authenticator")),
        "secret": services.authenticator_secret(device),
    }
    return render(request, "accounts/finish_enrolment.html", context)


def _is_enrolled(user: User, form: EnrolForm) -> bool:
    problem = services.problem_with(form.cleaned_data["new"], user=user)
    if problem:
        form.add_error("new", problem)
        return False
    if services.finish_enrolment(user, password=form.cleaned_data["new"], code=form.cleaned_data["code"]):
        return True
    form.add_error("code", _("This is not the code that the authenticator shows now. Wait for the next and type that."))
    return False


def _role_picker(request: HttpRequest) -> HttpResponse:
    roles = [{"value": role.value, "label": ROLE_LABELS[role], "line": ROLE_LINES[role]} for role in Role]
    return render(request, "accounts/role_picker.html", {"roles": roles, "next": _next(request)})


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
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
    services.note_entering(user)
    return redirect(_next(request))


@require_http_methods(["POST"])
def lock(request: HttpRequest) -> HttpResponse:
    """End this desk's session at once."""
    services.note_locking(getattr(request, "actor", None))
    logout(request)
    return redirect("accounts:sign_in")
