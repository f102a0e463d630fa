"""The documents of somebody: what they carry or lost, what stands in for it, and a receipt for what the house keeps."""

import uuid
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import actor_of
from posada.accounts.permissions import require
from posada.ground import clock, ids
from posada.people import queries
from posada.people.forms.documents import HELD_WORDS, KIND_WORDS, SEEN_WORDS, DocumentForm
from posada.people.rules.documents import HeldBy, replacing
from posada.people.services import documents as services
from posada.people.views.asking_erasure import Asked, ask_page
from posada.people.views.calm import calmly, person_or_404
from posada.records.models import What
from posada.records.once import AlreadySent
from posada.ui.typesetting import pdf_answer, typeset

_RECEIPT = Path(__file__).resolve().parent.parent / "paper" / "receipt.typ"


@require_GET
@calmly
def documents(request: HttpRequest, number: int) -> HttpResponse:
    """What the person carries or lost; what the house keeps is warned of."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.READ_PAPER, person.subject)
    known = replacing(settings.SITE.country)
    language = get_language() or "es"
    rows = [
        {
            "row": one.row,
            "words": one.words,
            "kind": KIND_WORDS[one.words.kind],
            "held": HELD_WORDS[one.words.held_by],
            "seen": SEEN_WORDS[one.words.seen],
            "is_kept": one.words.held_by is HeldBy.HOUSE,
            "is_lost": one.words.held_by is HeldBy.LOST,
            "instead": [(fact.said(language), fact) for fact in known if one.words.kind in fact.kinds],
        }
        for one in services.documents_of(person, by=actor)
    ]
    context = {
        "person": person,
        "rows": rows,
        "may_add": queries.may(actor, Act.ADD_PAPER, person),
        "may_erase": queries.may(actor, Act.ASK_ERASURE, person),
    }
    return render(request, "people/documents.html", context)


@require_http_methods(["GET", "POST"])
@calmly
def add_document(request: HttpRequest, number: int) -> HttpResponse:
    """One more."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.ADD_PAPER, person.subject)
    first = {"once": ids.new_id(), "held_by": HeldBy.PERSON.value}
    form = DocumentForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            services.write_document(by=actor, person=person, words=form.words(), sent=form.cleaned_data["once"])
        except AlreadySent:
            pass
        else:
            messages.success(request, _("The document is written down, sealed."))
        return redirect("people:documents", number=number)
    context = {"person": person, "form": form}
    return render(request, "people/document.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@calmly
def document(request: HttpRequest, number: int, document_id: uuid.UUID) -> HttpResponse:
    """What is known of one now."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.ADD_PAPER, person.subject)
    held = get_object_or_404(services.readable(person, by=actor), pk=document_id)
    if request.method == "POST":
        form = DocumentForm(request.POST)
    else:
        words = services.read_document(held, by=actor)
        form = DocumentForm(initial={**DocumentForm.initial_of(words), "once": ids.new_id()})
    if form.is_bound and form.is_valid():
        try:
            services.correct_document(by=actor, document=held, words=form.words(), sent=form.cleaned_data["once"])
        except AlreadySent:
            pass
        else:
            messages.success(request, _("The document is written down, sealed."))
        return redirect("people:documents", number=number)
    context = {"person": person, "form": form}
    return render(request, "people/document.html", context, status=422 if form.is_bound else 200)


@require_GET
@calmly
def receipt(request: HttpRequest, number: int, document_id: uuid.UUID) -> HttpResponse:
    """For the person: that the house keeps this document, and gives it back at any time. No name stands on it."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.READ_PAPER, person.subject)
    held = get_object_or_404(services.readable(person, by=actor), pk=document_id)
    words = services.read_document(held, by=actor)
    if words.held_by is not HeldBy.HOUSE:
        raise Http404
    day = date_format(clock.today(), "DATE_FORMAT")
    data = {
        "title": _("Receipt for a document"),
        "lines": [
            _("Person number %(number)d") % {"number": person.number},
            str(KIND_WORDS[words.kind]),
            _("The house keeps this document for the person. Receipt made on %(day)s.") % {"day": day},
            _("It belongs to the person and is given back at any hour, at once, without a reason."),
        ],
        "signed": [_("For the house"), _("Given back on"), _("Mark of the person")],
    }
    return pdf_answer(typeset(_RECEIPT, data, language=get_language() or "es"), f"{person.number}-receipt")


@require_http_methods(["GET", "POST"])
@calmly
def erase_document(request: HttpRequest, number: int, document_id: uuid.UUID) -> HttpResponse:
    """One document without the rest of the file."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.READ_PAPER, person.subject)
    require(actor, Act.ASK_ERASURE, person.subject)
    held = get_object_or_404(services.readable(person, by=actor), pk=document_id)
    back = reverse("people:documents", args=[number])
    return ask_page(request, actor, Asked(person.subject, What.PAPER, number, back, held.record_id))
