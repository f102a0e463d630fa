"""The door to this room: every place of it that somebody may enter, by name, each with a line of what it is for."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from posada.accounts.acts import Act
from posada.accounts.http import require_act


class Part(StrEnum):
    """The two halves of this room."""

    CONTACT = "contact"
    TRACING = "tracing"


PART_HEADINGS = {Part.CONTACT: _("Those left behind"), Part.TRACING: _("Tracing")}


@dataclass(frozen=True, slots=True)
class Place:
    """One place: the act that opens it, its address by name, its icon, its name and what is done there."""

    act: Act
    name: str
    icon: str
    label: Any
    line: Any
    part: Part = Part.CONTACT

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(self.name)


def _traces(act: Act, name: str, icon: str, label: Any, line: Any) -> Place:
    return Place(act, name, icon, label, line, Part.TRACING)


PLACES: tuple[Place, ...] = (
    Place(Act.READ_KIN, "family:watch", "family", _("My people"), _("The relatives of those you accompany, by number")),
    Place(Act.SEE_CALLS, "family:calls", "phone", _("Calls"), _("Slots of the day, phone by phone, by number")),
    Place(Act.SEND_MESSAGE, "family:messages", "sound", _("Messages"), _("To be sent by hand, and replies to tell")),
    Place(Act.SEE_CALLS, "family:phones", "today", _("Phones and charging"), _("What is lent by tag, and since when")),
    Place(Act.KEEP_PHONES, "family:keep_phones", "phone", _("Tags of the house"), _("Phones, chargers, headsets")),
    Place(Act.SEE_CALLS, "family:advice", "speech", _("Advice cards"), _("Before somebody calls or writes home")),
    Place(
        Act.NOTE_CALLER, "family:callers", "warning", _("False callers"), _("Who calls with a trick, and the warning")
    ),
    Place(
        Act.READ_HARM, "family:referrals", "case", _("Referrals"), _("What a resident let a lawyer or a body be told")
    ),
    Place(Act.FREEZE, "family:freezing", "lock", _("Freeze everything"), _("Nothing goes towards any family")),
    _traces(
        Act.DECIDE_PROPOSAL, "family:work_list", "check", _("To decide"), _("Possible matches, what presses first")
    ),
    _traces(Act.RELEASE, "family:to_tell", "sound", _("To tell"), _("Found persons to ask, and what a person tells")),
    _traces(Act.SEE_REQUESTS, "family:requests", "case", _("Requests"), _("Who seeks whom, and what may be a match")),
    _traces(Act.OPEN_REQUEST, "family:open_request", "plus", _("New request"), _("Somebody looks for a person")),
    _traces(Act.READ_ENQUIRIES, "family:enquiries", "import", _("Enquiries from outside"), _("Written by strangers")),
    _traces(Act.OPEN_REQUEST, "family:paper_enquiry", "print", _("Form to hand out"), _("On paper, promising nothing")),
)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.SEE_FAMILY)
    open_ones = [place for place in PLACES if actor.may(place.act)]
    halves = [(PART_HEADINGS[part], [place for place in open_ones if place.part == part]) for part in Part]
    return render(request, "family/home.html", {"halves": [(words, places) for words, places in halves if places]})
