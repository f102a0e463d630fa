"""An account being typed: kept by the page's script or by a button, offered again, let go of by another."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from posada.accounts.permissions import Actor
from posada.asylum.models import AccountDraft
from posada.asylum.services import drafts

GO_ON = "draft"


def answer_draft(request: HttpRequest, actor: Actor, place: drafts.Page) -> HttpResponse:
    """Keep what stands on the page, or let go of what was kept. The script is answered with nothing at all."""
    if request.POST["act"] == "discard":
        held = drafts.draft_on(by=actor, page=place)
        if held is not None:
            drafts.discard_draft(held, by=actor)
        messages.info(request, _("What was typed and not kept is gone; nothing of it is left."))
        return redirect(request.path)
    try:
        form = uuid.UUID(request.POST.get("once", ""))
    except ValueError as error:
        raise Http404 from error
    kept = drafts.keep_draft(by=actor, page=place, form=form, sent=request.POST.dict())
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    if kept is not None:
        messages.info(request, _("It is kept, sealed, until tomorrow at this hour. Only you are offered it."))
    else:
        messages.warning(request, _("Nothing was kept: nothing is written here, too much is, or it was kept already."))
    return redirect(request.path)


def offered(
    request: HttpRequest, actor: Actor, place: drafts.Page, initial: dict[str, Any]
) -> tuple[AccountDraft | None, dict[str, Any]]:
    """What was typed here before and not kept; and what stands on the page: that, if it is asked for."""
    held = drafts.draft_on(by=actor, page=place) if request.method == "GET" else None
    if held is None or GO_ON not in request.GET:
        return held, initial
    return None, {**initial, **drafts.open_draft(held, by=actor).typed, "once": held.form}
