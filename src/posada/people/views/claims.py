"""What people ask about their own data, with the days that are left; and the answer, printed for them."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import actor_of, require_act
from posada.accounts.permissions import Actor, require
from posada.ground import clock
from posada.people import queries
from posada.people.forms.claims import AnswerForm, ClaimForm, ProlongForm
from posada.people.models import ClaimWords, Person, PersonClaim
from posada.people.rules.terms import Terms, terms_of
from posada.people.services import claims as services
from posada.people.views.calm import calmly, person_or_404
from posada.records import door
from posada.records.door import Reason
from posada.records.once import AlreadySent
from posada.ui.parts import Badge


@dataclass(frozen=True, slots=True)
class Row:
    """One request in the list."""

    claim: PersonClaim
    badge: Badge
    label: str


def left_badge(left: int) -> Badge:
    """The working days that are left, in words."""
    if left < 0:
        words = ngettext("%(count)d day late", "%(count)d days late", -left) % {"count": -left}
        return Badge(words, "danger")
    if left == 0:
        return Badge(_("today"), "danger")
    words = ngettext("%(count)d day left", "%(count)d days left", left) % {"count": left}
    return Badge(words, "wait" if left <= 3 else "note")


def row_of(claim: PersonClaim) -> Row:
    """A request with its timers."""
    standing = services.standing(claim, clock.today())
    due = _("The file must be marked: claim under way") if standing.label_left is not None else ""
    return Row(claim, left_badge(standing.left), due)


@require_GET
def claims(request: HttpRequest) -> HttpResponse:
    """The open requests, the most pressing first, by number."""
    actor = require_act(request, Act.SEE_CLAIMS)
    rows = [row_of(one) for one in services.claims_of(actor)]
    return render(request, "people/claims.html", {"rows": rows, "terms": _terms()})


def _terms() -> Terms:
    return terms_of(settings.SITE.country)


@require_http_methods(["GET", "POST"])
@calmly
def take_claim(request: HttpRequest, number: int) -> HttpResponse:
    """Write down what somebody asks; a receipt can be printed."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.TAKE_CLAIM, person.subject)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.take_claim(
                by=actor,
                person=person,
                kind=form.cleaned_data["kind"],
                asked=form.cleaned_data["asked"],
                received_on=form.cleaned_data["received_on"],
                form=form.form,
            )
        except AlreadySent as sent:
            found = PersonClaim.objects.filter(pk__in=[sent.result], site_id=actor.site).first()
            if found is None:
                raise Http404 from sent
            made = found
        return render(request, "people/claim_receipt.html", {"claim": made, "person": person, "terms": _terms()})
    status = 422 if request.method == "POST" else 200
    return render(request, "people/take_claim.html", {"form": form, "person": person, "terms": _terms()}, status=status)


def _found(actor: Actor, claim_id: uuid.UUID) -> tuple[PersonClaim, Person]:
    rows = PersonClaim.objects.visible_to(actor).select_related("person", "record")
    found = rows.filter(pk=claim_id).first()
    if found is None or found.person is None:
        raise Http404
    require(actor, Act.SEE_CLAIMS, found.person.subject)
    return found, found.person


@require_http_methods(["GET", "POST"])
@calmly
def claim(request: HttpRequest, claim_id: uuid.UUID) -> HttpResponse:
    """One request and its steps: received, marked, prolonged with a reason, answered."""
    actor = actor_of(request)
    found, person = _found(actor, claim_id)
    act = request.POST.get("act", "")
    prolong = ProlongForm(request.POST if act == "prolong" else None)
    answer = AnswerForm(request.POST if act == "answer" else None)
    may_read = queries.may(actor, Act.READ_IDENTITY, person)
    if request.method == "POST":
        try:
            if _step(actor, found, person, act, prolong, answer):
                messages.success(request, _("Written down."))
                return redirect("people:claim", claim_id=claim_id)
        except services.AlreadyDone:
            messages.info(request, _("This was done before."))
            return redirect("people:claim", claim_id=claim_id)
    words = (
        door.open_record(found.record, ClaimWords, by=actor, reason=Reason.VIEW) if found.record and may_read else None
    )
    context: dict[str, Any] = {
        "row": row_of(found),
        "claim": found,
        "person": person,
        "words": words,
        "may_answer": may_read,
        "prolong": prolong,
        "answer": answer,
    }
    return render(request, "people/claim.html", context, status=422 if prolong.errors or answer.errors else 200)


def _step(actor: Actor, found: PersonClaim, person: Person, act: str, prolong: Form, answer: Form) -> bool:
    if act == "label":
        services.label(by=actor, claim=found)
        return True
    if act == "prolong" and prolong.is_valid():
        services.prolong(by=actor, claim=found, why=prolong.cleaned_data["why_longer"])
        return True
    if act == "answer":
        require(actor, Act.READ_IDENTITY, person.subject)
        if answer.is_valid():
            services.answer(by=actor, claim=found, words=answer.cleaned_data["answered"])
            return True
    return False


@require_GET
@calmly
def claim_answer(request: HttpRequest, claim_id: uuid.UUID) -> HttpResponse:
    """The answer as it is printed for the person: what they asked, what they are answered, what is held of them."""
    actor = actor_of(request)
    found, person = _found(actor, claim_id)
    require(actor, Act.READ_CONTACT, person.subject)
    identity = queries.identity_of(person, by=actor, reason=Reason.PRINT)
    contact = queries.contact_of(person, by=actor, reason=Reason.PRINT)
    consents = queries.consents_of(person, by=actor, reason=Reason.PRINT)
    words = door.open_record(found.record, ClaimWords, by=actor, reason=Reason.PRINT) if found.record else ClaimWords()
    context = {
        "claim": found,
        "person": person,
        "words": words,
        "facts": queries.facts_of(identity, contact, consents) if found.kind == PersonClaim.Kind.ACCESS else [],
        "terms": _terms(),
        "today": clock.today(),
    }
    return render(request, "people/claim_answer.html", context)
