"""The screen that is turned to the found person."""

import uuid
from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, require
from posada.family import services
from posada.family.forms import FoundForm
from posada.family.models import DecisionNote, FoundChoice, FoundDecision, Proposal, ProposalState
from posada.family.queries.answers import enquirer_answer
from posada.family.queries.proposals import proposal as proposal_by_id
from posada.family.queries.proposals import subject_of_proposal
from posada.family.rules.choices import CHOICE_SHORT, Choice, Reach
from posada.family.rules.kinship import RELATION_LABELS
from posada.ground import clock
from posada.people.models import Identity
from posada.people.rules import treated_as_minor
from posada.records.door import Reason, open_record, open_records
from posada.records.once import AlreadySent


def _proposal(actor: Actor, proposal_id: uuid.UUID) -> Proposal:
    found = proposal_by_id(actor, proposal_id)
    if found is None:
        raise Http404
    require(actor, Act.RECORD_DECISION, subject_of_proposal(found))
    services.entrust_proposal(found)
    return found


def _decision_note(row: Proposal, actor: Actor) -> DecisionNote | None:
    if row.record is None:
        return None
    return open_record(row.record, DecisionNote, by=actor, reason=Reason.COMPARE)


@require_http_methods(["GET", "POST"])
def found_decision(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.RECORD_DECISION)
    row = _proposal(actor, proposal_id)
    if row.person is None or row.state != ProposalState.SAME:
        messages.warning(request, _("First two persons decide that it is the same person. Then they are asked."))
        return redirect("family:proposal", proposal_id=row.pk)
    identity = open_record(row.person.identity, Identity, by=actor, reason=Reason.VIEW)
    held = _held_choice(row, actor)
    form = FoundForm(request.POST or None, child=treated_as_minor(identity, clock.today()))
    if request.method == "POST" and form.is_valid():
        return _keep(request, actor, row, form)
    note = _decision_note(row, actor)
    context = {
        "row": row,
        "form": form,
        "held": held,
        "held_words": CHOICE_SHORT[held.choice] if held else "",
        "rests": _rests(held) and "changed" not in request.GET and request.method == "GET",
        "child": "represented_by" in form.fields,
        "relationship": RELATION_LABELS[note.relationship] if note and note.relationship else "",
        "asker_name": note.asker_name if note else "",
        "answer": enquirer_answer(row.request),
    }
    return render(request, "family/found_decision.html", context)


def _held_choice(row: Proposal, actor: Actor) -> FoundChoice | None:
    """What this person chose before: for this request, or for any relative who asks."""
    rows = list(FoundDecision.objects.filter(person=row.person).select_related("record"))
    contents = open_records([one.record for one in rows], FoundChoice, by=actor, reason=Reason.VIEW)
    said = [
        opened.content
        for one, opened in zip(rows, contents, strict=True)
        if one.proposal_id == row.pk or opened.content.reach is Reach.ANY_RELATIVE
    ]
    return max(said, key=lambda content: content.at, default=None)


def _rests(held: FoundChoice | None) -> bool:
    """Whether they asked not to be asked again. That has no end, whatever was written beside it."""
    return held is not None and held.choice is Choice.NEVER_ASK


def _keep(request: HttpRequest, actor: Actor, row: Proposal, form: FoundForm) -> HttpResponse:
    with suppress(AlreadySent):
        services.record_found_decision(by=actor, proposal=row, content=form.content(by=actor.user), once=form.key)
    messages.success(request, _("It is kept as they said it. Nothing leaves by itself; they can change it any day."))
    return redirect("family:proposal", proposal_id=row.pk)
