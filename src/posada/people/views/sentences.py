"""Erase one sentence of a person's file, chosen from all that its versions say."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
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


class SentenceForm(forms.Form):
    """Which sentence: shown, and named by a key that says nothing."""

    sentence = forms.ChoiceField(
        label=gettext_lazy("Which sentence"),
        widget=StackedChoice(),
        error_messages={"required": gettext_lazy("Choose the sentence that is to be erased.")},
    )

    def __init__(self, *args: object, held: list[Sentence], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # as Django's
        words = [(one.key, f"{FIELD_LABELS.get(one.field, one.field)}: {one.text}") for one in held]
        self.fields["sentence"].choices = words  # type: ignore[attr-defined]  # a ChoiceField


def _held(person: Person, actor: Actor) -> list[Sentence]:
    found = sentences_of(person.identity, Identity, by=actor)
    return found + (sentences_of(person.contact, ContactDetails, by=actor) if person.contact else [])


@require_http_methods(["GET", "POST"])
@calmly
def erase(request: HttpRequest, number: int) -> HttpResponse:
    """The sentences of the file, one of which goes for ever."""
    actor = actor_of(request)
    person = person_or_404(actor, number)
    require(actor, Act.ERASE_SENTENCE, person.subject)
    held = _held(person, actor)
    form = SentenceForm(request.POST or None, held=held)
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in held if one.key == form.cleaned_data["sentence"])
        try:
            erase_sentence(by=actor, subject=person.subject, sentence=chosen)
        except CannotGo:
            form.add_error("sentence", _("This cannot be erased alone. Correct it in the file instead."))
        else:
            messages.success(request, _("The sentence is erased, from the file and from what it said before."))
            return redirect("people:history", number=number)
    status = 422 if request.method == "POST" else 200
    return render(request, "people/erase_sentence.html", {"person": person, "form": form}, status=status)
