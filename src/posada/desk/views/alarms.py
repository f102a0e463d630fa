"""Alarms, and what was read urgently: told to the site manager and the auditor, answered with a fixed word."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.models import Notice, NoticeSeen, UrgentReading
from posada.desk import alarms
from posada.records import notices, urgency


@require_GET
def alarms_here(request: HttpRequest) -> HttpResponse:
    """What waits, what was said to the others, and what the team has used. That it was seen is kept."""
    actor = require_act(request, Act.SEE_ALARMS)
    lines = alarms.lines(actor)
    notices.see(actor, [line.row for line in lines])
    context = {
        "waiting": [line for line in lines if line.waits],
        "others": [line for line in lines if not line.waits],
        "to_review": alarms.to_review(actor),
        "reviewed": alarms.reviewed(actor),
        "team": alarms.team(actor),
        "words": alarms.WORDS.items(),
        "verdicts": alarms.VERDICTS.items(),
    }
    return render(request, "desk/alarms.html", context)


@require_POST
def answer_alarm(request: HttpRequest, notice_id: int) -> HttpResponse:
    """One of the fixed words to an alarm."""
    actor = require_act(request, Act.SEE_ALARMS)
    notice = get_object_or_404(Notice.objects.visible_to(actor).exclude(user_id=actor.user or 0), pk=notice_id)
    word = request.POST.get("word", "")
    if word not in NoticeSeen.Word.values:
        raise Http404
    notices.answer(by=actor, notice=notice, word=NoticeSeen.Word(word))
    messages.success(request, _("Your answer is written down beside the alarm."))
    return redirect("desk:alarms")


@require_POST
def review_urgent(request: HttpRequest, reading_id: uuid.UUID) -> HttpResponse:
    """Was it right: yes, or to be talked about."""
    actor = require_act(request, Act.SEE_ALARMS)
    rows = UrgentReading.objects.visible_to(actor).exclude(user_id=actor.user or 0)
    reading = get_object_or_404(rows, pk=reading_id)
    verdict = request.POST.get("verdict", "")
    if verdict not in UrgentReading.Verdict.values:
        raise Http404
    urgency.review(by=actor, reading=reading, verdict=UrgentReading.Verdict(verdict))
    messages.success(request, _("Your answer is written down."))
    return redirect("desk:alarms")
