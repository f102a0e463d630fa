"""The ticket and the card to print: a number that means nothing, as digits and as a square code."""

from contextlib import suppress
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import actor_of
from posada.accounts.permissions import require
from posada.ground import ids
from posada.people import services
from posada.people.forms.once import OnceForm
from posada.people.models import Person
from posada.people.views.calm import calmly, person_or_404
from posada.records.once import AlreadySent
from posada.ui.pictures.codes import square_code


@dataclass(frozen=True, slots=True)
class Card:
    """One card: the number, and the square code that says it and nothing else."""

    number: int
    code: SafeString


def card_of(person: Person) -> Card:
    """The card of somebody, the same whenever it is printed."""
    return Card(person.number, square_code(str(person.number), label=_("Square code of the number")))


@require_GET
@calmly
def ticket(request: HttpRequest, number: int) -> HttpResponse:
    """The ticket and card of one person, or (`?whole=1`) those of everybody they came with."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.REGISTER, person.subject)
    shown = services.show_cards(by=actor, person=person, whole="whole" in request.GET)
    context = {
        "person": person,
        "cards": [card_of(one) for one in shown],
        "once": ids.new_id(),
        "may_whole": person.household_id is not None and "whole" not in request.GET,
    }
    return render(request, "people/ticket.html", context)


@require_POST
@calmly
def card_lost(request: HttpRequest, number: int) -> HttpResponse:
    """A card was lost: it is written down, and the same number is there to be printed again."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.REGISTER, person.subject)
    form = OnceForm(request.POST)
    with suppress(AlreadySent):
        services.note_lost_card(by=actor, person=person, once=form.key())
    messages.info(
        request,
        _(
            "It is written down that the card was lost. Print it again: the number stays the same. If somebody shows "
            "the old card, look at who they are."
        ),
    )
    return redirect("people:ticket", number=number)
