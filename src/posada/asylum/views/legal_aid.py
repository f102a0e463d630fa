"""Who gives legal help and whether they take people now; and the duty to report guests, which is off."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.asylum.guides import reading
from posada.asylum.queries.parts import legal_aid as aid_of
from posada.asylum.rules.duty import guest_duty
from posada.asylum.views.sessions import sheets_to_give
from posada.people.views.calm import calmly
from posada.records import services as records
from posada.shelter.rules.directory import TAKES_WORDS, OrganisationKind
from posada.shelter.services import directory


@require_GET
@calmly
def legal_aid(request: HttpRequest) -> HttpResponse:
    """Of the directory of the house those who help with the law, who takes people first; then whom the guide names."""
    actor = require_act(request, Act.SEE_LEGAL_AID)
    records.note(actor, Act.SEE_LEGAL_AID, None)
    lines = [one for one in directory.to_refer_to(actor) if one.words.kind is OrganisationKind.LEGAL]
    context = {
        "lines": [(one, TAKES_WORDS[one.words.takes]) for one in lines],
        "rules": aid_of(reading.guide(settings.SITE.country)),
        "may_refer": actor.may(Act.REFER),
        "topics": sheets_to_give(),
        "may_edit": actor.may(Act.EDIT_DIRECTORY),
    }
    return render(request, "asylum/legal_aid.html", context)


@require_GET
@calmly
def duty(request: HttpRequest) -> HttpResponse:
    """Whether lodging must be reported, by the guide of the house's country. Nothing is ever sent, whatever it says."""
    require_act(request, Act.SEE_LEGAL_AID)
    held = reading.guide(settings.SITE.country)
    context = {
        "name": held.name.in_language(get_language() or "es") if held else settings.SITE.country,
        "rules": guest_duty(held),
        "is_on": settings.SITE.guest_duty,
        "aid": aid_of(held),
    }
    return render(request, "asylum/duty.html", context)
