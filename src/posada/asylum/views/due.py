"""What is due: the list of a lawyer and of a site, a month as a calendar, and a calendar file that names nobody."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.asylum.queries import due as queries
from posada.asylum.queries.parts import legal_aid
from posada.asylum.rules.calendar_file import calendar_file, kind_in_words
from posada.asylum.rules.deadline_words import state_in_words, why
from posada.asylum.rules.deadlines import Deadline
from posada.asylum.rules.guide import Rule
from posada.asylum.rules.months import month_of
from posada.asylum.rules.part_words import EVENT_WORDS, MEETING_WORDS
from posada.asylum.rules.reminders import Urgency
from posada.asylum.rules.timeline import left_in_words
from posada.asylum.services.cases import count_passed
from posada.ground import clock
from posada.people.views.calm import calmly
from posada.records import services as records

GROUPS = {
    Urgency.NOW: (_("Now"), _("Today is the day, or the safe day has passed and it may still be open.")),
    Urgency.SOON: (_("Soon"), _("Within ten working days.")),
    Urgency.ASK: (_("A date to ask for"), _("It cannot be counted until a date is known, or put right.")),
    Urgency.LATE: (
        _("Late: say why"),
        _("The day has passed. The person can still ask: write the reasons for being late, and speak with legal aid."),
    ),
    Urgency.AUTHORITY: (_("The authority's time has passed"), _("Legal aid can ask what became of it.")),
}


@require_GET
@calmly
def due(request: HttpRequest) -> HttpResponse:
    """A lawyer's own cases with every article; for the site numbers and days alone."""
    actor = require_act(request, Act.SEE_DUE)
    records.note(actor, Act.SEE_DUE, None)
    if _is_lawyer(actor):
        count_passed(by=actor)
    context = {"site": queries.site_list(actor), "may_hand": actor.may(Act.HAND_CASE), "is_lawyer": _is_lawyer(actor)}
    if context["is_lawyer"]:
        found = queries.due_of(actor, clock.now())
        context |= {"found": found, "groups": _groups(found), "meetings": [_met(one) for one in found.meetings]}
    return render(request, "asylum/due.html", context)


def _is_lawyer(actor: Actor) -> bool:
    return actor.may(Act.SEE_CASES)


def _groups(found: queries.DueList) -> list[dict[str, object]]:
    return [
        {"key": group.name.lower(), "name": words[0], "line": words[1], "lines": lines}
        for group, words in GROUPS.items()
        if (lines := [_said(one, found) for one in found.lines if one.urgency is group])
    ]


def _said(line: queries.DueLine, found: queries.DueList) -> dict[str, object]:
    """A line as it is read: how it stands, what is left, and every sentence of why."""
    one = line.counted
    return {
        "line": line,
        "rule": one.rule,
        "number": line.case.number,
        "label": one.label,
        "kind": kind_in_words(line.kind),
        "state": state_in_words(one.deadline),
        "left": left_in_words(one.deadline),
        "day": one.deadline.act_on,
        "article": _article(one.deadline, one.rule),
        "why": why(one.deadline, str(EVENT_WORDS.get(one.anchor, one.anchor))),
        "aid": legal_aid(found.guides.get(line.case.country)),
    }


def _article(deadline: Deadline, rule: Rule) -> str:
    return deadline.term.article if deadline.term else rule.source.article


def _met(line: queries.MeetingLine) -> dict[str, object]:
    meeting = line.meeting
    return {
        "number": line.case.number,
        "kind": MEETING_WORDS[meeting.kind],
        "day": meeting.on,
        "hour": meeting.hour,
        "is_past": line.days_left < 0,
    }


@require_GET
@calmly
def month(request: HttpRequest, year: int | None = None, number: int | None = None) -> HttpResponse:
    """One month of a lawyer's cases: each day that counts, with why and the article below."""
    actor = require_act(request, Act.SEE_CASES)
    records.note(actor, Act.SEE_DUE, None)
    today = clock.today()
    found = queries.due_of(actor, clock.now())
    things = [_said(one, found) for one in (*found.lines, *found.running)] + [_met(one) for one in found.meetings]
    try:
        page = month_of(
            today.year if year is None else year, today.month if number is None else number, today, things, _day_of
        )
    except ValueError as error:
        raise Http404 from error
    undated = sum(_day_of(one) is None for one in things)
    return render(request, "asylum/month.html", {"page": page, "undated": undated})


def _day_of(thing: dict[str, object]) -> date | None:
    day = thing["day"]
    return day if isinstance(day, date) else None


@require_GET
@calmly
def calendar(request: HttpRequest) -> HttpResponse:
    """The days of a lawyer's cases for a telephone: a number that means nothing, a kind, a day."""
    actor = require_act(request, Act.SEE_CASES)
    records.note(actor, Act.SEE_DUE, None)
    now = clock.now()
    content = calendar_file(queries.calendar_entries(queries.due_of(actor, now)), now)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="days.ics"'
    answer["Cache-Control"] = "no-store"
    return answer
