"""Before and beside a decision: the list of what waits, questions to kin, a colleague's opinion, taking it back."""

import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.family import services
from posada.family.forms.checking import AskColleagueForm, KinAnswersForm, OpinionForm, TakeBackForm
from posada.family.models import AskedColleague, Proposal, ProposalState
from posada.family.queries.colleagues import colleagues_for, question_for
from posada.family.queries.deciding import kin_answers_of, kin_answers_version
from posada.family.queries.families import relation_asked
from posada.family.queries.worklist import Row, Shown
from posada.family.queries.worklist import work_list as rows_of
from posada.family.rules.questions import questions
from posada.family.views.proposals import open_proposal, seen_words
from posada.family.views.sending import changed_meanwhile
from posada.family.views.waiting import task_of
from posada.records import changes
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.records.staff import name_of
from posada.ui.parts import Tab, Task

A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list, as it is drawn."""

    tasks: tuple[Task, ...]
    page: Page[Row]
    older: str
    newer: str


@require_GET
def work_list(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.DECIDE_PROPOSAL)
    records.note(actor, Act.DECIDE_PROPOSAL, None, reason="list")
    changes.catch_up("family")
    shown = next((one for one in Shown if one.value == request.GET.get("show", "")), Shown.WAITS)
    page = Paginator(rows_of(actor, shown), A_PAGE).get_page(request.GET.get("page"))
    listed = Listed(
        tasks=tuple(task_of(row) for row in page),
        page=page,
        newer=_address(shown, page.previous_page_number()) if page.has_previous() else "",
        older=_address(shown, page.next_page_number()) if page.has_next() else "",
    )
    return render(request, "family/work_list.html", {"listed": listed, "tabs": _tabs(shown)})


def _address(shown: Shown, page: int = 1) -> str:
    words = {name: value for name, value in (("show", shown.value), ("page", page if page > 1 else "")) if value}
    return f"{reverse('family:work_list')}?{urlencode(words)}" if words else reverse("family:work_list")


def _tabs(shown: Shown) -> list[Tab]:
    labels = {
        Shown.WAITS: _("All"),
        Shown.MINE: _("Mine"),
        Shown.SECOND: _("Waits for a second"),
        Shown.NOT_YET: _("Not yet"),
    }
    return [Tab(label, _address(one), current=one is shown) for one, label in labels.items()]


def _back(row: Proposal) -> HttpResponse:
    return redirect("family:proposal", proposal_id=row.pk)


@require_http_methods(["GET", "POST"])
def kin_answers(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.DECIDE_PROPOSAL)
    row = open_proposal(actor, proposal_id, Act.DECIDE_PROPOSAL)
    form = KinAnswersForm(
        request.POST or None,
        suggested=questions(relation_asked(row, by=actor)),
        held=kin_answers_of(row, by=actor),
        version=kin_answers_version(row),
    )
    if request.method == "POST" and form.is_valid():
        try:
            expected = form.cleaned_data["version"]
            services.note_kin_answers(by=actor, proposal=row, content=form.content(), expected=expected, once=form.key)
            messages.success(request, _("Noted. Whoever is asked to agree sees how many answers fitted."))
        except Stale:
            messages.warning(request, changed_meanwhile())
            return redirect("family:kin_answers", proposal_id=row.pk)
        except AlreadySent:
            pass
        return _back(row)
    return render(request, "family/kin_answers.html", {"row": row, "form": form})


@require_http_methods(["GET", "POST"])
def ask_colleague(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.DECIDE_PROPOSAL)
    row = open_proposal(actor, proposal_id, Act.DECIDE_PROPOSAL)
    colleagues = colleagues_for(actor, row)
    form = AskColleagueForm(request.POST or None, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            services.ask_colleague(
                by=actor, proposal=row, colleague=asked["colleague"], question=asked["question"], once=form.key
            )
            messages.success(request, _("Asked. They see it on Today; what they answer stands beside the match."))
            return _back(row)
        except services.NotEntitled:
            form.add_error("colleague", _("They may not see this match: nobody sees more by being asked."))
        except services.AlreadyWaiting:
            form.add_error("colleague", _("You asked them before, and they have not answered yet."))
        except AlreadySent:
            return _back(row)
    return render(request, "family/ask_colleague.html", {"row": row, "form": form, "colleagues": colleagues})


@require_http_methods(["GET", "POST"])
def opinion(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.DECIDE_PROPOSAL)
    row = open_proposal(actor, proposal_id, Act.DECIDE_PROPOSAL)
    asked = question_for(actor, row)
    if asked is None:
        messages.info(request, _("Nobody waits for your opinion on this match."))
        return _back(row)
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.answer_colleague(
                by=actor, question=asked, answer=said["answer"], opinion=said["opinion"], once=form.key
            )
            messages.success(request, _("Noted. It is an opinion: to agree as the second person is another act."))
        except (Stale, AlreadySent):
            pass  # answered from another page of theirs: that answer stands
        return _back(row)
    content = open_record(asked.record, AskedColleague, by=actor, reason=Reason.COMPARE)
    context = {"row": row, "form": form, "question": content.question, "asks": name_of(asked.asked_by_id)}
    return render(request, "family/opinion.html", context)


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, proposal_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.DECIDE_PROPOSAL)
    row = open_proposal(actor, proposal_id, Act.DECIDE_PROPOSAL)
    if row.state != ProposalState.SAME:
        messages.info(request, _("Nobody decided that it is the same person: there is nothing to take back."))
        return _back(row)
    form = TakeBackForm(request.POST or None, initial={"seen": seen_words(row)})
    if request.method == "POST" and form.is_valid():
        try:
            services.take_back_same(
                by=actor, proposal=row, why=form.cleaned_data["why"], seen=form.versions, once=form.key
            )
            messages.success(request, _("Taken back. It waits to be decided again; nobody was told anything."))
        except services.AlreadyTold:
            messages.warning(request, _("Something was told on this match already. Speak to the site manager at once."))
        except (Stale, services.NotTheSame):
            messages.warning(request, changed_meanwhile())
        except AlreadySent:
            pass
        return _back(row)
    return render(request, "family/take_back.html", {"row": row, "form": form})
