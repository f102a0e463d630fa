"""A case: opened from a person's page, read with what is due and why, its versions, how it stands, who may see that."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor, require
from posada.asylum.forms.cases import OpenCaseForm, StateForm, WhoSeesForm
from posada.asylum.guides import reading
from posada.asylum.models import Case, CaseState
from posada.asylum.queries.cases import case_for, cases_of, file_of
from posada.asylum.queries.counted import Counted, counted
from posada.asylum.queries.parts import legal_aid
from posada.asylum.rules.casefile import CaseFile
from posada.asylum.rules.clashes import clashes
from posada.asylum.rules.deadlines import Law
from posada.asylum.rules.guide import Guide
from posada.asylum.services import cases as services
from posada.asylum.views.cases_shown import (
    CaseRow,
    DueCard,
    drawn,
    due_badge,
    due_card,
    line_of,
    next_steps,
    state_badge,
)
from posada.asylum.views.file_lines import lines_of, title_of
from posada.asylum.views.parts import order_in_words
from posada.asylum.views.parts_shown import LISTS
from posada.asylum.views.places import country_names
from posada.ground import clock
from posada.people.models import Person
from posada.people.queries.files import leading_of
from posada.people.views.asking_erasure import Asked, ask_page
from posada.people.views.calm import calmly, person_or_404
from posada.records import services as records
from posada.records.models import What
from posada.records.once import AlreadySent
from posada.records.services import Stale

_OWN_PAGES = frozenset({"members", "steps"})


@require_GET
@calmly
def person_cases(request: HttpRequest, number: int) -> HttpResponse:
    """The cases of a person that this lawyer holds. Nothing says whether there are others."""
    actor = require_act(request, Act.OPEN_CASE)
    person = _person(actor, number)
    records.note(actor, Act.SEE_CASES, None, reason="list")
    names, today = country_names(), clock.today()
    rows = [CaseRow.of(one, names.get(one.country, one.country), today) for one in cases_of(actor, person)]
    return render(request, "asylum/person_cases.html", {"person": person, "rows": rows})


def _person(actor: Actor, number: int) -> Person:
    person = person_or_404(actor, number)
    require(actor, Act.OPEN_CASE, person.subject)
    return person


@require_http_methods(["GET", "POST"])
@calmly
def open_case(request: HttpRequest, number: int) -> HttpResponse:
    """A new case of a person."""
    actor = require_act(request, Act.OPEN_CASE)
    person = _person(actor, number)
    form = OpenCaseForm(request.POST or None, countries=list(country_names().items()))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            case = services.open_case(
                by=actor,
                person=person,
                country=data["country"],
                alone=data["alone"] == "yes",
                tells=data["tells"] == "yes",
                once=form.key,
            )
        except AlreadySent:
            return redirect("asylum:person_cases", number=person.number)
        messages.success(request, _("The case is open, and entrusted to you alone. Nobody was told of it."))
        return redirect("asylum:case", number=case.number)
    context = {"form": form, "person": person}
    return render(request, "asylum/open_case.html", context, status=422 if form.errors else 200)


@require_GET
@calmly
def case_page(request: HttpRequest, number: int) -> HttpResponse:
    """What is due and why, the line of days, what to do next, all that is known."""
    actor = require_act(request, Act.READ_LEGAL)
    services.count_passed(by=actor, number=number)
    case = case_for(actor, number)
    file, guide = file_of(case, actor), reading.guide(case.country)
    law = Law.OF_TODAY if request.GET.get("law") == Law.OF_TODAY else Law.OF_ITS_DATES
    found = counted(case, file, guide, clock.now(), law)
    line = line_of(file, found, clock.today())
    cards = _cards(found, guide)
    context = {
        "case": case,
        "person": leading_of(case.person),
        "file": file,
        "state": state_badge(case.state),
        "due": due_badge(case.next_on, clock.today()),
        "country": country_names().get(case.country, case.country),
        "guide": guide,
        "problems": reading.problems(case.country),
        "is_today": law is Law.OF_TODAY,
        "waiting": [one for one in cards if not one.is_done],
        "done": [one for one in cards if one.is_done],
        "line": line,
        "picture": drawn(line),
        "next_steps": next_steps(case, file, found),
        "clashes": [order_in_words(one) for one in clashes(file)],
        "parts": _parts(case, file, guide),
        "aid": legal_aid(guide),
    }
    return render(request, "asylum/case.html", context)


def _cards(found: tuple[Counted, ...], guide: Guide | None) -> list[DueCard]:
    cards = []
    for one in found:
        terms = [other.term.rule for other in one.deadline.others if other.term]
        others = [rule for rule in (guide.find(term) for term in terms) if rule] if guide else []
        cards.append(due_card(one, others))
    return cards


def numbers_of(*files: CaseFile) -> dict[uuid.UUID, int]:
    """The numbers of those who stand in it, but for whoever is hidden."""
    persons = {one.person for file in files for one in file.members}
    return dict(Person.objects.shown().filter(pk__in=persons).values_list("pk", "number"))


def _parts(case: Case, file: CaseFile, guide: Guide | None) -> list[tuple[str, str, tuple[str, ...]]]:
    """Each part: where it is written, what it is called, its lines."""
    lines = lines_of(file, guide, numbers_of(file))
    return [(_where(case.number, name), title_of(name), said) for name, said in lines.items() if name != "kept"]


def _where(number: int, part: str) -> str:
    if part in LISTS:
        return reverse("asylum:part_list", args=[number, part])
    return (
        reverse(f"asylum:{part}", args=[number]) if part in _OWN_PAGES else reverse("asylum:part", args=[number, part])
    )


@require_http_methods(["GET", "POST"])
@calmly
def case_state(request: HttpRequest, number: int) -> HttpResponse:
    """Open, decided or closed."""
    actor = require_act(request, Act.WRITE_CASE)
    case = case_for(actor, number, Act.WRITE_CASE)
    form = StateForm(request.POST or None, initial={"state": case.state})
    if request.method == "POST" and form.is_valid():
        try:
            services.set_state(by=actor, case=case, state=CaseState(form.cleaned_data["state"]), once=form.key)
            messages.success(request, _("It is written down."))
        except AlreadySent:
            pass
        return redirect("asylum:case", number=number)
    context = {"case": case, "form": form}
    return render(request, "asylum/case_state.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@calmly
def erase_case(request: HttpRequest, number: int) -> HttpResponse:
    """One case alone, opened by mistake or not wanted any more: hidden at once; a second person erases it for ever."""
    actor = require_act(request, Act.WRITE_CASE)
    case = case_for(actor, number, Act.WRITE_CASE)
    require(actor, Act.ASK_ERASURE, case.subject)
    more = (
        _("With it goes the account of the person whose case it is. What others told in it stays theirs."),
        _("Everything else that is kept of the person stays. If a day runs, it runs on: speak with legal aid first."),
    )
    back = reverse("asylum:case", args=[number])
    return ask_page(request, actor, Asked(case.subject, What.CASE, number, back, more=more))


@require_http_methods(["GET", "POST"])
@calmly
def who_sees(request: HttpRequest, number: int) -> HttpResponse:
    """Whether the household may know of it, and who wants whoever accompanies them to see how it stands."""
    actor = require_act(request, Act.WRITE_CASE)
    case = case_for(actor, number, Act.WRITE_CASE)
    file = file_of(case, actor)
    rows = list(case.rows.filter(person__in=Person.objects.shown()).select_related("person").order_by("person__number"))
    initial = {
        "alone": "yes" if file.alone else "no",
        "tells": [str(row.person.number) for row in rows if row.tells],
        "version": case.record.version,
    }
    persons = [(str(row.person.number), _("Number %(number)s") % {"number": row.person.number}) for row in rows]
    form = WhoSeesForm(request.POST or None, initial=initial, persons=persons)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        telling = frozenset(row.person_id for row in rows if str(row.person.number) in data["tells"])
        try:
            services.set_who_sees(
                by=actor, case=case, alone=data["alone"] == "yes", telling=telling, seen=data["version"], once=form.key
            )
        except Stale:
            messages.warning(
                request,
                _("The case was changed while this page was open. Look at it again; nothing of yours was kept."),
            )
            return redirect("asylum:who_sees", number=number)
        except AlreadySent:
            pass
        else:
            messages.success(request, _("It is written down."))
        return redirect("asylum:case", number=number)
    context = {"case": case, "form": form}
    return render(request, "asylum/who_sees.html", context, status=422 if form.errors else 200)
