"""The door to this room: every place of it that somebody may enter, by name, each with a line of what it is for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.places import Place, open_to

CONTACT: tuple[Place, ...] = (
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
)

TRACING: tuple[Place, ...] = (
    Place(Act.DECIDE_PROPOSAL, "family:work_list", "check", _("To decide"), _("Possible matches, what presses first")),
    Place(Act.RELEASE, "family:to_tell", "sound", _("To tell"), _("Found persons to ask, and what a person tells")),
    Place(Act.SEE_REQUESTS, "family:requests", "case", _("Requests"), _("Who seeks whom, and what may be a match")),
    Place(Act.OPEN_REQUEST, "family:open_request", "plus", _("New request"), _("Somebody looks for a person")),
    Place(Act.READ_ENQUIRIES, "family:enquiries", "import", _("Enquiries from outside"), _("Written by strangers")),
    Place(Act.OPEN_REQUEST, "family:paper_enquiry", "print", _("Form to hand out"), _("On paper, promising nothing")),
)


HALVES = ((_("Those left behind"), CONTACT), (_("Tracing"), TRACING))


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.SEE_FAMILY)
    return render(request, "family/home.html", {"halves": open_to(actor, HALVES)})
