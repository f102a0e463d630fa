"""Something happened to a relative: the event, its steps, and what the resident decided about turning to them."""

import uuid
from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, require
from posada.family import services
from posada.family.forms.harm import ContactDecisionForm, HarmForm, initial_of
from posada.family.models import HarmEvent, HarmNote, Relative, WatchCard
from posada.family.queries.harm import harm_by_id, referrals_of
from posada.family.queries.relatives import card as card_by_id
from posada.family.rules.harm import HARM_LABELS, Step
from posada.family.services import harm as harms
from posada.family.views.cards import title_of
from posada.family.views.harm_shown import event_facts, referral_lines, step_lines
from posada.family.views.sending import changed_meanwhile
from posada.people.views.calm import calmly
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent
from posada.records.services import Stale


def card_or_404(actor: Actor, card_id: uuid.UUID) -> WatchCard:
    """A relative's card, for who holds the resident's file; a stranger's is a 404."""
    found = card_by_id(actor, card_id)
    if found is None:
        raise Http404
    require(actor, Act.READ_KIN, found.resident.subject)
    services.entrust_cards(found.resident)
    return found


def harm_or_404(actor: Actor, harm_id: uuid.UUID) -> HarmNote:
    """An event, for who reads the relative's card."""
    found = harm_by_id(actor, harm_id)
    if found is None:
        raise Http404
    card_or_404(actor, found.card_id)
    require(actor, Act.NOTE_HARM, found.card.subject)
    return found


@require_http_methods(["GET", "POST"])
@calmly
def note_harm(request: HttpRequest, card_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.NOTE_HARM)
    card = card_or_404(actor, card_id)
    form = HarmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = harms.note_harm(by=actor, card=card, content=form.content(), once=form.key)
        except AlreadySent as sent:
            found = HarmNote.objects.visible_to(actor).filter(pk__in=[sent.result]).first()
            return redirect("family:harm", harm_id=found.pk) if found else redirect("family:card", card_id=card_id)
        messages.success(request, _("It is written down. Nobody turns to this relative first from now on."))
        return redirect("family:harm", harm_id=made.pk)
    content = open_record(card.record, Relative, by=actor, reason=Reason.VIEW)
    context = {"form": form, "card": card, "title": title_of(content.relation, content.who)}
    return render(request, "family/note_harm.html", context, status=422 if form.errors else 200)


@require_GET
@calmly
def harm(request: HttpRequest, harm_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.NOTE_HARM)
    row = harm_or_404(actor, harm_id)
    return _page(request, actor, row, ContactDecisionForm())


def _page(request: HttpRequest, actor: Actor, row: HarmNote, form: ContactDecisionForm) -> HttpResponse:
    event = open_record(row.record, HarmEvent, by=actor, reason=Reason.VIEW)
    card = open_record(row.card.record, Relative, by=actor, reason=Reason.VIEW)
    context = {
        "row": row,
        "event": event,
        "title": title_of(card.relation, card.who),
        "what": HARM_LABELS[event.harm],
        "facts": event_facts(event),
        "steps": step_lines(event),
        "hold": card.hold,
        "form": form,
        "referrals": referral_lines(referrals_of(actor, row)),
    }
    return render(request, "family/harm.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@calmly
def correct_harm(request: HttpRequest, harm_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.NOTE_HARM)
    row = harm_or_404(actor, harm_id)
    event = open_record(row.record, HarmEvent, by=actor, reason=Reason.CORRECT)
    form = HarmForm(request.POST or None, initial=initial_of(event, row.record.version))
    if request.method == "POST" and form.is_valid():
        expected = form.cleaned_data["version"] or 0
        try:
            harms.correct_harm(by=actor, harm=row, content=form.content(), expected=expected, once=form.key)
            messages.success(request, _("It is corrected. What was said before is kept in its history."))
        except Stale:
            messages.warning(request, changed_meanwhile())
        except AlreadySent:
            pass
        return redirect("family:harm", harm_id=harm_id)
    return render(request, "family/correct_harm.html", {"form": form, "row": row}, status=422 if form.errors else 200)


@require_POST
@calmly
def tick_step(request: HttpRequest, harm_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.NOTE_HARM)
    row = harm_or_404(actor, harm_id)
    words = {step.value for step in Step}
    if request.POST.get("step") in words:
        harms.tick(by=actor, harm=row, step=Step(request.POST["step"]), done=request.POST.get("undo") != "1")
    return redirect("family:harm", harm_id=harm_id)


@require_POST
@calmly
def decide_contact(request: HttpRequest, harm_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.NOTE_HARM)
    row = harm_or_404(actor, harm_id)
    form = ContactDecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, row, form)
    may, words = form.cleaned_data["may"] == "yes", form.cleaned_data["words"]
    with suppress(AlreadySent):
        harms.decide_contact(by=actor, harm=row, may=may, words=words, advised=True, once=form.key)
    if may:
        messages.success(request, _("Noted. The card offers calls again, within its safe hours."))
    else:
        messages.success(request, _("Noted. Nobody turns to this relative first."))
    return redirect("family:harm", harm_id=harm_id)
