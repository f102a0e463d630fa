"""Forms that were begun: kept by the page's script or by a button, discarded by another."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.people import services
from posada.people.models import RegisterDraft
from posada.people.rules.drafts import FormDraft, draft_of

DISCARD = "discard"
HOUSEHOLD = "line-TOTAL_FORMS"


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keep what stands in a form, or let go of what was kept. The script is answered with nothing at all."""
    actor = require_act(request, Act.REGISTER)
    form = _key(request.POST.get("once", ""))
    is_household = HOUSEHOLD in request.POST
    if request.POST.get("act") == DISCARD:
        _discard(request, actor, form)
    elif form is not None:
        kept = keep(request, actor, form)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204)
        _say(request, is_kept=kept)
    return redirect("people:together" if is_household else "people:register")


def keep(request: HttpRequest, actor: Actor, form: uuid.UUID) -> bool:
    """Seal what was sent; whether there was anything to keep."""
    typed = draft_of(request.POST.dict())
    if typed is None:
        return False
    is_household = HOUSEHOLD in request.POST
    return services.keep_draft(by=actor, form=form, draft=typed, is_household=is_household) is not None


def asked_draft(request: HttpRequest, actor: Actor) -> tuple[uuid.UUID, FormDraft] | None:
    """The draft that the address asks for; a 404 unless it is this user's own."""
    if "draft" not in request.GET:
        return None
    form = _key(request.GET["draft"])
    if form is None:
        raise Http404
    try:
        return form, services.open_draft(by=actor, form=form)
    except RegisterDraft.DoesNotExist as error:
        raise Http404 from error


def _discard(request: HttpRequest, actor: Actor, form: uuid.UUID | None) -> None:
    try:
        services.discard_draft(by=actor, form=form or uuid.UUID(int=0))
    except RegisterDraft.DoesNotExist as error:
        raise Http404 from error
    messages.info(request, _("The form that was begun is gone; nothing of it is left."))


def _say(request: HttpRequest, *, is_kept: bool) -> None:
    if is_kept:
        messages.info(request, _("The form is kept, sealed, until tomorrow at this hour. Only you are offered it."))
    else:
        messages.warning(request, _("Nothing was kept: nothing stands in the form, or it was saved already."))


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
