""" "I am not missing": the person sees that somebody asks, refuses, objects for the future, takes it back."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, require
from posada.family import services
from posada.family.forms.objections import WANTS_LABELS, SpeakForm, WantForm
from posada.family.models import NotMissing, NotMissingWords, Said, Saying
from posada.family.queries.objections import About, requests_about, to_compare_first, words_of
from posada.family.rules.kinship import RELATION_LABELS
from posada.ground import clock
from posada.people.models import Identity, Person
from posada.people.rules import treated_as_minor
from posada.people.views.calm import person_or_404
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent
from posada.records.staff import name_of

_HISTORY = 12


def _person(actor: Actor, number: int) -> Person:
    person = person_or_404(actor, number)
    require(actor, Act.OBJECT, person.subject)
    return person


@require_http_methods(["GET", "POST"])
def not_missing(request: HttpRequest, number: int) -> HttpResponse:
    """First: the person is there. Only then is anything shown, and each showing is written down."""
    actor = require_act(request, Act.OBJECT)
    person = _person(actor, number)
    identity = open_record(person.identity, Identity, by=actor, reason=Reason.VIEW)
    child = treated_as_minor(identity, clock.today())
    form = SpeakForm(request.POST or None, child=child)
    if request.method == "POST" and form.is_valid():
        with suppress(AlreadySent):
            services.note_saying(by=actor, person=person, saying=form.saying(Said.LOOK), once=form.key)
        return redirect("family:not_missing_seen", number=number)
    context = {"person": person, "form": form, "child": child, "to_compare": to_compare_first(actor, person)}
    return render(request, "family/not_missing.html", context)


def _looked_today(person: Person, words: NotMissingWords | None, actor: Actor) -> Saying | None:
    """The last time the person was with this member of staff, if that is today."""
    own = [one for one in words.history if one.by == actor.user] if words else []
    said_today = NotMissing.objects.filter(person=person, said_on=clock.today()).exists()
    if not own or not said_today:
        return None
    day = own[-1].at.astimezone(clock.house_zone()).date()
    return own[-1] if day == clock.today() else None


@require_http_methods(["GET", "POST"])
def not_missing_seen(request: HttpRequest, number: int) -> HttpResponse:
    """What there is, as far as who asks allowed, and what the person wants. On another day it begins anew."""
    actor = require_act(request, Act.OBJECT)
    person = _person(actor, number)
    words = words_of(actor, person)
    last = _looked_today(person, words, actor)
    if words is None or last is None:
        messages.info(request, _("First say how the person is with you today."))
        return redirect("family:not_missing", number=number)
    form = WantForm(request.POST or None, objects=words.objects)
    if request.method == "POST" and form.is_valid():
        return _keep(request, actor, person, form, last)
    context = {
        "person": person,
        "form": form,
        "objects": words.objects,
        "about": [_line(one) for one in requests_about(actor, person)],
        "history": [_told(one) for one in reversed(words.history[-_HISTORY:])],
    }
    return render(request, "family/not_missing_seen.html", context)


def _keep(request: HttpRequest, actor: Actor, person: Person, form: WantForm, last: Saying) -> HttpResponse:
    saying = Saying(
        at=clock.now(),
        said=form.wanted,
        spoke=last.spoke,
        known_by=last.known_by,
        witness=last.witness,
        represents=last.represents,
        represented_by=last.represented_by,
    )
    try:
        services.note_saying(by=actor, person=person, saying=saying, once=form.key)
    except services.NotAlone:
        messages.warning(request, _("A child does not decide this alone. Begin again, with who decides with them."))
        return redirect("family:not_missing", number=person.number)
    except AlreadySent:
        pass
    messages.success(request, _("It is kept as they said it. Whoever asks hears the same words as before."))
    return redirect("family:not_missing_seen", number=person.number)


def _line(one: About) -> str:
    """What the person may know of who asks."""
    day = date_format(one.opened_on, "DATE_FORMAT")
    if one.relationship is None:
        return _("Since %(day)s somebody asks who did not want to be named.") % {"day": day}
    relation = str(RELATION_LABELS[one.relationship]).lower()
    if not one.name:
        return _("Since %(day)s somebody asks who says to be your %(relation)s.") % {"day": day, "relation": relation}
    return _("Since %(day)s %(name)s asks, who says to be your %(relation)s.") % {
        "day": day,
        "name": one.name,
        "relation": relation,
    }


def _told(one: Saying) -> str:
    day = date_format(one.at.astimezone(clock.house_zone()), "DATE_FORMAT")
    return _("%(day)s: %(said)s (by %(by)s)") % {"day": day, "said": WANTS_LABELS[one.said], "by": name_of(one.by)}
