"""Who is asking, for views: deny by default, and the first line of each view."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from posada.accounts import queries, services
from posada.accounts.acts import Act
from posada.accounts.models import User
from posada.accounts.permissions import Actor, Refused, Subject, remembering, require
from posada.accounts.services.sessions import SEEN_AT as SEEN_AT
from posada.accounts.services.sessions import SIGNED_IN_AT as SIGNED_IN_AT
from posada.audit import services as audit
from posada.ground import clock
from posada.vault import keyring

GetResponse = Callable[[HttpRequest], HttpResponse]
ASKED_AT = "asked_again_at"
RECENT = 5 * 60
NOT_YOUR_PASSWORD = _("This is not your password. Nothing was done. After five wrong tries, wait a quarter of an hour.")
_SEEN_EVERY = 20
_EARLIER = 60  # seconds that a clock may be set back without ending a session


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking; the middleware has made sure that there is somebody."""
    return cast("Actor", request.actor)  # type: ignore[attr-defined]  # set by `who_asks`


def require_act(request: HttpRequest, act: Act, subject: Subject | None = None) -> Actor:
    """The first line of a view: the actor, if they may do this act; `Refused` otherwise."""
    actor = actor_of(request)
    require(actor, act, subject)
    return actor


def enter(request: HttpRequest, user: User) -> None:
    """Begin a session as this user; any earlier one is gone."""
    logout(request)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    begin_session(request)


def begin_session(request: HttpRequest) -> None:
    """Note when the session began, for the longest time it may last."""
    request.session[SIGNED_IN_AT] = clock.real_seconds()
    request.session[SEEN_AT] = clock.real_seconds()


def note_password(request: HttpRequest) -> None:
    """The password was typed just now, and was right."""
    request.session[ASKED_AT] = clock.real_seconds()


def asks_password(request: HttpRequest) -> bool:
    """Whether a grave act (export, roles, erasure, recovery codes, backup) must ask for the password again.

    Not within five minutes after it was typed; never in a demonstration, where nobody has one.
    """
    ago = clock.real_seconds() - request.session.get(ASKED_AT, 0.0)
    return not (actor_of(request).demonstration or 0 <= ago <= RECENT)


def has_password(request: HttpRequest, form: Form) -> bool:
    """For the view of a grave act: the field `password` of its valid form is right, or need not be asked.

    form = SomeForm(request.POST or None, asks_password=http.asks_password(request))
    if request.method == "POST" and form.is_valid() and http.has_password(request, form): ...
    """
    if not asks_password(request):
        return True
    if services.is_own_password(by=actor_of(request), password=form.cleaned_data.get("password", "")):
        note_password(request)
        return True
    form.add_error("password" if "password" in form.fields else None, NOT_YOUR_PASSWORD)
    return False


def stay_signed_in(request: HttpRequest, user: User) -> None:
    """After a change that ended all other sessions: this one goes on, under a new key."""
    user.refresh_from_db()
    update_session_auth_hash(request, user)


def _is_over(request: HttpRequest) -> bool:
    now = clock.real_seconds()
    began = request.session.get(SIGNED_IN_AT, 0.0)
    seen = request.session.get(SEEN_AT, 0.0)
    is_too_old = now - began > settings.SESSION_LONGEST or now - seen > settings.SESSION_COOKIE_AGE
    return bool(is_too_old or now < seen - _EARLIER)  # a clock set back does not lengthen a session


def _note_seen(request: HttpRequest) -> None:
    """Somebody is here. It is written at most every twenty seconds: each writing costs the disk a turn."""
    now = clock.real_seconds()
    if not 0 <= now - request.session.get(SEEN_AT, 0.0) < _SEEN_EVERY:
        request.session[SEEN_AT] = now


def _is_open_to_all(request: HttpRequest) -> bool:
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return False
    return name in settings.OPEN_TO_ALL or name in settings.OPEN_OUTSIDE


def who_asks(get_response: GetResponse) -> GetResponse:
    """Deny by default: every address but a short list wants somebody signed in, with a role, not too long idle."""

    def gate(request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        if _is_open_to_all(request) and request.path.startswith(settings.BEFORE_UNLOCK):
            return get_response(request)
        user = request.user
        if isinstance(user, User):
            actor = None if _is_over(request) else queries.actor_for(user)
            if actor is None:
                logout(request)
            else:
                _note_seen(request)
                request.actor = actor  # type: ignore[attr-defined]
        if request.actor is None and not _is_open_to_all(request):  # type: ignore[attr-defined]
            return _to_sign_in(request)
        if request.method in {"GET", "HEAD"}:
            with remembering():
                return get_response(request)
        return get_response(request)

    return gate


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    address = reverse("accounts:sign_in")
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address
        return answer
    return HttpResponseRedirect(address)


class RefusalMiddleware:
    """Turns `Refused` into a plain 403 and writes it down."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> Any:
        """A refusal carries nothing but itself."""
        if not isinstance(exception, Refused):
            return None
        actor = actor_of(request)
        audit.write(
            audit.Event(
                act=exception.act,
                actor=actor.user,
                site=actor.site,
                subject=keyring.pseudonym(exception.subject.id) if exception.subject else "",
                result=audit.Result.REFUSED,
                reason="refused",
            )
        )
        return import_string(settings.REFUSAL_VIEW)(request)
