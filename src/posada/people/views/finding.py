"""Find: one line, at most ten masked persons, nothing listed before."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act, Role
from posada.accounts.http import require_act
from posada.people import matching, services
from posada.people.forms import FindForm
from posada.people.views.cards import found_card
from posada.records.quotas import QuotaReached, use_today


@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """The form alone on GET; the hits stand in the answer to the POST, so that no name is in an address."""
    actor = require_act(request, Act.SEARCH)
    form = FindForm(request.POST or None)
    context: dict[str, object] = {"form": form, "use": use_today(actor)}
    status = 200
    if request.method == "POST" and form.is_valid():
        typed = matching.read_line(form.cleaned_data["line"])
        try:
            hits = services.find(by=actor, typed=typed)
            sheets = Role.DESK in actor.roles
            cards = [found_card(hit, has_emergency=sheets) for hit in hits]
            context |= {"searched": True, "cards": cards, "advice": _advice(typed)}
        except QuotaReached as reached:
            form.add_error(None, str(reached))
            status = 429
    return render(request, "people/find.html", context, status=status)


def _advice(typed: matching.Typed) -> str:
    """What to do when nothing was found."""
    if typed.is_wrong_number:
        return _("One digit of this number is wrong: no card has it. Look at the card again.")
    if typed.number is not None:
        return _("Nobody here has this number. Search by name.")
    if typed.query is None:
        return _("Write at least one whole word of a name. A place, a year, a letter or a sign alone finds nothing.")
    return _("Try the surname alone, another spelling, or the year of birth behind the name.")
