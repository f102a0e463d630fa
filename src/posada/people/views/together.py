"""A household on one page: a line each, one save, nothing half done."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.ground import clock, ids
from posada.people import services
from posada.people.forms import HouseholdLines, LineForm, TogetherForm
from posada.people.forms.fields import day_as_typed
from posada.people.forms.lines import FIRST_LINES, MORE_LINES, MOST_LINES, PREFIX
from posada.people.models import Person
from posada.people.queries import person_by_id
from posada.people.rules.contents import Identity
from posada.people.views.calm import calmly
from posada.people.views.drafts import asked_draft
from posada.people.views.last import remember
from posada.records.once import AlreadySent
from posada.ui.templatetags.ui import Problem, problems_of

MORE = "more"


@require_http_methods(["GET", "POST"])
@calmly
def together(request: HttpRequest) -> HttpResponse:
    """The page, more lines for it, and registering them all at once."""
    actor = require_act(request, Act.REGISTER)
    if request.method != "POST":
        return _offered(request, actor)
    if request.POST.get("act") == MORE:
        return _page(
            request, actor, _typed_so_far(request), HouseholdLines(initial=_rows(request.POST.dict(), MORE_LINES))
        )
    form, lines = TogetherForm(request.POST), HouseholdLines(request.POST)
    is_sound = form.is_valid()
    if not (lines.is_valid() and is_sound):
        return _page(request, actor, form, lines, problems=_problems(form, lines), status=422)
    identities = lines.identities(form.arrival())
    persons = _registered(actor, identities, form)
    remember(request, actor, list(zip(persons, identities, strict=False)))
    count = len(persons)
    said = ngettext("%(count)s person was registered.", "%(count)s persons were registered together.", count)
    messages.success(request, said % {"count": count})
    return redirect("people:register")


def _registered(actor: Actor, identities: list[Identity], form: TogetherForm) -> list[Person]:
    """Everybody, registered now or when this page was sent before."""
    try:
        return services.register_household(by=actor, identities=identities, once=form.cleaned_data.get("once"))
    except AlreadySent as sent:
        return [person_by_id(actor, sent.result)] if sent.result else []


def _offered(request: HttpRequest, actor: Actor) -> HttpResponse:
    first: dict[str, Any] = {"once": ids.new_id(), "arrived_on": day_as_typed(clock.today())}
    held = asked_draft(request, actor)
    if held is None:
        return _page(request, actor, TogetherForm(initial=first), HouseholdLines())
    once, draft = held
    first |= {"once": once} | {name: draft.typed[name] for name in ("arrived_on",) if name in draft.typed}
    return _page(request, actor, TogetherForm(initial=first), HouseholdLines(initial=_rows(draft.typed, 0)))


def _typed_so_far(request: HttpRequest) -> TogetherForm:
    return TogetherForm(initial={name: request.POST.get(name, "") for name in ("once", "arrived_on")})


def _rows(typed: dict[str, str], more: int) -> list[dict[str, str]]:
    """The lines as they were typed, unjudged, and so many empty ones."""
    total = typed.get(f"{PREFIX}-TOTAL_FORMS", "")
    count = int(total) if total.isdecimal() and len(total) < 4 else FIRST_LINES
    names = ("given_names", "surnames", "sex", "birth", "relation")
    return [
        {name: typed.get(f"{PREFIX}-{at}-{name}", "") for name in names} for at in range(min(count + more, MOST_LINES))
    ]


def _problems(form: TogetherForm, lines: HouseholdLines) -> list[Problem]:
    """All that is wrong, each with its line."""
    found = problems_of(form)
    for place, line in enumerate(lines.forms, start=1):
        named = _("Line %(place)s, %(field)s")
        found += [
            Problem(one.target, named % {"place": place, "field": one.label}, one.message) for one in _wrong(line)
        ]
    if not found:
        found = [Problem("", "", _("The page did not come through whole. Look it over and save again."))]
    return found


def _wrong(line: LineForm) -> list[Problem]:
    return problems_of(line) if line.is_bound else []


def _page(
    request: HttpRequest,
    actor: Actor,
    form: TogetherForm,
    lines: HouseholdLines,
    *,
    problems: list[Problem] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "lines": lines.forms,
        "management": lines.formset.management_form,
        "problems": problems or [],
        "may_add": len(lines.forms) < MOST_LINES,
        "drafts": [one for one in services.drafts_of(actor) if one.is_household and request.method == "GET"],
    }
    return render(request, "people/together.html", context, status=status)
