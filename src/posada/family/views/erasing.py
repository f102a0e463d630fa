"""Ask that a tracing request, a relative's card or a list's note be erased, each without the rest of the file."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import actor_of
from posada.accounts.permissions import require
from posada.family import services
from posada.family.models import ImportedNote, WatchCard
from posada.family.queries.requests import request_by_number
from posada.people import queries as people
from posada.people.models import Person
from posada.people.views.asking_erasure import Asked, ask_page
from posada.people.views.calm import calmly
from posada.records.models import What


@require_http_methods(["GET", "POST"])
@calmly
def erase_request(request: HttpRequest, number: int) -> HttpResponse:
    """A request with who asks, who is sought, and what was decided on it."""
    actor = actor_of(request)
    found = request_by_number(actor, number)
    if found is None:
        raise Http404
    services.entrust_request(found)
    require(actor, Act.ASK_ERASURE, found.sought_subject)
    back = reverse("family:request", args=[number])
    return ask_page(request, actor, Asked(found.sought_subject, What.REQUEST, number, back))


@require_http_methods(["GET", "POST"])
@calmly
def erase_card(request: HttpRequest, card_id: uuid.UUID) -> HttpResponse:
    """A relative's card."""
    actor = actor_of(request)
    found = WatchCard.objects.visible_to(actor).select_related("resident", "record").filter(pk=card_id).first()
    if found is None:
        raise Http404
    services.entrust_cards(found.resident)
    require(actor, Act.READ_KIN, found.subject)
    require(actor, Act.ASK_ERASURE, found.subject)
    back = reverse("family:card", args=[card_id])
    return ask_page(request, actor, Asked(found.subject, What.RELATIVE, found.resident.number, back))


@require_http_methods(["GET", "POST"])
@calmly
def erase_note(request: HttpRequest, note_id: uuid.UUID) -> HttpResponse:
    """What a list says about a person."""
    actor = actor_of(request)
    found = ImportedNote.objects.shown().select_related("person").filter(pk=note_id, site_id=actor.site).first()
    person = _shown(actor.site, found)
    if found is None or person is None or not people.may(actor, Act.ASK_ERASURE, person):
        raise Http404
    asked = Asked(
        person.subject, What.NOTE, person.number, reverse("desk:person", args=[person.number]), found.record_id
    )
    return ask_page(request, actor, asked)


def _shown(site: int, note: ImportedNote | None) -> Person | None:
    return Person.objects.filter(site_id=site).shown().filter(pk=note.person_id).first() if note else None
