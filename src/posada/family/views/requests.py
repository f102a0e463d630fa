"""Tracing requests: the list by number, one told as a story, and the answer that never changes."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import actor_of, require_act
from posada.accounts.permissions import Actor, Refused, granted_role, require
from posada.family import services
from posada.family.forms import REFUSED, RequestForm, UpdateForm
from posada.family.forms.requests import AddSoughtForm, RefuseForm, RenewForm, initial_from, kept_whole
from posada.family.models import Contents, Enquirer, RequestState, Separation, Sought, TracingRequest
from posada.family.queries import enquirer_answer, open_requests
from posada.family.queries.fishing import similar_enquiries
from posada.family.queries.proposals import proposals_of
from posada.family.queries.requests import closed_requests, request_by_number, was_asked
from posada.family.rules.answer import neutral_answer
from posada.family.services.requests import LASTS
from posada.family.views.requests_more import more_of
from posada.family.views.requests_shown import RequestRow, proposal_rows, story_facts
from posada.family.views.sending import changed_meanwhile
from posada.family.views.waiting import first_tasks
from posada.ground import clock
from posada.people.models import Person
from posada.people.services import look_for_number
from posada.records import changes
from posada.records import services as records
from posada.records.door import Reason, open_record, open_records
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.ui.parts import Confirm


def _request(actor: Actor, number: int, act: Act) -> TracingRequest:
    """The request, for somebody who may do this act to who asks; a stranger's is a 404."""
    found = request_by_number(actor, number)
    if found is None:
        raise Http404
    services.entrust_request(found)
    require(actor, act, found.enquirer_subject)
    return found


def _opened(found: TracingRequest, actor: Actor, reason: Reason) -> Contents:
    enquirer = open_record(found.enquirer, Enquirer, by=actor, reason=reason)
    sought = open_record(found.sought, Sought, by=actor, reason=reason)
    parted = [found.separation] if found.separation else []
    separation = open_records(parted, Separation, by=actor, reason=reason)
    return enquirer, sought, separation[0].content if separation else None


@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.SEE_REQUESTS)
    records.note(actor, Act.SEE_REQUESTS, None, reason="list")
    changes.catch_up("family")
    today = clock.today()
    tasks, waiting = first_tasks(actor)
    context = {
        "tasks": tasks,
        "waiting": waiting,
        "rows": [RequestRow.of(row, today, actor) for row in open_requests(actor)],
        "closed": [RequestRow.of(row, today, actor) for row in closed_requests(actor)],
        "may_open": actor.may(Act.OPEN_REQUEST),
    }
    return render(request, "family/requests.html", context)


@require_http_methods(["GET", "POST"])
def open_request(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.OPEN_REQUEST)
    refused = REFUSED.get(request.POST.get("who_asks", ""))
    if request.method == "POST" and refused:
        services.refuse_enquiry(by=actor, kind=request.POST["who_asks"])
        return render(request, "family/enquiry_refused.html", {"who": refused}, status=403)
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _open(actor, form)
        if made is not None:
            messages.success(request, _("The request is open. Its number goes to the one who asks; nothing else does."))
            return redirect(_next(request), number=made.number)
    return render(request, "family/open_request.html", {"form": form})


def _next(request: HttpRequest) -> str:
    """The answer for the one who asks, or first another person whom they seek."""
    return "family:add_sought" if request.POST.get("then") == "another" else "family:answer"


@require_http_methods(["GET", "POST"])
def add_sought(request: HttpRequest, number: int) -> HttpResponse:
    """One more person whom the same enquirer seeks. Nothing of the first request is shown for it."""
    actor = require_act(request, Act.OPEN_REQUEST)
    found = request_by_number(actor, number)
    if found is None:
        raise Http404
    require(actor, Act.OPEN_REQUEST, found.sought_subject)
    if not services.may_add_sought(actor, found):
        raise Refused(Act.OPEN_REQUEST, found.sought_subject)
    form = AddSoughtForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made: TracingRequest | None = services.add_sought(
                by=actor,
                request=found,
                sought=form.sought(),
                separation=form.separation(),
                relationship=form.relation,
                share_with=form.share,
                once=form.key,
            )
        except AlreadySent:
            made = found
        except services.StaysClosed:
            messages.warning(request, _("This request stays closed. Open a new one."))
            return redirect("family:open_request")
        messages.success(request, _("The request is open. Its number goes to the one who asks; nothing else does."))
        return redirect(_next(request), number=made.number if made else number)
    return render(request, "family/add_sought.html", {"form": form, "number": number})


def _open(actor: Actor, form: RequestForm) -> TracingRequest | None:
    """The new request (or the one that this form opened before); none when the resident's number is nobody's."""
    number = form.cleaned_data["resident"]
    resident: Person | None = None
    if form.cleaned_data["who_asks"] == "resident" and number:
        try:
            resident = look_for_number(actor, number)
        except Person.DoesNotExist:
            form.add_error("resident", _("Nobody here has this number. Look at the card again."))
            return None
    enquirer, sought, separation = form.contents
    try:
        return services.open_request(
            by=actor, enquirer=enquirer, sought=sought, separation=separation, resident=resident, once=form.key
        )
    except services.ParentsAsk:
        form.add_error("represented_by", parents_ask())
        return None
    except AlreadySent as sent:
        return TracingRequest.objects.visible_to(actor).filter(pk__in=[sent.result]).first()


def parents_ask() -> str:
    """What is said when a child who is here with its parents would ask alone."""
    return _("This is a child who is here with its family: a parent asks, with the child. Choose that.")


@require_GET
def request_page(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.READ_REQUEST)
    found = _request(actor, number, Act.READ_REQUEST)
    changes.catch_up("family")
    contents = _opened(found, actor, Reason.VIEW)
    rows = proposals_of(actor, found)
    context = {
        "request_row": RequestRow.of(found, clock.today(), actor),
        "found": found,
        "enquirer": contents[0],
        "sought": contents[1],
        "facts": story_facts(contents),
        "proposals": proposal_rows(rows, actor),
        "more": more_of(actor, found, contents, rows, clock.today()),
        "answer": enquirer_answer(found),
        "similar": similar_enquiries(actor, [found.pk]).get(found.pk),
        "may_update": granted_role(actor, Act.UPDATE_REQUEST, found.sought_subject) is not None,
        "may_note_death": granted_role(actor, Act.NOTE_DEATH, found.enquirer_subject) is not None,
        "may_erase_sentence": granted_role(actor, Act.ERASE_SENTENCE, found.sought_subject) is not None,
        "may_erase": granted_role(actor, Act.ASK_ERASURE, found.sought_subject) is not None,
    }
    return render(request, "family/request.html", context)


@require_http_methods(["GET", "POST"])
def update_request(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.UPDATE_REQUEST)
    found = _request(actor, number, Act.UPDATE_REQUEST)
    contents = _opened(found, actor, Reason.CORRECT)
    initial = {**initial_from(contents), "versions": _versions(found)}
    form = UpdateForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        enquirer, sought, separation = form.contents
        changed = (enquirer, kept_whole(sought, contents[1]), separation)
        try:
            services.update_request(by=actor, request=found, contents=changed, expected=form.expected, once=form.key)
            messages.success(request, _("The request is corrected. What was said before is kept in its history."))
        except Stale:
            messages.warning(request, changed_meanwhile())
        except AlreadySent:
            pass
        return redirect("family:request", number=number)
    return render(request, "family/update_request.html", {"form": form, "found": found})


def _versions(found: TracingRequest) -> str:
    parted = found.separation.version if found.separation else 0
    return f"{found.enquirer.version}-{found.sought.version}-{parted}"


@require_http_methods(["GET", "POST"])
def close_request(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.UPDATE_REQUEST)
    found = _request(actor, number, Act.UPDATE_REQUEST)
    if found.state == RequestState.IN_CONTACT:
        return redirect("family:enquirer_word", number=number)
    if request.method == "POST":
        try:
            services.close_request(by=actor, request=found)
        except services.EndsByWord:
            return redirect("family:enquirer_word", number=number)
        messages.success(request, _("The request is closed. Nobody was told anything."))
        return redirect("family:requests")
    confirm = Confirm(
        heading=_("Close request %(number)d?") % {"number": number},
        sentence=_("Nobody is looked for any longer. It can be opened again."),
        consequences=(
            _("No new proposals are made for it."),
            _("The one who asks hears nothing of it: tell them yourself if they want to know."),
        ),
        act_label=_("Close the request"),
        cancel_url=reverse("family:request", args=[number]),
    )
    return render(request, "ui/confirm.html", {"confirm": confirm})


@require_http_methods(["GET", "POST"])
def renew_request(request: HttpRequest, number: int) -> HttpResponse:
    """It goes on because a person says so, and why."""
    actor = require_act(request, Act.UPDATE_REQUEST)
    found = _request(actor, number, Act.UPDATE_REQUEST)
    form = RenewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.renew_request(by=actor, request=found, words=form.words(), once=form.key)
            messages.success(request, _("The request goes on for another half year."))
        except services.StaysClosed:
            messages.warning(request, _("No family asks here: this request stays closed."))
        except AlreadySent:
            pass
        return redirect("family:request", number=number)
    ends = date_format(clock.today() + LASTS, "DATE_FORMAT")
    return render(request, "family/renew_request.html", {"form": form, "found": found, "ends": ends})


@require_http_methods(["GET", "POST"])
def refuse_request(request: HttpRequest, number: int) -> HttpResponse:
    """It was found out later that no family asks."""
    actor = require_act(request, Act.UPDATE_REQUEST)
    found = _request(actor, number, Act.UPDATE_REQUEST)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if found.refused_on is None:
            services.refuse_request(by=actor, request=found, kind=form.cleaned_data["kind"])
        messages.success(request, _("The request is refused and closed. Nobody was told anything."))
        return redirect("family:requests")
    return render(request, "family/refuse_request.html", {"form": form, "found": found})


@require_GET
def answer(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    if actor.may(Act.OPEN_REQUEST):
        require(actor, Act.OPEN_REQUEST)
        if not was_asked(actor, number):
            raise Http404
    else:
        _request(actor, number, Act.READ_REQUEST)
    records.note(actor, Act.SEE_REQUESTS if actor.may(Act.SEE_REQUESTS) else Act.OPEN_REQUEST, None, reason="answer")
    return render(request, "family/answer.html", {"number": number, "answer": neutral_answer()})
