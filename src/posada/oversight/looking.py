"""No page unwritten: what somebody looks at is written down, also where the page's own code forgot it.

A page that opens a file, searches or lists writes its own entry, which says more. Any other page that was shown to
somebody signed in leaves a plain entry with its name, before the answer goes out. If it cannot be written there is no
answer. The few pages that show nothing that is kept stand in `settings.SHOW_NOTHING`.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from posada.accounts.permissions import Actor
from posada.audit import services as audit

LOOK = "pages.look"
GetResponse = Callable[[HttpRequest], HttpResponse]


def nothing_unwritten(get_response: GetResponse) -> GetResponse:
    """Middleware, inside the one that knows who asks."""

    def gate(request: HttpRequest) -> HttpResponse:
        before = audit.entries_here()
        answer = get_response(request)
        actor = getattr(request, "actor", None)
        place = request.resolver_match.view_name if request.resolver_match else ""
        shown = request.method == "GET" and answer.status_code == HTTPStatus.OK
        if shown and isinstance(actor, Actor) and audit.entries_here() == before and place not in settings.SHOW_NOTHING:
            audit.write(audit.Event(act=LOOK, actor=actor.user, site=actor.site, reason=place[:64]))
        return answer

    return gate
