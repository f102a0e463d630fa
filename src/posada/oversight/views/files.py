"""Who saw my file: for the person, read together with their caseworker, and on paper in their language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from posada.accounts.acts import Act
from posada.accounts.http import actor_of
from posada.accounts.permissions import Actor, require
from posada.ground import clock
from posada.oversight import services
from posada.oversight.queries.files import who_saw
from posada.people.models import Person
from posada.people.views.calm import person_or_404


def _person(request: HttpRequest, number: int) -> tuple[Actor, Person]:
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.READ_FILE_TRAIL, person.subject)
    return actor, person


@require_GET
def file_trail(request: HttpRequest, number: int) -> HttpResponse:
    actor, person = _person(request, number)
    services.note_looking(by=actor, act=Act.READ_FILE_TRAIL, reason="view", subject=person.subject)
    context = {
        "person": person,
        "rows": who_saw(person.subject),
        "languages": settings.LANGUAGES,
        "shows_names": settings.FILE_TRAIL_SHOWS_NAMES,
    }
    return render(request, "oversight/file_trail.html", context)


@require_GET
def file_trail_print(request: HttpRequest, number: int) -> HttpResponse:
    """The same as one sheet, in the language of the person; that it was made is written down."""
    actor, person = _person(request, number)
    services.note_looking(by=actor, act=Act.READ_FILE_TRAIL, reason="print", subject=person.subject)
    asked = request.GET.get("in", "")
    language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        context = {
            "frame": None,
            "site_name": settings.SITE.name,
            "person": person,
            "rows": who_saw(person.subject),
            "today": clock.today(),
            "shows_names": settings.FILE_TRAIL_SHOWS_NAMES,
        }
        return render(request, "oversight/file_trail_print.html", context)
