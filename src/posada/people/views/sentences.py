"""Erase one sentence of a file, chosen from all that its versions say. The same page for cards and requests."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from posada.accounts.acts import Act
from posada.accounts.http import actor_of
from posada.accounts.permissions import Actor, require
from posada.people.models import ContactDetails, Identity, Person
from posada.people.rules import FIELD_LABELS
from posada.people.views.calm import calmly, person_or_404
from posada.records.sentences import CannotGo, Sentence, erase_sentence, sentences_of
from posada.ui.forms import StackedChoice

Labels = Mapping[str, str | Promise]


@dataclass(frozen=True, slots=True)
class Told:
    """What a page of sentences is about: its number, what it says, and where one comes back to."""

    number: int
    held: list[Sentence]
    back: str
    labels: Labels = field(default_factory=lambda: FIELD_LABELS)


class SentenceForm(forms.Form):
    """Which sentence: shown, and named by a key that says nothing."""

    sentence = forms.ChoiceField(
        label=gettext_lazy("Which sentence"),
        widget=StackedChoice(),
        error_messages={"required": gettext_lazy("Choose the sentence that is to be erased.")},
    )

    def __init__(self, *args: object, told: Told, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # as Django's
        words = [(one.key, f"{told.labels.get(one.field, one.field)}: {one.text}") for one in told.held]
        self.fields["sentence"].choices = words  # type: ignore[attr-defined]  # a ChoiceField


def sentence_page(request: HttpRequest, actor: Actor, told: Told) -> HttpResponse:
    """The sentences, one of which goes for ever, for somebody who was found to have the right."""
    form = SentenceForm(request.POST or None, told=told)
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in told.held if one.key == form.cleaned_data["sentence"])
        try:
            erase_sentence(by=actor, sentence=chosen)
        except CannotGo:
            form.add_error("sentence", _("This cannot be erased alone. Correct it in the file instead."))
        else:
            messages.success(request, _("The sentence is erased, from the file and from what it said before."))
            return redirect(told.back)
    status = 422 if request.method == "POST" else 200
    return render(request, "people/erase_sentence.html", {"told": told, "form": form}, status=status)


def _held(person: Person, actor: Actor) -> list[Sentence]:
    found = sentences_of(person.identity, Identity, by=actor)
    return found + (sentences_of(person.contact, ContactDetails, by=actor) if person.contact else [])


@require_http_methods(["GET", "POST"])
@calmly
def erase(request: HttpRequest, number: int) -> HttpResponse:
    """The sentences of the file."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.ERASE_SENTENCE, person.subject)
    told = Told(number, _held(person, actor), reverse("people:history", args=[number]))
    return sentence_page(request, actor, told)
