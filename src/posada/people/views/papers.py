"""The papers of somebody: the list with a form, and a page of one as an attachment."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import actor_of
from posada.accounts.permissions import Actor, require
from posada.ground import ids
from posada.people import queries
from posada.people.forms.papers import PAPER_WORDS, PaperForm
from posada.people.models import Person
from posada.people.rules.papers import PaperKind
from posada.people.services import papers as services
from posada.people.views.asking_erasure import Asked, ask_page
from posada.people.views.calm import calmly, person_or_404
from posada.records.models import What
from posada.records.once import AlreadySent
from posada.records.pictures import PictureRefused


@require_http_methods(["GET", "POST"])
@calmly
def papers(request: HttpRequest, number: int) -> HttpResponse:
    """What papers there are, and one more."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.READ_PAPER, person.subject)
    with_health = services.may_health(person, by=actor)
    if request.method != "POST":
        return _page(request, actor, person, PaperForm(initial={"once": ids.new_id()}, with_health=with_health))
    form = PaperForm(request.POST, request.FILES, with_health=with_health)
    if form.is_valid():
        try:
            services.add_paper(
                by=actor,
                person=person,
                content=form.cleaned_data["file"].read(),
                kind=PaperKind(form.cleaned_data["kind"]),
                title=form.cleaned_data["title"],
                sent=form.cleaned_data["once"],
            )
        except PictureRefused as refused:
            form.add_error("file", str(refused))
        except AlreadySent:
            return redirect("people:papers", number=number)
        else:
            messages.success(request, _("The paper is kept, sealed."))
            return redirect("people:papers", number=number)
    return _page(request, actor, person, form, status=422)


def _page(request: HttpRequest, actor: Actor, person: Person, form: PaperForm, *, status: int = 200) -> HttpResponse:
    rows = [(row, PAPER_WORDS[row.kind], range(1, row.pages + 1)) for row in services.papers_of(person, by=actor)]
    shown = {"person": person, "form": form, "rows": rows, "may_add": queries.may(actor, Act.ADD_PAPER, person)}
    shown["may_erase"] = queries.may(actor, Act.ASK_ERASURE, person)
    return render(request, "people/papers.html", shown, status=status)


@require_GET
@calmly
def paper_page(request: HttpRequest, number: int, paper: uuid.UUID, page: int) -> HttpResponse:
    """One page, to be kept or looked at outside the browser's page: never shown in it."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.READ_PAPER, person.subject)
    held = get_object_or_404(services.readable(person, by=actor), pk=paper)
    try:
        content = services.page_of(held, page, by=actor)
    except IndexError as error:
        raise Http404 from error
    answer = HttpResponse(content, content_type="image/jpeg")
    answer["Content-Disposition"] = f'attachment; filename="{person.number}-{page}.jpg"'
    return answer


@require_http_methods(["GET", "POST"])
@calmly
def erase_paper(request: HttpRequest, number: int, paper: uuid.UUID) -> HttpResponse:
    """One paper without the rest of the file."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.READ_PAPER, person.subject)
    require(actor, Act.ASK_ERASURE, person.subject)
    held = get_object_or_404(services.readable(person, by=actor), pk=paper)
    back = reverse("people:papers", args=[number])
    return ask_page(request, actor, Asked(person.subject, What.PAPER, number, back, held.record_id))
