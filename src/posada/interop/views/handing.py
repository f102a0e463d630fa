"""A tracing request for another service: the form to print, and the file."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import asks_password, has_password, require_act
from posada.family.forms.words import CAUSE_LABELS
from posada.family.models import Cause
from posada.family.rules.handing import HandState
from posada.family.rules.hours_words import hours_in_words
from posada.family.rules.kinship import RELATION_LABELS
from posada.family.rules.tracing_services import service
from posada.family.services import MayNotLeave
from posada.family.views.handing import WHY_NOT, row_or_404
from posada.family.views.sending import changed_meanwhile
from posada.ground import clock
from posada.interop.forms import AgainForm
from posada.interop.services.handing import Going, going_out, write_hand_over
from posada.interop.views.files import NEVER_KEPT
from posada.people.models import Identity
from posada.people.rules import SEX_WORDS, birth_in_words
from posada.records.services import Stale
from posada.ui.parts import Fact

_MAY_GO = frozenset({HandState.AGREED, HandState.HANDED})


@require_GET
def hand_over_form(request: HttpRequest, hand_over_id: uuid.UUID) -> HttpResponse:
    """The form, on paper: the fields of a tracing request, and by name what is left out."""
    actor = require_act(request, Act.HAND_OVER)
    row = row_or_404(actor, hand_over_id)
    if HandState(row.state) not in _MAY_GO:
        messages.warning(request, _("This hand-over has ended. For another, ask the one who asks again."))
        return redirect("family:hand_over_state", hand_over_id=row.pk)
    going = going_out(by=actor, row=row)
    context = {
        "row": row,
        "going": going,
        "service": service(going.words.to),
        "parts": _parts(going),
        "today": clock.today(),
    }
    return render(request, "interop/hand_over_form.html", context)


@require_http_methods(["GET", "POST"])
def hand_over_file(request: HttpRequest, hand_over_id: uuid.UUID) -> HttpResponse:
    """The file, after the password. It is not encrypted, and no browser keeps it."""
    actor = require_act(request, Act.HAND_OVER)
    row = row_or_404(actor, hand_over_id)
    form = AgainForm(request.POST if request.method == "POST" else None, asks_password=asks_password(request))
    if request.method == "POST" and form.is_valid() and has_password(request, form):
        try:
            document = write_hand_over(by=actor, row=row)
        except MayNotLeave as stays:
            messages.warning(request, WHY_NOT[stays.why]())
            return redirect("family:hand_over_state", hand_over_id=row.pk)
        except Stale:
            messages.warning(request, changed_meanwhile())
            return redirect("family:hand_over_state", hand_over_id=row.pk)
        answer = HttpResponse(document, content_type="application/xml; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="posada.pfif.xml"'
        answer["Cache-Control"] = NEVER_KEPT
        return answer
    going = going_out(by=actor, row=row)
    context = {"form": form, "row": row, "going": going, "service": service(going.words.to)}
    return render(request, "interop/hand_over_file.html", context, status=422 if form.errors else 200)


def _parts(going: Going) -> list[tuple[str, list[Fact]]]:
    """The form in the order of a tracing request: who asks, whom, how they were parted. Without what does not go."""
    enquirer, sought, parted = going.enquirer, going.sought, going.separation
    house = getattr(clock.house_zone(), "key", "")
    agreed = hours_in_words(enquirer.hours, house=house, now=clock.now()) if enquirer.hours else ""
    cause = "" if parted.cause is Cause.UNKNOWN else str(CAUSE_LABELS[parted.cause])
    who = [
        Fact(_("To the sought person"), str(RELATION_LABELS[enquirer.relationship])),
        Fact(_("Name"), enquirer.name),
        Fact(_("Safe way to reach them"), enquirer.safe_channel),
        Fact(_("Safe hours"), " · ".join(part for part in (agreed, enquirer.safe_hours) if part)),
        Fact(_("Languages they speak"), enquirer.languages),
    ]
    born = birth_in_words(Identity(birth=sought.birth, age=sought.age, age_on=sought.age_on))
    whom = [
        Fact(_("Name"), sought.shown_name),
        Fact(_("Called"), sought.nickname),
        Fact(_("Other names"), sought.other_names),
        Fact(_("Sex"), str(SEX_WORDS[sought.sex])),
        Fact(_("Birth or age"), born),
        Fact(_("Comes from"), sought.origin),
        Fact(_("Mother"), sought.mother),
        Fact(_("Father"), sought.father),
        Fact(_("Phone"), sought.phone),
        Fact(_("Document"), sought.document),
        Fact(_("Marks"), sought.marks),
    ]
    how = [
        Fact(_("When"), birth_in_words(Identity(birth=parted.on)) if parted.on else ""),
        Fact(_("Where"), parted.place),
        Fact(_("Why"), cause),
        Fact(_("Last time they spoke"), parted.last_contact),
        Fact(_("Where the sought person was"), parted.last_known_place),
    ]
    parts = [(_("Who asks"), who), (_("Whom they seek"), whom), (_("How they were parted"), how)]
    kept = [(title, [fact for fact in facts if fact.value]) for title, facts in parts]
    return [(title, facts) for title, facts in kept if facts]
