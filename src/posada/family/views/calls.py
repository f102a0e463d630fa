"""The board of call slots: a day's quarters of an hour, phone by phone, by number. Whom somebody calls is not on it."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, granted_role, require
from posada.family import services
from posada.family.forms.calls import OwnSlotForm, SlotForm, in_the_next_quarter, named, slot_fault
from posada.family.models import HousePhone, SlotState, WatchCard
from posada.family.queries import calls
from posada.family.queries.calls import GivenSlot
from posada.family.queries.freezing import is_frozen
from posada.family.rules import slots
from posada.family.services.phones import NotToLend
from posada.family.services.slots import (
    NoSlot,
    SlotGone,
    TooEarly,
    call_off,
    give_slot,
    mark_slot,
)
from posada.ground import clock
from posada.people.models import Person
from posada.people.views.calm import calmly, person_or_404
from posada.records import services as records
from posada.records.once import AlreadySent
from posada.ui.parts import Badge

MARKS = {
    SlotState.GIVEN: (gettext_lazy("given"), "note"),
    SlotState.DONE: (gettext_lazy("done"), "good"),
    SlotState.NO_ANSWER: (gettext_lazy("no answer"), "wait"),
    SlotState.NOT_COME: (gettext_lazy("did not come"), "neutral"),
}


def badge_of(given: GivenSlot) -> Badge:
    """How a slot stands; that contact was stopped or frozen comes before all."""
    if given.stands_still:
        return Badge(_("do not call"), "danger")
    words, kind = MARKS[SlotState(given.slot.state)]
    return Badge(str(words), kind)  # type: ignore[arg-type]  # one of the badge's kinds


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.SEE_CALLS)
    records.note(actor, Act.SEE_CALLS, None, reason="board")
    day, now = _day(request), clock.now()
    given = calls.given_slots(actor, day, now)
    context = {
        "day": day,
        "day_words": date_format(day, "l j F"),
        "is_today": day == clock.today(),
        "before": day - timedelta(days=1) if day > clock.today() else None,
        "after": day + timedelta(days=1) if day < clock.today() + slots.AHEAD else None,
        "given": [(one, badge_of(one)) for one in given],
        "phones": calls.board(actor, day, now),
        "may_give": actor.may(Act.LEND_PHONE),
        "may_keep": actor.may(Act.KEEP_PHONES),
    }
    return render(request, "family/calls.html", context)


def _day(request: HttpRequest) -> date:
    """The day that is asked for, if it lies ahead; today otherwise: earlier days are kept nowhere."""
    try:
        asked = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return clock.today()
    return asked if clock.today() <= asked <= clock.today() + slots.AHEAD else clock.today()


@require_http_methods(["GET", "POST"])
@calmly
def give(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.LEND_PHONE)
    form = SlotForm(actor, request.POST or None)
    form.initial = _initial(request)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if _give(request, actor, form, said["number"], said["tag"], None):
            return redirect(f"{reverse('family:calls')}?day={said['day'].isoformat()}")
    return render(request, "family/give_slot.html", {"form": form})


def _initial(request: HttpRequest) -> dict[str, Any]:
    day, hour = in_the_next_quarter()
    asked, quarter, tag = _day(request), request.GET.get("quarter", ""), request.GET.get("tag", "")
    if quarter.isdecimal() and len(quarter) < 3 and int(quarter) <= slots.LAST_QUARTER:
        day, hour = asked, slots.hour_of(int(quarter))
    return {"day": day, "hour": hour.strftime("%H:%M"), "tag": tag if tag.isdecimal() and len(tag) < 5 else ""}


def _give(
    request: HttpRequest,
    actor: Actor,
    form: SlotForm | OwnSlotForm,
    person: Person,
    thing: HousePhone,
    card: WatchCard | None,
) -> bool:
    """Whether the slot was given; otherwise the form says what hindered it."""
    said = form.cleaned_data
    may_read = granted_role(actor, Act.READ_KIN, person.subject) is not None
    try:
        give_slot(
            by=actor,
            person=person,
            thing=thing,
            day=said["day"],
            quarter=said["hour"],
            card=card,
            once=said["once"],
        )
    except AlreadySent:
        return True
    except (NoSlot, NotToLend) as error:
        form.add_error(*slot_fault(error, to_reader=may_read))
    else:
        at = {"hour": slots.hour_of(said["hour"]).strftime("%H:%M"), "tag": thing.tag, "number": person.number}
        messages.success(request, _("Number %(number)d has phone %(tag)d at %(hour)s.") % at)
        return True
    return False


@require_http_methods(["GET", "POST"])
@calmly
def of_resident(request: HttpRequest, number: int) -> HttpResponse:
    """What one resident has of the house's phones, and their slots; the place from which one is given for a card."""
    actor = require_act(request, Act.LEND_PHONE)
    person = _resident(actor, number)
    services.entrust_cards(person)
    day, hour = in_the_next_quarter()
    initial = {"day": day, "hour": hour.strftime("%H:%M")}
    phones = calls.phones_of(actor)
    form = OwnSlotForm(phones, calls.callable_cards(actor, person), request.POST or None, initial=initial)
    sent = request.method == "POST" and form.is_valid()
    if sent and _give(request, actor, form, person, form.thing, form.watch_card):
        return redirect("family:person_calls", number=number)
    given = calls.slots_ahead(actor, person, clock.now())
    context = {
        "person": person,
        "form": form,
        "has_phones": bool(phones),
        "given": [(one, badge_of(one)) for one in given],
        "loans": [(loan, named(loan.thing)) for loan in calls.loans(actor, person=person)],
        "tickets": calls.tickets(actor, person=person),
        "is_frozen": is_frozen(person.pk, site=actor.site),
        "may_open_cards": granted_role(actor, Act.READ_KIN, person.subject) is not None,
        "may_call_home": granted_role(actor, Act.ADD_RELATIVE, person.subject) is not None,
    }
    return render(request, "family/person_calls.html", context)


def _resident(actor: Actor, number: int) -> Person:
    """Somebody who was registered here; looking at what they have is written down."""
    person = person_or_404(actor, number)
    if person.is_listed:
        raise Http404
    require(actor, Act.LEND_PHONE, person.subject)
    records.note(actor, Act.SEE_CALLS, person.subject)
    return person


@require_POST
def mark(request: HttpRequest, slot_id: uuid.UUID, state: SlotState | None) -> HttpResponse:
    """One press on a slot: how it went, or (without a state) that it is called off."""
    actor = require_act(request, Act.LEND_PHONE)
    found = calls.slot(actor, slot_id)
    if found is None:
        raise Http404
    require(actor, Act.LEND_PHONE, found.person.subject)
    try:
        if state is None:
            call_off(by=actor, slot=found)
            messages.success(request, _("The slot is called off. Others can have the phone."))
        else:
            mark_slot(by=actor, slot=found, state=state)
            messages.success(request, _("Noted. What was heard is noted on the card, by whoever accompanies them."))
    except SlotGone:
        messages.warning(request, _("This slot was called off meanwhile. Nothing was noted."))
    except TooEarly:
        messages.warning(request, _("This slot has not begun. Note how it went when its hour has come."))
    return redirect(f"{reverse('family:calls')}?day={found.day.isoformat()}")
