"""The sheet that is printed when a shift ends: counts and the twelve words, no person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.oversight import services
from posada.oversight.queries.shift import sheet


@require_GET
def shift_sheet(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.PRINT_SHIFT_SHEET)
    services.note_looking(by=actor, act=Act.PRINT_SHIFT_SHEET, reason="print")
    return render(request, "oversight/shift_sheet.html", {"sheet": sheet(actor)})
