"""While the site is sealed only the unlock pages answer."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from posada.ground import giving_way
from posada.vault import opening

GetResponse = Callable[[HttpRequest], HttpResponse]


def sealed_gate(get_response: GetResponse) -> GetResponse:
    """Send everybody to the unlock page until the site is open."""

    def gate(request: HttpRequest) -> HttpResponse:
        if not opening.is_ready():
            # A session lies in the database, which no key opens now; it ended with the process that was sealed.
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        if opening.is_ready() or request.path.startswith((reverse("vault:unlock"), reverse("set_language"))):
            with giving_way.answering():
                return get_response(request)
        answer = HttpResponseRedirect(reverse("vault:unlock"))
        answer.status_code = 303
        return answer

    return gate


def no_store(get_response: GetResponse) -> GetResponse:
    """Nothing that a person wrote stays in a browser's store."""

    def guard(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        answer.headers.setdefault("Cache-Control", "no-store")
        answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        answer.headers.setdefault("X-Permitted-Cross-Domain-Policies", "none")
        return answer

    return guard
