"""The door to this room: every place of it that somebody may enter, by name, each with a line of what it is for."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from posada.accounts.acts import Act
from posada.accounts.http import require_act


@dataclass(frozen=True, slots=True)
class Place:
    """One place: the act that opens it, its address by name, its icon, its name and what is done there."""

    act: Act
    name: str
    icon: str
    label: Any
    line: Any

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.name)


PLACES: tuple[Place, ...] = (
    Place(Act.READ_KIN, "family:watch", "family", _("My people"), _("The relatives of those you accompany, by number")),
    Place(Act.SEND_MESSAGE, "family:messages", "sound", _("Messages"), _("To be sent by hand, and replies to tell")),
    Place(Act.SEE_REQUESTS, "family:requests", "case", _("Requests"), _("Who seeks whom, and what may be a match")),
    Place(Act.OPEN_REQUEST, "family:open_request", "plus", _("New request"), _("Somebody looks for a person")),
    Place(Act.READ_ENQUIRIES, "family:enquiries", "import", _("Enquiries from outside"), _("Written by strangers")),
    Place(Act.OPEN_REQUEST, "family:paper_enquiry", "print", _("Form to hand out"), _("On paper, promising nothing")),
    Place(Act.FREEZE, "family:freezing", "lock", _("Freeze everything"), _("Nothing goes towards any family")),
)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.SEE_FAMILY)
    places = [place for place in PLACES if actor.may(place.act)]
    return render(request, "family/home.html", {"places": places})
