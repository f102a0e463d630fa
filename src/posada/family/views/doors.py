"""The middleware before everything else that keeps strangers at the two doors, and the doors free of our name.

By the public name of the house, or through a proxy, nothing else of it can be reached at all; at the doors nothing is
answered that was not written for strangers: no page of ours, no error of ours, no cookie with our name.
"""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from posada.vault import opening

GetResponse = Callable[[HttpRequest], HttpResponse]
COOKIE: Final = "t"
MOST_BYTES: Final = 20_000
_FORWARDED: Final = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_VIA")
_NOT_NOW: Final = "Ahora no es posible. / Not possible now. / Agora não é possível. / Pas possible maintenant.\n"


def for_strangers(answer: HttpResponse) -> HttpResponse:
    """An answer that was written for them: any other is replaced by one plain line."""
    answer.is_for_strangers = True  # type: ignore[attr-defined]  # read by `the_doors`
    return answer


def the_doors(get_response: GetResponse) -> GetResponse:
    """Let strangers through to the doors that are open, and to nothing else."""

    def guard(request: HttpRequest) -> HttpResponse:
        door = _door(request.path)
        if not door:
            return _plain(404) if _is_from_outside(request) else get_response(request)
        if not opening.is_ready():
            return _plain(503)
        if _is_too_long(request):
            return _plain(413)
        request.COOKIES.pop(settings.CSRF_COOKIE_NAME, None)
        if COOKIE in request.COOKIES:
            request.COOKIES[settings.CSRF_COOKIE_NAME] = request.COOKIES[COOKIE]
        return _without_our_name(request, get_response(request), door)

    return guard


def _door(path: str) -> str:
    """The address of the open door that this path belongs to; empty for any other path."""
    names = ("page_outside", "ask_outside")
    addresses = (reverse(name) for name in names if name in settings.OPEN_OUTSIDE)
    return next((address for address in addresses if path.startswith(address)), "")


def _is_from_outside(request: HttpRequest) -> bool:
    """Whether it came by the public name, or through a proxy: to a house with an open door that is a stranger."""
    if not settings.PUBLIC_HOST:
        return False
    named = request.META.get("HTTP_HOST", "").rpartition("@")[2].partition(":")[0].rstrip(".").casefold()
    return named == settings.PUBLIC_HOST or any(request.META.get(header) for header in _FORWARDED)


def _is_too_long(request: HttpRequest) -> bool:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES
    except ValueError:
        return True


def _plain(status: int) -> HttpResponse:
    return HttpResponse(_NOT_NOW, status=status, content_type="text/plain; charset=utf-8")


def _without_our_name(request: HttpRequest, answer: HttpResponse, door: str) -> HttpResponse:
    token = answer.cookies.get(settings.CSRF_COOKIE_NAME)
    if not getattr(answer, "is_for_strangers", False):
        return _plain(answer.status_code)
    answer.cookies.clear()
    if token is not None:
        answer.set_cookie(
            COOKIE, token.value, path=door, secure=_is_over_tls(request), httponly=True, samesite="Strict"
        )
    return answer


def _is_over_tls(request: HttpRequest) -> bool:
    """By the public name there is always TLS, if only as far as the proxy."""
    return request.is_secure() or settings.CSRF_COOKIE_SECURE or _is_from_outside(request)
