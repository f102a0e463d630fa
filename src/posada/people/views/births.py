"""A birth in the house: one press on the mother's page registers the child, one more shares her bed with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import actor_of
from posada.accounts.permissions import require
from posada.ground import clock, ids
from posada.people import queries, services
from posada.people.forms.newborn import NewbornForm
from posada.people.views.calm import calmly, person_or_404
from posada.records.once import AlreadySent


@require_http_methods(["GET", "POST"])
@calmly
def birth(request: HttpRequest, number: int) -> HttpResponse:
    """Register a child born here today; all that is asked of it can wait."""
    actor = actor_of(request)
    mother = person_or_404(actor, number)
    require(actor, Act.NOTE_BIRTH, mother.subject)
    services.require_here(mother, Act.NOTE_BIRTH)
    form = NewbornForm(request.POST if request.method == "POST" else None, initial={"once": ids.new_id()})
    if request.method == "POST" and form.is_valid():
        try:
            child = services.register_birth(
                by=actor, mother=mother, child=form.child(), once=form.cleaned_data.get("once")
            )
        except AlreadySent as sent:
            child = queries.person_by_id(actor, sent.result) if sent.result else mother
        messages.success(
            request,
            _("The child is registered, born today, with number %(number)s.") % {"number": child.number},
        )
        return redirect("shelter:beside", person_number=child.number)
    context = {"person": mother, "form": form, "today": clock.today()}
    return render(request, "people/birth.html", context, status=422 if request.method == "POST" else 200)
