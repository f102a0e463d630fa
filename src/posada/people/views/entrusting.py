"""Handing a file back, and over: the manager sees numbers, never names."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts import queries as accounts
from posada.accounts.acts import Act
from posada.accounts.http import actor_of, require_act
from posada.accounts.permissions import Actor, require
from posada.people import queries, services
from posada.people.forms.entrusting import HandOverForm
from posada.people.models import Person
from posada.people.views.calm import calmly, person_or_404
from posada.ui.parts import Confirm


@require_http_methods(["GET", "POST"])
@calmly
def hand_back(request: HttpRequest, number: int) -> HttpResponse:
    """End one's own accompanying of somebody."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.HAND_BACK, person.subject)
    if not accounts.is_held_by(actor, person.pk):
        raise Http404
    if request.method == "POST":
        services.hand_back(by=actor, person=person)
        messages.success(request, _("Handed back. The file is closed to you."))
        return redirect("desk:today")
    confirm = Confirm(
        heading=_("Hand this file back"),
        sentence=_("Number %(number)d") % {"number": person.number},
        act_label=_("Hand back"),
        cancel_url=reverse("desk:person", args=[person.number]),
        consequences=(
            _("The file, and what hangs on it, is closed to you at once."),
            _("If nobody else accompanies this person, the number comes on the manager's list."),
            _("What you wrote stays."),
        ),
        danger=False,
    )
    return render(request, "ui/confirm.html", {"confirm": confirm})


@require_http_methods(["GET", "POST"])
def entrust(request: HttpRequest) -> HttpResponse:
    """Files without a caseworker, as numbers; and handing one over."""
    actor = require_act(request, Act.ENTRUST)
    chosen = request.GET.get("number", "")
    initial = {"number": chosen} if chosen.isascii() and chosen.isdigit() else {}
    form = HandOverForm(request.POST or None, holders=accounts.holders_here(actor), initial=initial)
    if request.method == "POST" and form.is_valid() and _is_handed_over(actor, form):
        words = _("Number %(number)d is entrusted.") % {"number": form.cleaned_data["number"]}
        messages.success(request, words)
        return redirect("people:entrust")
    context = {"form": form, "files": queries.without_caseworker(actor)}
    return render(request, "people/entrust.html", context, status=422 if form.errors else 200)


def _is_handed_over(actor: Actor, form: HandOverForm) -> bool:
    typed = form.cleaned_data
    person = Person.objects.visible_to(actor).filter(number=typed["number"]).first()
    if person is None or person.is_listed:
        form.add_error("number", _("Nobody in this house has this number. Look at the card again."))
        return False
    services.hand_over(by=actor, person=person, to=typed["to"], ends_others=typed["ends_others"])
    return True
