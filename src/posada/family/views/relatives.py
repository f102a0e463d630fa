"""My people: a resident's relatives as cards, one press each."""

import uuid
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, granted_role, require
from posada.family import services
from posada.family.forms import AgreementForm, ContactForm, RelativeForm, SeekForm, StepsForm
from posada.family.forms.relatives import initial_of
from posada.family.forms.requests import initial_from
from posada.family.models import (
    Channel,
    Check,
    Contact,
    ContactKind,
    Enquirer,
    How,
    Relative,
    Sought,
    TracingRequest,
    WatchCard,
)
from posada.family.queries.harm import harm_rows, raising
from posada.family.queries.messages import just_kept, messages_of
from posada.family.queries.relatives import card as card_by_id
from posada.family.queries.relatives import cards_of, opened
from posada.family.rules.kinship import other_way, sex_of
from posada.family.views.cards import drawn, history_lines, shown, title_of
from posada.family.views.freezing import frozen_for
from posada.family.views.harm_shown import raised_lines
from posada.family.views.message_lists import CardMessage
from posada.family.views.requests import parents_ask
from posada.family.views.sending import changed_meanwhile
from posada.ground import clock
from posada.people.models import Person, Sex
from posada.people.views.calm import person_or_404
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent
from posada.records.services import Stale


def _person(actor: Actor, number: int) -> Person:
    """The person with this number; a number that is nobody's counts as a search."""
    return person_or_404(actor, number)


def held_by(actor: Actor, card_id: uuid.UUID) -> WatchCard:
    """The card, with the residents' holders as its holders; a stranger's is a 404."""
    found = card_by_id(actor, card_id)
    if found is None:
        raise Http404
    require(actor, Act.READ_KIN, found.resident.subject)
    services.entrust_cards(found.resident)
    return found


@require_GET
def relatives(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.READ_KIN)
    person = _person(actor, number)
    require(actor, Act.READ_KIN, person.subject)
    services.entrust_cards(person)
    now = clock.now()
    cards = cards_of(actor, person, now)
    raised = raised_lines(raising(actor, person))
    words = [shown(card, now, raised) for card in cards]
    context = {
        "person": person,
        "cards": words,
        "rows": list(zip(cards, words, strict=True)),
        "tree": drawn(cards, person.number, words),
        "may_add": actor.may(Act.ADD_RELATIVE),
        "frozen": frozen_for(actor, person),
    }
    return render(request, "family/relatives.html", context)


@require_http_methods(["GET", "POST"])
def add_relative(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.ADD_RELATIVE)
    person = _person(actor, number)
    require(actor, Act.ADD_RELATIVE, person.subject)
    form = RelativeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = None
        with suppress(AlreadySent):
            made = services.add_relative(by=actor, person=person, content=form.content(), once=form.key)
        messages.success(request, _("The card is kept. Only whoever holds this resident's file can read it."))
        if actor.may(Act.READ_KIN):
            return redirect("family:relatives", number=number)
        again = reverse("family:add_relative", args=[number])
        return redirect(f"{again}?kept={made.pk}" if made else again)
    kept = just_kept(actor, person, request.GET.get("kept", ""))
    context = {"person": person, "form": form, "frozen": frozen_for(actor, person), "kept": kept}
    return render(request, "family/add_relative.html", context)


@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, card_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.READ_KIN)
    row = held_by(actor, card_id)
    content = open_record(row.record, Relative, by=actor, reason=Reason.VIEW)
    form = AgreementForm(request.POST or None, initial=initial_of(content))
    if request.method == "POST" and form.is_valid():
        return _change(request, actor, row, form, content)
    return render(request, "family/card.html", card_context(actor, row, content, form))


def card_context(
    actor: Actor, row: WatchCard, content: Relative, form: AgreementForm, steps: StepsForm | None = None
) -> dict[str, Any]:
    """What the page of one card shows; `steps` is a form that came back with something wrong."""
    now = clock.now()
    view = opened(row, content, now)
    card = shown(view, now, raised_lines(raising(actor, row.resident)))
    return {
        "card": card,
        "row": row,
        "content": content,
        "lines": history_lines(view, now),
        "form": form,
        "steps": steps or StepsForm(steps=card.advice, initial=_steps_of(row, content)),
        "contact": ContactForm(initial={"sequence": row.sequence}),
        "made": _made_of(content),
        "frozen": frozen_for(actor, row.resident),
        "may_erase_sentence": granted_role(actor, Act.ERASE_SENTENCE, row.subject) is not None,
        "harms": harm_rows(actor, row),
        "messages_here": [CardMessage.of(one) for one in messages_of(actor, row)],
        "may_send": granted_role(actor, Act.SEND_MESSAGE, row.resident.subject) is not None,
        "may_note_harm": granted_role(actor, Act.NOTE_HARM, row.subject) is not None,
        "opens_pages": "page_outside" in settings.OPEN_OUTSIDE,
    }


def _steps_of(row: WatchCard, content: Relative) -> dict[str, Any]:
    return {
        "done": [one.value for one in content.done],
        "next_step": content.next_step,
        "next_step_on": content.next_step_on,
        "sequence": row.sequence,
    }


def _made_of(content: Relative) -> TracingRequest | None:
    return TracingRequest.objects.filter(pk=content.request).first() if content.request else None


def _change(request: HttpRequest, actor: Actor, row: WatchCard, form: AgreementForm, content: Relative) -> HttpResponse:
    try:
        services.change_agreement(
            by=actor,
            card=row,
            content=form.changed_content(content),
            expected=row.record.version,
            once=form.key,
        )
    except Stale:
        messages.warning(request, changed_meanwhile())
        return redirect("family:card", card_id=row.pk)
    except AlreadySent:
        pass
    messages.success(request, _("What was agreed is kept."))
    return redirect("family:relatives", number=row.resident.number)


@require_POST
def press(request: HttpRequest, card_id: uuid.UUID, kind: ContactKind) -> HttpResponse:
    actor = require_act(request, Act.UPDATE_KIN)
    row = held_by(actor, card_id)
    form = _as_pressed(request)
    if not form.is_valid() and kind is not ContactKind.STOP:
        messages.error(request, _("This could not be noted as it was typed. Shorten the words and press again."))
        return redirect("family:card", card_id=row.pk)
    said = form.cleaned_data
    event = _event(kind, said)
    try:
        services.record_contact(by=actor, card=row, event=event, once=form.key, seen=said.get("sequence"))
        _say(request, event)
    except Stale:
        messages.warning(request, changed_meanwhile())
    except AlreadySent:
        pass
    if "note" in form.errors:
        messages.warning(request, _("The words beside it were too long and were not kept."))
    if event.check is Check.ALARM:
        return redirect("family:card", card_id=row.pk)
    return redirect("family:relatives", number=row.resident.number)


def _event(kind: ContactKind, said: dict[str, Any]) -> Contact:
    channel = said.get("channel") or (Channel.VOICE if kind is ContactKind.HEARD else "")
    return services.told(
        kind,
        Channel(channel),
        How(said.get("how") or How.UNKNOWN),
        said.get("note", ""),
        Check(said.get("check") or Check.NOT_ASKED),
    )


def _say(request: HttpRequest, event: Contact) -> None:
    """What came of a press."""
    if event.check is Check.ALARM:
        alarm = _("Noted: the words of alarm were said. Nothing is believed, nobody calls back: see what to do.")
        messages.warning(request, alarm)
    elif event.check is Check.NOT_SAID:
        messages.warning(request, _("Noted: the agreed words were not said. It does not count as good news."))
    else:
        messages.success(request, _PRESSED[event.kind]())


def _as_pressed(request: HttpRequest) -> ContactForm:
    """What one press says. On the cards of a page the sequence that was seen stands in the address."""
    said = request.POST.copy()
    said.setdefault("sequence", request.GET.get("sequence", ""))
    return ContactForm(said)


_PRESSED = {
    ContactKind.HEARD: lambda: _("Noted: they were heard. The count of the silence starts again."),
    ContactKind.NO_ANSWER: lambda: _("Noted: no answer. The silence goes on; what to do stands on the card."),
    ContactKind.WORRYING: lambda: _("Noted: something worries. The card stands first until there is good news."),
    ContactKind.STOP: lambda: _("Contact is stopped. Nobody calls or writes until the resident asks for it again."),
}


@require_POST
def resume(request: HttpRequest, card_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.UPDATE_KIN)
    row = held_by(actor, card_id)
    services.resume(by=actor, card=row)
    messages.success(request, _("The card is watched again."))
    return redirect("family:relatives", number=row.resident.number)


@require_http_methods(["GET", "POST"])
def seek(request: HttpRequest, card_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.UPDATE_KIN)
    row = held_by(actor, card_id)
    content = open_record(row.record, Relative, by=actor, reason=Reason.FOLLOW_UP)
    form = SeekForm(request.POST or None, initial=_story(content))
    if request.method == "POST" and form.is_valid():
        enquirer, sought, separation = form.contents
        try:
            made = services.open_request_from(
                by=actor, card=row, sought=sought, enquirer=enquirer, separation=separation, once=form.key
            )
            return redirect("family:request", number=made.number)
        except services.ParentsAsk:
            form.add_error("represented_by", parents_ask())
        except AlreadySent:
            return redirect("family:relatives", number=row.resident.number)
    context = {"form": form, "row": row, "title": title_of(content.relation, content.who)}
    return render(request, "family/seek.html", context)


def _story(content: Relative) -> dict[str, object]:
    asking = Enquirer(relationship=other_way(content.relation))
    sought = Sought(full_name=content.who, sex=Sex(sex_of(content.relation)))
    return initial_from((asking, sought, None))
