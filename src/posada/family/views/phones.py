"""Phones, chargers, headsets of the house: what is out and since which day; and those of residents that are charged."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.family.forms.calls import ChargeForm, CollectForm, LendForm, ThingForm, hindrance_words, named
from posada.family.models import HousePhone, ThingKind, ThingState
from posada.family.queries import calls
from posada.family.services import phones
from posada.family.services.phones import NotOut, NotTheirTicket, NotToLend, StillOut, TagTaken, TicketTaken
from posada.people.models import Person
from posada.people.views.calm import calmly
from posada.records import services as records
from posada.records.once import AlreadySent
from posada.ui.parts import Badge

STATES = {
    ThingState.READY: (gettext_lazy("ready"), "good"),
    ThingState.TO_CLEAR: (gettext_lazy("to be cleared"), "wait"),
    ThingState.BROKEN: (gettext_lazy("broken"), "danger"),
    ThingState.LOST: (gettext_lazy("lost"), "danger"),
    ThingState.AWAY: (gettext_lazy("out of use"), "neutral"),
}


@require_GET
def out(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.SEE_CALLS)
    records.note(actor, Act.SEE_CALLS, None, reason="out")
    context = {
        "loans": [(loan, named(loan.thing)) for loan in calls.loans(actor)],
        "to_clear": [(thing, named(thing)) for thing in calls.to_clear(actor)],
        "ready": [named(thing) for thing in calls.ready(actor)],
        "tickets": calls.tickets(actor),
    }
    return render(request, "family/phones.html", context)


@require_http_methods(["GET", "POST"])
@calmly
def lend(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.LEND_PHONE)
    form = LendForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        thing, person = form.cleaned_data["tag"], form.cleaned_data["number"]
        try:
            phones.lend(by=actor, thing=thing, person=person, once=form.cleaned_data["once"])
            said = {"thing": named(thing), "number": person.number}
            messages.success(request, _("%(thing)s is with number %(number)d.") % said)
            _tell_of_several(request, actor, person)
            return redirect("family:phones")
        except AlreadySent:
            return redirect("family:phones")
        except NotToLend as error:
            form.add_error("tag", hindrance_words(error))
    return _form_page(request, form, _("Lend"), _("By tag, to a number. It comes back before the next one is lent."))


def _tell_of_several(request: HttpRequest, actor: Actor, person: Person) -> None:
    """Whoever has two phones of the house is named, never refused."""
    held = [loan for loan in calls.loans(actor, person=person) if loan.thing.kind == ThingKind.PHONE]
    if len(held) > 1:
        tags = ", ".join(str(loan.thing.tag) for loan in held)
        words = ngettext("%(count)d phone", "%(count)d phones", len(held)) % {"count": len(held)}
        said = {"number": person.number, "phones": words, "tags": tags}
        messages.warning(request, _("Number %(number)d has %(phones)s of the house now: %(tags)s.") % said)


@require_http_methods(["GET", "POST"])
@calmly
def charge(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.LEND_PHONE)
    form = ChargeForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            row = phones.take_to_charge(by=actor, person=said["number"], ticket=said["ticket"], once=said["once"])
            told = {"ticket": row.ticket, "number": said["number"].number}
            messages.success(request, _("Ticket %(ticket)d goes on the phone of number %(number)d.") % told)
            return redirect("family:phones")
        except AlreadySent:
            return redirect("family:phones")
        except TicketTaken:
            form.add_error("ticket", _("A phone lies under this ticket. Take another, or leave it empty."))
    line = _("A resident's own phone. Half of the paper ticket goes on it, half to its owner; no name on either.")
    return _form_page(request, form, _("Take a phone to charge"), line)


@require_http_methods(["GET", "POST"])
@calmly
def collect(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.LEND_PHONE)
    form = CollectForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        person, ticket = form.cleaned_data["number"], form.cleaned_data["ticket"]
        try:
            phones.collect(by=actor, person=person, ticket=ticket)
            messages.success(request, _("Ticket %(ticket)d: the phone is with its owner.") % {"ticket": ticket})
            return redirect("family:phones")
        except NotTheirTicket:
            message = _("Under this ticket lies no phone of this number. Look at the ticket and the card again.")
            form.add_error("ticket", message)
    line = _("Ticket and number must belong together: a phone says more of its owner than any file here.")
    return _form_page(request, form, _("Give a charged phone back"), line)


def _form_page(request: HttpRequest, form: forms.Form, heading: str, line: str) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "heading": heading, "line": line}
    return render(request, "family/phone_form.html", context)


def _thing(actor: Actor, tag: int) -> HousePhone:
    found = calls.thing_by_tag(actor, tag)
    if found is None:
        raise Http404
    return found


@require_POST
def back(request: HttpRequest, tag: int) -> HttpResponse:
    actor = require_act(request, Act.LEND_PHONE)
    thing = _thing(actor, tag)
    try:
        thing = phones.give_back(by=actor, thing=thing, cleared=request.POST.get("cleared") == "on")
    except NotOut:
        messages.info(request, _("%(thing)s had come back before.") % {"thing": named(thing)})
    else:
        if thing.state == ThingState.TO_CLEAR:
            message = _("%(thing)s is back and is to be cleared: it is not lent until the last number is erased.")
            messages.warning(request, message % {"thing": named(thing)})
        else:
            messages.success(request, _("%(thing)s is back and ready.") % {"thing": named(thing)})
    return redirect("family:phones")


@require_POST
def lose(request: HttpRequest, tag: int) -> HttpResponse:
    actor = require_act(request, Act.LEND_PHONE)
    thing = _thing(actor, tag)
    try:
        phones.lose(by=actor, thing=thing)
    except NotOut:
        messages.info(request, _("%(thing)s had come back before.") % {"thing": named(thing)})
    else:
        message = _("%(thing)s is lost. If numbers stand in it, tell whoever was called from it, and block its card.")
        messages.warning(request, message % {"thing": named(thing)})
    return redirect("family:phones")


@require_POST
def cleared(request: HttpRequest, tag: int) -> HttpResponse:
    actor = require_act(request, Act.LEND_PHONE)
    thing = phones.clear(by=actor, thing=_thing(actor, tag))
    if thing.state == ThingState.READY:
        messages.success(request, _("%(thing)s is ready.") % {"thing": named(thing)})
    return redirect("family:phones")


@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """The tags of the house, for the site manager: what there is and how it stands, never who has it."""
    actor = require_act(request, Act.KEEP_PHONES)
    records.note(actor, Act.KEEP_PHONES, None)
    form = ThingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            thing = phones.add_thing(by=actor, tag=said["tag"], kind=ThingKind(said["kind"]), once=form.key)
            messages.success(request, _("%(thing)s is ready.") % {"thing": named(thing)})
            return redirect("family:keep_phones")
        except AlreadySent:
            return redirect("family:keep_phones")
        except TagTaken:
            form.add_error("tag", _("The house has something with this tag, perhaps out of use. Take another number."))
    rows = HousePhone.objects.visible_to(actor).order_by("tag")
    return render(request, "family/keep_phones.html", {"form": form, "things": [_kept(row) for row in rows]})


def _kept(thing: HousePhone) -> dict[str, Any]:
    words, kind = STATES[ThingState(thing.state)]
    ready = thing.state in {ThingState.READY, ThingState.TO_CLEAR}
    return {
        "tag": thing.tag,
        "name": named(thing),
        "badge": Badge(str(words), kind),  # type: ignore[arg-type]  # one of the badge's kinds
        "presses": ("broken", "away") if ready else ("ready",) if thing.state == ThingState.AWAY else ("ready", "away"),
    }


@require_POST
def put(request: HttpRequest, tag: int, state: ThingState) -> HttpResponse:
    actor = require_act(request, Act.KEEP_PHONES)
    thing = HousePhone.objects.visible_to(actor).filter(tag=tag).first()
    if thing is None:
        raise Http404
    try:
        phones.set_state(by=actor, thing=thing, state=state)
        messages.success(request, _("Noted for %(thing)s.") % {"thing": named(thing)})
    except StillOut:
        message = _("Somebody has %(thing)s. The desk notes first that it is back or lost.")
        messages.warning(request, message % {"thing": named(thing)})
    return redirect("family:keep_phones")
