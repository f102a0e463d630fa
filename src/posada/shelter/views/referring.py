"""Referrals for a need on screens, and the slip that is carried by hand."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, require
from posada.people.models import Person
from posada.people.rules.referring import ANSWERS, STAND_WORDS, How, Stands
from posada.people.views.calm import calmly, person_or_404
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.shelter.forms.referring import NeedAnswerForm, Organisation, ReferralForm
from posada.shelter.models.referring import NeedReferral, ReferralForNeed
from posada.shelter.rules.directory import KIND_WORDS, TAKES_WORDS, OrganisationKind
from posada.shelter.services import directory
from posada.shelter.services import referring as services
from posada.shelter.services.referring import NeedYes, NoConsent


@require_http_methods(["GET", "POST"])
@calmly
def refer(request: HttpRequest, person_number: int) -> HttpResponse:
    actor = require_act(request, Act.REFER)
    person = person_or_404(actor, person_number)
    require(actor, Act.REFER, person.subject)
    form = ReferralForm(_directory(actor, _looked_for(request)), request.POST or None)
    if request.method == "POST" and form.is_valid() and (answer := _referred(actor, person, form)):
        return answer
    rows = [(row, told, _stands(row)) for row, told in services.referrals_of(by=actor, person=person)]
    context = {
        "form": form,
        "person": person,
        "rows": rows,
        "has_agreed": services.has_agreed(by=actor, person=person),
    }
    return render(request, "shelter/refer.html", context, status=422 if form.errors else 200)


def _looked_for(request: HttpRequest) -> OrganisationKind | None:
    """The kind of help that stands first in the list, if the address names one (?first=legal)."""
    kind = request.GET.get("first", "")
    return OrganisationKind(kind) if kind in set(OrganisationKind) else None


def _stands(row: NeedReferral) -> tuple[Any, str]:
    return (_("begun at the door"), "wait") if row.is_begun else STAND_WORDS[row.stands]


def _directory(actor: Actor, first: OrganisationKind | None = None) -> list[Organisation]:
    """Who can help, of the house's directory: a name, what they do, whether they take somebody now."""
    made = []
    for one in directory.to_refer_to(actor, first):
        parts = [one.words.name, KIND_WORDS[one.words.kind], " ".join(one.words.helps.split())]
        parts += [
            TAKES_WORDS[one.words.takes][0],
            _room_for(one.words.places),
            _("old: call first") if one.is_old else "",
        ]
        made.append(Organisation(str(one.entry.pk), one.words.name, " · ".join(filter(None, map(str, parts)))))
    return made


def _room_for(places: int | None) -> str:
    if places is None:
        return ""
    return ngettext("room for %(count)d more person", "room for %(count)d more people", places) % {"count": places}


def _referred(
    actor: Actor, person: Person, form: ReferralForm, begun: NeedReferral | None = None
) -> HttpResponse | None:
    """To the slip; none when the form is shown again with its reason."""
    said = form.cleaned_data
    told = tuple(line.strip() for line in said["told"].splitlines() if line.strip())
    yes = NeedYes(said["organisation"], told, How(said["how"]), said["language"], said["witness"])
    days, once = int(said["days"]), said["once"]
    try:
        made = services.refer_for_need(by=actor, person=person, yes=yes, days=days, begun=begun, once=once)
    except (AlreadySent, Stale):
        return redirect("shelter:refer", person_number=person.number)
    except NoConsent:
        form.add_error(None, _("The person has not said yes to referrals: ask in private first. Nothing was kept."))
        return None
    return redirect("shelter:need_slip", number=made.number)


def _begun(request: HttpRequest, actor: Actor, row: NeedReferral) -> HttpResponse:
    """What was begun at the door: to whom, and what may be told, with their yes."""
    kind = open_record(row.record, ReferralForNeed, by=actor, reason=Reason.VIEW).kind
    form = ReferralForm(_directory(actor, kind), request.POST or None)
    if request.method == "POST" and form.is_valid() and (answer := _referred(actor, row.person, form, row)):
        return answer
    agreed = services.has_agreed(by=actor, person=row.person)
    context = {"row": row, "person": row.person, "form": form, "has_agreed": agreed, "kind": kind and KIND_WORDS[kind]}
    return render(request, "shelter/begun_referral.html", context, status=422 if form.errors else 200)


def _referral(actor: Actor, number: int, act: Act) -> NeedReferral:
    found = services.referral_for_need(actor, number)
    if found is None:
        raise Http404
    require(actor, act, found.person.subject)
    return found


@require_http_methods(["GET", "POST"])
@calmly
def need_referral(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.ANSWER_FOR_NEED)
    row = _referral(actor, number, Act.ANSWER_FOR_NEED)
    if row.is_begun:
        return _begun(request, actor, row)
    possible = ANSWERS.get(row.stands, frozenset())
    form = NeedAnswerForm(request.POST or None, possible=possible)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.answer_for_need(
                by=actor,
                referral=row,
                stands=Stands(said["stands"]),
                words=said["words"],
                days=int(said["days"]),
                once=said["once"],
            )
            messages.success(request, _("The answer is kept, with its day."))
        except (AlreadySent, Stale):
            messages.info(request, _("It was answered before. Nothing was changed."))
        return redirect("shelter:need_referral", number=number)
    told = open_record(row.record, ReferralForNeed, by=actor, reason=Reason.VIEW)
    context = {"row": row, "told": told, "stands": _stands(row), "form": form if possible else None}
    context["may_withdraw"] = row.stands is not Stands.WITHDRAWN
    return render(request, "shelter/need_referral.html", context, status=422 if form.errors else 200)


@require_POST
@calmly
def withdraw_need(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.REFER)
    row = _referral(actor, number, Act.REFER)
    try:
        services.withdraw_for_need(by=actor, referral=row)
        messages.success(request, _("The yes is taken back and the words are wiped. Tell them to destroy the slip."))
    except Stale:
        messages.info(request, _("It was withdrawn before. Nothing was changed."))
    return redirect("shelter:need_referral", number=number)


@require_GET
@calmly
def need_slip(request: HttpRequest, number: int) -> HttpResponse:
    """On paper: the number and the very words, nothing else."""
    actor = require_act(request, Act.REFER)
    row = _referral(actor, number, Act.REFER)
    if row.stands is Stands.WITHDRAWN or row.is_begun:
        raise Http404
    told = open_record(row.record, ReferralForNeed, by=actor, reason=Reason.PRINT)
    return render(request, "shelter/need_slip.html", {"row": row, "told": told})
