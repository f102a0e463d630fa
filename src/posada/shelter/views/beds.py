"""The house on screens: the board, one bed, giving, changing and leaving it, a new room."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people import queries as people
from posada.people import services as people_services
from posada.people.models import Person
from posada.records import erasing
from posada.records import services as records
from posada.records.once import AlreadySent
from posada.shelter import queries, services
from posada.shelter.forms import BedForm, PersonNumberForm, RoomForm
from posada.shelter.forms.house import FloorForm, ShiftForm
from posada.shelter.models import Bed
from posada.shelter.rules.house import RoomRule
from posada.shelter.rules.lists import ListKind
from posada.shelter.services import (
    AlreadyLodged,
    BedBlocked,
    BedTaken,
    NotBesideChild,
    NotLodged,
    NotThisRoom,
    RoomNameTaken,
    lists,
)
from posada.ui.parts import Count

MOST_SHOWN = 24


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.SEE_HOUSE)
    records.note(actor, Act.SEE_HOUSE, None, reason="board")
    rooms = queries.board(actor)
    waiting = queries.arrivals_without_bed(actor)
    free = sum(room.free for room in rooms)
    people = queries.people_in_house(actor)
    context = {
        "rooms": rooms,
        "waiting": waiting[:MOST_SHOWN],
        "more_waiting": max(0, len(waiting) - MOST_SHOWN),
        "is_full": bool(rooms) and not free,
        "shift": ShiftForm(),
        "counts": [
            Count(people, _("in the house tonight")),
            Count(free, ngettext("bed free", "beds free", free)),
            Count(len(waiting), ngettext("arrival without a bed", "arrivals without a bed", len(waiting))),
        ],
        "may_assign": actor.may(Act.ASSIGN_BED),
        "may_make_rooms": actor.may(Act.MAKE_ROOM),
        "may_evacuate": actor.may(Act.PRINT_EVACUATION),
    }
    return render(request, "shelter/board.html", context)


@require_GET
def evacuation(request: HttpRequest) -> HttpResponse:
    """The list for the way out: made in one press, by one person, at any hour."""
    actor = require_act(request, Act.PRINT_EVACUATION)
    rooms = queries.evacuation_list(actor)
    lists.note_printed(by=actor, kind=ListKind.EVACUATION)
    people = sum(len(room.sleepers) for room in rooms)
    return render(request, "shelter/evacuation.html", {"rooms": rooms, "people": people, "made_at": clock.now()})


@require_http_methods(["GET", "POST"])
def bed(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.ASSIGN_BED)
    found = get_object_or_404(Bed.objects.visible_to(actor).select_related("room"), number=number)
    form = PersonNumberForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _assign(request, actor, form.cleaned_data["number"], found, form)
        if answer is not None:
            return answer
    stay = services.open_bed(by=actor, bed=found)
    if stay is not None and erasing.is_hidden(stay.person_id):
        raise Http404
    context = {
        "bed": found,
        "stay": stay,
        "form": form,
        "may_open": actor.may(Act.READ_IDENTITY),
        "has_emergency": stay is not None and people.may(actor, Act.READ_EMERGENCY, stay.person),
    }
    return render(request, "shelter/bed.html", context)


@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, person_number: int) -> HttpResponse:
    actor = require_act(request, Act.ASSIGN_BED)
    person = resident(actor, person_number)
    form = BedForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _assign(request, actor, person, form.cleaned_data["bed"], form)
        if answer is not None:
            return answer
    held = services.look_up_bed(by=actor, person=person)
    if held is not None:
        messages.info(request, _already(person, held))
        return redirect("shelter:bed", number=held.number)
    return render(request, "shelter/assign.html", {"person": person, "form": form})


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, person_number: int) -> HttpResponse:
    actor = require_act(request, Act.ASSIGN_BED)
    person = resident(actor, person_number)
    form = BedForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _move(request, actor, person, form)
        if answer is not None:
            return answer
    held = services.look_up_bed(by=actor, person=person)
    if held is None:
        return redirect("shelter:assign", person_number=person.number)
    return render(request, "shelter/move.html", {"person": person, "form": form, "held": held})


@require_http_methods(["GET", "POST"])
def add_room(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.MAKE_ROOM)
    form, floor = RoomForm(actor, request.POST or None), FloorForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and floor.is_valid():
        try:
            room = services.make_room(
                by=actor,
                name=form.cleaned_data["name"],
                beds=form.cleaned_data["beds"],
                rule=RoomRule(floor.cleaned_data["rule"]),
                tenths_m2=floor.tenths,
                once=form.cleaned_data["once"],
            )
        except RoomNameTaken:
            form.add_error("name", _("The house has a room of this name. Give this one another."))
        except AlreadySent:
            return redirect("shelter:board")
        else:
            messages.success(request, _("%(room)s stands on the board.") % {"room": room.name})
            return redirect("shelter:board")
    return render(request, "shelter/add_room.html", {"form": form, "floor": floor})


def resident(actor: Actor, number: int) -> Person:
    """A person who was registered in this house; anybody else is a 404, and a number that is nobody's a search."""
    try:
        person = people_services.look_for_number(actor, number)
    except Person.DoesNotExist as error:
        raise Http404 from error
    if person.is_listed:
        raise Http404
    return person


def _assign(
    request: HttpRequest, actor: Actor, person: Person, bed: Bed, form: BedForm | PersonNumberForm
) -> HttpResponse | None:
    """Give the bed; none when the form must be shown again, with its reason on it."""
    try:
        services.assign_bed(by=actor, person=person, bed=bed, once=form.cleaned_data["once"])
    except NotBesideChild:
        return redirect("shelter:make_exception", person_number=person.number, number=bed.number)
    except (BedTaken, NotThisRoom) as error:
        messages.error(request, not_given(bed, error))
        return redirect("shelter:assign", person_number=person.number)
    except AlreadyLodged:
        held = services.look_up_bed(by=actor, person=person)
        form.add_error(None, _already(person, held) if held else _taken(bed))
        return None
    except AlreadySent:
        return _to_bed_of(actor, person)
    words = _("Bed %(bed)d, %(room)s, is now for %(person)d.")
    messages.success(request, words % {"bed": bed.number, "room": bed.room.name, "person": person.number})
    return redirect("shelter:bed", number=bed.number)


def _move(request: HttpRequest, actor: Actor, person: Person, form: BedForm) -> HttpResponse | None:
    bed = form.cleaned_data["bed"]
    try:
        services.move(by=actor, person=person, bed=bed, once=form.cleaned_data["once"])
    except NotBesideChild:
        return redirect("shelter:make_exception", person_number=person.number, number=bed.number)
    except (BedTaken, NotThisRoom) as error:
        form.add_error("bed", not_given(bed, error))
        return None
    except NotLodged:
        return redirect("shelter:assign", person_number=person.number)
    except AlreadySent:
        return _to_bed_of(actor, person)
    words = _("%(person)d moved to bed %(bed)d, %(room)s.")
    messages.success(request, words % {"bed": bed.number, "room": bed.room.name, "person": person.number})
    return redirect("shelter:bed", number=bed.number)


def _to_bed_of(actor: Actor, person: Person) -> HttpResponse:
    held = services.look_up_bed(by=actor, person=person)
    return redirect("shelter:bed", number=held.number) if held else redirect("shelter:board")


def not_given(bed: Bed, error: Exception) -> str:
    """Why a bed is not given, and that nothing was changed."""
    if isinstance(error, NotThisRoom):
        return _("This room is not right for them. Nothing was changed. Choose another.")
    if isinstance(error, BedBlocked):
        words = _("Bed %(bed)d is blocked and is not given tonight. Nothing was changed. Choose another bed.")
        return words % {"bed": bed.number}
    return _taken(bed)


def _taken(bed: Bed) -> str:
    words = _("Bed %(bed)d is taken; perhaps another desk was quicker. Nothing was changed. Choose another bed.")
    return words % {"bed": bed.number}


def _already(person: Person, held: Bed) -> str:
    words = _("%(person)d already has bed %(bed)d, %(room)s. To change it, move them from there.")
    return words % {"person": person.number, "bed": held.number, "room": held.room.name}
