"""Tonight on screens: who is in, out, missing since when; out and back; a bed freed after some nights; the bags."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people import queries as people
from posada.people import services as people_services
from posada.people.models import Answer, ConsentPurpose, Person
from posada.records import services as records
from posada.records.once import AlreadySent
from posada.shelter.forms.tonight import FreeBedForm, NightRulesForm, OutForm
from posada.shelter.models import Absence, Belongings
from posada.shelter.queries import tonight as queries
from posada.shelter.rules import tonight as rules
from posada.shelter.rules.tonight import Presence
from posada.shelter.services import NotLodged
from posada.shelter.services import tonight as services
from posada.ui.parts import Count


@require_http_methods(["GET", "POST"])
def tonight(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.CALL_ROLL)
    form = OutForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid() and _moved(request, actor, form):
        return redirect("shelter:tonight")
    records.note(actor, Act.CALL_ROLL, None, reason="look")
    rooms = queries.rooms_tonight(actor)
    everybody = queries.everybody(rooms)
    house = queries.night_rules(actor.site)
    context = {
        "form": form,
        "rooms": rooms,
        "counts": _counts(everybody),
        "away": queries.away_lines(actor),
        "open_call": queries.roll_open(actor),
        "last_call": queries.roll_last(actor),
        "excepted": queries.exceptions_open(actor),
        "bags": queries.belongings_kept(actor) if actor.may(Act.ASSIGN_BED) else [],
        "nights": house.out_nights,
        "today": clock.today(),
        "may_free": actor.may(Act.ASSIGN_BED),
        "may_set": actor.may(Act.MAKE_ROOM),
    }
    return render(request, "shelter/tonight.html", context)


def _counts(everybody: tuple[queries.Here, ...]) -> list[Count]:
    held = {one: sum(here.presence is one for here in everybody) for one in Presence}
    return [
        Count(held[Presence.IN], _("in")),
        Count(held[Presence.OUT], _("out, and said so")),
        Count(held[Presence.MISSING], _("missing")),
    ]


def _moved(request: HttpRequest, actor: Actor, form: OutForm) -> bool:
    """Out or back, as the press says; false when the form must be shown again with its reason."""
    person, once = form.cleaned_data["number"], form.cleaned_data["once"]
    try:
        if request.POST.get("press") == "back":
            services.come_back(by=actor, person=person, once=once)
            messages.success(request, _("%(number)d is back.") % {"number": person.number})
        else:
            services.go_out(by=actor, person=person, back_on=form.cleaned_data["back_on"], once=once)
            messages.success(request, _("%(number)d is out, and said so.") % {"number": person.number})
    except services.NotOfTheHouse:
        form.add_error("number", _("This person has no bed here and waits for none. Look at the card again."))
        return False
    except services.WrongDay:
        words = _("Write a day from today to %(days)d days ahead, or look at the computer's clock.")
        form.add_error("back_on", words % {"days": rules.MOST_NIGHTS})
        return False
    except AlreadySent:
        pass
    return True


@require_POST
def back(request: HttpRequest, person_number: int) -> HttpResponse:
    actor = require_act(request, Act.CALL_ROLL)
    person = resident(actor, person_number)
    services.come_back(by=actor, person=person)
    messages.success(request, _("%(number)d is back.") % {"number": person.number})
    return redirect("shelter:tonight")


@require_http_methods(["GET", "POST"])
def free_bed(request: HttpRequest, person_number: int) -> HttpResponse:
    actor = require_act(request, Act.ASSIGN_BED)
    person = resident(actor, person_number)
    form = FreeBedForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _freed(request, actor, person, form):
        return redirect("shelter:tonight")
    records.note(actor, Act.ASSIGN_BED, person.subject, reason="look")
    row = Absence.objects.filter(person=person).first()
    house = queries.night_rules(actor.site)
    if row is None or rules.presence(row.gone, clock.today()) is not Presence.MISSING:
        messages.info(request, _not_away(person))
        return redirect("shelter:tonight")
    context = {
        "person": person,
        "form": form,
        "since": rules.missing_since(row.gone),
        "nights": rules.nights_away(row.gone, clock.today()),
        "frees_on": rules.frees_on(row.gone, house.out_nights),
        "may_now": rules.may_free(row.gone, clock.today(), house.out_nights),
        "keep_days": house.keep_days,
        "may_be_told": _may_be_told(actor, person),
    }
    return render(request, "shelter/free_bed.html", context)


def _freed(request: HttpRequest, actor: Actor, person: Person, form: FreeBedForm) -> bool:
    place = form.cleaned_data["place"]
    try:
        gone = services.free_bed(
            by=actor,
            person=person,
            tag=form.cleaned_data["tag"],
            place=Belongings.Place(place) if place else None,
            once=form.cleaned_data["once"],
        )
    except services.BagTagTaken:
        form.add_error("tag", _("Another bag has this tag. Take another sticker. Nothing was changed."))
        return False
    except services.TooEarly:
        form.add_error(None, _("The bed is kept for them still. Nothing was changed."))
        return False
    except (services.NotAway, NotLodged):
        messages.info(request, _not_away(person))
    except AlreadySent:
        pass
    else:
        words = _("Bed %(bed)d is free. Nobody was told; the file of %(number)d stays as it is.")
        messages.success(request, words % {"bed": gone.stay.bed.number, "number": person.number})
    return True


def _may_be_told(actor: Actor, person: Person) -> str:
    """What was agreed to before, for whoever may read it; `hidden` for who may not. The default is nothing."""
    if not people.may(actor, Act.READ_IDENTITY, person):
        return "hidden"
    answer = people.consents_of(person, by=actor).answer_to(ConsentPurpose.BE_FOUND).answer
    return "yes" if answer is Answer.YES else "no"


@require_POST
def give_bag(request: HttpRequest, tag: int) -> HttpResponse:
    actor = require_act(request, Act.ASSIGN_BED)
    bag = get_object_or_404(Belongings.objects.select_related("person"), site_id=actor.site, tag=tag)
    services.give_belongings(by=actor, bag=bag)
    messages.success(request, _("The bag with tag %(tag)d was handed over.") % {"tag": tag})
    return redirect("shelter:tonight")


@require_http_methods(["GET", "POST"])
def night_rules(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.MAKE_ROOM)
    form = NightRulesForm(queries.night_rules(actor.site), request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.set_night_rules(
            by=actor, out_nights=form.cleaned_data["out_nights"], keep_days=form.cleaned_data["keep_days"]
        )
        messages.success(request, _("Kept. It holds from now on."))
        return redirect("shelter:tonight")
    return render(request, "shelter/night_rules.html", {"form": form})


def resident(actor: Actor, number: int) -> Person:
    """A person who was registered in this house; anybody else is a 404, and a number that is nobody's a search."""
    try:
        person = people_services.look_for_number(actor, number)
    except Person.DoesNotExist as error:
        raise Http404 from error
    if person.is_listed:
        raise Http404
    return person


def _not_away(person: Person) -> str:
    return _("%(number)d is not missing, or has no bed here. Nothing was changed.") % {"number": person.number}
