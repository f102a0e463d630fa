"""News of a death: note it, ask a second person, write how a person told it, take back what was wrong.

No list, badge or line of Today ever says it; it is read only here, by who may know.
"""

import uuid
from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.approvals import Kind, NotAllowed
from posada.accounts.approvals.queries import Standing, open_for, standing
from posada.accounts.http import require_act
from posada.accounts.models import Approval
from posada.accounts.permissions import Actor, Subject, require
from posada.family.forms.deaths import DeathForm, ToldForm, WithdrawNewsForm
from posada.family.models import DeathNews, DeathWords, TracingRequest
from posada.family.queries.deaths import About, news_about, news_by_id, question_of, words_of
from posada.family.queries.requests import request_by_number
from posada.family.rules.deaths import BY_LABELS, KNOWS_LABELS, STAGE_WORDS, Stage, may_confirm
from posada.family.services import deaths as services
from posada.family.services import entrust_request
from posada.family.views.harm import card_or_404
from posada.family.views.harm_shown import day_of, when_in_words
from posada.family.views.sending import changed_meanwhile
from posada.ground import clock
from posada.people.forms.fields import day_as_typed
from posada.people.views.calm import calmly, person_or_404
from posada.records import services as records
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.ui.parts import Badge, Fact


@require_http_methods(["GET", "POST"])
@calmly
def card_death(request: HttpRequest, card_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.NOTE_DEATH)
    card = card_or_404(actor, card_id)
    require(actor, Act.NOTE_DEATH, card.subject)
    return _note(request, actor, card, reverse("family:card", args=[card_id]), card.resident.number)


@require_http_methods(["GET", "POST"])
@calmly
def request_death(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.NOTE_DEATH)
    found = request_by_number(actor, number)
    if found is None:
        raise Http404
    entrust_request(found)
    require(actor, Act.NOTE_DEATH, found.enquirer_subject)
    return _note(request, actor, found, reverse("family:request", args=[number]), number)


@require_http_methods(["GET", "POST"])
@calmly
def person_death(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.NOTE_DEATH)
    person = person_or_404(actor, number)
    require(actor, Act.NOTE_DEATH, person.subject)
    return _note(request, actor, person, reverse("desk:person", args=[number]), number)


def _note(request: HttpRequest, actor: Actor, about: About, back: str, number: int) -> HttpResponse:
    form = DeathForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.note_death(by=actor, about=about, content=form.content(), once=form.key)
        except AlreadySent as sent:
            return redirect("family:news", news_id=sent.result) if sent.result else redirect(back)
        messages.success(request, _("It is written down. Nothing else changes by it, and nobody is told."))
        return redirect("family:news", news_id=made.pk)
    records.note(actor, Act.NOTE_DEATH, _subject(about), reason="news")
    rows = [(row, _badge(row), day_of(row.noted_on)) for row in news_about(actor, about)]
    context = {"form": form, "back": back, "number": number, "rows": rows}
    return render(request, "family/note_news.html", context, status=422 if form.errors else 200)


def _subject(about: About) -> Subject:
    return about.sought_subject if isinstance(about, TracingRequest) else about.subject


def _news(actor: Actor, news_id: uuid.UUID) -> DeathNews:
    """The news, for who may know of it; of anybody else's there is no trace."""
    found = news_by_id(actor, news_id)
    if found is None:
        raise Http404
    return found


@require_GET
@calmly
def news(request: HttpRequest, news_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.NOTE_DEATH)
    return _page(request, actor, _news(actor, news_id))


def _badge(row: DeathNews) -> Badge:
    words, kind = STAGE_WORDS[row.stage]
    return Badge(str(words), kind)  # type: ignore[arg-type]  # one of the badge's kinds


def _page(
    request: HttpRequest,
    actor: Actor,
    row: DeathNews,
    told: ToldForm | None = None,
    wrong: WithdrawNewsForm | None = None,
) -> HttpResponse:
    content = words_of(row, by=actor)
    asked = open_for(actor, Kind.DEATH_NEWS, row.pk) if row.stage is Stage.NOTED else None
    asked = asked if asked and asked.digest == question_of(row, content).digest else None
    seen = {"seen": row.record.version}
    told = told or ToldForm(initial={**seen, "on": day_as_typed(clock.today())})
    wrong = wrong or WithdrawNewsForm(initial=seen)
    context = {
        "row": row,
        "badge": _badge(row),
        "facts": _facts(content),
        "told_facts": _told_facts(content),
        "enough": may_confirm(content.knows, first_hand=content.first_hand),
        "asked": asked,
        "stands": _stands(asked),
        "told": told,
        "wrong": wrong,
        "back": _back(row),
    }
    return render(request, "family/news.html", context, status=422 if told.errors or wrong.errors else 200)


def _stands(asked: Approval | None) -> Standing | None:
    return standing(asked) if asked else None


def _back(row: DeathNews) -> str:
    if row.card_id is not None:
        return reverse("family:card", args=[row.card_id])
    if row.request is not None:
        return reverse("family:request", args=[row.request.number])
    return reverse("desk:person", args=[row.number])


def _facts(content: DeathWords) -> list[Fact]:
    first_hand = _("Yes") if content.first_hand else _("No, or not yet")
    return [
        Fact(_("Who says it"), content.source),
        Fact(_("How they know"), str(KNOWS_LABELS[content.knows])),
        Fact(_("At first hand to one of us"), first_hand),
        Fact(_("How it was checked"), content.checked),
        Fact(_("When"), when_in_words(content.on)),
        Fact(_("Where"), content.place),
        Fact(_("Note"), content.note),
    ]


def _told_facts(content: DeathWords) -> list[Fact]:
    if content.told_on is None or content.told_how is None:
        return []
    facts = [
        Fact(_("When"), day_of(content.told_on)),
        Fact(_("How it was told"), str(BY_LABELS[content.told_how])),
        Fact(_("Who was told"), content.told_to),
        Fact(_("Who told it"), content.told_by),
        Fact(_("Who was with them"), content.with_whom),
    ]
    wrong = [Fact(_("Why it was wrong"), content.withdrawn_why)] if content.withdrawn_why else []
    return facts + wrong


def _seen(request: HttpRequest) -> int | None:
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


@require_POST
@calmly
def ask_news(request: HttpRequest, news_id: uuid.UUID) -> HttpResponse:
    """Ask a second person to confirm it."""
    actor = require_act(request, Act.NOTE_DEATH)
    row = _news(actor, news_id)
    try:
        services.ask_to_confirm(by=actor, news=row, seen=_seen(request))
        messages.success(request, _("A second person is asked. Until they agree, nothing is confirmed."))
    except services.NotEnough:
        words = _("This cannot be confirmed: somebody must have seen it, or there is a paper, and one of us had it.")
        messages.warning(request, words)
    except Stale:
        messages.warning(request, changed_meanwhile())
    return redirect("family:news", news_id=news_id)


@require_POST
@calmly
def confirm_news(request: HttpRequest, news_id: uuid.UUID) -> HttpResponse:
    """Carry out what a second person agreed to."""
    actor = require_act(request, Act.NOTE_DEATH)
    row = _news(actor, news_id)
    asked = open_for(actor, Kind.DEATH_NEWS, row.pk)
    if asked is None:
        messages.warning(request, changed_meanwhile())
        return redirect("family:news", news_id=news_id)
    try:
        services.confirm(by=actor, approval=asked)
        messages.success(request, _("Confirmed by two. Now a person tells it, face to face or by voice."))
    except NotAllowed as stands_in_the_way:
        messages.warning(request, str(stands_in_the_way))
    except Stale:
        messages.warning(request, changed_meanwhile())
    return redirect("family:news", news_id=news_id)


@require_POST
@calmly
def told_news(request: HttpRequest, news_id: uuid.UUID) -> HttpResponse:
    """A person told it."""
    actor = require_act(request, Act.NOTE_DEATH)
    row = _news(actor, news_id)
    form = ToldForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, row, told=form)
    try:
        with suppress(AlreadySent):
            seen = form.cleaned_data["seen"]
            services.note_told(by=actor, news=row, told=form.told(), seen=seen, once=form.key)
        messages.success(request, _("It is written down, with who was there. Stay with them."))
    except services.NotConfirmed:
        messages.warning(request, _("Nothing is told before two persons confirmed it."))
    except Stale:
        messages.warning(request, changed_meanwhile())
    return redirect("family:news", news_id=news_id)


@require_POST
@calmly
def withdraw_news(request: HttpRequest, news_id: uuid.UUID) -> HttpResponse:
    """It was wrong."""
    actor = require_act(request, Act.NOTE_DEATH)
    row = _news(actor, news_id)
    form = WithdrawNewsForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, row, wrong=form)
    try:
        with suppress(AlreadySent):
            why, seen = form.cleaned_data["why"], form.cleaned_data["seen"]
            services.withdraw_news(by=actor, news=row, why=why, seen=seen, once=form.key)
        messages.success(request, _("Withdrawn. If somebody was told, tell them yourself, face to face or by voice."))
    except Stale:
        messages.warning(request, changed_meanwhile())
    return redirect("family:news", news_id=news_id)
