"""What everybody may see of the audit: their own acts; and the site manager the counts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.oversight import services
from posada.oversight.queries import summary as counts
from posada.oversight.queries import trail
from posada.oversight.views.paging import before_in, older_url


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What somebody opened and did themselves."""
    actor = require_act(request, Act.READ_OWN_TRAIL)
    services.note_looking(by=actor, act=Act.READ_OWN_TRAIL, reason="list")
    page = trail.page(actor.site, trail.Narrowed(user=actor.user, own=True), before=before_in(request))
    return render(request, "oversight/mine.html", {"page": page, "older_url": older_url(request, page)})


@require_GET
def summary(request: HttpRequest) -> HttpResponse:
    """Counts by act and day; no single reading."""
    actor = require_act(request, Act.READ_SUMMARY)
    services.note_looking(by=actor, act=Act.READ_SUMMARY, reason="list")
    return render(request, "oversight/summary.html", {"table": counts.table(actor.site)})
