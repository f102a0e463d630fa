"""Leaving on screens: on which day, where to as coarsely as they say, and taking a wrong "left" back the same day."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people import queries as people
from posada.people.models import Answer, Person
from posada.records import retention
from posada.records.once import AlreadySent
from posada.shelter import queries
from posada.shelter.forms.leaving import LeaveForm
from posada.shelter.models import Stay
from posada.shelter.queries.onward import left_today
from posada.shelter.services import AlreadyLodged, BedTaken, NotLodged, look_up_bed
from posada.shelter.services import leaving as services
from posada.shelter.services.tonight import WrongDay
from posada.shelter.views.tonight import resident


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, person_number: int) -> HttpResponse:
    actor = require_act(request, Act.ASSIGN_BED)
    person = resident(actor, person_number)
    stay = Stay.objects.open().filter(person=person).first()
    asks = people.may(actor, Act.MOVE_ON, person) and people.may(actor, Act.RECORD_CONSENT, person)
    form = LeaveForm(request.POST or None, since=stay.from_on if stay else clock.today(), asks_where=asks)
    if request.method == "POST" and form.is_valid():
        answer = _leave(request, actor, person, form)
        if answer is not None:
            return answer
    held = look_up_bed(by=actor, person=person)
    if held is None:
        return _has_left(request, person)
    return render(request, "shelter/leave.html", _leaving(person, form, bed=held))


def _leaving(person: Person, form: LeaveForm, **more: Any) -> dict[str, Any]:
    days = next(line.days for line in retention.table() if line.kind == "stay")
    return {"person": person, "form": form, "kept_days": days, **more}


def _has_left(request: HttpRequest, person: Person) -> HttpResponse:
    """Who left today may be taken back here; of anybody else there is no bed to free."""
    gone = left_today(person)
    if gone is None:
        messages.info(request, _has_no_bed(person))
        return redirect("shelter:board")
    is_free = queries.stay_in(gone.stay.bed) is None
    return render(request, "shelter/left.html", {"person": person, "gone": gone, "is_free": is_free})


def _leave(request: HttpRequest, actor: Actor, person: Person, form: LeaveForm) -> HttpResponse | None:
    """Note it; none when the form must be shown again."""
    try:
        gone = services.depart(
            by=actor,
            person=person,
            on=form.cleaned_data["left_on"],
            destination=form.where(),
            findable=form.wish() if "findable" in form.fields else Answer.NOT_ASKED,
            once=form.cleaned_data["once"],
        )
    except WrongDay:
        form.add_error("left_on", _("Write a day between the first night in this bed and today."))
        return None
    except NotLodged:
        messages.info(request, _has_no_bed(person))
        return redirect("shelter:board")
    except AlreadySent:
        pass
    else:
        words = _("%(person)d has left the house; bed %(bed)d is free. A mistake can be taken back today.")
        messages.success(request, words % {"person": person.number, "bed": gone.stay.bed.number})
    return redirect("shelter:leave", person_number=person.number)


@require_POST
def undo_leave(request: HttpRequest, person_number: int) -> HttpResponse:
    actor = require_act(request, Act.ASSIGN_BED)
    person = resident(actor, person_number)
    try:
        stay = services.undo_departure(by=actor, person=person)
    except (services.NothingToUndo, AlreadyLodged):
        messages.info(request, _("Only what was noted today can be taken back. Nothing was changed."))
        return redirect("shelter:board")
    except BedTaken:
        messages.error(request, _("Somebody has that bed now. Nothing was changed. Give them another one."))
        return redirect("shelter:assign", person_number=person.number)
    words = _("Taken back: %(person)d is here, in bed %(bed)d.")
    messages.success(request, words % {"person": person.number, "bed": stay.bed.number})
    return redirect(reverse("shelter:bed", args=[stay.bed.number]))


def _has_no_bed(person: Person) -> str:
    words = _("%(person)d has no bed here, so there is none to free. Nothing was changed.")
    return words % {"person": person.number}
