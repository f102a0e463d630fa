"""The screen that is turned to the found person, the end of it, and what staff see of what was decided."""

import uuid
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, require
from posada.family import services
from posada.family.forms import FoundForm
from posada.family.models import DecisionNote, Proposal, ProposalState
from posada.family.queries.found import Chosen, chosen, decision_of
from posada.family.queries.proposals import proposal as proposal_by_id
from posada.family.queries.proposals import subject_of_proposal
from posada.family.queries.releasing import was_told
from posada.family.rules.choices import CHOICE_MORE, CHOICE_SHORT, Choice
from posada.family.rules.kinship import RELATION_LABELS
from posada.family.rules.protecting import Protection
from posada.family.views.sending import changed_meanwhile
from posada.ground import clock
from posada.people.models import Identity
from posada.people.rules import treated_as_minor
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.ui.pictures.choices import choice_picture

TONGUES = {"es": "Español", "en": "English"}


def proposal_at(actor: Actor, proposal_id: uuid.UUID, act: Act) -> Proposal:
    """A proposal about a person, for somebody who may do the act to them."""
    found = proposal_by_id(actor, proposal_id)
    if found is None:
        raise Http404
    require(actor, act, subject_of_proposal(found))
    services.entrust_proposal(found)
    return found


def _decision_note(row: Proposal, actor: Actor) -> DecisionNote:
    if row.record is None:
        return DecisionNote(decision="")
    return open_record(row.record, DecisionNote, by=actor, reason=Reason.COMPARE)


@dataclass(frozen=True, slots=True)
class Card:
    """One choice as it is drawn: its value, its picture, its words and what follows from it."""

    value: str
    picture: SafeString
    words: str
    more: str
    is_chosen: bool


def _cards(form: FoundForm) -> list[Card]:
    """The choices, none of them ticked before somebody ticks it."""
    ticked = form["choice"].value() if form.is_bound else ""
    field: Any = form.fields["choice"]
    return [
        Card(value, choice_picture(value), str(words), str(CHOICE_MORE[Choice(value)]), value == ticked)
        for value, words in field.choices
    ]


def _tongue(request: HttpRequest) -> str:
    """The language of the turned page: the person's, not that of whoever works here."""
    asked = request.GET.get("in", "")
    return asked if asked in TONGUES else (translation.get_language() or "es")[:2]


@require_http_methods(["GET", "POST"])
def found_decision(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.RECORD_DECISION)
    row = proposal_at(actor, proposal_id, Act.RECORD_DECISION)
    if row.person is None or row.state != ProposalState.SAME:
        messages.warning(request, _("First two persons decide that it is the same person. Then they are asked."))
        return redirect("family:proposal", proposal_id=row.pk)
    with translation.override(_tongue(request)):
        return _turned(request, actor, row)


def _turned(request: HttpRequest, actor: Actor, row: Proposal) -> HttpResponse:
    """The page in the person's language: nothing of anybody else is on it, and no way leads from it to a list."""
    if row.person is None:
        raise Http404
    identity = open_record(row.person.identity, Identity, by=actor, reason=Reason.VIEW)
    child = treated_as_minor(identity, clock.today())
    said, note = chosen(actor, row), _decision_note(row, actor)
    two = Protection.TWO_PERSONS in note.protections
    version = said.own.row.record.version if said.own else 0
    sent = request.POST if request.method == "POST" else None
    form = FoundForm(sent, child=child, needs_witness=two, initial={"seen": version})
    problem = ""
    if request.method == "POST" and form.is_valid():
        problem = _keep(actor, row, form)
        if not problem:
            return redirect("family:found_thanks", proposal_id=row.pk)
    tongue = _tongue(request)
    context = {
        "row": row,
        "form": form,
        "cards": _cards(form),
        "problem": problem,
        "held": said.own.content if said.own and said.own.holds else None,
        "held_words": CHOICE_SHORT[said.own.content.choice] if said.own else "",
        "rests": said.rests and "changed" not in request.GET and request.method == "GET",
        "other_words": _other_words(said),
        "child": child,
        "needs_witness": two,
        "relationship": RELATION_LABELS[note.relationship] if note.relationship else "",
        "asker_name": "" if Protection.NO_NAME in note.protections else note.asker_name,
        "tongue": tongue,
        "tongues": TONGUES.items(),
    }
    return render(request, "family/found_decision.html", context, status=409 if problem else 200)


def _other_words(said: Chosen) -> str:
    """What they said of another relative who asked, where it may reach this one, too."""
    if said.other is None or not said.may_carry:
        return ""
    content = said.other.content
    words = str(CHOICE_SHORT[content.choice])
    return f"{words} ({content.named})" if content.named else words


def _keep(actor: Actor, row: Proposal, form: FoundForm) -> str:
    """Write it down; what is wrong, if somebody was quicker, in the person's language."""
    try:
        services.record_found_decision(
            by=actor,
            proposal=row,
            content=form.content(by=actor.user),
            words=form.passed_on,
            seen=form.cleaned_data["seen"],
            once=form.key,
        )
    except AlreadySent:
        return ""
    except (Stale, services.NotTheirs):
        return changed_meanwhile()
    except (services.NotAlone, services.NotOfAChild):
        return _("Where a child is, or somebody whose age is not known, is told to nobody. Choose something else.")
    return ""


@require_GET
def found_thanks(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """The end of the turned page: it shows nothing of anything, until whoever works here has the screen again."""
    actor = require_act(request, Act.RECORD_DECISION)
    row = proposal_at(actor, proposal_id, Act.RECORD_DECISION)
    decision = decision_of(row)
    context = {
        "row": row,
        "taken_back": "back" in request.GET,
        "told": bool(decision and was_told(decision)),
        "decided": decision is not None,
    }
    with translation.override(_tongue(request)):
        return render(request, "family/found_thanks.html", context)


@require_POST
def withdraw_found(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """The found person takes it back: at once, by one press, on any day."""
    actor = require_act(request, Act.RECORD_DECISION)
    row = proposal_at(actor, proposal_id, Act.RECORD_DECISION)
    with suppress(services.NotTheirs):
        services.withdraw_found_decision(by=actor, proposal=row)
    answer = redirect("family:found_thanks", proposal_id=row.pk)
    answer["Location"] += f"?back=1&in={_tongue(request)}"
    return answer


@require_POST
def keep_to_it(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """What they said of other relatives reaches this one: kept to, without asking them again."""
    actor = require_act(request, Act.RECORD_DECISION)
    row = proposal_at(actor, proposal_id, Act.RECORD_DECISION)
    try:
        services.keep_to_it(by=actor, proposal=row)
    except (services.NotTheirs, services.NotAlone, services.NotOfAChild):
        messages.warning(request, _("Nothing that they said reaches this one. Ask them, in private."))
    else:
        messages.success(request, _("Kept to what they said before. They may change it on any day."))
    return redirect("family:found_state", proposal_id=row.pk)
