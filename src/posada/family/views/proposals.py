"""One proposal compared and decided."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.approvals import NotAllowed
from posada.accounts.approvals.queries import approval_for
from posada.accounts.http import require_act
from posada.accounts.models import Approval
from posada.accounts.permissions import Actor, require
from posada.family import services
from posada.family.forms import DecideForm
from posada.family.models import DecisionNote, Proposal, ProposalState
from posada.family.queries.comparison import comparison
from posada.family.queries.families import families_of, relation_asked
from posada.family.queries.proposals import asked_of, seen_of, subject_of_proposal
from posada.family.queries.proposals import proposal as proposal_by_id
from posada.family.rules.kinship import RELATION_LABELS
from posada.family.rules.questions import questions
from posada.family.views.proposals_shown import beside, consent_line, history_lines, notes_of
from posada.people.queries import may as people_may
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.records.staff import name_of


def open_proposal(actor: Actor, proposal_id: uuid.UUID, act: Act) -> Proposal:
    """A proposal that this user may do the act to; anybody else's is a 404."""
    found = proposal_by_id(actor, proposal_id)
    if found is None:
        raise Http404
    require(actor, act, subject_of_proposal(found))
    services.entrust_proposal(found)
    return found


@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.DECIDE_PROPOSAL)
    row = open_proposal(actor, proposal_id, Act.DECIDE_PROPOSAL)
    form = DecideForm(request.POST or None, initial={"seen": seen_words(row)})
    if request.method == "POST" and form.is_valid():
        answer = _decide(request, actor, row, form)
        if answer is not None:
            return answer
        row = open_proposal(actor, proposal_id, Act.DECIDE_PROPOSAL)
        form = DecideForm(initial={"seen": seen_words(row), "note": form.cleaned_data["note"]})
    return _page(request, actor, row, form)


def seen_words(row: Proposal) -> str:
    """The versions that whoever decides has looked at, as they stand in a form."""
    return "-".join(str(one) for one in seen_of(row))


def _page(request: HttpRequest, actor: Actor, row: Proposal, form: DecideForm) -> HttpResponse:
    found = comparison(row, by=actor)
    relation = relation_asked(row, by=actor)
    title = _("Why %(percent)s") % {"percent": found.percent}
    context = {
        "row": row,
        "form": form,
        "found": found,
        "relationship": RELATION_LABELS[relation] if relation else "",
        "questions": questions(relation),
        "title": title,
        "notes": notes_of(row, actor),
        "may_erase_notes": row.person is not None and people_may(actor, Act.ASK_ERASURE, row.person),
        "consent": consent_line(row, actor),
        "families": families_of(row, by=actor, named="family" in request.GET),
        "named": "family" in request.GET,
        "decided_by": name_of(row.decided_by) if row.decided_on else "",
        "decision_note": _decision_note(row, actor),
        "history": history_lines(row, actor),
        **beside(row, actor),
        "asked": _asked(actor, row),
        "may_ask": row.state == ProposalState.SAME and row.person is not None,
    }
    return render(request, "family/proposal.html", context)


def _asked(actor: Actor, row: Proposal) -> Approval | None:
    """What waits for a second, for those who asked it or may be the second."""
    held = asked_of(row)
    return held and approval_for(actor, held.pk)


def _decision_note(row: Proposal, actor: Actor) -> DecisionNote | None:
    if row.record is None:
        return None
    return open_record(row.record, DecisionNote, by=actor, reason=Reason.COMPARE)


def _decide(request: HttpRequest, actor: Actor, row: Proposal, form: DecideForm) -> HttpResponse | None:
    """Where to go on; none if somebody was quicker: then the page is shown again, with what was typed."""
    decision = ProposalState(form.cleaned_data["decision"])
    try:
        if decision == ProposalState.SAME:
            return _say_same(request, actor, row, form)
        note = form.cleaned_data["note"]
        services.decide(by=actor, proposal=row, decision=decision, note=note, seen=form.versions, once=form.key)
        messages.success(request, _DECIDED[decision]())
    except Stale:
        messages.warning(
            request, _("Somebody changed or decided this while it was open. Look again; your words stand.")
        )
        return None
    except services.IsTheSame:
        messages.warning(
            request, _("Two persons decided that it is the same person. Take it back first, with a reason.")
        )
        return redirect("family:take_back", proposal_id=row.pk)
    except AlreadySent:
        pass
    return redirect("family:work_list")


def _say_same(request: HttpRequest, actor: Actor, row: Proposal, form: DecideForm) -> HttpResponse:
    """Who compared says so; on to the page where it waits for a second, or where it is decided by their being one."""
    try:
        note = form.cleaned_data["note"]
        approval = services.propose_same(by=actor, proposal=row, note=note, seen=form.versions, once=form.key)
    except services.AlreadyAsked:
        words = _("Somebody said so already. A tracing officer or the site manager has to agree; you need do nothing.")
        messages.info(request, words)
        return redirect("family:proposal", proposal_id=row.pk)
    except NotAllowed as stands_in_the_way:
        messages.warning(request, str(stands_in_the_way))
        return redirect("family:proposal", proposal_id=row.pk)
    if approval.asked_by_id != actor.user:
        messages.success(request, _DECIDED[ProposalState.SAME]())
        return redirect("family:proposal", proposal_id=row.pk)
    return redirect("desk:approval", approval_id=approval.pk)


_DECIDED = {
    ProposalState.SAME: lambda: _("Noted: the same person. Nobody was told. Ask the found person in private."),
    ProposalState.NOT_YET: lambda: _("Noted: not yet. It stays in the list, for whoever learns more."),
    ProposalState.DIFFERENT: lambda: _("Noted: a different person. It comes back only if one of the two changes."),
}
