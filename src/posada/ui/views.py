"""The specimen: every component in every state, from constants."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from posada.ui import specimen as examples


@require_GET
def specimen(request: HttpRequest) -> HttpResponse:
    """Everything that pages are made of; holds no data and needs none."""
    return render(request, "ui/specimen.html", examples.context())
