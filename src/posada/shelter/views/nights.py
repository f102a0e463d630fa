"""The first night on screens: one person, a household at once, and what is still missing by number."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, granted_role, require
from posada.people.models import Person
from posada.people.services import diets
from posada.people.views.calm import calmly, person_or_404
from posada.records import services as records
from posada.records.once import AlreadySent
from posada.shelter.forms.nights import (
    GIVEN,
    ITEM_WORDS,
    NOT_NEEDED,
    DietsForm,
    HouseholdNightForm,
    PressForm,
)
from posada.shelter.models import Item
from posada.shelter.queries import nights as queries
from posada.shelter.queries.beds import bed_of
from posada.shelter.services import nights as services
from posada.shelter.services.nights import Gift
from posada.ui.parts import Count


@require_GET
def tonight(request: HttpRequest) -> HttpResponse:
    """What is still missing for tonight's arrivals, and what left the store this month."""
    actor = require_act(request, Act.GIVE_FIRST_NIGHT)
    records.note(actor, Act.GIVE_FIRST_NIGHT, None, reason="list")
    rows = queries.missing_tonight(actor)
    without_bed = sum(not row.has_bed for row in rows)
    counts = [Count(len(rows), ngettext("arrival lacks something", "arrivals lack something", len(rows)))]
    counts.append(Count(without_bed, ngettext("without a bed", "without a bed", without_bed)))
    counts += [Count(sum(item in row.missing for row in rows), str(words)) for item, words in ITEM_WORDS.items()]
    context = {
        "rows": [(row, [ITEM_WORDS[item] for item in row.missing]) for row in rows],
        "counts": counts,
        "went_out": [(ITEM_WORDS[item], sizes) for item, sizes in queries.went_out(actor)],
    }
    return render(request, "shelter/first_nights.html", context)


@require_http_methods(["GET", "POST"])
@calmly
def first_night(request: HttpRequest, number: int) -> HttpResponse:
    """One person's ticks, one press each; the same for everybody."""
    actor = require_act(request, Act.GIVE_FIRST_NIGHT)
    person = _resident(actor, number)
    form = PressForm(request.POST or None)
    if request.method == "POST":
        if form.is_valid():
            _press(request, actor, person, form)
        else:
            messages.error(request, _("This page was damaged on its way. Nothing was changed. Open it again."))
        return redirect("shelter:first_night", number=number)
    records.note(actor, Act.GIVE_FIRST_NIGHT, person.subject, reason="view")
    night = queries.night_of(person)
    context = {
        "person": person,
        "night": night,
        "bed": bed_of(person) if granted_role(actor, Act.ASSIGN_BED, person.subject) else None,
        "ticks": [(tick, ITEM_WORDS[tick.item]) for tick in night.ticks],
        "form": form,
        "given": GIVEN,
        "not_needed": NOT_NEEDED,
        "may_call_home": granted_role(actor, Act.ADD_RELATIVE, person.subject) is not None,
        "has_household": person.household_id is not None,
    }
    return render(request, "shelter/first_night.html", context)


def _press(request: HttpRequest, actor: Actor, person: Person, form: PressForm) -> None:
    item, word = form.cleaned_data["press"]
    gift = _gift(person, item, word)
    said = {"thing": ITEM_WORDS[item], "number": person.number}
    try:
        if form.cleaned_data["back"]:
            if services.take_back(by=actor, gift=gift, once=form.cleaned_data["once"]):
                messages.success(request, _("%(thing)s: taken back for %(number)d.") % said)
        elif services.see_to(by=actor, gifts=[gift], once=form.cleaned_data["once"]):
            messages.success(request, _("%(thing)s: done for %(number)d.") % said)
        else:
            words = _("%(thing)s was done for %(number)d before, perhaps at another desk. Nothing was changed.")
            messages.info(request, words % said)
    except AlreadySent:
        pass


def _gift(person: Person, item: Item, word: str) -> Gift:
    size = "" if word in {GIVEN, NOT_NEEDED} else word
    return Gift(person, item, size, left_store=word != NOT_NEEDED)


@require_http_methods(["GET", "POST"])
@calmly
def household(request: HttpRequest, number: int) -> HttpResponse:
    """Everybody of one household who lacks something, saved with one press."""
    actor = require_act(request, Act.GIVE_FIRST_NIGHT)
    person = _resident(actor, number)
    nights = [row for row in queries.household_nights(person) if _is_within(actor, row.person)]
    form = HouseholdNightForm(nights, request.POST or None)
    if request.method == "POST" and form.is_valid():
        gifts = [_gift(night.person, item, word) for night, item, word in form.chosen()]
        if not gifts:
            form.add_error(None, _("Nothing is ticked yet. Tick what was given, then save."))
        else:
            _save(request, actor, form, gifts)
            return redirect("shelter:first_night_household", number=number)
    records.note(actor, Act.GIVE_FIRST_NIGHT, person.subject, reason="household")
    context = {"person": person, "form": form, "members": form.shown(), "all_done": not any(n.missing for n in nights)}
    return render(request, "shelter/first_night_household.html", context)


def _save(request: HttpRequest, actor: Actor, form: HouseholdNightForm, gifts: list[Gift]) -> None:
    try:
        fresh = services.see_to(by=actor, gifts=gifts, once=form.cleaned_data["once"])
    except AlreadySent:
        return
    words = ngettext("%(count)d thing is ticked.", "%(count)d things are ticked.", fresh)
    messages.success(request, words % {"count": fresh})


@require_http_methods(["GET", "POST"])
@calmly
def cooked(request: HttpRequest, number: int) -> HttpResponse:
    """What is cooked for somebody: fixed words that reach the kitchen as counts."""
    actor = require_act(request, Act.GIVE_FIRST_NIGHT)
    person = _resident(actor, number)
    form = DietsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said: dict[str, Any] = form.cleaned_data
            diets.write_diets(by=actor, person=person, diets=said["diets"], once=said["once"])
            messages.success(request, _("Noted. The kitchen sees how many, never who."))
        except AlreadySent:
            pass
        return redirect("shelter:first_night", number=number)
    if request.method == "GET":
        form.initial["diets"] = [diet.value for diet in diets.diets_of(by=actor, person=person)]
        records.note(actor, Act.GIVE_FIRST_NIGHT, person.subject, reason="view")
    return render(request, "shelter/diets.html", {"person": person, "form": form})


def _resident(actor: Actor, number: int) -> Person:
    """Somebody who was registered in this house; anybody else is a 404."""
    person = person_or_404(actor, number)
    if person.is_listed:
        raise Http404
    require(actor, Act.GIVE_FIRST_NIGHT, person.subject)
    return person


def _is_within(actor: Actor, person: Person) -> bool:
    return granted_role(actor, Act.GIVE_FIRST_NIGHT, person.subject) is not None
