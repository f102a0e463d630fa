"""The door to this room: every place of it that somebody may enter, by name, each with a line of what it is for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.places import Place, open_to

ARRIVING: tuple[Place, ...] = (
    Place(Act.OPEN_DOOR, "shelter:door", "door", _("Door"), _("Four questions, one key each, before any form")),
    Place(Act.REGISTER, "people:register", "register", _("Register"), _("The short form; the next person by one key")),
    Place(Act.GIVE_FIRST_NIGHT, "shelter:first_nights", "check", _("First night"), _("What arrivals still lack")),
    Place(Act.REGISTER, "people:together", "family", _("Register a household"), _("All of them on one page, one save")),
    Place(Act.SEE_DOUBLES, "people:pairs", "search", _("Possible doubles"), _("Two numbers that may be one person")),
)

LIVING: tuple[Place, ...] = (
    Place(Act.SEE_HOUSE, "shelter:board", "house", _("Beds"), _("Who sleeps where, by number, and what is free")),
    Place(Act.ASSIGN_BED, "shelter:waiting", "clock", _("Waiting for a bed"), _("Everybody without one, by number")),
    Place(Act.SEE_HOUSE, "shelter:capacity", "figures", _("For how many we plan"), _("Floor, toilets, water")),
    Place(Act.CHECK_OFF, "shelter:checkpoints", "ticks", _("Checkpoints"), _("Meals, kits, showers, post, by number")),
    Place(Act.CHECK_OFF, "shelter:kitchen", "aid", _("Kitchen, tonight"), _("For how many is cooked: counts alone")),
    Place(Act.KEEP_CHECKPOINTS, "shelter:keep_checkpoints", "pen", _("Keep the checkpoints"), _("Names and rules")),
    Place(Act.HAND_IN_ARMS, "shelter:handed_in", "lock", _("Handed to the authority"), _("Bags by tag; names nobody")),
    Place(Act.CALL_ROLL, "shelter:tonight", "clock", _("Tonight"), _("Who is in, out or missing; the roll call")),
    Place(Act.GIVE_NOTICE, "shelter:notices", "today", _("Notices to leave"), _("Their dates, and what follows")),
    Place(Act.ANSWER_MOVE, "shelter:moves", "arrow", _("To another site"), _("Beds asked elsewhere, and the answers")),
)

CARING: tuple[Place, ...] = (
    Place(Act.SEE_DIRECTORY, "shelter:directory", "phone", _("Who may help"), _("Organisations, how to reach them")),
    Place(
        Act.SEE_DIRECTORY, "shelter:interpreters", "speech", _("Interpreters"), _("By language, bound to keep silence")
    ),
    Place(Act.GIVE_VOUCHER, "shelter:give_voucher", "check", _("Give a voucher"), _("By number, receipt on paper")),
    Place(
        Act.KEEP_VOUCHERS,
        "shelter:keep_vouchers",
        "check",
        _("Keep the vouchers"),
        _("Series, what is left, what is lost"),
    ),
)

PAPER: tuple[Place, ...] = (
    Place(Act.PRINT_FORMS, "people:paper_forms", "pen", _("Forms on paper"), _("Print them, type them in")),
    Place(Act.PRINT_EVACUATION, "shelter:lists", "print", _("Lists on paper"), _("For when the power fails")),
    Place(Act.PRINT_EVACUATION, "shelter:evacuation", "print", _("Evacuation list"), _("Rooms, numbers, call-names")),
)

PARTS = ((_("Arriving"), ARRIVING), (_("The house"), LIVING), (_("Needs"), CARING), (_("On paper"), PAPER))


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.SEE_PLACES)
    return render(request, "shelter/home.html", {"parts": open_to(actor, PARTS)})
