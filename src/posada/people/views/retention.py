"""What is kept longer than its time: reviewed by number, kept with a reason, or hidden to be erased."""

import uuid
from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.people.forms.retention import KeepForm
from posada.records import erasing
from posada.records import retention as records

MOST = 100


@require_GET
def retention(request: HttpRequest) -> HttpResponse:
    """The list to review, and the table by which it is made."""
    actor = require_act(request, Act.REVIEW_RETENTION)
    code = get_language()
    found = records.to_review(actor)
    rows = [(due, due.line.what.in_language(code)) for due in found[:MOST]]
    lines = [
        (line, line.what.in_language(code), line.purpose.in_language(code), line.anchor.in_language(code))
        for line in records.table()
    ]
    return render(request, "people/retention.html", {"rows": rows, "more": len(found) - len(rows), "lines": lines})


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, kind: str, subject: uuid.UUID) -> HttpResponse:
    """One of them: keep it with a reason, or hide it to be erased."""
    actor = require_act(request, Act.REVIEW_RETENTION)
    due = records.due_of(actor, subject, kind)
    if due is None:
        raise Http404
    act = request.POST.get("act", "")
    form = KeepForm(request.POST if act == "keep" else None)
    if act == "keep" and form.is_valid():
        records.keep(by=actor, due=due, why=form.cleaned_data["why"], days=form.cleaned_data["days"])
        messages.success(request, _("Kept. It stands here again when its new time is over."))
        return redirect("people:retention")
    if act == "erase":
        with suppress(erasing.AlreadyHidden):
            records.ask_erasure(by=actor, due=due)
        messages.success(request, _("It is hidden. With a second person it is erased for ever."))
        return redirect("people:erasures")
    context = {"due": due, "what": due.line.what.in_language(get_language()), "form": form}
    return render(request, "people/review.html", context, status=422 if form.errors else 200)
