"""Who may do what, and that somebody looked at it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.oversight import services
from posada.oversight.queries.access import staff_to_review


@require_GET
def access(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.REVIEW_ACCESS)
    services.note_looking(by=actor, act=Act.REVIEW_ACCESS, reason="list")
    return render(request, "oversight/access.html", {"rows": staff_to_review(actor.site)})


@require_POST
def reviewed(request: HttpRequest, user_id: int) -> HttpResponse:
    actor = require_act(request, Act.REVIEW_ACCESS)
    try:
        services.review_access(by=actor, user_id=user_id)
    except services.NotStaff as error:
        raise Http404 from error
    messages.success(request, _("Noted: this access was reviewed today."))
    return redirect("oversight:access")
