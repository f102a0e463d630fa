"""The front page of this room: my cases, what is due first; and every place of the room that somebody may enter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.places import Place, open_to
from posada.asylum.guides import reading
from posada.asylum.models import Case
from posada.asylum.queries.cases import my_cases, my_closed_cases, my_persons
from posada.asylum.services.cases import count_passed
from posada.asylum.views.cases_shown import CaseRow
from posada.ground import clock
from posada.records import services as records

PLACES: tuple[Place, ...] = (
    Place(Act.SEE_DUE, "asylum:due", "clock", _("What is due"), _("The most urgent first; every case of the house")),
    Place(Act.SEE_CASES, "asylum:month_now", "today", _("Calendar"), _("Each day that counts, and why")),
    Place(Act.READ_STATEMENT, "asylum:accounts", "speech", _("Accounts"), _("What persons told, in their own words")),
    Place(Act.HOLD_SESSION, "asylum:sessions", "people", _("Information sessions"), _("For everybody, with a sheet")),
    Place(Act.SEE_OPTIONS, "asylum:options_start", "case", _("Options"), _("Which ways there are, side by side")),
    Place(Act.READ_GUIDE, "asylum:guides", "info", _("Guides"), _("What the law asks, from where it is known")),
    Place(Act.SEE_LEGAL_AID, "asylum:legal_aid", "phone", _("Legal help"), _("Who helps, and who takes people now")),
    Place(Act.SEE_LEGAL_AID, "asylum:duty", "lock", _("Must guests be reported?"), _("Off; nothing is ever sent")),
)

PARTS = ((_("Places of this room"), PLACES),)


def country_names() -> dict[str, str]:
    """The countries of which a guide is kept, by code, in the language in use."""
    language = get_language() or "es"
    held = {code: reading.read(code).guide for code in reading.countries()}
    return {code: guide.name.in_language(language) for code, guide in held.items() if guide}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Numbers and days alone. A case is opened only to count its day anew, once, when that day has passed."""
    actor = require_act(request, Act.READ_GUIDE)
    has_cases = actor.may(Act.SEE_CASES)
    if has_cases:
        records.note(actor, Act.SEE_CASES, None, reason="list")
        count_passed(by=actor)
    names, today = country_names(), clock.today()

    def rows(cases: list[Case]) -> list[CaseRow]:
        return [CaseRow.of(one, names.get(one.country, one.country), today) for one in cases]

    context = {
        "parts": open_to(actor, PARTS),
        "has_cases": has_cases,
        "rows": rows(my_cases(actor)) if has_cases else [],
        "closed": rows(my_closed_cases(actor)) if has_cases else [],
        "persons": my_persons(actor) if has_cases else [],
    }
    return render(request, "asylum/home.html", context)
