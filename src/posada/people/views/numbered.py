"""Forms on paper: printing a batch, typing one in by its number, giving one up."""

import uuid
from datetime import date
from pathlib import Path

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.ground import clock, ids
from posada.people import queries
from posada.people import services as people
from posada.people.forms import Company
from posada.people.forms.numbered import FormNumberForm, GiveUpForm, PaperRegisterForm, PrintAgainForm, PrintFormsForm
from posada.people.models import Household, PaperNumber, PaperState, Person
from posada.people.services import numbered as services
from posada.people.services.doubles import remember_said
from posada.people.services.numbered import FormClosed, NotPrinted, WrongDay
from posada.people.views.advising import advice_on, asks_for_advice, perhaps_same
from posada.people.views.calm import calmly
from posada.people.views.joining import member_on_form
from posada.records.once import AlreadySent
from posada.ui.typesetting import pdf_answer, printed_code, typeset

_TEMPLATE = Path(__file__).resolve().parent.parent / "paper" / "form.typ"


@require_http_methods(["GET", "POST"])
def paper_forms(request: HttpRequest) -> HttpResponse:
    """Print a batch; and the doors to typing one in and to giving one up."""
    actor = require_act(request, Act.PRINT_FORMS)
    form = PrintFormsForm(request.POST or None, initial={"language": "es", "on_page": "2", "once": ids.new_id()})
    if request.method == "POST" and form.is_valid():
        held = form.cleaned_data
        try:
            numbers = services.print_numbers(by=actor, count=held["count"], once=held["once"])
        except AlreadySent:
            messages.info(request, _("These forms were made before. For more, press again."))
            return redirect("people:paper_forms")
        content = typeset(_TEMPLATE, _words(numbers, held["language"], int(held["on_page"])), language=held["language"])
        return pdf_answer(content, f"forms-{clock.today():%Y-%m-%d}")
    return _page(request, actor, form, status=422 if form.is_bound else 200)


def _page(
    request: HttpRequest,
    actor: Actor,
    form: PrintFormsForm | None = None,
    *,
    typed: FormNumberForm | None = None,
    given_up: GiveUpForm | None = None,
    status: int = 200,
) -> HttpResponse:
    first = {"language": "es", "on_page": "2", "once": ids.new_id()}
    context = {
        "form": form or PrintFormsForm(initial=first),
        "typed": typed or FormNumberForm(),
        "given_up": given_up or GiveUpForm(auto_id="up_%s", initial={"once": ids.new_id()}),
        "waiting": services.waiting(actor),
        "batches": services.batches(actor),
        "again": PrintAgainForm(initial={"language": "es", "on_page": "2"}, auto_id="again_%s"),
        "may_register": actor.may(Act.REGISTER),
    }
    return render(request, "people/paper_forms.html", context, status=status)


@require_POST
def print_again(request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    """A batch that was printed before, with the numbers that still wait: marked as printed again."""
    actor = require_act(request, Act.PRINT_FORMS)
    form = PrintAgainForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose the language and how many forms stand on a page. Nothing was printed."))
        return redirect("people:paper_forms")
    held = form.cleaned_data
    try:
        numbers, first_on = services.print_again(by=actor, batch=batch)
    except NotPrinted:
        messages.error(request, _("No form of this batch waits any more. Print new ones."))
        return redirect("people:paper_forms")
    words = _words(numbers, held["language"], int(held["on_page"]), printed_before=first_on)
    content = typeset(_TEMPLATE, words, language=held["language"])
    return pdf_answer(content, f"forms-{clock.today():%Y-%m-%d}")


@require_POST
def choose_form(request: HttpRequest) -> HttpResponse:
    """The number of a form leads to the page on which it is typed in."""
    actor = require_act(request, Act.REGISTER)
    typed = FormNumberForm(request.POST)
    if typed.is_valid():
        number = typed.cleaned_data["form_number"]
        try:
            services.open_form(by=actor, number=number)
        except (NotPrinted, FormClosed) as why:
            typed.add_error("form_number", _refused(why))
        else:
            return redirect("people:type_in", form_number=number)
    return _page(request, actor, typed=typed, status=422)


@require_POST
def give_up_form(request: HttpRequest) -> HttpResponse:
    """A form is spoiled or lost."""
    actor = require_act(request, Act.PRINT_FORMS)
    form = GiveUpForm(request.POST, auto_id="up_%s")
    if form.is_valid():
        held = form.cleaned_data
        try:
            services.give_up(by=actor, number=held["form_number"], state=PaperState(held["state"]), once=held["once"])
        except (NotPrinted, FormClosed) as why:
            form.add_error("form_number", _refused(why))
        except AlreadySent:
            return redirect("people:paper_forms")
        else:
            messages.success(request, _("Form %(number)d will not be typed in.") % {"number": held["form_number"]})
            return redirect("people:paper_forms")
    return _page(request, actor, given_up=form, status=422)


@require_http_methods(["GET", "POST"])
@calmly
def type_in(request: HttpRequest, form_number: int) -> HttpResponse:
    """What stands on the paper becomes a file, from the paper's own day."""
    actor = require_act(request, Act.REGISTER)
    form = PaperRegisterForm(request.POST or None, initial={"once": ids.new_id()})
    is_sound = form.is_valid()
    if request.method == "POST" and asks_for_advice(request):
        return _advised(request, actor, form, form_number)
    if request.method == "POST" and is_sound:
        person = _typed_in(actor, form, form_number)
        if person is not None:
            remember_said(by=actor, person=person, numbers=perhaps_same(request))
            words = _("Form %(form)d is typed in: the file has number %(number)d. Shred the paper.")
            messages.success(request, words % {"form": form_number, "number": person.number})
            return redirect("people:paper_forms")
    if request.method != "POST":
        try:
            services.open_form(by=actor, number=form_number)
        except (NotPrinted, FormClosed) as why:
            messages.error(request, _refused(why))
            return redirect("people:paper_forms")
    status = 422 if form.is_bound else 200
    advice = advice_on(request, actor, form) if form.is_bound else {"advice_url": request.path}
    return render(request, "people/type_in.html", {"form": form, "form_number": form_number, **advice}, status=status)


def _advised(request: HttpRequest, actor: Actor, form: PaperRegisterForm, number: int) -> HttpResponse:
    """Who may be here already, as at registration: for the page's script alone, else the whole page."""
    advice = advice_on(request, actor, form) | {"asked": True}
    if request.headers.get("HX-Request"):
        return render(request, "people/_advice.html", {"form": form, **advice})
    form.errors.clear()
    return render(request, "people/type_in.html", {"form": form, "form_number": number, **advice})


def _typed_in(actor: Actor, form: PaperRegisterForm, number: int) -> Person | None:
    """The person of the form; none with a sentence on it."""
    held = form.cleaned_data
    try:
        with transaction.atomic():
            paper = _held(actor, number)
            household = _household(actor, form)
            if form.errors:
                return None
            return services.register_from_paper(
                by=actor,
                form=paper,
                written_on=held["written_on"],
                identity=form.typed_identity(),
                consents=form.consents(),
                household=household,
                once=held["once"],
            )
    except AlreadySent as sent:
        return queries.person_by_id(actor, sent.result) if sent.result else None
    except (NotPrinted, FormClosed) as why:
        form.add_error(None, _refused(why))
    except WrongDay as wrong:
        form.refuse_day(date_format(wrong.first, "DATE_FORMAT"))
    return None


def _held(actor: Actor, number: int) -> PaperNumber:
    """The row of a form, closed or not: the service first asks whether this very page was sent before."""
    row = PaperNumber.objects.visible_to(actor).filter(number=number).first()
    if row is None:
        raise NotPrinted
    return row


def _household(actor: Actor, form: PaperRegisterForm) -> Household | None:
    if form.company_chosen is Company.FIRST:
        return people.new_household(by=actor)
    if form.company_chosen is Company.MEMBER:
        member = member_on_form(actor, form)
        return people.household_of(by=actor, member=member) if member is not None else None
    return None


def _refused(why: NotPrinted | FormClosed) -> str:
    """Why a form cannot be typed in: what became of it and when, and nothing of whom it is about."""
    if isinstance(why, NotPrinted):
        return _("This house never printed a form with this number. Look at the number again; nothing was saved.")
    day = {"day": date_format(why.row.closed_on, "DATE_FORMAT") if why.row.closed_on else ""}
    return {
        PaperState.TYPED_IN.value: _(
            "This form was typed in on %(day)s. Each form is typed in once; nothing was saved."
        ),
        PaperState.SPOILED.value: _("This form was marked as spoiled on %(day)s. Use another form; nothing was saved."),
        PaperState.LOST.value: _("This form was marked as lost on %(day)s. Use another form; nothing was saved."),
    }[why.row.state] % day


def _words(numbers: list[int], language: str, on_page: int, *, printed_before: date | None = None) -> dict[str, object]:
    """Everything that the template says, in the language of the forms."""
    with translation.override(language):
        return {
            "mark": _("Printed again; the first time on %(day)s. Each number is typed in once.")
            % {"day": date_format(printed_before, "DATE_FORMAT")}
            if printed_before
            else "",
            "title": _("Registration form"),
            "on_page": on_page,
            "forms": [{"number": str(number), "code": printed_code(str(number))} for number in numbers],
            "number": _("Form"),
            "lines": [_("Name or call-name"), _("Surnames"), _("Age or year of birth"), _("Place of origin")],
            "sex": _("Sex"),
            "sexes": [_("Woman"), _("Man"), _("Other")],
            "company": _("Comes"),
            "companies": [_("Alone"), _("With others; number of a form or card:")],
            "day": _("Day"),
            "need": _("Hurt or ill, child alone, afraid of somebody: call someone now."),
            "consent": _("A name is enough. What may be told to others is asked in private, not on this paper."),
            "end": _("Keep it locked. Type it in, then shred it."),
        }
