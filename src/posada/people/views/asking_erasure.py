"""Ask that something be erased: it is hidden at once. The same page for a person, a relative, a request, a note."""

import uuid
from contextlib import suppress
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import actor_of
from posada.accounts.permissions import Actor, Subject, require
from posada.people.forms.erasing import AskErasureForm
from posada.people.views.calm import calmly, person_or_404
from posada.records import erasing
from posada.records.models import What, Why
from posada.records.once import AlreadySent


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be erased, as the page says it; `more` of what will happen."""

    subject: Subject
    what: What
    number: int
    back: str
    record: uuid.UUID | None = None
    more: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What it is, without a name."""
        return f"{self.what.label} {self.number}"


def consequences_of(what: What) -> list[str]:
    """What will happen, in words."""
    if what != What.PERSON:
        return [
            _("It is hidden at once, from everybody here."),
            _("The site manager and a second person then erase it for ever, or show it again."),
        ]
    return [
        _("The file is hidden at once: nobody here finds or opens it any more."),
        _("With it are hidden the relatives' cards and the tracing requests that the person made."),
        _("The site manager and a second person then erase it all for ever, or show it again."),
        _("If the person comes again, they can be registered again. A list cannot bring them back."),
    ]


def ask_page(request: HttpRequest, actor: Actor, asked: Asked) -> HttpResponse:
    """The question and the answer to it, for somebody who was found to have the right."""
    form = AskErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with suppress(AlreadySent, erasing.AlreadyHidden):
            erasing.hide(
                by=actor,
                subject=asked.subject,
                what=asked.what,
                why=Why(form.cleaned_data["why"]),
                record=asked.record,
                form=form.form,
            )
        messages.success(request, _("It is hidden. The site manager was told, and confirms or undoes it."))
        return redirect("desk:today")
    context = {"form": form, "asked": asked, "consequences": [*consequences_of(asked.what), *asked.more]}
    return render(request, "people/ask_erasure.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "POST"])
@calmly
def erase(request: HttpRequest, number: int) -> HttpResponse:
    """A person with all that is kept of them."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.ASK_ERASURE, person.subject)
    return ask_page(request, actor, Asked(person.subject, What.PERSON, number, f"/person/{number}/"))
