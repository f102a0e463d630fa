"""The door: four questions before any form, each of which opens its act at once. And two persons kept apart."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from posada.accounts.acts import Act
from posada.accounts.http import require_act
from posada.accounts.permissions import Actor
from posada.people import queries as people
from posada.people import services as people_services
from posada.people.models import Person
from posada.people.views.last import LAST
from posada.records import services as records
from posada.records.once import AlreadySent
from posada.shelter.forms import OnceForm
from posada.shelter.forms.door import ApartForm, DoorNumberForm
from posada.shelter.models import Apart
from posada.shelter.services import door, referring

WAITING = "door"
Lines = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the door: its word in addresses, its key, what is asked, what is done at once, and where."""

    word: str
    key: str
    icon: str
    asked: Any
    now: Lines
    act: Act
    place: str
    press: Any
    asks_number: bool = True


HURT = "hurt"
QUESTIONS: tuple[Question, ...] = (
    Question(
        HURT,
        "1",
        "warning",
        _("Hurt or ill now?"),
        (
            _("Stay with them. Call whoever helps with the sick; if life is in danger, the emergency number first."),
            _("A name can wait. The sheet takes a minute and goes with them."),
            _("The same press begins a referral to a doctor. Nothing is told to anybody before their yes."),
        ),
        Act.WRITE_EMERGENCY,
        "people:emergency_write",
        _("To the emergency sheet"),
    ),
    Question(
        "child",
        "2",
        "person",
        _("A child alone?"),
        (
            _("Two adults of the house stay with the child, from now on. A child whose age nobody knows counts."),
            _("Whoever brought the child waits apart and is not sent away: what they say is kept as not checked."),
        ),
        Act.CARE_CHILD,
        "shelter:child",
        _("To the child's record"),
    ),
    Question(
        "afraid",
        "3",
        "lock",
        _("Afraid of someone here?"),
        (
            _("Lead them to another room, out of sight, without saying why. Ask there, never in the queue."),
            _("Who harms and who is harmed may have come together: ask each one alone."),
        ),
        Act.OPEN_DOOR,
        "shelter:apart",
        _("Keep two persons apart"),
    ),
    Question(
        "words",
        "4",
        "speech",
        _("Needs an interpreter?"),
        (
            _("Never a child or a relative. By telephone if nobody is here; ask which sex they prefer."),
            _("Say nothing that matters before the interpreter has promised to keep it to themselves."),
        ),
        Act.SEE_DIRECTORY,
        "shelter:interpreters",
        _("To the interpreters"),
        asks_number=False,
    ),
)
BY_WORD = {question.word: question for question in QUESTIONS}


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    actor = require_act(request, Act.OPEN_DOOR)
    records.note(actor, Act.OPEN_DOOR, None, reason="door")
    waiting = [BY_WORD[word] for word in request.session.get(WAITING, []) if word in BY_WORD]
    return render(request, "shelter/door.html", {"questions": QUESTIONS, "waiting": waiting})


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, word: str) -> HttpResponse:
    """What is done at once; then the person's number, when they have one."""
    actor = require_act(request, Act.OPEN_DOOR)
    question = BY_WORD.get(word)
    if question is None:
        raise Http404
    form = DoorNumberForm(actor, request.POST or None)
    if request.method == "POST" and not question.asks_number:
        _done(request, word)
        return redirect(question.place)
    if request.method == "POST" and form.is_valid():
        person: Person = form.cleaned_data["number"]
        if not people.may(actor, question.act, person):
            form.add_error("number", gettext("This person came on another day: their caseworker goes on with this."))
        else:
            _done(request, word)
            if word == HURT:
                with suppress(AlreadySent):
                    referring.begin_medical(by=actor, person=person, once=form.cleaned_data["once"])
                words = gettext("A referral to a doctor is begun: Today keeps it until they say what may be told.")
                messages.success(request, words)
            return redirect(question.place, person.number)
    if request.method == "GET":
        _remember(request, word)
        form.initial["number"] = request.session.get(LAST, "")
    asks_number = question.place != "shelter:interpreters"
    return render(request, "shelter/door_answer.html", {"question": question, "form": form, "asks_number": asks_number})


@require_POST
def seen_to(request: HttpRequest, word: str) -> HttpResponse:
    """Nothing is open any more: it was seen to without a file."""
    require_act(request, Act.OPEN_DOOR)
    _done(request, word)
    return redirect("shelter:door")


@require_http_methods(["GET", "POST"])
def apart(request: HttpRequest, number: int) -> HttpResponse:
    """This person and another never sleep in one room."""
    actor = require_act(request, Act.OPEN_DOOR)
    person = _person(actor, number)
    form = ApartForm(person, actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with suppress(AlreadySent):
            door.keep_apart(
                by=actor,
                person=person,
                other=form.cleaned_data["number"],
                why=form.cleaned_data["why"],
                once=form.cleaned_data["once"],
            )
        messages.success(request, gettext("The beds keep the two apart from now on. Nobody is told why."))
        return redirect("shelter:apart", person.number)
    reads = people.may(actor, Act.READ_PROTECTION, person)
    held = door.apart_of(by=actor, person=person) if reads else []
    context = {"person": person, "form": form, "held": held, "reads": reads, "once": OnceForm()}
    return render(request, "shelter/apart.html", context)


@require_POST
def end_apart(request: HttpRequest, number: int, other: int) -> HttpResponse:
    actor = require_act(request, Act.OPEN_DOOR)
    person = _person(actor, number)
    rows = door.apart_of(by=actor, person=person)  # refused to whoever does not read what protects them
    row: Apart | None = next((one.row for one in rows if one.other.number == other), None)
    if row is None:
        raise Http404
    form = OnceForm(request.POST)
    if form.is_valid():
        with suppress(AlreadySent):
            door.end_apart(by=actor, row=row, person=person, once=form.cleaned_data["once"])
        messages.success(request, gettext("The two may share a room again."))
    return redirect("shelter:apart", person.number)


def _person(actor: Actor, number: int) -> Person:
    try:
        person = people_services.look_for_number(actor, number)
    except Person.DoesNotExist as error:
        raise Http404 from error
    if person.is_listed:
        raise Http404
    return person


def _remember(request: HttpRequest, word: str) -> None:
    """What is open at this door: a word of the question, of nobody."""
    held = [one for one in request.session.get(WAITING, []) if one != word]
    request.session[WAITING] = [*held, word]


def _done(request: HttpRequest, word: str) -> None:
    request.session[WAITING] = [one for one in request.session.get(WAITING, []) if one != word]
