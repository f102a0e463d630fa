"""A change of a guide on pages: proposed by a lawyer with what it does to their cases, decided on by the manager."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, Refused
from posada.asylum.forms.guides import RuleForm
from posada.asylum.guides import reading
from posada.asylum.models import GuideChange
from posada.asylum.queries.counted import Counted
from posada.asylum.queries.guides import RuleShown
from posada.asylum.rules.deadline_words import day_in_words, state_in_words
from posada.asylum.rules.guide_changes import Change, DoesNotFit
from posada.asylum.services import guides as services
from posada.asylum.views.guides import guide_or_404
from posada.people.views.calm import calmly
from posada.records.once import AlreadySent

State = GuideChange.State
STATE_WORDS = {
    State.PROPOSED: gettext_lazy("Proposed: the guide does not say it yet"),
    State.TAKEN_ON: gettext_lazy("Taken on: the guide says it now"),
    State.REFUSED: gettext_lazy("Refused: the guide stays as it is"),
    State.TAKEN_BACK: gettext_lazy("Taken back: the guide says again what it said before"),
}


@dataclass(frozen=True, slots=True)
class EffectShown:
    """One deadline of one case, as it is and as it would be."""

    number: int
    label: str
    before: str
    after: str

    @classmethod
    def of(cls, effect: services.Effect) -> "EffectShown":
        """In the language in use."""
        either = effect.after or effect.before
        label = either.label if either else ""
        return cls(effect.case.number, label, _standing(effect.before), _standing(effect.after))


def _standing(one: Counted | None) -> str:
    if one is None:
        return _("It does not run")
    day = day_in_words(one.deadline.act_on) if one.deadline.act_on else _("No day is counted")
    return f"{day} · {state_in_words(one.deadline)}"


@require_http_methods(["GET", "POST"])
@calmly
def propose(request: HttpRequest, country: str, rule: str) -> HttpResponse:
    """What a rule should say. Nothing of it holds before the manager takes it on."""
    actor = require_act(request, Act.EDIT_GUIDE)
    guide = guide_or_404(country)
    found = guide.find(rule)
    if found is None:
        raise Http404
    form = RuleForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _proposed(actor, guide.country, form)
        if made is not None:
            messages.success(request, _("It is proposed. The guide stays as it is until the manager takes it on."))
            return redirect("asylum:guide_change", change=made.pk)
        if not form.errors:
            return redirect("asylum:guides")
    name = guide.name.in_language(get_language() or "es")
    context = {"guide": guide, "name": name, "rule": found, "form": form}
    return render(request, "asylum/propose_rule.html", context, status=422 if form.errors else 200)


def _proposed(actor: Actor, country: str, form: RuleForm) -> GuideChange | None:
    change = form.change()
    if change is None:
        return None
    try:
        return services.propose(by=actor, country=country, change=change, once=form.cleaned_data["once"])
    except reading.Unfit as unfit:
        for fault in unfit.faults:
            form.add_error(None, str(fault))
    except DoesNotFit:
        form.add_error(None, _("The guide was changed meanwhile. Open the rule again. Nothing was proposed."))
    except AlreadySent:
        pass
    return None


def _row(change: int) -> GuideChange:
    found = GuideChange.objects.filter(pk=change).first()
    if found is None:
        raise Http404
    return found


def _deciding_actor(request: HttpRequest) -> Actor:
    """Lawyers and the manager read a change; whoever posts an answer must be the manager."""
    if request.method == "POST":
        return require_act(request, Act.TAKE_ON_GUIDE)
    actor = require_act(request, Act.READ_GUIDE)
    if not (actor.may(Act.EDIT_GUIDE) or actor.may(Act.TAKE_ON_GUIDE)):
        raise Refused(Act.EDIT_GUIDE)
    return actor


@require_http_methods(["GET", "POST"])
@calmly
def guide_change(request: HttpRequest, change: int) -> HttpResponse:
    """One change, before and after; for a lawyer what it does to their cases, for the manager the decision."""
    actor = _deciding_actor(request)
    row = _row(change)
    if request.method == "POST":
        _decide(request, actor, row)
        return redirect("asylum:guide_change", change=row.pk)
    held = reading.change_of(row)
    context = {
        "row": row,
        "state": STATE_WORDS[State(row.state)],
        "was": [RuleShown.of(rule) for rule in held.was],
        "becomes": [RuleShown.of(rule) for rule in held.becomes],
        "may_decide": actor.may(Act.TAKE_ON_GUIDE) and row.proposed_by_id != actor.user,
        "may_edit": actor.may(Act.EDIT_GUIDE),
        **_effects(actor, row, held),
    }
    return render(request, "asylum/guide_change.html", context)


def _effects(actor: Actor, row: GuideChange, change: Change) -> dict[str, object]:
    if not actor.may(Act.EDIT_GUIDE) or row.state != State.PROPOSED:
        return {}
    try:
        found = services.effects(by=actor, country=row.country, change=change)
    except (DoesNotFit, reading.Unfit):
        return {"does_not_fit": True}
    return {"effects": [EffectShown.of(one) for one in found.found], "looked_at": found.looked_at}


def _decide(request: HttpRequest, actor: Actor, row: GuideChange) -> None:
    acts = {"take_on": services.take_on, "refuse": services.refuse, "take_back": services.take_back}
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        messages.error(request, _("Choose one of those shown. Nothing was changed."))
        return
    try:
        act(by=actor, row=row)
        messages.success(request, _("It is written down. Every page says so from now on."))
    except services.NotAnother:
        messages.error(request, _("Somebody else must decide: you proposed it. Nothing was changed."))
    except services.DecidedAlready:
        messages.error(request, _("It was decided on meanwhile. Nothing was changed."))
    except services.RestsOnIt:
        messages.error(request, _("A later change rests on this one: take that one back first. Nothing was changed."))
    except (DoesNotFit, reading.Unfit):
        messages.error(request, _("It does not fit the guide any more: it must be proposed anew. Nothing was changed."))


@require_POST
@calmly
def days_anew(request: HttpRequest, change: int) -> HttpResponse:
    """The next day of this lawyer's open cases, put right by the guide in use."""
    actor = require_act(request, Act.EDIT_GUIDE)
    row = _row(change)
    count = services.count_anew(by=actor, country=row.country)
    said = ngettext("%(count)d case has another next day now.", "%(count)d cases have another next day now.", count)
    messages.success(request, said % {"count": count})
    return redirect("asylum:guide_change", change=row.pk)
