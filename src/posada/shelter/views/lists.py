"""Lists on paper: printing them, and saying in the morning what became of them."""

import uuid
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.ground import clock
from posada.records.once import AlreadySent
from posada.shelter import queries
from posada.shelter.forms.lists import BOX_WORDS, KIND_WORDS, AccountForm
from posada.shelter.queries import lists as reading
from posada.shelter.rules.lists import BOXES, Fate, ListKind
from posada.shelter.services import lists as services
from posada.shelter.services.lists import AlreadyGone
from posada.ui.typesetting import pdf_answer, typeset

_TEMPLATE = Path(__file__).resolve().parent.parent / "paper" / "list.typ"


@require_GET
def lists(request: HttpRequest) -> HttpResponse:
    """Which lists can be printed, and which are still on paper."""
    actor = require_act(request, Act.PRINT_EVACUATION)
    rows = [(row, KIND_WORDS[ListKind(row.kind)]) for row in services.to_account_for(actor).order_by("printed_on")]
    context = {"rows": rows, "may_print": actor.may(Act.PRINT_LISTS)}
    return render(request, "shelter/lists.html", context)


@require_POST
def print_presence(request: HttpRequest) -> HttpResponse:
    """Room by room: bed, number, and boxes for evening and morning."""
    actor = require_act(request, Act.PRINT_LISTS)
    services.note_printed(by=actor, kind=ListKind.PRESENCE)
    rooms = reading.by_room(reading.here_tonight(actor))
    parts = [
        {"name": room or _("Without a bed"), "rows": [[str(one.bed or "-"), str(one.number)] for one in held]}
        for room, held in rooms
    ]
    return _printed(ListKind.PRESENCE, (_("Bed"), _("Number")), parts)


@require_POST
def print_meals(request: HttpRequest) -> HttpResponse:
    """By number alone: where somebody sleeps is nothing for a kitchen."""
    actor = require_act(request, Act.PRINT_LISTS)
    services.note_printed(by=actor, kind=ListKind.MEALS)
    numbers = sorted(one.number for one in reading.here_tonight(actor))
    parts = [{"name": "", "rows": [[str(number)] for number in numbers]}] if numbers else []
    return _printed(ListKind.MEALS, (_("Number"),), parts)


@require_POST
def print_evacuation(request: HttpRequest) -> HttpResponse:
    """The list for the way out as a PDF, in one press."""
    actor = require_act(request, Act.PRINT_EVACUATION)
    rooms = queries.evacuation_list(actor)
    services.note_printed(by=actor, kind=ListKind.EVACUATION)
    parts = [
        {
            "name": room.name or _("Without a bed"),
            "rows": [[str(one.bed or "-"), str(one.number), one.call_name or "-"] for one in room.sleepers],
        }
        for room in rooms
    ]
    return _printed(ListKind.EVACUATION, (_("Bed"), _("Number"), _("Is called")), parts)


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, list_id: uuid.UUID) -> HttpResponse:
    """What became of one list."""
    actor = require_act(request, Act.PRINT_EVACUATION)
    row = get_object_or_404(services.to_account_for(actor), pk=list_id)
    kind = ListKind(row.kind)
    form = AccountForm(request.POST or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            fate = Fate(held["fate"])
            services.account_for(
                by=actor, row=row, fate=fate, copies=held["copies"], ticks=form.ticks(), once=held["once"]
            )
        except (AlreadyGone, AlreadySent):
            messages.info(request, _("This was said before. Nothing was changed."))
        else:
            messages.success(request, _("It is written down."))
        return redirect("shelter:lists")
    status = 422 if form.is_bound else 200
    return render(
        request, "shelter/list_account.html", {"row": row, "kind": KIND_WORDS[kind], "form": form}, status=status
    )


def _printed(kind: ListKind, columns: tuple[str, ...], parts: list[dict[str, Any]]) -> HttpResponse:
    made = date_format(clock.now().astimezone(clock.house_zone()), "SHORT_DATETIME_FORMAT")
    boxes = BOX_WORDS.get(kind, (_("Seen outside"),))
    data = {
        "title": str(KIND_WORDS[kind]),
        "made": made,
        "destroy": _("It says who is here. Burn or shred every copy in the morning, and say so on the page Today."),
        "foot": _("Posada"),
        "nobody": _("Nobody is in the house tonight."),
        "columns": [{"name": str(name), "wide": name == _("Is called")} for name in (*columns, *boxes)],
        "boxes": BOXES[kind],
        "parts": parts,
    }
    return pdf_answer(typeset(_TEMPLATE, data, language=get_language() or "es"), f"{kind}-{clock.today():%Y-%m-%d}")
