"""A page for a relative, from the side of whoever holds the card: prepare it, close it, look at how it ended."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, require
from posada.family.forms.pages import PageForm
from posada.family.models import Relative, RelativePage, WatchCard
from posada.family.queries.pages import pages_of
from posada.family.rules.codes import in_groups
from posada.family.rules.dangers import dangers, holds
from posada.family.rules.page_refusals import REFUSAL_WORDS, PageRefused
from posada.family.services import pages
from posada.family.services.entrusting import entrust_cards
from posada.family.views.pages_shown import PageRow
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent


def _card(actor: Actor, card_id: uuid.UUID) -> WatchCard:
    """The card, for whoever may make a page of it; a stranger's is a 404."""
    found = WatchCard.objects.visible_to(actor).select_related("resident", "record").filter(pk=card_id).first()
    if found is None:
        raise Http404
    entrust_cards(found.resident)
    require(actor, Act.OPEN_PAGE, found.resident.subject)
    return found


def _page(actor: Actor, page_id: uuid.UUID) -> RelativePage:
    rows = RelativePage.objects.visible_to(actor).select_related("card__resident", "card__record", "reply")
    found = rows.filter(pk=page_id).first()
    if found is None:
        raise Http404
    entrust_cards(found.card.resident)
    require(actor, Act.OPEN_PAGE, found.card.resident.subject)
    return found


@require_http_methods(["GET", "POST"])
def open_page(request: HttpRequest, card_id: uuid.UUID) -> HttpResponse:
    """Prepare a page. The code is shown once, on the answer to this form."""
    actor = require_act(request, Act.OPEN_PAGE)
    card = _card(actor, card_id)
    is_on = "page_outside" in settings.OPEN_OUTSIDE
    form = PageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = pages.prepare_page(by=actor, card=card, wanted=form.wanted, once=form.key)
        except PageRefused as refused:
            form.add_error(None, str(REFUSAL_WORDS[refused.why]))
        except AlreadySent:
            messages.warning(
                request, _("This page was prepared already, and its code was shown once. Prepare another.")
            )
            return redirect("family:open_page", card_id=card.pk)
        else:
            row = PageRow.of(made.page)
            context = {"card": card, "code": in_groups(made.code), "row": row, "address": settings.SITE.public_address}
            return render(request, "family/page_prepared.html", context)
    records.note(actor, Act.OPEN_PAGE, card.subject, reason="form")
    rows = [PageRow.of(page) for page in pages_of(card)]
    context = {"form": form, "card": card, "rows": rows, "is_on": is_on}
    return render(request, "family/open_page.html", context)


@require_GET
def relative_page(request: HttpRequest, page_id: uuid.UUID) -> HttpResponse:
    """How a page ended. A reply is unverified, and looked through for the words of alarm."""
    actor = require_act(request, Act.OPEN_PAGE)
    page = _page(actor, page_id)
    reply = pages.look_at_page(by=actor, page=page)
    content = open_record(page.card.record, Relative, by=actor, reason=Reason.FOLLOW_UP) if reply else None
    context = {
        "row": PageRow.of(page),
        "card": page.card,
        "reply": reply,
        "is_alarm": bool(reply and content and holds(reply.text, [content.duress_words])),
        "has_words": bool(content and content.agreed_words),
        "said_agreed": bool(reply and content and holds(reply.text, [content.agreed_words])),
        "asks_money": bool(reply and "money" in dangers(reply.text)),
    }
    return render(request, "family/relative_page.html", context)


@require_POST
def close_page(request: HttpRequest, page_id: uuid.UUID) -> HttpResponse:
    """Close it before anybody opened it."""
    actor = require_act(request, Act.OPEN_PAGE)
    page = _page(actor, page_id)
    pages.close_page(by=actor, page=page)
    messages.success(request, _("The page is closed. Whoever types its code finds nothing."))
    return redirect("family:open_page", card_id=page.card_id)
