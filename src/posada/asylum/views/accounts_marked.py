"""What goes from an account: one sentence, a name that becomes a mark, or the whole of it."""

import uuid
from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, require
from posada.asylum.forms.statement import NamesForm, SentenceForm
from posada.asylum.models import Statement
from posada.asylum.rules import marks
from posada.asylum.rules.account import Account
from posada.asylum.services import statement as services
from posada.asylum.views.accounts import account_or_404
from posada.people.views.asking_erasure import Asked, ask_page
from posada.people.views.calm import calmly
from posada.records import door
from posada.records.models import What


@require_http_methods(["GET", "POST"])
@calmly
def erase_account_sentence(request: HttpRequest, account: uuid.UUID) -> HttpResponse:
    """The sentences of every version, one of which goes from all of them for ever."""
    actor = require_act(request, Act.WRITE_STATEMENT)
    row = account_or_404(actor, account)
    held = services.erasable(by=actor, statement=row)
    form = SentenceForm(request.POST or None, held=held)
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in held if one.key == form.cleaned_data["sentence"])
        services.erase_sentence(by=actor, statement=row, chosen=chosen)
        messages.success(request, _("The sentence is erased, from the account and from everything it said before."))
        return redirect("asylum:account", account=account)
    context = {"row": row, "form": form, "held": held}
    status = 422 if request.method == "POST" else 200
    return render(request, "asylum/erase_account_sentence.html", context, status=status)


@require_http_methods(["GET", "POST"])
@calmly
def mark_names(request: HttpRequest, account: uuid.UUID) -> HttpResponse:
    """Somebody's name becomes a mark in every version: shown first as it would be read, then done."""
    actor = require_act(request, Act.WRITE_STATEMENT)
    row = account_or_404(actor, account)
    versions = [one.content for one in door.open_history(row.record, Account, by=actor)]
    held, following = marks.marks_in(versions), marks.next_mark(versions)
    form = NamesForm(request.POST or None, held=held, following=following)
    preview: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        names, mark = form.cleaned_data["names"], form.cleaned_data["mark"]
        preview = _preview(versions, names, mark or following)
        if not preview:
            form.add_error("names", _("None of these stands in the account. Look how the name is written there."))
        elif form.cleaned_data["sure"]:
            return _marked(request, actor, row, names, mark)
    context = {
        "row": row,
        "form": form,
        "preview": preview,
        "perhaps": marks.perhaps_names(versions[-1]),
    }
    return render(request, "asylum/mark_names.html", context, status=422 if form.errors else 200)


def _marked(request: HttpRequest, actor: Actor, row: Statement, names: tuple[str, ...], mark: str) -> HttpResponse:
    chosen = services.mark_names(by=actor, statement=row, names=names, mark=mark)
    said = _("The name is replaced by %(mark)s, in the account and in everything it said before.")
    messages.success(request, said % {"mark": chosen})
    return redirect("asylum:account", account=row.pk)


def _preview(versions: Iterable[Account], names: tuple[str, ...], mark: str) -> list[tuple[str, str]]:
    """What stands now in any version, and how it would be read: each once."""
    found: dict[str, str] = {}
    for one in reversed(list(versions)):
        for text in marks.texts_of(one):
            after = marks.marked_text(text, names, mark)
            if after != text:
                found.setdefault(text, after)
    return list(found.items())


@require_http_methods(["GET", "POST"])
@calmly
def erase_account(request: HttpRequest, account: uuid.UUID) -> HttpResponse:
    """The whole account is hidden at once; a second person confirms that it goes for ever."""
    actor = require_act(request, Act.WRITE_STATEMENT)
    row = account_or_404(actor, account)
    require(actor, Act.ASK_ERASURE, row.subject)
    back = reverse("asylum:account", args=[account])
    return ask_page(request, actor, Asked(row.subject, What.ACCOUNT, row.person.number, back))
