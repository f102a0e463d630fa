"""Write a message: fixed sentences, about thirty lines, or a voice note; each looked at before it is kept."""

import uuid
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, granted_role, require
from posada.family import services
from posada.family.forms.message_words import KIND_LABELS
from posada.family.forms.messages import LetterForm, SentencesForm, VoiceForm, WriteForm
from posada.family.models import Message, Relative, WatchCard
from posada.family.queries.freezing import is_frozen
from posada.family.queries.messages import house_names
from posada.family.queries.relatives import card as card_by_id
from posada.family.rules import sentences
from posada.family.rules.dangers import DANGER_WORDS, dangers
from posada.family.rules.messages import MOST_LINES, MOST_SIGNS, MessageKind
from posada.family.rules.silence import Watch
from posada.family.services.messages import NotNow, write_message
from posada.family.views.cards import title_of
from posada.people.views.calm import calmly
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent
from posada.ui.parts import Tab

_NAMES = {
    MessageKind.SENTENCES: "family:write_message",
    MessageKind.LETTER: "family:write_letter",
    MessageKind.VOICE: "family:write_voice",
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What will be sent, exactly, and what in it may endanger somebody."""

    text: str
    warnings: tuple[str, ...]


def card_to_write_to(actor: Actor, card_id: uuid.UUID) -> WatchCard:
    """The card, for whoever may write to this resident's family; another house's is a 404."""
    found = card_by_id(actor, card_id)
    if found is None:
        raise Http404
    require(actor, Act.WRITE_MESSAGE, found.resident.subject)
    services.entrust_cards(found.resident)
    return found


@require_http_methods(["GET", "POST"])
@calmly
def write_sentences(request: HttpRequest, card_id: uuid.UUID) -> HttpResponse:
    """Fixed safe-and-well sentences, in a language in which somebody wrote them."""
    actor = require_act(request, Act.WRITE_MESSAGE)
    card = card_to_write_to(actor, card_id)
    language = _language(request)
    form = SentencesForm(request.POST or None, language=language)
    more = {"languages": _languages(card, language), "language": language}
    return _answer(request, actor, card, form, more)


@require_http_methods(["GET", "POST"])
@calmly
def write_letter(request: HttpRequest, card_id: uuid.UUID) -> HttpResponse:
    """About thirty lines, typed or dictated."""
    actor = require_act(request, Act.WRITE_MESSAGE)
    card = card_to_write_to(actor, card_id)
    form = LetterForm(request.POST or None, initial={"language": sentences.FALLBACK})
    return _answer(request, actor, card, form, {"most_lines": MOST_LINES, "most_signs": MOST_SIGNS})


@require_http_methods(["GET", "POST"])
@calmly
def write_voice(request: HttpRequest, card_id: uuid.UUID) -> HttpResponse:
    """A recording that was made on the telephone of the house. It cannot be shown before it is kept."""
    actor = require_act(request, Act.WRITE_MESSAGE)
    card = card_to_write_to(actor, card_id)
    sent = request.method == "POST"
    form = VoiceForm(request.POST if sent else None, request.FILES if sent else None)
    return _answer(request, actor, card, form, {"spoken": sentences.languages()})


def _language(request: HttpRequest) -> sentences.Language:
    code = request.POST.get("language") or request.GET.get("language") or sentences.FALLBACK
    try:
        return sentences.language(code)
    except KeyError as error:
        raise Http404 from error


def _languages(card: WatchCard, chosen: sentences.Language) -> list[Tab]:
    address = reverse("family:write_message", args=[card.pk])
    return [Tab(one.name, f"{address}?language={one.code}", current=one == chosen) for one in sentences.languages()]


def _answer(request: HttpRequest, actor: Actor, card: WatchCard, form: WriteForm, more: dict[str, Any]) -> HttpResponse:
    """The form; after it the preview of exactly what was typed; and only then the message is kept."""
    preview, status = None, 200
    if request.method == "POST" and form.is_valid():
        if form.kind is MessageKind.VOICE or ("sure" in request.POST and form.was_looked_at):
            try:
                return _kept(request, actor, card, form)
            except NotNow as not_now:
                form.add_error(None, str(not_now))
        else:
            preview = _preview(form, actor.site)
    if form.errors:
        status = 422
    context = {
        **more,
        "form": form,
        "preview": preview,
        "mark": form.mark if preview else "",
        "row": card,
        "title": _title(request, actor, card),
        "tabs": _tabs(card, form.kind),
        "is_stopped": card.watch is Watch.STOPPED,
        "is_frozen": is_frozen(card.resident_id, site=card.site_id),
    }
    return render(request, f"family/write_{form.kind}.html", context, status=status)


def _preview(form: WriteForm, site: int) -> Preview:
    content = form.content()
    found = dangers(content.text, own=house_names(site))
    return Preview(content.whole, tuple(str(DANGER_WORDS[one]) for one in found))


def _title(request: HttpRequest, actor: Actor, card: WatchCard) -> str:
    """Whom it goes to, for whoever reads the cards; the desk writes without knowing."""
    if request.method == "GET":
        records.note(actor, Act.WRITE_MESSAGE, card.resident.subject, reason="form")
    if granted_role(actor, Act.READ_KIN, card.subject) is None:
        return ""
    content = open_record(card.record, Relative, by=actor, reason=Reason.WRITE)
    return title_of(content.relation, content.who)


def _tabs(card: WatchCard, kind: MessageKind) -> list[Tab]:
    return [
        Tab(str(label), reverse(_NAMES[one], args=[card.pk]), current=one is kind) for one, label in KIND_LABELS.items()
    ]


def _kept(request: HttpRequest, actor: Actor, card: WatchCard, form: WriteForm) -> HttpResponse:
    made: Message | None = None
    with suppress(AlreadySent):
        content = form.content()
        made = write_message(by=actor, card=card, kind=form.kind, way=form.goes_by, content=content, once=form.key)
    messages.success(request, _("The message is kept, sealed. Somebody from here sends it; the program sends nothing."))
    if granted_role(actor, Act.SEND_MESSAGE, card.resident.subject) is None:
        return redirect("family:add_relative", number=card.resident.number)
    return redirect("family:message", message_id=made.pk) if made else redirect("family:messages")
