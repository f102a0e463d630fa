"""What was decided as staff see it, what is to be told and how it went, and what comes after."""

import uuid
from contextlib import suppress
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.approvals import NotAllowed
from posada.accounts.approvals.queries import approval_for
from posada.accounts.http import require_act
from posada.accounts.models import Approval
from posada.accounts.permissions import Actor, granted_role, require
from posada.family import services
from posada.family.forms import TriedForm, WordForm
from posada.family.forms.words import BY_CHANNEL
from posada.family.models import (
    Channel,
    EnquirerWord,
    FoundChoice,
    FoundDecision,
    InContact,
    Proposal,
    Release,
    ReleaseState,
    Telling,
)
from posada.family.queries.found import decision_of, history_of, to_ask
from posada.family.queries.releasing import (
    in_the_way,
    release_asked,
    release_of,
    release_ready,
    releases,
    to_ask_again,
    to_tell,
    words_due,
)
from posada.family.queries.requests import request_by_number
from posada.family.rules import calling
from posada.family.rules.choices import CARRIED_OUT, CHOICE_SHORT, REACH_LABELS, Choice
from posada.family.rules.moments import moment_in_words
from posada.family.rules.protecting import PROTECTION_WORDS
from posada.family.rules.releasing import OBSTACLE_LABELS, Obstacle
from posada.family.rules.representing import REPRESENTS_LABELS, Represents
from posada.family.rules.telling import said_so
from posada.family.views.cards import local
from posada.family.views.found import proposal_at
from posada.ground import clock
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent
from posada.records.staff import name_of
from posada.ui.parts import Fact, HistoryLine

MOST = 50  # of a list on one page


@require_GET
def found_state(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """What the found person decided, everything they said before, and what may be done because of it."""
    actor = require_act(request, Act.RECORD_DECISION)
    row = proposal_at(actor, proposal_id, Act.RECORD_DECISION)
    decision = decision_of(row)
    if decision is None:
        return redirect("family:found_decision", proposal_id=row.pk)
    versions = history_of(decision, actor)
    content = versions[0].content
    obstacle, release = in_the_way(row), release_of(decision)
    context = {
        "row": row,
        "content": content,
        "holds": content.holds_on(clock.today()),
        "facts": _facts(content),
        "history": [_said_line(one.content) for one in versions],
        "carried_out": content.choice in CARRIED_OUT,
        "check_first": content.choice is Choice.CHECK_FIRST,
        "obstacle": OBSTACLE_LABELS[obstacle] if obstacle else "",
        "release": release,
        "may_ask": obstacle is None and actor.may(Act.RELEASE) and (release is None or to_ask_again(row, release)),
        "asked": _asked(actor, row),
        "in_contact": InContact.objects.filter(request=row.request).exists(),
        "may_contact": _may_contact(row, decision, content),
    }
    return render(request, "family/found_state.html", context)


def _may_contact(row: Proposal, decision: FoundDecision, content: FoundChoice) -> bool:
    if InContact.objects.filter(request=row.request).exists():
        return False
    was_told = Release.objects.filter(decision=decision, state=ReleaseState.TOLD).exists()
    return was_told or (content.choice is Choice.ALREADY_TALK and not content.withdrawn)


def _asked(actor: Actor, row: Proposal) -> Approval | None:
    """What waits for a second, for those who asked it or may be the second."""
    held = release_asked(row)
    return held and approval_for(actor, held.pk)


def _facts(content: FoundChoice) -> list[Fact]:
    """How it was said. What is to be passed on is shown only to whoever tells it."""
    until = date_format(content.expires_on, "DATE_FORMAT") if content.expires_on else _("until they say otherwise")
    later = date_format(content.ask_again_on, "DATE_FORMAT") if content.ask_again_on else ""
    facts = [
        Fact(_("For whom"), str(REACH_LABELS[content.reach])),
        Fact(_("Which relatives"), content.named),
        Fact(_("Until"), until),
        Fact(_("Ask again on"), later),
        Fact(_("In which language"), content.language),
        Fact(_("Interpreter"), content.interpreter),
        Fact(_("Witness"), content.witness),
        Fact(_("Who decides with them"), content.represented_by),
        Fact(
            _("As what"), "" if content.represents is Represents.NOBODY else str(REPRESENTS_LABELS[content.represents])
        ),
        Fact(_("What the child said"), content.child_heard),
    ]
    return [fact for fact in facts if fact.value]


def _said_line(content: FoundChoice) -> HistoryLine:
    words = _("Taken back: %(choice)s.") if content.withdrawn else _("Chosen: %(choice)s.")
    when = moment_in_words(local(content.at), local(clock.now()))
    return HistoryLine(words % {"choice": CHOICE_SHORT[content.choice]}, when, name_of(content.by))


@require_POST
def ask_release(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Ask that it be told; on to the page where it waits for a second."""
    actor = require_act(request, Act.RELEASE)
    row = proposal_at(actor, proposal_id, Act.RELEASE)
    try:
        approval = services.ask_release(by=actor, proposal=row)
    except services.Held as held:
        messages.warning(request, str(held))
    except services.AlreadyReleased:
        messages.info(request, _("This choice was agreed to before. Look under “To tell”."))
    except NotAllowed as stands_in_the_way:
        messages.warning(request, str(stands_in_the_way))
    else:
        return redirect("desk:approval", approval_id=approval.pk)
    return redirect("family:found_state", proposal_id=row.pk)


@require_POST
def note_contact(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """One of the two says that they are in contact."""
    actor = require_act(request, Act.RELEASE)
    row = proposal_at(actor, proposal_id, Act.RELEASE)
    try:
        services.note_contact(by=actor, proposal=row)
    except services.NothingToldYet:
        messages.warning(
            request, _("Nothing was told yet, and they did not say that they already talk. Nothing noted.")
        )
    except services.AlreadyInContact:
        messages.info(request, _("This was noted before."))
    else:
        words = _("Noted. It is a card of their people now, with a next call. The one who asked says when it ends.")
        messages.success(request, words)
    return redirect("family:found_state", proposal_id=row.pk)


@dataclass(frozen=True, slots=True)
class Line:
    """One release among those to tell: numbers, a day, how often it was tried."""

    release: Release
    number: int
    person: int


@require_GET
def to_tell_page(request: HttpRequest) -> HttpResponse:
    """Whom to ask, what to ask a second for, what to tell, and whose word to hear: numbers only."""
    actor = require_act(request, Act.RELEASE)
    lines = [
        Line(one, one.decision.proposal.request.number, one.decision.person.number) for one in to_tell(actor)[:MOST]
    ]
    context = {
        "lines": lines,
        "to_ask": to_ask(actor)[:MOST],
        "ready": release_ready(actor)[:MOST],
        "words_due": words_due(actor)[:MOST],
    }
    return render(request, "family/to_tell.html", context)


def _release(actor: Actor, release_id: uuid.UUID) -> Release:
    found = releases(actor).filter(pk=release_id).first()
    if found is None:
        if Release.objects.visible_to(actor).filter(pk=release_id).exists():
            require(actor, Act.RELEASE, Release.objects.get(pk=release_id).decision.person.subject)
        raise Http404
    services.entrust_proposal(found.decision.proposal)
    return found


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, release_id: uuid.UUID) -> HttpResponse:
    """One release: how often it was tried, and (on a press, when it may be) the very words to say now."""
    actor = require_act(request, Act.RELEASE)
    held = _release(actor, release_id)
    say, problem = None, ""
    if request.method == "GET":
        records.note(actor, Act.RELEASE, held.decision.person.subject)
    if request.method == "POST":
        require(actor, Act.READ_REQUEST, held.decision.proposal.request.enquirer_subject)
        try:
            say = services.what_to_say(by=actor, release=held)
        except services.Held as stands:
            problem = str(stands)
        except services.NotNow as not_now:
            problem = calling.words(not_now.reach, now=clock.now(), zone=clock.house_zone())
        except services.NotToTell:
            problem = _("This was told, or stopped, or the found person changed their choice. Tell nothing.")
        held = _release(actor, release_id)
    return _page(request, actor, held, TriedForm(), say, problem)


def _page(
    request: HttpRequest,
    actor: Actor,
    held: Release,
    form: TriedForm,
    say: services.ToSay | None = None,
    problem: str = "",
) -> HttpResponse:
    proposal = held.decision.proposal
    may = granted_role(actor, Act.READ_REQUEST, proposal.request.enquirer_subject) is not None
    obstacle = in_the_way(proposal) if held.state == ReleaseState.TO_TELL else None
    if obstacle is None and to_ask_again(proposal, held):
        obstacle = Obstacle.CHANGED
    context = {
        "release": held,
        "proposal": proposal,
        "form": form,
        "say": say,
        "words": said_so(say.choice, say.text, say.channel, say.hours) if say else None,
        "protections": [PROTECTION_WORDS[one] for one in say.protections] if say else [],
        "problem": problem,
        "obstacle": OBSTACLE_LABELS[obstacle] if obstacle else "",
        "may_open": may and obstacle is None and held.state == ReleaseState.TO_TELL,
        "only_officer": not may,
        "may_note": may and held.opened and held.state != ReleaseState.TOLD,
        "tries": _tries(actor, held),
    }
    return render(request, "family/release.html", context, status=422 if form.errors or problem else 200)


def _tries(actor: Actor, held: Release) -> list[HistoryLine]:
    if held.record is None:
        return []
    content = open_record(held.record, Telling, by=actor, reason=Reason.FOLLOW_UP)
    lines = []
    for one in reversed(content.tries):
        words = _("Reached, and told") if one.reached else _("Not reached, nothing said")
        sentence = ", ".join(part for part in (words, str(BY_CHANNEL[one.channel])) if part)
        said = f"{sentence}: {one.note}." if one.note else f"{sentence}."
        lines.append(HistoryLine(said, moment_in_words(local(one.at), local(clock.now())), name_of(one.by)))
    return lines


@require_POST
def tried(request: HttpRequest, release_id: uuid.UUID) -> HttpResponse:
    """How a try went."""
    actor = require_act(request, Act.RELEASE)
    held = _release(actor, release_id)
    require(actor, Act.READ_REQUEST, held.decision.proposal.request.enquirer_subject)
    form = TriedForm(request.POST)
    if not form.is_valid():
        return _page(request, actor, held, form)
    reached = form.cleaned_data["reached"] == "yes"
    channel, note = Channel(form.cleaned_data["channel"]), form.cleaned_data["note"]
    problem = ""
    try:
        services.note_try(by=actor, release=held, channel=channel, reached=reached, note=note, once=form.key)
    except AlreadySent:
        pass
    except services.NotOpened:
        problem = _("Nobody was shown the words yet, so nobody told them. Nothing was noted.")
    except services.NotToTell:
        problem = _("Somebody noted already that it was told, or it was stopped. Nothing was noted.")
    except services.NoCalls:
        problem = _("The one who asks is never telephoned. Say by which other way it was told; nothing was noted.")
    if problem:
        messages.warning(request, problem)
    elif reached:
        messages.success(request, _("Noted: it was told. What was passed on is deleted. Add nothing to it later."))
    else:
        messages.info(request, _("Noted: not reached. It stays among what is to be told."))
    return redirect("family:release", release_id=held.pk)


@require_http_methods(["GET", "POST"])
def enquirer_word(request: HttpRequest, number: int) -> HttpResponse:
    """What the one who asked says after contact; only by it does a request end."""
    actor = require_act(request, Act.UPDATE_REQUEST)
    found = request_by_number(actor, number)
    if found is None:
        raise Http404
    require(actor, Act.UPDATE_REQUEST, found.sought_subject)
    form = WordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with suppress(AlreadySent):
            try:
                services.take_word(by=actor, request=found, word=EnquirerWord(form.cleaned_data["word"]), once=form.key)
            except services.NotInContact:
                messages.warning(request, _("No contact was noted for this request, or it is closed. Nothing changed."))
            else:
                messages.success(request, _("Noted, as they said it."))
        return redirect("family:request", number=number)
    context = {"found": found, "form": form}
    return render(request, "family/enquirer_word.html", context, status=422 if form.errors else 200)
