"""The papers of a case: chosen, completed, printed; and the person's next steps as words to be read aloud."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.asylum.forms.papers import ABOUT_WORDS, PrintForm
from posada.asylum.guides import reading
from posada.asylum.papers.given import Given, PaperKind, Typed
from posada.asylum.papers.letter import NO_LIST, listing_of
from posada.asylum.papers.making import printed
from posada.asylum.papers.slips import NOTHING_NEXT, next_steps
from posada.asylum.papers.sources import short_source
from posada.asylum.queries.cases import case_for
from posada.asylum.queries.papers import given_for
from posada.asylum.queries.parts import legal_aid
from posada.asylum.rules.dates_in_words import told_in_words
from posada.asylum.rules.part_words import DECIDED_WORDS, MEETING_WORDS
from posada.ground import clock
from posada.people.models import Person
from posada.people.views.calm import calmly
from posada.records.door import Reason
from posada.ui.typesetting import pdf_answer

PAPERS: Final = {
    PaperKind.STEPS: (
        gettext_lazy("Next steps, in plain words"),
        gettext_lazy("For the person to keep: what comes next, and by when. No name."),
    ),
    PaperKind.LETTER: (
        gettext_lazy("Application letter"),
        gettext_lazy("What the guide's list asks for, in its order."),
    ),
    PaperKind.IDENTITY: (
        gettext_lazy("Sworn declaration of identity"),
        gettext_lazy("Where papers are missing."),
    ),
    PaperKind.LATE: (
        gettext_lazy("Reasons for being late"),
        gettext_lazy("A day that has passed does not close it: reasons, and legal aid."),
    ),
    PaperKind.FAMILY: (
        gettext_lazy("Extension of recognition to the family"),
        gettext_lazy("After recognition, for those who are included in this claim."),
    ),
    PaperKind.APPEAL: (
        gettext_lazy("Appeal, its bones"),
        gettext_lazy("What is challenged, and room for the grounds. A lawyer writes them."),
    ),
    PaperKind.APPOINTMENT: (
        gettext_lazy("Slip of an appointment"),
        gettext_lazy("Day, hour and place. It says nothing of why, and no name."),
    ),
}  # fmt: skip


@require_GET
@calmly
def papers(request: HttpRequest, number: int) -> HttpResponse:
    """Which papers can be printed. Nothing is opened."""
    actor = require_act(request, Act.READ_LEGAL)
    case = case_for(actor, number)
    rows = [(kind.value, title, line) for kind, (title, line) in PAPERS.items()]
    guide = reading.guide(case.country)
    unlisted = NO_LIST if guide and listing_of(guide, clock.today()) is None else ""
    context = {"case": case, "rows": rows, "guide": guide, "unlisted": unlisted, "aid": legal_aid(guide)}
    return render(request, "asylum/papers.html", context)


@require_http_methods(["GET", "POST"])
@calmly
def print_paper(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """One paper: what it is about and what stands only on it; then the PDF. Nothing of it is stored."""
    actor = require_act(request, Act.READ_LEGAL)
    case = case_for(actor, number)
    paper = _kind(kind)
    shown = given_for(actor, case, clock.now(), typed=Typed(), reason=Reason.VIEW, with_names=False)
    about = _about(paper, shown)
    form = PrintForm(request.POST if request.method == "POST" else None, kind=paper, about=about)
    if request.method == "POST" and form.is_valid():
        typed = form.typed()
        by_name = "names" in form.fields and not typed.names_by_hand
        given = given_for(actor, case, clock.now(), typed=typed, reason=Reason.PRINT, with_names=by_name)
        return pdf_answer(printed(paper, given), f"{number}-{clock.today():%Y-%m-%d}")
    title, line = PAPERS[paper]
    context = {
        "case": case, "form": form, "title": title, "line": line, "is_steps": paper is PaperKind.STEPS,
        "nothing_of": ABOUT_WORDS.get(paper) if not about else None, "aid": legal_aid(shown.guide),
        "guide": shown.guide,
    }  # fmt: skip
    return render(request, "asylum/print_paper.html", context, status=422 if form.errors else 200)


def _kind(kind: str) -> PaperKind:
    try:
        return PaperKind(kind)
    except ValueError as error:
        raise Http404 from error


def _about(paper: PaperKind, given: Given) -> list[tuple[str, str]]:
    """What a paper can be about: persons by number, times, decisions, meetings."""
    file = given.file
    if paper is PaperKind.IDENTITY:
        wanted = (given.person, *given.included)
        numbers = dict(Person.objects.shown().filter(pk__in=wanted).values_list("pk", "number"))
        return [(str(one), _("Number %(number)s") % {"number": numbers[one]}) for one in wanted if one in numbers]
    if paper is PaperKind.LATE:
        late = sorted(given.asked_of_person, key=lambda one: one.rule.id not in given.late_rules)
        language = get_language() or "es"
        return [(one.rule.id, f"{one.label}: {short_source(one.rule).in_language(language)}") for one in late]
    if paper is PaperKind.APPEAL:
        return [(str(one.id), _joined(DECIDED_WORDS[one.what], told_in_words(one.on))) for one in file.decisions]
    if paper is PaperKind.APPOINTMENT:
        newest = sorted(file.meetings, key=lambda one: one.on, reverse=True)
        return [
            (str(one.id), _joined(MEETING_WORDS[one.kind], date_format(one.on, "DATE_FORMAT"), one.hour, one.place))
            for one in newest
        ]
    return []


def _joined(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


@require_GET
@calmly
def steps_aloud(request: HttpRequest, number: int) -> HttpResponse:
    """The person's next steps in one language, in plain sentences: to be read aloud, or recorded."""
    actor = require_act(request, Act.READ_LEGAL)
    case = case_for(actor, number)
    given = given_for(actor, case, clock.now(), typed=Typed(), reason=Reason.VIEW, with_names=False)
    language = get_language() or "es"
    found = next_steps(given)
    rules = {rule.id: rule for step in found for rule in step.rules}
    context = {
        "case": case,
        "steps": [(one.what.in_language(language), one.when.in_language(language)) for one in found],
        "nothing": NOTHING_NEXT,
        "rules": rules.values(),
        "aid": legal_aid(given.guide),
        "guide": given.guide,
    }
    return render(request, "asylum/steps_aloud.html", context)
