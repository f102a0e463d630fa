"""The family tree: looked at, worked on, printed."""

import uuid
from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, Refused, granted_role, require
from posada.family import services
from posada.family.forms.tree import BesideForm, SameForm, TieForm
from posada.family.models import Relative, WatchCard
from posada.family.queries.relatives import card as card_by_id
from posada.family.queries.tree import cards_beside, family_of, ties_of
from posada.family.rules.kinship import RELATION_LABELS, Relation, through
from posada.family.services.ties import SameResident, same_relative, tie_residents, untie_residents
from posada.family.views.tree_drawn import drawn, rows_of
from posada.ground import clock
from posada.people.models import Person, Source
from posada.people.services import look_for_number
from posada.people.views.calm import person_or_404
from posada.records.door import Reason, open_record
from posada.records.once import AlreadySent
from posada.records.quotas import QuotaReached


def _resident(actor: Actor, number: int, act: Act = Act.READ_KIN) -> Person:
    """Somebody who lives here and whose family this actor may work on."""
    person = person_or_404(actor, number)
    require(actor, act, person.subject)
    if person.source != Source.HOUSE:
        raise Http404
    services.entrust_cards(person)
    return person


@require_GET
def tree(request: HttpRequest, number: int) -> HttpResponse:
    actor = require_act(request, Act.READ_KIN)
    person = _resident(actor, number)
    across = request.GET.get("across") == "1"
    now = clock.now()
    family = family_of(actor, person, now, across=across)
    may_change = granted_role(actor, Act.UPDATE_KIN, person.subject) is not None
    title = _("Family of resident %(number)d") % {"number": number}
    context = {
        "person": person,
        "across": across,
        "picture": drawn(family, title, may_add=may_change),
        "rows": rows_of(family, now),
        "is_cut": family.is_cut,
        "may_change": may_change,
        "ties": _ties(actor, person),
        "made_at": now.astimezone(clock.house_zone()),
    }
    return render(request, "family/tree.html", context)


def _ties(actor: Actor, person: Person) -> list[dict[str, object]]:
    """Residents of other households who are family, as far as this actor may read them."""
    ties = ties_of(actor, person)
    others = Person.objects.visible_to(actor).filter(pk__in=ties)
    return [
        {"number": other.number, "relation": RELATION_LABELS[ties[other.pk]]}
        for other in others
        if granted_role(actor, Act.UPDATE_KIN, other.subject) is not None
    ]


@require_http_methods(["GET", "POST"])
def tree_add(request: HttpRequest, number: int, beside: uuid.UUID) -> HttpResponse:
    """Add a relative beside somebody of the drawing: a relative's card, or a resident."""
    actor = require_act(request, Act.UPDATE_KIN)
    person = _resident(actor, number, Act.UPDATE_KIN)
    anchor = _anchor(actor, person, beside)
    content = open_record(anchor.record, Relative, by=actor, reason=Reason.VIEW) if anchor else None
    form = BesideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        follows = through(content.relation if content else None, form.chosen_step)
        said = Relative(
            who=form.cleaned_data["who"],
            relation=form.chosen_relation or follows,
            must_not_know=form.cleaned_data["must_not_know"],
            beside=anchor.pk if anchor else None,
            step=form.chosen_step if anchor else None,
        )
        with suppress(AlreadySent):
            services.add_relative(by=actor, person=person, content=said, once=form.key)
        messages.success(request, _("Drawn. What was agreed with them is written on their card."))
        return redirect("family:tree", number=number)
    who = content.who if content else _("resident %(number)d") % {"number": number}
    return render(request, "family/tree_add.html", {"person": person, "form": form, "who": who})


def _anchor(actor: Actor, person: Person, beside: uuid.UUID) -> WatchCard | None:
    """The card beside which somebody is added; none for the resident themself. A stranger's is a 404."""
    if beside == person.pk:
        return None
    found = card_by_id(actor, beside)
    if found is None or found.resident_id != person.pk:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def tree_tie(request: HttpRequest, number: int) -> HttpResponse:
    """Another resident is family."""
    actor = require_act(request, Act.UPDATE_KIN)
    person = _resident(actor, number, Act.UPDATE_KIN)
    form = TieForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        other = _other(actor, form)
        if other is not None and _tied(actor, person, other, form):
            messages.success(request, _("Written down for both. Nobody else sees it."))
            return redirect(f"{reverse('family:tree', args=[number])}?across=1")
    status = 422 if request.method == "POST" else 200
    return render(request, "family/tree_tie.html", {"person": person, "form": form}, status=status)


def _other(actor: Actor, form: TieForm) -> Person | None:
    try:
        other = look_for_number(actor, form.cleaned_data["other"])
    except Person.DoesNotExist:
        form.add_error("other", _("Nobody here has this number. Look at the card again."))
        return None
    except QuotaReached as reached:
        form.add_error("other", str(reached))
        return None
    if other.source == Source.HOUSE:
        return other
    form.add_error("other", _("This person stands on a list and does not live here."))
    return None


def _tied(actor: Actor, person: Person, other: Person, form: TieForm) -> bool:
    relation = Relation(form.cleaned_data["relation"])
    try:
        tie_residents(by=actor, one=person, other=other, relation=relation, once=form.key)
    except SameResident:
        form.add_error("other", _("This is the number of the same person."))
        return False
    except Refused:
        words = _("Only somebody who accompanies both may write this. Ask that their file be entrusted to you, too.")
        form.add_error("other", words)
        return False
    except AlreadySent:
        pass
    return True


@require_POST
def tree_untie(request: HttpRequest, number: int, other: int) -> HttpResponse:
    actor = require_act(request, Act.UPDATE_KIN)
    person = _resident(actor, number, Act.UPDATE_KIN)
    untie_residents(by=actor, one=person, other=_resident(actor, other, Act.UPDATE_KIN))
    messages.success(request, _("They are no longer drawn together."))
    return redirect(f"{reverse('family:tree', args=[number])}?across=1")


@require_http_methods(["GET", "POST"])
def same_card(request: HttpRequest, card_id: uuid.UUID) -> HttpResponse:
    """Two residents left the same relative behind."""
    actor = require_act(request, Act.UPDATE_KIN)
    card = card_by_id(actor, card_id)
    if card is None:
        raise Http404
    require(actor, Act.UPDATE_KIN, card.resident.subject)
    services.entrust_cards(card.resident)
    content = open_record(card.record, Relative, by=actor, reason=Reason.VIEW)
    others = {one.row.pk: one for one in cards_beside(actor, card, clock.now())}
    offered = [(pk, one.row.resident.number, one.content.who, one.content.relation) for pk, one in others.items()]
    form = SameForm(request.POST or None, cards=offered, initial={"card": str(content.same_as or "")})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["card"]
        other = others[uuid.UUID(chosen)].row if chosen else None
        with suppress(AlreadySent):
            same_relative(by=actor, card=card, other=other, once=form.key)
        messages.success(request, _("Kept. The drawing shows them once; each card keeps its own news."))
        return redirect("family:card", card_id=card.pk)
    return render(request, "family/same_card.html", {"row": card, "form": form, "who": content.who, "others": offered})
