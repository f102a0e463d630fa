"""Enquiries from outside, read by a tracing officer: the list by number, one of them, and what becomes of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, require
from posada.family.forms import REFUSED, RequestForm
from posada.family.forms.enquiries import RefuseEnquiryForm
from posada.family.forms.requests import initial_from
from posada.family.models import Enquiry, EnquiryState, EnquiryWords
from posada.family.queries.enquiries import enquiries as enquiries_here
from posada.family.queries.enquiries import enquiry_by_number
from posada.family.queries.fishing import Similar, similar_enquiries
from posada.family.services import enquiries as services
from posada.family.services.requests import refuse_enquiry
from posada.family.views.enquiries_shown import EnquiryRow
from posada.family.views.requests_shown import story_facts
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent
from posada.ui.parts import Confirm


def _enquiry(actor: Actor, number: int) -> Enquiry:
    found = enquiry_by_number(actor, number)
    if found is None:
        raise Http404
    require(actor, Act.READ_ENQUIRIES, found.subject)
    return found


@require_GET
def enquiries(request: HttpRequest) -> HttpResponse:
    """Numbers and days; and who was asked for before, or asks under two names, as counts."""
    actor = require_act(request, Act.READ_ENQUIRIES)
    records.note(actor, Act.READ_ENQUIRIES, None, reason="list")
    rows = enquiries_here(actor)
    similar = similar_enquiries(actor, [row.pk for row in rows if row.record_id])
    shown = [EnquiryRow.of(row, similar.get(row.pk, Similar())) for row in rows]
    return render(request, "family/enquiries.html", {"rows": shown})


@require_GET
def enquiry(request: HttpRequest, number: int) -> HttpResponse:
    """One enquiry, to read. Nobody was compared with it."""
    actor = require_act(request, Act.READ_ENQUIRIES)
    found = _enquiry(actor, number)
    words = services.read_enquiry(by=actor, enquiry=found)
    similar = similar_enquiries(actor, [found.pk]).get(found.pk, Similar())
    found.refresh_from_db()
    context = {
        "row": EnquiryRow.of(found, similar),
        "facts": story_facts(words.contents) if words else [],
        "similar": similar,
        "may_decide": found.record_id is not None and found.state != EnquiryState.REFUSED,
        "form": RefuseEnquiryForm(),
    }
    return render(request, "family/enquiry.html", context)


@require_http_methods(["GET", "POST"])
def open_from_enquiry(request: HttpRequest, number: int) -> HttpResponse:
    """A tracing request made of it: the officer looks at each line first, and may correct it."""
    actor = require_act(request, Act.READ_ENQUIRIES)
    require(actor, Act.OPEN_REQUEST)
    found = _enquiry(actor, number)
    if found.request is not None:
        return redirect("family:request", number=found.request.number)
    if found.record is None:
        raise Http404
    kind = request.POST.get("who_asks", "")
    if request.method == "POST" and kind in REFUSED:
        refuse_enquiry(by=actor, kind=kind)
        return render(request, "family/enquiry_refused.html", {"who": REFUSED[kind]}, status=403)
    words = open_record(found.record, EnquiryWords, by=actor, reason=Reason.WRITE)
    initial = {**initial_from(words.contents), "who_asks": "family"}
    form = RequestForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.open_from(by=actor, enquiry=found, contents=form.contents, once=form.key)
        except AlreadySent:
            return redirect("family:enquiry", number=number)
        messages.success(request, _("The request is open. Whoever wrote the enquiry learns nothing of it."))
        return redirect("family:request", number=made.number)
    return render(request, "family/open_request.html", {"form": form, "from_enquiry": number})


@require_POST
def refuse_enquiry_page(request: HttpRequest, number: int) -> HttpResponse:
    """It is not followed, for one of a few reasons."""
    actor = require_act(request, Act.READ_ENQUIRIES)
    found = _enquiry(actor, number)
    form = RefuseEnquiryForm(request.POST)
    if form.is_valid():
        services.refuse_enquiry_from_outside(by=actor, enquiry=found, why=form.chosen)
        messages.success(request, _("It is not followed. Whoever wrote it learns nothing of it."))
    else:
        messages.error(request, _("Choose why it is not followed."))
        return redirect("family:enquiry", number=number)
    return redirect("family:enquiries")


@require_http_methods(["GET", "POST"])
def erase_enquiry(request: HttpRequest, number: int) -> HttpResponse:
    """Erase it for ever, after a question."""
    actor = require_act(request, Act.READ_ENQUIRIES)
    found = _enquiry(actor, number)
    if request.method == "POST":
        services.erase_enquiry(by=actor, enquiry=found)
        messages.success(request, _("The enquiry is erased."))
        return redirect("family:enquiries")
    records.note(actor, Act.READ_ENQUIRIES, found.subject, reason="form")
    confirm = Confirm(
        heading=_("Erase enquiry %(number)d?") % {"number": number},
        sentence=_("What was written goes for ever, with its key."),
        consequences=(_("If the same person is asked for again, this one is not counted any more."),),
        act_label=_("Erase"),
        cancel_url=reverse("family:enquiry", args=[number]),
    )
    return render(request, "ui/confirm.html", {"confirm": confirm})


@require_GET
def paper_enquiry(request: HttpRequest) -> HttpResponse:
    """The same form on paper, to hand out: it promises nothing, and asks for no more than the one on the screen."""
    require_act(request, Act.OPEN_REQUEST)
    return render(request, "family/paper_enquiry.html", {"lines": range(4)})
