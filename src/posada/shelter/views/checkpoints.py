"""Checkpoints on screens: the list, checking off by number, post, the kitchen, and what the manager keeps."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.people.rules.diets import DIET_WORDS
from posada.people.views.calm import calmly
from posada.records import services as records
from posada.records.once import AlreadySent
from posada.shelter.forms.checkpoints import (
    KIND_WORDS,
    MEAL_WORDS,
    RULE_WORDS,
    CheckOffForm,
    CheckpointForm,
    CountForm,
)
from posada.shelter.models import CheckKind, Checkpoint, CheckRule, Meal
from posada.shelter.queries import checkpoints as queries
from posada.shelter.services import checkpoints as services
from posada.shelter.services.checkpoints import (
    Closed,
    HadIt,
    LeftTheHouse,
    NameTaken,
    NotCounted,
    NothingWaits,
)
from posada.ui.parts import Count


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """The checkpoints that are open, each with its count of today."""
    actor = require_act(request, Act.CHECK_OFF)
    rows = [(row, _line(row.checkpoint)) for row in queries.checkpoints(actor)]
    return render(request, "shelter/checkpoints.html", {"rows": rows, "may_keep": actor.may(Act.KEEP_CHECKPOINTS)})


def _line(checkpoint: Checkpoint) -> str:
    kind = CheckKind(checkpoint.kind)
    words = str(KIND_WORDS[kind])
    return words if kind is CheckKind.POST else f"{words} · {RULE_WORDS[CheckRule(checkpoint.rule)]}"


@require_http_methods(["GET", "POST"])
@calmly
def checkpoint(request: HttpRequest, checkpoint_id: int) -> HttpResponse:
    """One checkpoint: a number and Enter, or one press to count one more."""
    actor = require_act(request, Act.CHECK_OFF)
    found = _found(actor, checkpoint_id)
    if found.kind == CheckKind.POST:
        return _post(request, actor, found)
    counts = found.rule == CheckRule.COUNTED
    form = CountForm(found, request.POST or None) if counts else CheckOffForm(actor, found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _count(request, actor, found, form) if isinstance(form, CountForm) else _off(request, actor, found, form)
        if done:
            return redirect("shelter:checkpoint", checkpoint_id=found.pk)
    today = queries.counts_today(found)
    context = {
        "checkpoint": found,
        "line": _line(found),
        "form": form,
        "is_counted": counts,
        "counts": [Count(many, str(MEAL_WORDS.get(meal, _("today")))) for meal, many in today.items()]
        or [Count(0, _("today"))],
    }
    return render(request, "shelter/checkpoint.html", context)


def _count(request: HttpRequest, actor: Actor, found: Checkpoint, form: CountForm) -> bool:
    said = form.cleaned_data
    many = -1 if "less" in request.POST else said["many"]
    try:
        today = services.count(by=actor, checkpoint=found, many=many, meal=form.said_meal, once=said["once"])
    except AlreadySent:
        return True
    except NotCounted:
        form.add_error(None, _("Nobody is counted today, so there is none to take back. Nothing was changed."))
    except Closed:
        form.add_error(None, _closed())
    else:
        messages.success(request, _("Counted: %(count)d today.") % {"count": today})
        return True
    return False


def _off(request: HttpRequest, actor: Actor, found: Checkpoint, form: CheckOffForm) -> bool:
    said = form.cleaned_data
    person = said["number"]
    try:
        if "back" in request.POST:
            services.take_back(by=actor, checkpoint=found, person=person, meal=form.said_meal)
            messages.success(request, _("Taken back for %(number)d.") % {"number": person.number})
        else:
            services.check_off(by=actor, checkpoint=found, person=person, meal=form.said_meal, once=said["once"])
            messages.success(request, _("%(number)d: checked off.") % {"number": person.number})
    except AlreadySent:
        return True
    except HadIt as had:
        form.add_error("number", _had_it(had))
    except LeftTheHouse:
        form.add_error("number", _left())
    except NotCounted:
        form.add_error("number", _("This number is not checked off today. Nothing was changed."))
    except Closed:
        form.add_error(None, _closed())
    else:
        return True
    return False


def _had_it(had: HadIt) -> str:
    """When it was, and no more: a day, or the meal."""
    if had.meal is not Meal.NONE:
        return _("Had it already: %(meal)s. Nothing was counted.") % {"meal": MEAL_WORDS[had.meal]}
    day = _("today") if had.on == clock.today() else date_format(had.on, "DATE_FORMAT")
    return _("Had it already: %(day)s. Nothing was counted.") % {"day": day}


def _left() -> str:
    return _("This number does not live here any more. Nothing was counted. Send the person to the desk.")


def _closed() -> str:
    return _("This checkpoint is closed. Nothing was counted. The site manager can open it again.")


def _post(request: HttpRequest, actor: Actor, found: Checkpoint) -> HttpResponse:
    """For whom something waits: numbers alone. One press hands it out."""
    form = CheckOffForm(actor, found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        person, said = form.cleaned_data["number"], form.cleaned_data
        words = {"number": person.number}
        try:
            if "out" in request.POST:
                services.hand_out_post(by=actor, checkpoint=found, person=person)
                messages.success(request, _("Handed out to %(number)d.") % words)
            else:
                services.post_came(by=actor, checkpoint=found, person=person, once=said["once"])
                messages.success(request, _("Something waits for %(number)d.") % words)
            return redirect("shelter:checkpoint", checkpoint_id=found.pk)
        except AlreadySent:
            return redirect("shelter:checkpoint", checkpoint_id=found.pk)
        except NothingWaits:
            form.add_error("number", _("Nothing waits for this number; perhaps it was handed out before."))
        except LeftTheHouse:
            form.add_error("number", _left())
        except Closed:
            form.add_error(None, _closed())
    records.note(actor, Act.CHECK_OFF, None, reason="list")
    rows = queries.waiting_post(actor, found)
    return render(request, "shelter/post.html", {"checkpoint": found, "form": form, "rows": rows})


def _found(actor: Actor, pk: int) -> Checkpoint:
    found = Checkpoint.objects.visible_to(actor).open().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_GET
def kitchen(request: HttpRequest) -> HttpResponse:
    """For how many is cooked tonight: counts, and nothing else."""
    actor = require_act(request, Act.CHECK_OFF)
    rights = queries.meal_rights(actor)
    diets = [(DIET_WORDS[diet], many) for diet, many in rights.diets]
    return render(request, "shelter/kitchen.html", {"rights": rights, "diets": diets})


@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """What the site manager keeps: the checkpoints, their rules, which are open. No numbers of persons."""
    actor = require_act(request, Act.KEEP_CHECKPOINTS)
    form = CheckpointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        kind, rule = CheckKind(said["kind"]), CheckRule(said["rule"])
        try:
            made = services.keep(by=actor, name=said["name"], kind=kind, rule=rule, once=said["once"])
            messages.success(request, _("%(name)s is open.") % {"name": made.name})
            return redirect("shelter:keep_checkpoints")
        except AlreadySent:
            return redirect("shelter:keep_checkpoints")
        except NameTaken:
            form.add_error("name", _("The house has a checkpoint of this name. Give this one another."))
    rows = [(row, _line(row.checkpoint)) for row in queries.checkpoints(actor, only_open=False)]
    return render(request, "shelter/keep_checkpoints.html", {"rows": rows, "form": form})


@require_POST
def set_open(request: HttpRequest, checkpoint_id: int, *, is_open: bool) -> HttpResponse:
    """Close a checkpoint, or open it again."""
    actor = require_act(request, Act.KEEP_CHECKPOINTS)
    found = Checkpoint.objects.visible_to(actor).filter(pk=checkpoint_id).first()
    if found is None:
        raise Http404
    services.set_open(by=actor, checkpoint=found, is_open=is_open)
    words = _("%(name)s is open.") if is_open else _("%(name)s is closed. What was counted stays.")
    messages.success(request, words % {"name": found.name})
    return redirect("shelter:keep_checkpoints")
