"""Possible doubles: by number, side by side, decided by one person, and taken back."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import actor_of, require_act
from posada.accounts.permissions import Actor, Refused, require
from posada.ground import ids
from posada.people import services
from posada.people.forms.doubles import CompareForm, MergeForm
from posada.people.matching import weighed
from posada.people.models import Person
from posada.people.models.doubles import Merge, Pair
from posada.people.queries import doubles as queries
from posada.people.rules.merging import choices_between
from posada.people.services import doubles, merging
from posada.people.services.merging import CannotMerge, CannotUndo
from posada.people.views.calm import calmly
from posada.records.once import AlreadySent
from posada.records.services import Stale


@require_http_methods(["GET", "POST"])
@calmly
def pairs(request: HttpRequest) -> HttpResponse:
    """The work list, by number; and two numbers that somebody holds for one person's."""
    actor = require_act(request, Act.SEE_DOUBLES)
    form = CompareForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        pair = _compared(actor, form)
        if pair is not None:
            return redirect("people:pair", pair=pair.pk)
    rows = [
        {"pair": row, "may": queries.may_decide(actor, row.first, row.second)} for row in queries.pairs_waiting(actor)
    ]
    merges = [
        {"row": row, "may": queries.may_decide(actor, row.leading, row.other)} for row in queries.merges_of(actor)
    ]
    context = {"form": form, "rows": rows, "merges": merges}
    return render(request, "people/doubles.html", context, status=422 if form.errors else 200)


def _compared(actor: Actor, form: CompareForm) -> Pair | None:
    """The pair of the two numbers; none, and a sentence on the form, if that cannot be."""
    found: list[Person] = []
    for name in ("one", "two"):
        try:
            found.append(services.look_for_number(actor, form.cleaned_data[name]))
        except Person.DoesNotExist:
            form.add_error(name, _("Nobody here has this number. Look at the card again."))
    if form.errors:
        return None
    if found[0].pk == found[1].pk:
        form.add_error("two", _("Both numbers lead to the same file already. Type the other card's number."))
        return None
    try:
        return doubles.pair_of(by=actor, one=found[0], two=found[1])
    except Refused:
        form.add_error(None, _("You do not accompany both of them. Ask whoever does, or the tracing officer."))
        return None


@require_http_methods(["GET", "POST"])
@calmly
def pair(request: HttpRequest, pair: uuid.UUID) -> HttpResponse:
    """Two files side by side: the same, two persons, or not yet."""
    actor = actor_of(request)
    row = _pair_or_404(actor, pair)
    for one in (row.first, row.second):
        require(actor, Act.MERGE, one.subject)
    leading, other = sorted((row.first, row.second), key=lambda one: (one.is_listed, one.registered_on, one.number))
    if (request.POST or request.GET).get("leads") == str(other.number):
        leading, other = other, leading
    identities = queries.both_identities(actor, (leading, other))
    versions = f"{leading.identity.version}-{other.identity.version}"
    form = MergeForm(
        request.POST if request.method == "POST" else None,
        leading=leading,
        other=other,
        rows=choices_between(*identities),
        asked=merging.choices(leading, other),
        initial={"once": ids.new_id(), "versions": versions},
    )
    if request.method == "POST":
        answered = _decided(request, actor, row, form, leading, other)
        if answered is not None:
            return answered
    context = {
        "pair": row,
        "form": form,
        "leading": leading,
        "other": other,
        "hindrances": merging.hindrances(leading, other),
        "fresh": versions,
        "waterfall": weighed((leading, other), identities),
    }
    return render(request, "people/double.html", context, status=422 if request.method == "POST" else 200)


def _pair_or_404(actor: Actor, pair: uuid.UUID) -> Pair:
    try:
        return queries.pair_to_decide(actor, pair)
    except Pair.DoesNotExist as error:
        raise Http404 from error


def _decided(
    request: HttpRequest, actor: Actor, row: Pair, form: MergeForm, leading: Person, other: Person
) -> HttpResponse | None:
    """Carry out what was pressed; none, and a sentence on the form, if it could not be."""
    act = request.POST.get("act", "")
    is_whole = form.is_valid()
    try:
        if act == "same" and is_whole:
            merging.merge(by=actor, leading=leading, other=other, said=form.said(), once=form.cleaned_data["once"])
            messages.success(request, _("Put together. Both numbers lead to this file; it can be taken back."))
            return redirect("desk:person", number=leading.number)
        if act in {Pair.State.DIFFERENT, Pair.State.LATER} and {"once", "versions"} <= form.cleaned_data.keys():
            one, two = form.read_versions
            in_order = (one, two) if leading.pk == row.first_id else (two, one)
            doubles.set_apart(
                by=actor, pair=row, state=Pair.State(act), versions=in_order, once=form.cleaned_data["once"]
            )
            messages.success(request, _("Written down. Nothing was changed in either file."))
            return redirect("people:pairs")
    except AlreadySent:
        return redirect("people:pairs")
    except CannotMerge as hindered:
        form.add_error(None, str(hindered))
    except Stale:
        form.add_error(None, _("One of the two files was changed meanwhile. Read both again, then decide."))
    if not form.errors:
        form.add_error(None, _("Press one of the buttons below the two files."))
    return None


@require_http_methods(["GET", "POST"])
@calmly
def part(request: HttpRequest, merge: int) -> HttpResponse:
    """Take two files apart again."""
    actor = actor_of(request)
    try:
        row = queries.merge_by_id(actor, merge)
    except Merge.DoesNotExist as error:
        raise Http404 from error
    for one in (row.leading, row.other):
        require(actor, Act.MERGE, one.subject)
    problem = ""
    if request.method == "POST":
        try:
            words = merging.undo(by=actor, row=row)
            messages.success(request, _("Taken apart. Each number has its own file again."))
            for sentence in words:
                messages.warning(request, sentence)
            return redirect("people:pairs")
        except (CannotUndo, CannotMerge) as hindered:
            problem = str(hindered)
    return render(request, "people/part.html", {"row": row, "problem": problem}, status=409 if problem else 200)
