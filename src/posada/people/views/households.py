"""A household: drawn, in a table, joined and left."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import actor_of
from posada.accounts.permissions import Actor, Refused, require
from posada.people import queries, services
from posada.people.forms import JoinForm
from posada.people.models import Person
from posada.people.rules.contents import HouseholdRelation
from posada.people.views.calm import calmly, person_or_404
from posada.people.views.joining import member_on_form


@require_http_methods(["GET", "POST"])
@calmly
def household(request: HttpRequest, number: int) -> HttpResponse:
    """Who came together with this person."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.READ_IDENTITY, person.subject)
    if request.method == "POST":
        services.changing_act(actor, person)
    if request.POST.get("act") == "leave":
        services.leave_household(by=actor, person=person)
        messages.success(request, _("This person now stands alone. The others stay together."))
        return redirect("people:household", number=number)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _joined(actor, person, form):
        messages.success(request, _("They belong together now."))
        return redirect("people:household", number=number)
    context = {
        "person": person,
        "form": form,
        "picture": queries.household_picture(actor, person),
        "may_change": _may_change(actor, person),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "people/household.html", context, status=status)


def _may_change(actor: Actor, person: Person) -> bool:
    try:
        services.changing_act(actor, person)
    except Refused:
        return False
    return True


def _joined(actor: Actor, person: Person, form: JoinForm) -> bool:
    """Join the household of the one with the typed number; an error on the form if that cannot be."""
    if form.cleaned_data["member"] == person.number:
        form.add_error("member", _("This is the number of the same person."))
        return False
    member = member_on_form(actor, form)
    if member is None:
        return False
    relation = HouseholdRelation(form.cleaned_data["relation"])
    household_ = services.household_of(by=actor, member=member)
    services.join_household(by=actor, person=person, household=household_, relation=relation)
    return True
