"""Options: a few voluntary facts, the traps read first, then every way side by side. Nothing is stored or scored."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import actor_of, require_act
from posada.asylum.forms.options import FactsForm, initial_of
from posada.asylum.guides import reading
from posada.asylum.queries.cases import case_for, file_of
from posada.asylum.queries.parts import legal_aid
from posada.asylum.rules.guide import Guide, Kind, Rule, Text
from posada.asylum.rules.options import OptionFound, Reason, options
from posada.asylum.rules.questions import GROUND_WORDS, OUTCOME_WORDS, QUESTIONS
from posada.asylum.views.guides import guide_or_404
from posada.asylum.views.places import country_names
from posada.ground import clock
from posada.people.views.calm import calmly


@dataclass(frozen=True, slots=True)
class OptionShown:
    """One option as its card says it: how it stands, each way with its reasons, the times, what would settle it."""

    found: OptionFound
    kind: str
    words: Any
    ways: tuple[tuple[Text, tuple[tuple[Any, Reason], ...]], ...]
    deadlines: tuple[Rule, ...]
    asks: tuple[Any, ...]
    face: Reason | None


@require_GET
@calmly
def options_start(request: HttpRequest) -> HttpResponse:
    """The countries whose options may be read."""
    require_act(request, Act.SEE_OPTIONS)
    return render(request, "asylum/options_start.html", {"countries": country_names()})


@require_http_methods(["GET", "POST"])
@calmly
def options_for(request: HttpRequest, country: str) -> HttpResponse:
    """The options of a country, from facts about nobody in particular."""
    require_act(request, Act.SEE_OPTIONS)
    return _answered(request, guide_or_404(country), {}, None)


@require_http_methods(["GET", "POST"])
@calmly
def case_options(request: HttpRequest, number: int) -> HttpResponse:
    """The options in a case: what the case says already stands in the form, to be looked at. Nothing is written."""
    actor = actor_of(request)
    case = case_for(actor, number)
    guide = reading.guide(case.country)
    if guide is None:
        raise Http404
    initial = initial_of(file_of(case, actor)) if request.method == "GET" else {}
    return _answered(request, guide, initial, case.number)


def _answered(request: HttpRequest, guide: Guide, initial: dict[str, Any], number: int | None) -> HttpResponse:
    form = FactsForm(guide, request.POST if request.method == "POST" else None, initial)
    context = {
        "guide": guide, "name": guide.name.in_language(get_language() or "es"), "form": form, "number": number,
        "aid": legal_aid(guide), "problems": reading.problems(guide.country),
    }  # fmt: skip
    if not form.is_valid() or "again" in request.POST:
        return render(request, "asylum/options_ask.html", context, status=422 if form.errors else 200)
    traps = _traps(guide)
    kept = [(name, value) for name in form.fields for value in request.POST.getlist(name)]
    read = set(request.POST.getlist("read"))
    context |= {"traps": traps, "kept": kept, "read": read, "today": clock.today()}
    if "traps" not in request.POST or not {one.id for one in traps} <= read:
        context["missed"] = "traps" in request.POST
        return render(request, "asylum/options_traps.html", context, status=422 if context["missed"] else 200)
    context["told"] = form.told_in_words()
    context["shown"] = [_shown(guide, one) for one in options(guide, form.facts, clock.today())]
    return render(request, "asylum/options.html", context)


def _traps(guide: Guide) -> tuple[Rule, ...]:
    """Every warning of every option, each once: they are read whatever was told."""
    named = dict.fromkeys(name for rule in guide.of_kind(Kind.OPTION) for name in rule.warnings)
    return tuple(rule for rule in map(guide.find, named) if rule)


def _shown(guide: Guide, found: OptionFound) -> OptionShown:
    kind, words = OUTCOME_WORDS[found.outcome]
    ways = tuple(
        (one.way.title, tuple((GROUND_WORDS[reason.ground], reason) for reason in one.reasons if reason.text))
        for one in found.ways
    )
    deadlines = tuple(rule for rule in map(guide.find, found.deadlines) if rule)
    asks = tuple(QUESTIONS[fact][0] for fact in found.asks)
    return OptionShown(found, kind, words, ways, deadlines, asks, _face(found))


def _face(found: OptionFound) -> Reason | None:
    """The first reason, in the guide's words, of a way that makes the option stand as it does."""
    deciding = [reason for way in found.ways if way.outcome is found.outcome for reason in way.reasons if reason.text]
    return next((reason for reason in deciding if reason.outcome is found.outcome), None)
