"""The two doors to strangers: a page that a relative opens once, and a form that promises nothing.

Switched off, these addresses are addresses of nothing. Neither page names the house.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods

from posada.family.forms.enquiries import EnquiryForm
from posada.family.forms.requests import REFUSED
from posada.family.rules.page_words import page_texts, wanted_language
from posada.family.services import enquiries, page_door
from posada.family.views.doors import for_strangers

_ASK_LANGUAGES = ("es", "en")


def _is_open(door: str) -> None:
    if door not in settings.OPEN_OUTSIDE:
        raise Http404


@lru_cache(maxsize=1)
def _sheet() -> str:
    return (Path(__file__).resolve().parent.parent / "static" / "family" / "outside.css").read_text(encoding="utf-8")


@require_GET
def style(request: HttpRequest, door: str) -> HttpResponse:
    """The few lines of style, under the door's own address: a proxy forwards nothing else."""
    _is_open(door)
    return for_strangers(HttpResponse(_sheet(), content_type="text/css; charset=utf-8"))


def _asked_language(request: HttpRequest) -> str:
    asked = request.POST.get("l") or request.GET.get("l") or ""
    return wanted_language(asked, request.headers.get("Accept-Language", ""))


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Type the code and the spoken word, read once, perhaps reply once."""
    _is_open("page_outside")
    language = _asked_language(request)
    if request.method == "POST" and "ticket" in request.POST:
        page_door.reply(ticket=request.POST["ticket"], text=request.POST.get("reply", ""))
        return _page(request, language, "thanks")
    if request.method == "POST":
        shown = page_door.knock(code=request.POST.get("code", ""), word=request.POST.get("word", ""))
        if shown is not None:
            return _page(request, shown.words.language, "opened", lines=shown.words.lines, ticket=shown.ticket)
        return _page(request, language, "knock", is_refused=True)
    return _page(request, language, "knock")


def _page(request: HttpRequest, language: str, name: str, **more: Any) -> HttpResponse:
    texts = page_texts()
    others = [(code, one.name) for code, one in texts.items() if code != language]
    context = {"language": language, "texts": texts[language], "others": others, "sheet": "page_outside_style", **more}
    return for_strangers(render(request, f"family/outside/{name}.html", context))


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A form that promises nothing. What comes back never depends on what is known, nor on whether it was kept."""
    _is_open("ask_outside")
    asked = _asked_language(request)
    language = asked if asked in _ASK_LANGUAGES else "es"
    with translation.override(language):
        who = request.POST.get("who_asks", "")
        if request.method == "POST" and who in REFUSED:
            enquiries.refuse_stranger(kind=who)
            return _ask(request, language, "not_here")
        form = EnquiryForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            enquiries.take_enquiry(words=form.words(language), once=form.key)
            return _ask(request, language, "taken")
        return _ask(request, language, "ask", form=form)


def _ask(request: HttpRequest, language: str, name: str, **more: Any) -> HttpResponse:
    others = [(code, page_texts()[code].name) for code in _ASK_LANGUAGES if code != language]
    context = {"language": language, "others": others, "sheet": "ask_outside_style", **more}
    return for_strangers(render(request, f"family/outside/{name}.html", context))
