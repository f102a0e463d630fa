"""Who did what, what is unusual in it, and whether the chain is whole."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.audit import heads
from posada.ground import clock
from posada.oversight import services
from posada.oversight.forms import HeadForm, NarrowForm
from posada.oversight.queries import access, days, trail, unusual
from posada.oversight.verdicts import said
from posada.oversight.views.paging import before_in, older_url
from posada.vault import head_words

WHOLE_PSEUDONYM = 16
ON_TOP = 5
A_WEEK = timedelta(days=6)


@require_GET
def who_did_what(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.READ_TRAIL)
    form = NarrowForm(access.names_of_staff(actor.site), request.GET or None)
    to, before = form.narrowed, before_in(request)
    whole = to.subject if len(to.subject) == WHOLE_PSEUDONYM else ""
    services.note_looking(by=actor, act=Act.READ_TRAIL, reason="trail", pseudonym=whole)
    page = trail.page(actor.site, to, before=before)
    context = {"form": form, "page": page, "older_url": older_url(request, page), "is_first": not request.GET}
    if not request.GET:
        context["unusual"] = unusual.unusual_days(actor.site, since=clock.today() - A_WEEK)[:ON_TOP]
        context["due"] = access.due_for_review(actor.site)
    return render(request, "oversight/trail.html", context)


@require_GET
def unusual_reading(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.READ_TRAIL)
    services.note_looking(by=actor, act=Act.READ_TRAIL, reason="unusual")
    rows = unusual.unusual_days(actor.site, since=clock.today() - timedelta(days=days.DAYS))
    return render(request, "oversight/unusual.html", {"rows": rows, "days": days.DAYS})


@require_http_methods(["GET", "POST"])
def chain(request: HttpRequest) -> HttpResponse:
    """How many entries, their twelve words; a press verifies, against an earlier sheet if one is typed."""
    actor = require_act(request, Act.READ_TRAIL)
    against = request.method == "POST" and "words" in request.POST
    form = HeadForm(request.POST if against else None)
    verdict = None
    if against and form.is_valid():
        typed = form.cleaned_data
        found = services.verify_chain(by=actor, entries=typed["entries"], words=typed["words"])
        verdict = said(found, kept=typed["entries"])
    elif request.method == "POST" and not against:
        verdict = said(services.verify_chain(by=actor))
    else:
        services.note_looking(by=actor, act=Act.READ_TRAIL, reason="head")
    standing = heads.standing()
    context = {
        "form": form,
        "verdict": verdict,
        "entries": standing.entries,
        "words": head_words.words_of(standing.head).split(),
    }
    return render(request, "oversight/chain.html", context, status=422 if form.errors else 200)
