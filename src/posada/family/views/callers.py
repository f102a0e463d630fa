"""The log of false callers, a number looked up before somebody answers it, and the warning for residents."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, granted_role
from posada.family.forms.callers import SAID_LABELS, WANTED_LABELS, FalseCallForm, KnownForm
from posada.family.models import WatchCard
from posada.family.queries.callers import caller_note, earlier_calls, log_of, normal_phone, warnings_of
from posada.family.services import callers as services
from posada.family.views.callers_shown import call_line, days_in_words, trick_lines
from posada.family.views.harm import card_or_404
from posada.people.views.calm import calmly
from posada.records import services as records
from posada.records.once import AlreadySent


@require_http_methods(["GET", "POST"])
@calmly
def callers(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.NOTE_CALLER)
    card = _card(request, actor)
    form = FalseCallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            noted = services.note_caller(by=actor, content=form.content(), card=card, once=form.key)
            messages.success(request, _("It is written down, and the warning for residents says it without names."))
            if noted.earlier:
                messages.warning(request, _said_before(noted.earlier))
        except AlreadySent:
            pass
        return redirect("family:callers")
    return _page(request, actor, form, KnownForm(), card)


def _card(request: HttpRequest, actor: Actor) -> WatchCard | None:
    """The relative who was called, where the page was opened from their card; only for who may read it."""
    wanted = request.GET.get("card", "")
    if not wanted or not actor.may(Act.READ_KIN):
        return None
    try:
        return card_or_404(actor, uuid.UUID(wanted))
    except ValueError as error:
        raise Http404 from error


def _said_before(days: tuple[str, ...]) -> str:
    count = len(days)
    said = ngettext(
        "This number is in the log %(count)d time already: %(days)s.",
        "This number is in the log %(count)d times already: %(days)s.",
        count,
    )
    return said % {"count": count, "days": days_in_words(days)}


def _page(
    request: HttpRequest, actor: Actor, form: FalseCallForm, known: KnownForm, card: WatchCard | None = None
) -> HttpResponse:
    records.note(actor, Act.NOTE_CALLER, None, reason="callers")
    rows = [call_line(one, names_card=_may_name(actor, one.row.card)) for one in log_of(actor)]
    context = {"form": form, "known": known, "rows": rows, "card": card}
    return render(request, "family/callers.html", context, status=422 if form.errors or known.errors else 200)


def _may_name(actor: Actor, card: WatchCard | None) -> bool:
    """Only who reads the card learns which relative was called."""
    return card is not None and granted_role(actor, Act.READ_KIN, card.subject) is not None


@require_POST
@calmly
def known_caller(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.NOTE_CALLER)
    form = KnownForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, FalseCallForm(), form)
    days = earlier_calls(actor, normal_phone(form.cleaned_data["phone"]))
    if days:
        messages.warning(request, _said_before(days))
    else:
        messages.info(request, _("This number is not in the log. That alone does not make it safe."))
    return redirect("family:callers")


@require_POST
@calmly
def take_out_caller(request: HttpRequest, caller_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.NOTE_CALLER)
    row = caller_note(actor, caller_id)
    if row is None:
        raise Http404
    services.take_out(by=actor, row=row)
    messages.success(request, _("The entry is wiped."))
    return redirect("family:callers")


@require_GET
@calmly
def callers_poster(request: HttpRequest) -> HttpResponse:
    """The warning to hang up or read aloud: tricks without names, numbers partly hidden."""
    actor = require_act(request, Act.NOTE_CALLER)
    records.note(actor, Act.NOTE_CALLER, None, reason="poster")
    found = warnings_of(actor)
    context = {"tricks": trick_lines(found.tricks, SAID_LABELS, WANTED_LABELS), "phones": found.phones}
    return render(request, "family/callers_poster.html", context)
