"""Notices to leave, and moves to another site, on screens. Nothing here happens by itself on any date."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people import queries as people
from posada.people.models import Person
from posada.records import door
from posada.records import services as records
from posada.records.door import Reason
from posada.records.once import AlreadySent
from posada.shelter.forms import PersonNumberForm
from posada.shelter.forms.leaving import ALONG_WORDS, AnswerForm, MoveForm, NoticeForm, StepsForm
from posada.shelter.models import LeaveNotice, MoveWords, OnwardMove
from posada.shelter.services import NotLodged
from posada.shelter.services import leaving as services
from posada.shelter.services.tonight import WrongDay
from posada.shelter.views.tonight import resident


@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """All notices, by number and date; and the way to write one down."""
    actor = require_act(request, Act.GIVE_NOTICE)
    form = PersonNumberForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["number"]
        if people.may(actor, Act.GIVE_NOTICE, person):
            return redirect("shelter:notice", person_number=person.number)
        form.add_error("number", _("This person is not entrusted to you. Ask who accompanies them."))
    records.note(actor, Act.GIVE_NOTICE, None, reason="look")
    rows = LeaveNotice.objects.visible_to(actor).select_related("person").order_by("leave_by")
    shown = [row for row in rows if people.may(actor, Act.GIVE_NOTICE, row.person)]
    return render(request, "shelter/notices.html", {"form": form, "rows": shown, "today": clock.today()})


@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, person_number: int) -> HttpResponse:
    person = _about(request, Act.GIVE_NOTICE, person_number)
    actor = require_act(request, Act.GIVE_NOTICE, person.subject)
    held = LeaveNotice.objects.filter(person=person).first()
    form = StepsForm(request.POST or None, initial=_steps(held)) if held else NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _noted(request, actor, person, held, form):
        return redirect("shelter:notice", person_number=person.number)
    records.note(actor, Act.GIVE_NOTICE, person.subject, reason="look")
    context = {"person": person, "notice": held, "form": form, "today": clock.today()}
    return render(request, "shelter/notice.html", context)


def _steps(held: LeaveNotice) -> dict[str, bool]:
    return {"aid_told": held.aid_told, "bed_asked": held.bed_asked, "heard": held.heard}


def _noted(
    request: HttpRequest, actor: Actor, person: Person, held: LeaveNotice | None, form: NoticeForm | StepsForm
) -> bool:
    said = form.cleaned_data
    try:
        if held is None:
            giver = LeaveNotice.Giver(said["given_by"])
            services.give_notice(
                by=actor,
                person=person,
                giver=giver,
                given_on=said["given_on"],
                leave_by=said["leave_by"],
                once=said["once"],
            )
        else:
            ticks = {name: bool(said[name]) for name in ("aid_told", "bed_asked", "heard")}
            services.note_steps(by=actor, notice=held, **ticks)
    except NotLodged:
        form.add_error(None, _("This person has no bed here, so there is none to leave. Nothing was changed."))
        return False
    except WrongDay:
        form.add_error(None, _("These days cannot be: look at both, and at the computer's clock."))
        return False
    except AlreadySent:
        return True
    messages.success(request, _("Kept. Nothing happens by itself on that date."))
    return True


@require_POST
def end_notice(request: HttpRequest, person_number: int) -> HttpResponse:
    person = _about(request, Act.GIVE_NOTICE, person_number)
    actor = require_act(request, Act.GIVE_NOTICE, person.subject)
    held = LeaveNotice.objects.filter(person=person).first()
    if held is not None:
        services.end_notice(by=actor, notice=held)
        messages.success(request, _("The notice is gone."))
    return redirect("shelter:notice", person_number=person.number)


@require_GET
def moves(request: HttpRequest) -> HttpResponse:
    """What is asked of other sites, by number: who answers need not read where to."""
    actor = require_act(request, Act.ANSWER_MOVE)
    records.note(actor, Act.ANSWER_MOVE, None, reason="look")
    rows = OnwardMove.objects.visible_to(actor).select_related("person").order_by("asked_on", "person__number")
    lines = [(row, _along(row), people.may(actor, Act.MOVE_ON, row.person)) for row in rows]
    return render(request, "shelter/moves.html", {"lines": lines})


@require_http_methods(["GET", "POST"])
def move_on(request: HttpRequest, person_number: int) -> HttpResponse:
    """Ask another site for a bed; and once it is asked, what it answered, the sheet, and the press of leaving."""
    person = _about(request, Act.MOVE_ON, person_number)
    actor = require_act(request, Act.MOVE_ON, person.subject)
    form = MoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _asked(actor, person, form):
        return redirect("shelter:move_on", person_number=person.number)
    records.note(actor, Act.MOVE_ON, person.subject, reason="look")
    held = OnwardMove.objects.select_related("record").filter(person=person).first()
    return render(request, "shelter/move_on.html", {"form": form, **_shown(actor, person, held)})


def _shown(actor: Actor, person: Person, held: OnwardMove | None) -> dict[str, Any]:
    to = door.open_record(held.record, MoveWords, by=actor, reason=Reason.VIEW).to if held else ""
    return {
        "person": person,
        "move": held,
        "to": to,
        "along": _along(held) if held else [],
        "is_refused": bool(held and held.answer and not held.is_accepted),
    }


def _along(row: OnwardMove) -> list[str]:
    return [str(words) for name, words in ALONG_WORDS.items() if getattr(row, name)]


def _asked(actor: Actor, person: Person, form: MoveForm) -> bool:
    said = form.cleaned_data
    try:
        services.ask_move(by=actor, person=person, to=said["to"], along=form.along(), once=said["once"])
    except services.AlreadyAsked:
        form.add_error(None, _("A bed is asked of another site already. End that one first. Nothing was changed."))
        return False
    except NotLodged:
        form.add_error(None, _("This person has no bed here, so there is none to leave. Nothing was changed."))
        return False
    except AlreadySent:
        pass
    return True


@require_http_methods(["GET", "POST"])
def answer_move(request: HttpRequest, person_number: int) -> HttpResponse:
    actor = require_act(request, Act.ANSWER_MOVE)
    person = resident(actor, person_number)
    held = get_object_or_404(OnwardMove.objects.visible_to(actor), person=person)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer = OnwardMove.Answer(form.cleaned_data["answer"])
            services.answer_move(by=actor, move=held, answer=answer, once=form.cleaned_data["once"])
            messages.success(request, _("Their answer is written down."))
        except AlreadySent:
            pass
        return redirect("shelter:moves")
    records.note(actor, Act.ANSWER_MOVE, person.subject, reason="look")
    return render(request, "shelter/answer_move.html", {"person": person, "form": form, "along": _along(held)})


@require_GET
def move_sheet(request: HttpRequest, person_number: int) -> HttpResponse:
    """The sheet that travels: by number, with what goes along and a box for the answer."""
    person = _about(request, Act.MOVE_ON, person_number)
    actor = require_act(request, Act.MOVE_ON, person.subject)
    held = get_object_or_404(OnwardMove.objects.select_related("record"), person=person)
    records.note(actor, Act.MOVE_ON, person.subject, reason="print")
    members = people.members_of(person.household) if held.household else []
    numbers = [one.number for one in members if one.pk != person.pk]
    context = {**_shown(actor, person, held), "numbers": numbers, "today": clock.today()}
    return render(request, "shelter/move_sheet.html", context)


@require_POST
def leave_with_move(request: HttpRequest, person_number: int) -> HttpResponse:
    person = _about(request, Act.MOVE_ON, person_number)
    actor = require_act(request, Act.MOVE_ON, person.subject)
    try:
        gone = services.leave_with_move(by=actor, person=person)
    except (services.NotAccepted, services.NoMove):
        messages.error(request, _("The other site has not said yes. Nobody leaves with it yet; nothing was changed."))
    except NotLodged:
        messages.info(request, _("This person has no bed here, so there is none to leave. Nothing was changed."))
    else:
        words = ngettext("%(count)d person has left.", "%(count)d persons have left.", len(gone))
        messages.success(request, words % {"count": len(gone)})
        return redirect("shelter:board")
    return redirect("shelter:move_on", person_number=person.number)


@require_POST
def cancel_move(request: HttpRequest, person_number: int) -> HttpResponse:
    person = _about(request, Act.MOVE_ON, person_number)
    actor = require_act(request, Act.MOVE_ON, person.subject)
    held = OnwardMove.objects.select_related("record").filter(person=person).first()
    if held is not None:
        services.cancel_move(by=actor, move=held)
        messages.success(request, _("Nothing is asked of another site any more."))
    return redirect("shelter:move_on", person_number=person.number)


def _about(request: HttpRequest, act: Act, number: int) -> Person:
    """Whom an address is about, for somebody who may do the act to anybody at all."""
    return resident(require_act(request, act), number)
