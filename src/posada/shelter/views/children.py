"""A child alone on screens: the record, the authority that must be told, the relation that is only claimed."""

from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.people import queries as people
from posada.people import services as people_services
from posada.people.models import Person
from posada.records.once import AlreadySent
from posada.shelter.forms.door import CLAIMED_WORDS, CheckedForm, ChildForm, ToldForm
from posada.shelter.models import ChildAlone
from posada.shelter.queries.house import child_files
from posada.shelter.rules.children import authority_of, tell_by
from posada.shelter.services import door
from posada.shelter.views.exceptions import of_child


@require_http_methods(["GET", "POST"])
def child(request: HttpRequest, number: int) -> HttpResponse:
    """The child's record: opened once, added to afterwards; read by those who accompany the child."""
    person = _person(request, number)
    actor = require_act(request, Act.CARE_CHILD, person.subject)
    held = ChildAlone.objects.filter(person=person).select_related("person", "words").first()
    if held is None:
        return _open(request, actor, person)
    return _shown(request, actor, held)


@require_POST
def told(request: HttpRequest, number: int) -> HttpResponse:
    """The authority was told."""
    actor, held = _held(request, number)
    form = ToldForm(request.POST)
    if not form.is_valid():
        return _shown(request, actor, held, told_form=form)
    with suppress(AlreadySent):
        door.note_told(
            by=actor,
            child=held,
            to=form.cleaned_data["to"],
            how=form.cleaned_data["how"],
            reference=form.cleaned_data["reference"],
            once=form.cleaned_data["once"],
        )
    messages.success(request, _("It is written down that the authority was told."))
    return redirect("shelter:child", number)


@require_POST
def verified(request: HttpRequest, number: int) -> HttpResponse:
    """A claimed relation was checked, by somebody and in a way that is written down."""
    actor, held = _held(request, number)
    require_act(request, Act.READ_CHILD, held.person.subject)
    form = CheckedForm(request.POST)
    if not form.is_valid():
        return _shown(request, actor, held, checked_form=form)
    with suppress(AlreadySent):
        door.verify(
            by=actor,
            child=held,
            checked_by=form.cleaned_data["checked_by"],
            how=form.cleaned_data["how"],
            once=form.cleaned_data["once"],
        )
    messages.success(request, _("The relation counts as checked: the child may sleep with their household."))
    return redirect("shelter:child", number)


def _open(request: HttpRequest, actor: Actor, person: Person) -> HttpResponse:
    form = ChildForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            door.open_child(by=actor, person=person, words=form.words(), once=form.cleaned_data["once"])
        except (AlreadySent, door.AlreadyOpen):
            messages.info(request, _("This child's record stands already. Nothing was changed."))
        else:
            messages.success(request, _("The child's record is open. Tell the authority now."))
        return redirect("shelter:child", person.number)
    return render(request, "shelter/open_child.html", {"person": person, "form": form, **of_child(actor, person)})


def _shown(
    request: HttpRequest,
    actor: Actor,
    held: ChildAlone,
    *,
    told_form: ToldForm | None = None,
    checked_form: CheckedForm | None = None,
) -> HttpResponse:
    reads = people.may(actor, Act.READ_CHILD, held.person)
    written = [door.read_child(by=actor, child=one) for one in child_files(held)] if reads else []
    words = written[0] if written else None
    authority = authority_of(settings.SITE.country)
    context = {
        "person": held.person,
        "child": held,
        "written": written,
        "claimed": CLAIMED_WORDS[words.claimed] if words else "",
        "authority": authority,
        "duty": authority.duty(get_language() or "") if authority else "",
        "tell_by": tell_by(held.since, authority),
        "told": told_form or ToldForm(),
        "checked": checked_form or CheckedForm(),
        "reads": reads,
        **of_child(actor, held.person),
    }
    return render(request, "shelter/child.html", context)


def _person(request: HttpRequest, number: int) -> Person:
    actor = require_act(request, Act.OPEN_DOOR)
    try:
        person = people_services.look_for_number(actor, number)
    except Person.DoesNotExist as error:
        raise Http404 from error
    if person.is_listed:
        raise Http404
    return person


def _held(request: HttpRequest, number: int) -> tuple[Actor, ChildAlone]:
    person = _person(request, number)
    actor = require_act(request, Act.CARE_CHILD, person.subject)
    held = ChildAlone.objects.filter(person=person).select_related("person", "words").first()
    if held is None:
        raise Http404
    return actor, held
