"""Who is asking, for views: deny by default, and the first line of each view."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.module_loading import import_string

from posada.accounts import queries
from posada.accounts.acts import Act
from posada.accounts.models import User
from posada.accounts.permissions import Actor, Refused, Subject, require
from posada.audit import services as audit
from posada.ground import clock
from posada.vault import keyring

GetResponse = Callable[[HttpRequest], HttpResponse]
SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"


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


def _is_over(request: HttpRequest) -> bool:
    now = clock.real_seconds()
    began = request.session.get(SIGNED_IN_AT, 0.0)
    seen = request.session.get(SEEN_AT, 0.0)
    return bool(now - began > settings.SESSION_LONGEST or now - seen > settings.SESSION_COOKIE_AGE)


def _is_open_to_all(request: HttpRequest) -> bool:
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return False
    return name in settings.OPEN_TO_ALL


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
                request.session[SEEN_AT] = clock.real_seconds()
                request.actor = actor  # type: ignore[attr-defined]
        if request.actor is None and not _is_open_to_all(request):  # type: ignore[attr-defined]
            return _to_sign_in(request)
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
