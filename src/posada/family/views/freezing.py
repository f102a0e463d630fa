"""Freeze everything towards a family by one press, from its pages; of the whole house, after one question."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, granted, require
from posada.family import services
from posada.family.forms.freezing import FreezeOneForm
from posada.family.queries.freezing import Standing, house_is_frozen, is_frozen, standing
from posada.people.models import Person
from posada.people.views.calm import person_or_404


@dataclass(frozen=True, slots=True)
class Frozen:
    """How a family stands, for its pages: frozen by itself or with the house, and what this user may do about it."""

    number: int
    is_frozen: bool
    by_house: bool
    may_freeze: bool
    may_lift: bool
    since: date | None = None


def frozen_for(actor: Actor, person: Person) -> Frozen:
    """What the pages of a family show of a freeze."""
    by_house, frozen = house_is_frozen(person.site_id), is_frozen(person.pk, site=person.site_id)
    may_freeze = granted(actor, Act.FREEZE, person.subject) is not None
    may_lift = granted(actor, Act.UPDATE_KIN, person.subject) is not None
    return Frozen(person.number, frozen, by_house, may_freeze and not frozen, may_lift and frozen and not by_house)


@require_POST
def freeze(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.FREEZE)
    person = person_or_404(actor, number)
    require(actor, Act.FREEZE, person.subject)
    services.freeze(by=actor, person=person)
    messages.success(request, _frozen_words())
    return _back(actor, person)


def _frozen_words() -> str:
    return _("Frozen: no call, message, page or release goes towards this family until the resident asks for it.")


@require_POST
def lift(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.UPDATE_KIN)
    person = person_or_404(actor, number)
    require(actor, Act.UPDATE_KIN, person.subject)
    services.lift(by=actor, person=person)
    messages.success(request, _("Lifted, because the resident asked for it. This family may be reached again."))
    return _back(actor, person)


def _back(actor: Actor, person: Person) -> HttpResponse:
    if granted(actor, Act.READ_KIN, person.subject):
        return redirect("family:relatives", number=person.number)
    if granted(actor, Act.FREEZE) and not granted(actor, Act.SEARCH):
        return redirect("family:freezing")  # a manager opens nobody's file
    return redirect("desk:person", number=person.number)


@require_http_methods(["GET", "POST"])
def freezing(request: HttpRequest) -> HttpResponse:
    """How the house stands, the question before all is frozen, and the family of one resident by number."""
    actor = require_act(request, Act.FREEZE)
    form = FreezeOneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = person_or_404(actor, form.cleaned_data["number"])
        require(actor, Act.FREEZE, person.subject)
        services.freeze(by=actor, person=person)
        messages.success(request, _frozen_words())
        return redirect("family:freezing")
    found = standing(actor)
    context = {
        "standing": found,
        "form": form,
        "consequences": _consequences(found),
        "may_lift": actor.may(Act.LIFT_FREEZE),
        "cancel_url": reverse("family:home"),
    }
    return render(request, "family/freezing.html", context)


def _consequences(found: Standing) -> tuple[str, ...]:
    families = ngettext("%(count)d family", "%(count)d families", found.families) % {"count": found.families}
    relatives = ngettext("%(count)d relative", "%(count)d relatives", found.cards) % {"count": found.cards}
    return (
        _("Nothing goes towards %(families)s with %(relatives)s: no call, message, page or release.")
        % {"families": families, "relatives": relatives},
        _("Silences go on rising on Today; what is heard can still be noted, and a stop still stops."),
        _("It begins at once. Only the site manager lifts it."),
    )


@require_POST
def freeze_house(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.FREEZE)
    services.freeze_house(by=actor)
    messages.success(request, _("Everything towards all families is frozen."))
    return redirect("family:freezing")


@require_POST
def lift_house(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.LIFT_FREEZE)
    services.lift_house(by=actor)
    messages.success(request, _("Lifted. Families that were frozen one by one stay so."))
    return redirect("family:freezing")
