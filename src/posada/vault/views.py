"""Unlock, and how far it has come. These pages touch no database: while they answer there is no key."""

import threading
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.vault import clocks, opening, phrase, site, state, thief
from posada.vault.errors import KeysAway, VaultError
from posada.vault.folder import SiteSettings
from posada.vault.forms import UnlockForm

SEAL_DELAY_SECONDS = 0.3


def _may_unlock_here(request: HttpRequest, chosen: SiteSettings) -> bool:
    return request.META.get("REMOTE_ADDR", "") in chosen.unlock_from


@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    if opening.is_ready():
        return redirect(settings.LOGIN_REDIRECT_URL)
    if opening.progress().phase is opening.Phase.OPENING:
        return redirect("vault:progress")
    chosen = site.current_settings()
    away = site.keys_are_away(site.current_folder())
    allowed = _may_unlock_here(request, chosen)
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and allowed and not away and form.is_valid():
        try:
            opening.begin(form.cleaned_data["phrase"])
        except VaultError as error:
            form.add_error("phrase", _sentence(error, form.cleaned_data["phrase"]))
        else:
            return redirect("vault:progress")
    page = {
        "form": form,
        "site": chosen,
        "allowed": allowed,
        "clock_behind": clocks.sentence(known=clocks.newest_file(site.current_folder())),
        "away": str(KeysAway()) if away else "",
        "problem": opening.progress().problem,
        "failed": opening.progress().phase is opening.Phase.FAILED,
    }
    status = 403 if request.method == "POST" and not allowed else 200
    return render(request, "vault/unlock.html", page, status=status)


def _sentence(error: VaultError, words: str) -> str:
    wrong = phrase.unknown_words(words)
    text = str(error)
    if wrong and len(phrase.tidy(words).split()) == phrase.WORDS_IN_A_PHRASE:
        places = ", ".join(str(place) for place in wrong)
        hint = _("Words that are in no phrase stand at these places: %(places)s.")
        return f"{text} {hint % {'places': places}}"
    return text


@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    reached = opening.progress()
    if reached.phase is opening.Phase.OPEN:
        if request.headers.get("HX-Request"):
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = settings.LOGIN_REDIRECT_URL
            return answer
        return redirect(settings.LOGIN_REDIRECT_URL)
    if reached.phase is not opening.Phase.OPENING:
        return redirect("vault:unlock")
    template = "vault/_progress.html" if request.headers.get("HX-Request") else "vault/progress.html"
    return render(request, template, {"progress": reached})


@require_http_methods(["POST"])
def open_demonstration(request: HttpRequest) -> HttpResponse:
    """Open a demonstration again with the phrase that lies in its folder; a real site has none."""
    folder = site.current_folder()
    chosen = site.current_settings()
    if chosen.demonstration and folder.demonstration_phrase.is_file() and _may_unlock_here(request, chosen):
        opening.begin(folder.demonstration_phrase.read_text(encoding="utf-8"))
        folder.sealed_mark.unlink(missing_ok=True)
        return redirect("vault:progress")
    return redirect("vault:unlock")


@require_http_methods(["POST"])
def look_as_thief(request: HttpRequest) -> HttpResponse:
    """In a demonstration: search the files of the sealed site for any words, as a thief of the disk would."""
    folder = site.current_folder()
    if not site.current_settings().demonstration:
        return redirect("vault:unlock")
    words = [word for word in request.POST.get("words", "")[:200].split() if len(word) >= thief.SHORTEST_WORD]
    found = thief.search(folder.root, words) if words else None
    control = thief.search_plain_copy(words) if words else 0
    return render(request, "vault/thief.html", {"found": found, "control": control, "words": " ".join(words)})


def seal_soon() -> None:
    """End this process in a moment, when the answer is on its way: the clock runs before anything else can fail."""
    threading.Timer(SEAL_DELAY_SECONDS, state.die).start()
    folder = site.current_folder()
    with suppress(OSError):
        if site.current_settings().demonstration:
            folder.sealed_mark.touch()
        folder.process.unlink(missing_ok=True)
