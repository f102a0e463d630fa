"""The roll call on a telephone: room by room, one press for each person, where it was left; with scripts off, too."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.records import services as records
from posada.shelter.forms.tonight import RoomRollForm
from posada.shelter.queries import tonight as queries
from posada.shelter.services import tonight as services
from posada.ui.parts import Count

MOST_ROOMS = 10_000  # no house has more: a place beyond it is no room


@require_GET
def roll(request: HttpRequest) -> HttpResponse:
    """How far the roll call is; or, when it is finished, how many are missing and what to do."""
    actor = require_act(request, Act.CALL_ROLL)
    records.note(actor, Act.CALL_ROLL, None, reason="look")
    call, last = queries.roll_open(actor), queries.roll_last(actor)
    progress = queries.roll_progress(actor, call) if call else None
    lines = [(room, progress.open_in(room)) for room in progress.rooms] if progress else []
    context = {
        "call": call,
        "last": last,
        "progress": progress,
        "lines": lines,
        "counts": [Count(last.missing, _("missing")), Count(last.here, _("in"))] if last else [],
        "away": [] if call else queries.away_lines(actor),
        "today": clock.today(),
    }
    return render(request, "shelter/roll.html", context)


@require_POST
def begin_roll(request: HttpRequest) -> HttpResponse:
    """Begin, or go on where it was left: the first room in which somebody was not looked at."""
    actor = require_act(request, Act.CALL_ROLL)
    call = services.begin_roll_call(by=actor)
    return _to_next(queries.roll_progress(actor, call))


def _to_next(progress: queries.Progress) -> HttpResponse:
    room = progress.next_room
    return redirect("shelter:roll_room", place=room.place) if room else redirect("shelter:roll")


@require_http_methods(["GET", "POST"])
def roll_room(request: HttpRequest, place: int) -> HttpResponse:
    actor = require_act(request, Act.CALL_ROLL)
    if place > MOST_ROOMS:
        raise Http404
    call = queries.roll_open(actor)
    if call is None:
        return redirect("shelter:roll")
    progress = queries.roll_progress(actor, call)
    room = next((one for one in progress.rooms if one.place == place), None)
    if room is None:
        raise Http404
    return _in_room(request, actor, progress, room)


def _in_room(request: HttpRequest, actor: Actor, progress: queries.Progress, room: queries.RoomTonight) -> HttpResponse:
    form = RoomRollForm(room, progress.marks, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.mark_room(by=actor, room=room.place, marks=form.marks())
        except services.NoRollCall:
            return redirect("shelter:roll")
        call = queries.roll_open(actor)
        return _to_next(queries.roll_progress(actor, call)) if call else redirect("shelter:roll")
    records.note(actor, Act.CALL_ROLL, None, reason="room")
    place = progress.rooms.index(room) + 1
    lines = [(one, form[f"p{one.number}"]) for one in room.people]
    context = {
        "lines": lines,
        "room": room,
        "form": form,
        "place": place,
        "rooms": len(progress.rooms),
        "left": progress.left,
    }
    return render(request, "shelter/roll_room.html", context)


@require_POST
def finish_roll(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.CALL_ROLL)
    try:
        services.finish_roll_call(by=actor)
    except services.NotFinished as unfinished:
        words = ngettext(
            "%(count)d person was not looked at yet. Nothing was changed.",
            "%(count)d persons were not looked at yet. Nothing was changed.",
            unfinished.left,
        )
        messages.error(request, words % {"count": unfinished.left})
    except services.NoRollCall:
        messages.info(request, _("The roll call was finished before, perhaps on another telephone."))
    return redirect("shelter:roll")
