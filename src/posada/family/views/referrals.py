"""Referrals with consent: ask, read, answer, print for a body outside, withdraw; and the list of those to me."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, granted_role, require
from posada.family.forms.harm import AnswerForm, ReferForm
from posada.family.models import HarmNote, Referral, ReferralTold
from posada.family.queries.harm import lawyers_here, referral_by_id, referrals_to
from posada.family.rules.harm import ANSWERS, HARM_LABELS, Stands
from posada.family.services import referrals as services
from posada.family.views.harm import card_or_404, harm_or_404
from posada.family.views.harm_shown import badge_of, day_of, may_answer_now, row_line, told_facts
from posada.family.views.sending import changed_meanwhile
from posada.ground import clock
from posada.people.views.calm import calmly
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.ui.parts import Confirm


def _referral(actor: Actor, referral_id: uuid.UUID) -> Referral:
    """A referral for the lawyer who is asked, or who holds the resident's file; anybody else's is a 404."""
    found = referral_by_id(actor, referral_id)
    if found is None:
        raise Http404
    services.entrust_referral(found)
    if found.stands is Stands.WITHDRAWN:
        require(actor, Act.READ_KIN, found.harm.card.subject)
    else:
        require(actor, Act.READ_HARM, found.subject)
    return found


def _holds_card(actor: Actor, row: Referral) -> bool:
    return granted_role(actor, Act.READ_KIN, row.harm.card.resident.subject) is not None


@require_GET
def referrals(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.READ_HARM)
    records.note(actor, Act.READ_HARM, None, reason="list")
    rows = [row_line(row, actor) for row in referrals_to(actor)]
    context = {"open": [row for row in rows if row.is_open], "ended": [row for row in rows if not row.is_open]}
    return render(request, "family/referrals.html", context)


@require_http_methods(["GET", "POST"])
@calmly
def refer(request: HttpRequest, harm_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.NOTE_HARM)
    row = harm_or_404(actor, harm_id)
    form = ReferForm(request.POST or None, lawyers=lawyers_here(actor))
    if request.method == "POST" and form.said_no:
        messages.success(
            request, _("Nothing is told to anybody. Nothing else changes by it, and it may be asked again.")
        )
        return redirect("family:harm", harm_id=harm_id)
    if request.method == "POST" and form.is_valid():
        made = _refer(request, actor, row, form)
        if made is not None:
            return made
    return render(request, "family/refer.html", {"form": form, "row": row}, status=422 if form.errors else 200)


def _refer(request: HttpRequest, actor: Actor, row: HarmNote, form: ReferForm) -> HttpResponse | None:
    try:
        made = services.refer(by=actor, harm=row, yes=form.yes(), once=form.key)
    except services.AlreadyReferred:
        form.add_error("to", _("They were asked about this already: look at the referral, or withdraw it first."))
        return None
    except services.NotALawyer:
        form.add_error("to", _("They are no lawyer of this house any more. Choose somebody else."))
        return None
    except AlreadySent:
        return redirect("family:harm", harm_id=row.pk)
    if made.to_id is None:
        messages.success(request, _("The sheet is ready to print. It holds what was consented, and nothing else."))
        return redirect("family:referral_sheet", referral_id=made.pk)
    messages.success(request, _("The lawyer may read what was consented, and nothing else."))
    return redirect("family:harm", harm_id=row.pk)


@require_GET
@calmly
def referral(request: HttpRequest, referral_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.READ_HARM)
    row = _referral(actor, referral_id)
    form = AnswerForm(initial={"seen": row.sequence}, possible=ANSWERS.get(row.stands, frozenset()))
    return _page(request, actor, row, form)


def _page(request: HttpRequest, actor: Actor, row: Referral, form: AnswerForm) -> HttpResponse:
    told = open_record(row.told, ReferralTold, by=actor, reason=Reason.VIEW) if row.told else ReferralTold()
    mine = _holds_card(actor, row)
    context = {
        "row": row,
        "told": told,
        "facts": told_facts(told, row.number) if row.told else [],
        "badge": badge_of(row),
        "asked": day_of(row.asked_on),
        "answered": day_of(row.answered_on),
        "ended": day_of(row.ended_on),
        "form": form if may_answer_now(row, actor) else None,
        "holds_card": mine,
        "may_withdraw": mine and row.stands is not Stands.WITHDRAWN,
        "may_print": mine and row.to_id is None and row.told is not None,
    }
    return render(request, "family/referral.html", context, status=422 if form.errors else 200)


@require_POST
@calmly
def answer_referral(request: HttpRequest, referral_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.ANSWER_REFERRAL)
    row = _referral(actor, referral_id)
    require(actor, Act.ANSWER_REFERRAL, row.subject)
    form = AnswerForm(request.POST, possible=ANSWERS.get(row.stands, frozenset()))
    if row.stands not in ANSWERS:
        messages.warning(request, changed_meanwhile())
        return redirect("family:referral", referral_id=referral_id)
    if not form.is_valid():
        return _page(request, actor, row, form)
    said = form.cleaned_data
    try:
        services.answer(
            by=actor,
            referral=row,
            stands=Stands(said["stands"]),
            words=said["words"],
            seen=said["seen"],
            once=form.key,
        )
        messages.success(request, _("The answer is kept, with its day."))
    except Stale:
        messages.warning(request, changed_meanwhile())
    except AlreadySent:
        pass
    return redirect("family:referral", referral_id=referral_id)


@require_http_methods(["GET", "POST"])
@calmly
def withdraw_referral(request: HttpRequest, referral_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.NOTE_HARM)
    row = _referral(actor, referral_id)
    card_or_404(actor, row.harm.card_id)
    require(actor, Act.NOTE_HARM, row.harm.card.subject)
    if request.method == "POST":
        try:
            services.withdraw(by=actor, referral=row)
            messages.success(request, _("The consent is withdrawn. What was copied for them is wiped."))
        except Stale:
            messages.warning(request, changed_meanwhile())
        return redirect("family:harm", harm_id=row.harm_id)
    confirm = Confirm(
        heading=_("Withdraw the consent of referral %(number)d?") % {"number": row.number},
        sentence=_("The resident takes the yes back. No reason is asked."),
        consequences=(
            _("A lawyer of this house can open it no more from this moment."),
            _("What was sealed for them, with their answer, is wiped."),
            _("What was said or printed before cannot be called back: tell them that the consent is withdrawn."),
        ),
        act_label=_("Withdraw it"),
        cancel_url=reverse("family:referral", args=[row.pk]),
    )
    return render(request, "ui/confirm.html", {"confirm": confirm})


@require_GET
@calmly
def referral_sheet(request: HttpRequest, referral_id: uuid.UUID) -> HttpResponse:
    """The printed sheet for a body outside: what was consented, a number in place of the name unless that was, too."""
    actor = require_act(request, Act.NOTE_HARM)
    row = _referral(actor, referral_id)
    require(actor, Act.NOTE_HARM, row.harm.card.subject)
    if row.told is None or row.to_id is not None:
        raise Http404
    told = open_record(row.told, ReferralTold, by=actor, reason=Reason.PRINT)
    context = {
        "row": row,
        "facts": told_facts(told, row.number),
        "what": HARM_LABELS[told.harm] if told.harm else "",
        "today": day_of(clock.today()),
    }
    return render(request, "family/referral_sheet.html", context)
