"""The people of all residents that somebody accompanies, by number; and what is done around a silence."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.family import services
from posada.family.forms import AgreementForm, StepsForm
from posada.family.forms.relatives import initial_of
from posada.family.models import Relative
from posada.family.queries.freezing import house_is_frozen
from posada.family.queries.relatives import Watched, opened, watched
from posada.family.rules.advice import Todo
from posada.family.rules.silence import KIND_OF_BADGE
from posada.family.views.cards import shown
from posada.family.views.relatives import card_context, held_by
from posada.family.views.sending import changed_meanwhile
from posada.ground import clock
from posada.records import services as records
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent
from posada.records.services import Stale
from posada.ui.parts import Badge


@dataclass(frozen=True, slots=True)
class Line:
    """One resident: number, how many relatives, how the most urgent stands, and where to go."""

    number: int
    relatives: str
    badge: Badge | None
    calling: str
    frozen: bool
    url: str


@require_GET
def watch(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.READ_KIN)
    services.renew_stretches(actor)
    records.note(actor, Act.SEE_FAMILY, None, reason="list")
    now = clock.now()
    lines = [_line(one, now) for one in watched(actor, now)]
    context = {"lines": lines, "house_frozen": house_is_frozen(actor.site)}
    return render(request, "family/watch.html", context)


def _line(one: Watched, now: datetime) -> Line:
    worst = one.worst
    badge = Badge(worst.words, KIND_OF_BADGE[worst.silence.urgency]) if worst else None  # type: ignore[arg-type]
    name = "family:relatives" if one.count else "family:add_relative"
    return Line(
        number=one.number,
        relatives=ngettext("%(count)d relative", "%(count)d relatives", one.count) % {"count": one.count},
        badge=badge,
        calling=worst.calling(now) if worst else "",
        frozen=one.frozen,
        url=reverse(name, args=[one.number]),
    )


@require_POST
def steps(request: HttpRequest, card_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.UPDATE_KIN)
    row = held_by(actor, card_id)
    content = open_record(row.record, Relative, by=actor, reason=Reason.FOLLOW_UP)
    now = clock.now()
    card = shown(opened(row, content, now), now)
    before = {"next_step": content.next_step, "next_step_on": content.next_step_on}
    form = StepsForm(request.POST, steps=card.advice, initial=before)
    if not form.is_valid():
        agreement = AgreementForm(initial=initial_of(content))
        return render(request, "family/card.html", card_context(actor, row, content, agreement, form))
    said = form.cleaned_data
    try:
        services.note_steps(
            by=actor,
            card=row,
            done=[Todo(one) for one in said.get("done", [])],
            next_step=said["next_step"],
            next_step_on=said["next_step_on"],
            once=form.key,
            seen=said.get("sequence"),
        )
        messages.success(request, _("Kept: what was done, and what comes next."))
    except Stale:
        messages.warning(request, changed_meanwhile())
    except AlreadySent:
        pass
    return redirect("family:card", card_id=row.pk)


@require_POST
def talk_over(request: HttpRequest, card_id: uuid.UUID) -> HttpResponse:
    actor = require_act(request, Act.UPDATE_KIN)
    row = held_by(actor, card_id)
    services.talk_over(by=actor, card=row)
    said = _("Noted: the alarm was talked over. The card goes on worrying until there is news that was checked.")
    messages.success(request, said)
    return redirect("family:card", card_id=row.pk)
