"""The guides of the countries, to read: what held on a day, each statement with where it is from and how sure."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.asylum.forms.guides import AsOfForm
from posada.asylum.guides import reading
from posada.asylum.queries.guides import RuleShown, change_lines, groups_on, guide_lines, others_on, ways_of
from posada.asylum.queries.parts import legal_aid
from posada.asylum.rules.guide import Guide
from posada.ground import clock
from posada.people.views.calm import calmly


def guide_or_404(country: str) -> Guide:
    """The guide in use of a country, whose code stands in an address in small letters."""
    found = reading.guide(country.upper()) if country.islower() else None
    if found is None:
        raise Http404
    return found


@require_GET
@calmly
def guides(request: HttpRequest) -> HttpResponse:
    """Every country, in figures."""
    actor = require_act(request, Act.READ_GUIDE)
    sees_changes = actor.may(Act.EDIT_GUIDE) or actor.may(Act.TAKE_ON_GUIDE)
    changes = change_lines() if sees_changes else []
    return render(request, "asylum/guides.html", {"lines": guide_lines(clock.today()), "changes": changes})


@require_GET
@calmly
def guide(request: HttpRequest, country: str) -> HttpResponse:
    """One guide under the law of a day; today's where none is asked for."""
    require_act(request, Act.READ_GUIDE)
    held, today = guide_or_404(country), clock.today()
    form = AsOfForm(request.GET if "on" in request.GET else None, today)
    day = (form.cleaned_data["on"] if form.is_valid() else None) or today
    language = get_language() or "es"
    context = {
        "guide": held,
        "name": held.name.in_language(language),
        "note": held.note.in_language(language) if held.note else "",
        "problems": reading.problems(held.country),
        "groups": groups_on(held, day),
        "others": others_on(held, day),
        "form": form,
        "day": day,
        "is_today": day == today,
    }
    return render(request, "asylum/guide.html", context, status=422 if form.errors else 200)


@require_GET
@calmly
def rule(request: HttpRequest, country: str, rule: str) -> HttpResponse:
    """One rule whole, with its other versions."""
    actor = require_act(request, Act.READ_GUIDE)
    held = guide_or_404(country)
    found = held.find(rule)
    if found is None:
        raise Http404
    context = {
        "guide": held,
        "name": held.name.in_language(get_language() or "es"),
        "shown": RuleShown.of(found),
        "rule": found,
        "ways": ways_of(held, found),
        "versions": [RuleShown.of(one) for one in held.versions(rule) if one.id != found.id],
        "warnings": [one for one in map(held.find, found.warnings) if one],
        "aid": [one for one in legal_aid(held) if one.id != found.id],
        "may_edit": actor.may(Act.EDIT_GUIDE),
    }
    return render(request, "asylum/guide_rule.html", context)
