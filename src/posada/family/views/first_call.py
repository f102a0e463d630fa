"""The first call home: one page, from the advice to the number that is erased."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, require
from posada.family.forms.calls import FirstCallForm, hindrance_words
from posada.family.models import HousePhone, ThingState
from posada.family.queries import calls
from posada.family.queries.freezing import is_frozen
from posada.family.services.first_call import StandsStill
from posada.family.services.first_call import first_call as write
from posada.family.services.phones import NotToLend
from posada.people.models import Person
from posada.people.views.calm import calmly, person_or_404
from posada.records.once import AlreadySent


@require_http_methods(["GET", "POST"])
@calmly
def first_call(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.ADD_RELATIVE)
    person = _resident(actor, number)
    form = FirstCallForm(actor, request.POST or None)
    if request.method == "POST" and form.is_valid() and _write(request, actor, person, form):
        if actor.may(Act.READ_KIN):
            return redirect("family:relatives", number=number)
        return redirect("desk:today")
    context = {
        "person": person,
        "form": form,
        "is_frozen": is_frozen(person.pk, site=actor.site),
        "ready": calls.ready_phones(actor),
        "whole_card": reverse("family:add_relative", args=[number]),
    }
    return render(request, "family/first_call.html", context)


def _resident(actor: Actor, number: int) -> Person:
    person = person_or_404(actor, number)
    if person.is_listed:
        raise Http404
    require(actor, Act.ADD_RELATIVE, person.subject)
    return person


def _write(request: HttpRequest, actor: Actor, person: Person, form: FirstCallForm) -> bool:
    told = form.first_call()
    try:
        card = write(by=actor, person=person, told=told, once=form.key)
    except AlreadySent:
        return True
    except StandsStill:
        message = _("All contact with this family is frozen: nobody calls or writes until it is lifted.")
        form.add_error("outcome", message)
        return False
    except NotToLend as error:
        form.add_error("tag", hindrance_words(error))
        return False
    if card is None:
        messages.success(request, _("Noted: the call was offered. They can call on any other day."))
        return True
    messages.success(request, _("The card is kept. Only whoever holds this resident's file can read it."))
    _remind(request, form, told.thing)
    return True


def _remind(request: HttpRequest, form: FirstCallForm, thing: HousePhone | None) -> None:
    """What was not ticked is said, not forgotten."""
    if form.was_not_told:
        messages.warning(request, _("Tell the family at the next call: we never ask for money."))
    if thing is None:
        return
    thing.refresh_from_db()
    if thing.state == ThingState.TO_CLEAR:
        message = _("Phone %(tag)d is to be cleared: it is not lent until the last number is erased.")
        messages.warning(request, message % {"tag": thing.tag})
