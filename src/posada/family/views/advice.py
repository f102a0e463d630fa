"""Advice before somebody calls or writes home: cards to show, to read aloud and to print, in either language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.family.rules.advice_cards import LANGUAGES, advice_cards


def _language(request: HttpRequest) -> str:
    """The language that was asked for; that of the screen if none was, or an unknown one."""
    asked = request.GET.get("language", "")
    screen = (get_language() or "es").split("-")[0]
    return asked if asked in LANGUAGES else screen if screen in LANGUAGES else "es"


@require_GET
def advice(request: HttpRequest) -> HttpResponse:
    require_act(request, Act.SEE_CALLS)
    language = _language(request)
    context = {"cards": advice_cards(language), "language": language, "languages": LANGUAGES.items()}
    return render(request, "family/advice.html", context)


@require_GET
def advice_print(request: HttpRequest) -> HttpResponse:
    """One page of paper. Its words are in its own language, whatever that of the screen is."""
    require_act(request, Act.SEE_CALLS)
    language = _language(request)
    with override(language):
        heading = _("Before you call home")
    context = {"cards": advice_cards(language), "language": language, "paper_heading": heading}
    return render(request, "family/advice_print.html", context)
