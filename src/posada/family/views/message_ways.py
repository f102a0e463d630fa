"""One message: how it is sent by a person, how it went, the recording, the printed form; a reply and its telling."""

import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, require
from posada.family import services
from posada.family.forms.message_words import CHECK_LABELS, FAILURE_LABELS, KIND_LABELS, WAY_SHORT, state_words
from posada.family.forms.messages import ReplyForm, StepForm, TellForm
from posada.family.models import Channel, Check, How, Message, MessageContent, MessageLog, Relative
from posada.family.queries.harm import raising
from posada.family.queries.messages import log_of, message, reach_of
from posada.family.queries.relatives import card as card_by_id
from posada.family.queries.relatives import opened
from posada.family.rules import calling, sentences
from posada.family.rules.calling import Reach
from posada.family.rules.dangers import holds
from posada.family.rules.messages import (
    TO_SEND,
    Direction,
    MessageKind,
    MessageState,
    Way,
    may_follow,
    ways_of,
)
from posada.family.rules.moments import moment_in_words
from posada.family.services.messages import AlreadyThere, NotNow, note_reply, note_step, tell_reply
from posada.family.views.cards import Shown, local, shown, title_of
from posada.family.views.harm_shown import raised_lines
from posada.family.views.sending import changed_meanwhile
from posada.ground import clock
from posada.people.views.calm import calmly
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.records.staff import name_of
from posada.ui.parts import Badge, HistoryLine

_SHOWN = "family.message.shown"
_SHOWN_SECONDS = (
    2 * 60 * 60
)  # whoever sees the words while they may be sent writes down within two hours that they were
_ANSWER_LINES = 6
_SUFFIXES = {"audio/ogg": "ogg", "audio/mp4": "m4a", "audio/mpeg": "mp3", "audio/wav": "wav"}
_OFFERED = (
    MessageState.SENT,
    MessageState.DELIVERED,
    MessageState.READ,
    MessageState.FAILED,
    MessageState.GIVEN_UP,
)


@dataclass(frozen=True, slots=True)
class Open:
    """A message with the card it belongs to, as its reader opened them."""

    row: Message
    relative: Relative
    log: MessageLog
    reach: Reach

    @property
    def has_words_to_send(self) -> bool:
        """Whether its words are there, and somebody may turn to the relative now."""
        return self.row.record is not None and self.row.stands in TO_SEND and self.reach.may


def _message(actor: Actor, message_id: uuid.UUID) -> Message:
    found = message(actor, message_id)
    if found is None:
        raise Http404
    require(actor, Act.SEND_MESSAGE, found.card.resident.subject)
    services.entrust_cards(found.card.resident)
    return found


def _opened(actor: Actor, row: Message, *, reason: Reason = Reason.VIEW, way: str = "") -> Open:
    relative = open_record(row.card.record, Relative, by=actor, reason=reason)
    log = log_of(actor, row, reason=reason)
    found = reach_of(row.card, relative, clock.now(), way=way or row.way, steps=log.steps)
    return Open(row, relative, log, found)


@require_GET
@calmly
def message_page(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """What to send and how, while it may be sent; else why not and from when. Or what came, to be told."""
    actor = require_act(request, Act.SEND_MESSAGE)
    return _page(request, actor, _message(actor, message_id))


def _page(request: HttpRequest, actor: Actor, row: Message, form: StepForm | None = None) -> HttpResponse:
    held = _opened(actor, row)
    content = None
    if row.record is not None and (held.has_words_to_send or row.direction == Direction.IN):
        content = open_record(row.record, MessageContent, by=actor, reason=Reason.FOLLOW_UP)
    now = clock.now()
    context: dict[str, Any] = {
        "row": row,
        "title": title_of(held.relative.relation, held.relative.who),
        "badge": _badge(row),
        "kind": KIND_LABELS[MessageKind(row.kind)],
        "content": content,
        "contact": held.relative.contact if held.has_words_to_send else "",
        "card": _card(actor, held),
        "why_not": calling.words(held.reach, now=now, zone=clock.house_zone()),
        "lines": _lines(held.log),
        "form": form or _step_form(actor, held),
    }
    if row.direction == Direction.IN:
        context |= _of_reply(held, content)
        return render(request, "family/reply_told.html", context)
    return render(request, "family/message.html", context, status=422 if form is not None else 200)


def _card(actor: Actor, held: Open) -> Shown:
    """What stands on the card and is read before anybody turns to the relative. Whether they may stands apart."""
    card, now = held.row.card, clock.now()
    return replace(shown(opened(card, held.relative, now), now, raised_lines(raising(actor, card.resident))), reach="")


def _badge(row: Message) -> Badge:
    words, kind = state_words(row.stands, row.way)
    return Badge(str(words), kind)  # type: ignore[arg-type]  # one of the badge's kinds


def _of_reply(held: Open, content: MessageContent | None) -> dict[str, Any]:
    words = [held.relative.duress_words] if held.relative.duress_words else []
    return {
        "tell": TellForm(initial={"sequence": held.row.sequence}),
        "check": CHECK_LABELS[held.log.check],
        "is_doubtful": held.log.check in {Check.NOT_SAID, Check.ALARM},
        "is_alarm": held.log.check is Check.ALARM or (content is not None and holds(content.text, words)),
    }


def _lines(log: MessageLog) -> list[HistoryLine]:
    now, lines = clock.now(), []
    for step in reversed(log.steps):
        parts = [str(state_words(step.state, step.way or "")[0]).capitalize()]
        parts += [str(WAY_SHORT[step.way])] if step.way else []
        parts += [str(FAILURE_LABELS[step.reason]).lower()] if step.reason else []
        lines.append(HistoryLine(f"{', '.join(parts)}.", moment_in_words(local(step.at), local(now)), name_of(step.by)))
    return lines


def _states(held: Open) -> list[tuple[str, Any]]:
    """What may be noted now. What turns to the family is offered only while it may be done."""
    turns = held.row.stands not in TO_SEND or held.reach.may
    return [
        (state.value, _said_of(state, held.row.way))
        for state in _OFFERED
        if may_follow(held.row.stands, state) and (turns or state is MessageState.GIVEN_UP)
    ]


def _said_of(state: MessageState, way: str) -> str:
    if state is MessageState.GIVEN_UP:
        return _("Given up: its words are deleted")
    words = str(state_words(state, way)[0]).capitalize()
    if state is MessageState.DELIVERED:
        return _("%(state)s: its words are deleted") % {"state": words}
    return words


def _step_form(actor: Actor, held: Open, data: Any = None) -> StepForm:
    token = signing.dumps([held.row.pk.hex, actor.user], salt=_SHOWN) if held.has_words_to_send else ""
    initial = {"sequence": held.row.sequence, "shown": token}
    ways = ways_of(MessageKind(held.row.kind)) if held.row.stands in TO_SEND else ()
    return StepForm(data, initial={**initial, "way": held.row.way}, states=_states(held), ways=ways)


@require_POST
@calmly
def message_step(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """How it went. What was shown while it might be sent may be noted within two hours, whatever came between."""
    actor = require_act(request, Act.SEND_MESSAGE)
    row = _message(actor, message_id)
    was_shown = _was_shown(actor, row, request.POST.get("shown", ""))
    states = [(one.value, one.value) for one in _OFFERED]
    form = StepForm(request.POST, states=states, ways=ways_of(MessageKind(row.kind)))
    if not form.is_valid():
        again = _step_form(actor, _opened(actor, row), request.POST)
        again.is_valid()
        return _page(request, actor, row, again)
    seen = form.cleaned_data.get("sequence")
    try:
        note_step(by=actor, message=row, said=form.said(), was_shown=was_shown, seen=seen, once=form.key)
        messages.success(request, _("Noted."))
    except Stale:
        messages.warning(request, changed_meanwhile())
    except AlreadyThere:
        messages.warning(request, _("This was noted before: it stands further on already. Nothing was changed."))
    except NotNow as not_now:
        messages.error(request, _("Not noted. %(why)s") % {"why": not_now})
    except AlreadySent:
        pass
    return redirect("family:message", message_id=row.pk)


def _was_shown(actor: Actor, row: Message, token: str) -> bool:
    """Whether this very user saw these words, when they might be sent, not longer ago than two hours."""
    try:
        said = signing.loads(token, salt=_SHOWN, max_age=_SHOWN_SECONDS)
    except signing.BadSignature:
        return False
    return bool(said == [row.pk.hex, actor.user])


@require_GET
@calmly
def message_voice(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """The recording, to be sent from the telephone of the house: never played in the page."""
    actor = require_act(request, Act.SEND_MESSAGE)
    row = _message(actor, message_id)
    if row.kind != MessageKind.VOICE or row.record is None or not _opened(actor, row).has_words_to_send:
        return redirect("family:message", message_id=row.pk)
    content = open_record(row.record, MessageContent, by=actor, reason=Reason.FOLLOW_UP)
    answer = HttpResponse(content.audio, content_type=content.audio_type)
    suffix = _SUFFIXES.get(content.audio_type, "bin")
    answer["Content-Disposition"] = f'attachment; filename="{row.number}.{suffix}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
@calmly
def message_paper(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """The printed form: folded twice, outside a number and no name; inside the words and space for an answer."""
    actor = require_act(request, Act.SEND_MESSAGE)
    row = _message(actor, message_id)
    held = _opened(actor, row, reason=Reason.PRINT, way=Way.PAPER)
    if (
        row.record is None
        or row.kind == MessageKind.VOICE
        or row.direction == Direction.IN
        or not held.has_words_to_send
    ):
        return redirect("family:message", message_id=row.pk)
    content = open_record(row.record, MessageContent, by=actor, reason=Reason.PRINT)
    context = {
        "row": row,
        "content": content,
        "reply_words": sentences.language(content.language).reply,
        "answer_lines": range(_ANSWER_LINES),
    }
    return render(request, "family/message_paper.html", context)


@require_http_methods(["GET", "POST"])
@calmly
def reply(request: HttpRequest, card_id: uuid.UUID) -> HttpResponse:
    """Note what came from a relative, and whether the agreed words were in it."""
    actor = require_act(request, Act.SEND_MESSAGE)
    card = card_by_id(actor, card_id)
    if card is None:
        raise Http404
    require(actor, Act.SEND_MESSAGE, card.resident.subject)
    services.entrust_cards(card.resident)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = note_reply(
                by=actor,
                card=card,
                content=form.content(),
                channel=Channel(said["channel"]),
                check=form.checked,
                once=form.key,
            )
        except AlreadySent:
            return redirect("family:messages")
        return redirect("family:message", message_id=made.pk)
    content = open_record(card.record, Relative, by=actor, reason=Reason.WRITE)
    context = {"form": form, "row": card, "title": title_of(content.relation, content.who), "words": content}
    return render(request, "family/reply.html", context, status=422 if form.errors else 200)


@require_POST
@calmly
def tell(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """The resident has had it; it is news only if the resident says so."""
    actor = require_act(request, Act.SEND_MESSAGE)
    row = _message(actor, message_id)
    form = TellForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This could not be noted as it was sent. Look at the page again."))
        return redirect("family:message", message_id=row.pk)
    said = form.cleaned_data
    try:
        tell_reply(
            by=actor,
            message=row,
            is_news=said["is_news"],
            how=How(said.get("how") or How.UNKNOWN),
            seen=said.get("sequence"),
            once=form.key,
        )
        messages.success(request, _("Noted. The words of the reply are deleted."))
    except Stale:
        messages.warning(request, changed_meanwhile())
    except AlreadyThere:
        messages.warning(request, _("This was noted before: it stands further on already. Nothing was changed."))
    except AlreadySent:
        pass
    return redirect("family:card", card_id=row.card_id)
