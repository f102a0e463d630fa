"""The house on screens: a household's beds at once, mats, blocked beds, who waits, an infant beside, the ratios."""

from collections.abc import Callable
from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.records import services as records
from posada.records.once import AlreadySent
from posada.shelter import queries, services
from posada.shelter.forms.house import (
    BecameForm,
    BesideForm,
    BlockForm,
    FiguresForm,
    FloorForm,
    MatsForm,
    ProposalForm,
    ShiftForm,
    beds_of,
)
from posada.shelter.models import Bed, HouseFigures, Room
from posada.shelter.rules import ratios
from posada.shelter.rules.house import Became, Blocked, RoomRule
from posada.shelter.services import AlreadyLodged, BedTaken, NotBeside, NotLodged, NotThisRoom
from posada.shelter.services import house as acts
from posada.shelter.views.beds import resident
from posada.shelter.views.why import why_words


@require_http_methods(["GET", "POST"])
def together(request: HttpRequest, person_number: int) -> HttpResponse:
    """Beds for those of a household who have none, proposed with a few words of why; one press gives all of them."""
    actor = require_act(request, Act.ASSIGN_BED)
    person = resident(actor, person_number)
    party = queries.party_of(person)
    form = ProposalForm(actor, party, request.POST or None)
    if request.method == "POST" and form.is_valid():
        places, once = form.cleaned_data["beds"], form.cleaned_data["once"]
        if _done(request, form, lambda: acts.assign_together(by=actor, places=places, once=once)):
            count = len(party)
            words = ngettext("%(count)d bed was given.", "%(count)d beds were given.", count)
            messages.success(request, words % {"count": count})
            return redirect("shelter:board")
    records.note(actor, Act.ASSIGN_BED, person.subject, reason="proposals")
    found = queries.proposals_for(actor, party)
    context = {
        "person": person,
        "party": party,
        "form": form,
        "proposals": [(one, beds_of(one, party), why_words(one)) for one in found],
        "free": queries.free_beds(actor).count(),
    }
    return render(request, "shelter/together.html", context)


def _done(request: HttpRequest, form: ProposalForm | BesideForm | BlockForm, act: Callable[[], object]) -> bool:
    """Do the act; False when the form is shown again with its reason."""
    try:
        act()
    except (BedTaken, AlreadyLodged):
        form.add_error(None, _("A bed was taken meanwhile; perhaps another desk was quicker. Nothing was changed."))
    except NotThisRoom:
        form.add_error(None, _("This room is not right for them. Nothing was changed. Choose another."))
    except NotBeside:
        form.add_error(
            None,
            _("Only an infant under 2 sleeps beside an adult of its own household. Give this person their own bed."),
        )
    except AlreadySent:
        return True
    else:
        return True
    return False


@require_http_methods(["GET", "POST"])
def beside(request: HttpRequest, person_number: int) -> HttpResponse:
    """An infant in the bed of an adult of its household: two in one bed, and only here."""
    actor = require_act(request, Act.ASSIGN_BED)
    infant = resident(actor, person_number)
    form = BesideForm(infant, request.POST or None)
    if request.method == "POST" and form.is_valid():
        adult, once = form.cleaned_data["adult"], form.cleaned_data["once"]
        if _done(request, form, lambda: services.assign_beside(by=actor, infant=infant, adult=adult, once=once)):
            messages.success(request, _("%(person)d sleeps beside an adult now.") % {"person": infant.number})
            return redirect("shelter:board")
    records.note(actor, Act.ASSIGN_BED, infant.subject, reason="beside")
    context = {"person": infant, "form": form, "has_card": actor.may(Act.REGISTER)}
    return render(request, "shelter/beside.html", context)


@require_http_methods(["GET", "POST"])
def block(request: HttpRequest, number: int) -> HttpResponse:
    """A bed is not given, with why; or is given again."""
    actor = require_act(request, Act.ASSIGN_BED)
    bed = get_object_or_404(Bed.objects.visible_to(actor).select_related("room"), number=number)
    form = BlockForm(bed, request.POST or None)
    if request.method == "POST" and "again" in request.POST:
        acts.unblock(by=actor, bed=bed)
        messages.success(request, _("Bed %(bed)d may be given again.") % {"bed": bed.number})
        return redirect("shelter:board")
    if request.method == "POST" and form.is_valid():
        why, once = Blocked(form.cleaned_data["why"]), form.cleaned_data["once"]
        if _done(request, form, lambda: acts.block(by=actor, bed=bed, why=why, once=once)):
            messages.success(request, _("Bed %(bed)d is not given tonight.") % {"bed": bed.number})
            return redirect("shelter:board")
    return render(request, "shelter/block.html", {"bed": bed, "form": form})


@require_http_methods(["GET", "POST"])
def mats(request: HttpRequest) -> HttpResponse:
    """Mats for a full house; that it is over the ratios is said plainly."""
    actor = require_act(request, Act.ASSIGN_BED)
    form = MatsForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        room, count = form.cleaned_data["room"], form.cleaned_data["mats"]
        try:
            acts.lay_mats(by=actor, room=room, count=count, once=form.cleaned_data["once"])
        except AlreadySent:
            pass
        else:
            words = ngettext("%(count)d mat lies in %(room)s.", "%(count)d mats lie in %(room)s.", count)
            messages.success(request, words % {"count": count, "room": room.name})
        return redirect("shelter:board")
    least = next((one for one in ratios.planned(queries.measured(actor)) if one.is_binding), None)
    context = {"form": form, "least": least, "people": queries.people_in_house(actor)}
    return render(request, "shelter/mats.html", context)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Everybody who waits for a bed, by number, the longest wait first: nobody vanishes from it."""
    actor = require_act(request, Act.ASSIGN_BED)
    records.note(actor, Act.SEE_HOUSE, None, reason="waiting")
    rows = queries.arrivals_without_bed(actor)
    context = {"rows": rows, "free": queries.free_beds(actor).count(), "ended": queries.waits_ended(actor)}
    return render(request, "shelter/waiting.html", context)


@require_http_methods(["GET", "POST"])
def end_wait(request: HttpRequest, person_number: int) -> HttpResponse:
    """What became of somebody who waited; or that they wait after all."""
    actor = require_act(request, Act.ASSIGN_BED)
    person = resident(actor, person_number)
    form = BecameForm(request.POST or None)
    if request.method == "POST" and "again" in request.POST:
        acts.wait_again(by=actor, person=person)
        return redirect("shelter:waiting")
    if request.method == "POST" and form.is_valid():
        became, once = Became(form.cleaned_data["became"]), form.cleaned_data["once"]
        try:
            acts.end_wait(by=actor, person=person, became=became, once=once)
        except AlreadyLodged:
            messages.info(request, _("%(person)d has a bed here. Nothing was changed.") % {"person": person.number})
        except AlreadySent:
            pass
        return redirect("shelter:waiting")
    records.note(actor, Act.ASSIGN_BED, person.subject, reason="waiting")
    return render(request, "shelter/end_wait.html", {"person": person, "form": form})


@require_http_methods(["GET", "POST"])
def capacity(request: HttpRequest) -> HttpResponse:
    """For how many people the house is planned, by each ratio with its edition; the binding one is named."""
    actor = require_act(request, Act.SEE_HOUSE)
    held = HouseFigures.objects.filter(site_id=actor.site).first() or HouseFigures()
    form = None
    if actor.may(Act.MAKE_ROOM):
        start = {"toilets": held.toilets, "litres_a_day": held.litres_a_day}
        form = FiguresForm(request.POST or None, initial=start)
    if request.method == "POST":
        require_act(request, Act.MAKE_ROOM)
        if form and form.is_valid():
            with suppress(AlreadySent):
                acts.set_figures(by=actor, **form.cleaned_data)
            return redirect("shelter:capacity")
    records.note(actor, Act.SEE_HOUSE, None, reason="ratios")
    house = queries.measured(actor)
    context = {
        "form": form,
        "house": house,
        "rows": ratios.planned(house),
        "people": queries.people_in_house(actor),
        "rooms": Room.objects.visible_to(actor).order_by("position"),
    }
    return render(request, "shelter/capacity.html", context)


@require_http_methods(["GET", "POST"])
def room(request: HttpRequest, place: int) -> HttpResponse:
    """What a room is good for, and its floor."""
    actor = require_act(request, Act.MAKE_ROOM)
    found = get_object_or_404(Room.objects.visible_to(actor), position=place)
    form = FloorForm(request.POST or None, found)
    if request.method == "POST" and form.is_valid():
        rule, once = RoomRule(form.cleaned_data["rule"]), form.cleaned_data["once"]
        with suppress(AlreadySent):
            acts.change_room(by=actor, room=found, rule=rule, tenths_m2=form.tenths, once=once)
        return redirect("shelter:capacity")
    return render(request, "shelter/room.html", {"room": found, "form": form})


@require_POST
def shift(request: HttpRequest) -> HttpResponse:
    """Move whoever sleeps in one bed to another, as somebody dragged it on the board."""
    actor = require_act(request, Act.ASSIGN_BED)
    form = ShiftForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That bed cannot be given to them. Nothing was changed. Choose another bed."))
        return redirect("shelter:board")
    beds = Bed.objects.visible_to(actor).select_related("room")
    origin = get_object_or_404(beds, number=form.cleaned_data["origin"])
    target = get_object_or_404(beds, number=form.cleaned_data["target"])
    stay = services.open_bed(by=actor, bed=origin)
    if stay is None:
        messages.error(request, _("Nobody sleeps in bed %(bed)d. Nothing was changed.") % {"bed": origin.number})
        return redirect("shelter:board")
    try:
        services.move(by=actor, person=stay.person, bed=target, once=form.cleaned_data["once"])
    except (BedTaken, NotThisRoom, NotLodged, AlreadyLodged):
        messages.error(request, _("That bed cannot be given to them. Nothing was changed. Choose another bed."))
    except AlreadySent:
        pass
    else:
        words = _("From bed %(origin)d to bed %(target)d, %(room)s.")
        shown = {"origin": origin.number, "target": target.number, "room": target.room.name}
        messages.success(request, words % shown)
    return redirect("shelter:board")
