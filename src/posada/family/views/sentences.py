"""Erase one sentence of a relative's card, or of a tracing request: whom it seeks, how they were parted, who asks."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import actor_of
from posada.accounts.permissions import require
from posada.family import services
from posada.family.forms import RelativeForm, UpdateForm
from posada.family.models import Enquirer, Relative, Separation, Sought, WatchCard
from posada.family.queries.requests import request_by_number
from posada.people.rules import FIELD_LABELS
from posada.people.views.calm import calmly
from posada.people.views.sentences import Labels, Told, sentence_page
from posada.records.sentences import sentences_of


def _labels() -> Labels:
    asked = UpdateForm.base_fields
    labels = {name: field.label for form in (RelativeForm, UpdateForm) for name, field in form.base_fields.items()}
    named = {"on": asked["separation_on"].label, "place": asked["separation_place"].label}
    return {**FIELD_LABELS, **{name: label for name, label in (labels | named).items() if label}}


@require_http_methods(["GET", "POST"])
@calmly
def erase_card_sentence(request: HttpRequest, card_id: uuid.UUID) -> HttpResponse:
    """The sentences of a relative's card, what was noted of each call with them."""
    actor = actor_of(request)
    found = WatchCard.objects.visible_to(actor).select_related("resident", "record").filter(pk=card_id).first()
    if found is None:
        raise Http404
    services.entrust_cards(found.resident)
    require(actor, Act.ERASE_SENTENCE, found.subject)
    held = sentences_of(found.record, Relative, by=actor)
    told = Told(found.resident.number, held, reverse("family:card", args=[card_id]), _labels())
    return sentence_page(request, actor, told)


@require_http_methods(["GET", "POST"])
@calmly
def erase_request_sentence(request: HttpRequest, number: int) -> HttpResponse:
    """The sentences of a tracing request."""
    actor = actor_of(request)
    found = request_by_number(actor, number)
    if found is None:
        raise Http404
    services.entrust_request(found)
    require(actor, Act.ERASE_SENTENCE, found.sought_subject)
    held = sentences_of(found.sought, Sought, by=actor)
    if found.separation is not None:
        held += sentences_of(found.separation, Separation, by=actor)
    held += sentences_of(found.enquirer, Enquirer, by=actor)
    told = Told(number, held, reverse("family:request", args=[number]), _labels())
    return sentence_page(request, actor, told)
