"""A full house and a child on screens: the rule is said, another bed is offered first, then the written exception."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people import queries as people
from posada.people.models import Person
from posada.records import services as records
from posada.records.once import AlreadySent
from posada.shelter import queries
from posada.shelter.forms import OnceForm
from posada.shelter.forms.door import ExceptionForm
from posada.shelter.models import Bed, ChildException
from posada.shelter.services import AlreadyLodged, BedTaken, NotThisRoom, exceptions
from posada.shelter.views.beds import not_given, resident


@require_http_methods(["GET", "POST"])
def make_exception(request: HttpRequest, person_number: int, number: int) -> HttpResponse:
    """This bed would put a child among unrelated adults: choose another, or write down why it is given all the same."""
    actor = require_act(request, Act.ASSIGN_BED)
    person = resident(actor, person_number)
    bed = get_object_or_404(Bed.objects.visible_to(actor).select_related("room"), number=number)
    form = ExceptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _given(request, actor, (person, bed), form):
        return redirect("shelter:bed", number=bed.number)
    records.note(actor, Act.ASSIGN_BED, person.subject, reason="look")
    children = queries.children_among_strangers(person, bed)
    if not children:
        messages.info(request, _("No exception is needed for this bed. Give it as any other."))
        return redirect("shelter:assign", person_number=person.number)
    context = {
        "person": person,
        "bed": bed,
        "form": form,
        "children": children,
        "held": queries.bed_of(person),
        "free": queries.free_beds(actor).exclude(room=bed.room_id).count(),
    }
    return render(request, "shelter/make_exception.html", context)


def _given(request: HttpRequest, actor: Actor, whom: tuple[Person, Bed], form: ExceptionForm) -> bool:
    person, bed = whom
    try:
        exceptions.give_bed_by_exception(
            by=actor,
            person=person,
            bed=bed,
            words=form.words(),
            until_on=form.cleaned_data["until_on"],
            once=form.cleaned_data["once"],
        )
    except exceptions.NotNeeded:
        return False
    except (BedTaken, NotThisRoom, AlreadyLodged) as error:
        form.add_error(None, not_given(bed, error))
        return False
    except AlreadySent:
        return True
    words = _("Bed %(bed)d is for %(person)d by a written exception. It stands on Today until you end it.")
    messages.success(request, words % {"bed": bed.number, "person": person.number})
    return True


@require_GET
def exception(request: HttpRequest, person_number: int) -> HttpResponse:
    """The exceptions that stand for a child: room and day for whoever gives beds, words for who accompanies it."""
    actor = require_act(request, Act.ASSIGN_BED)
    person = resident(actor, person_number)
    records.note(actor, Act.ASSIGN_BED, person.subject, reason="look")
    return render(request, "shelter/exception.html", {"person": person, **of_child(actor, person)})


def of_child(actor: Actor, person: Person) -> dict[str, Any]:
    """What a page shows of a child's exceptions, the open ones first."""
    reads = people.may(actor, Act.READ_CHILD, person)
    rows = ChildException.objects.filter(person=person).select_related("person", "room", "words")
    shown = [
        (row, exceptions.read_exception(by=actor, row=row) if reads else None)
        for row in rows.order_by(F("ended_on").asc(nulls_first=True), "-until_on", "pk")
        if reads or row.ended_on is None
    ]
    may_end = people.may(actor, Act.ASSIGN_BED, person)
    return {"exceptions": shown, "today": clock.today(), "may_end": may_end, "once": OnceForm()}


@require_POST
def end_exception(request: HttpRequest, person_number: int) -> HttpResponse:
    """All that stand for this child are ended."""
    actor = require_act(request, Act.ASSIGN_BED)
    person = resident(actor, person_number)
    rows = list(ChildException.objects.open().filter(person=person).select_related("person"))
    if not rows:
        messages.info(request, _("No exception stands for this child."))
    for row in rows:
        with suppress(AlreadySent):
            exceptions.end_exception(by=actor, row=row)
    if rows:
        messages.success(request, _("The exception for %(number)d is ended.") % {"number": person.number})
    return redirect("shelter:exception", person_number=person.number)
