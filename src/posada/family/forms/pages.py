"""A page for a relative, as whoever holds the card prepares it with the resident beside them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from posada.family.forms.sending import SentOnce
from posada.family.models import PageWords
from posada.family.queries.pages import Wanted
from posada.family.rules import codes, sentences
from posada.family.rules.page_words import page_texts
from posada.people.forms.fields import WordsField
from posada.ui.forms import StackedMultiple

MOST_OWN = 300
HOURS = (12, 24, 48, 72, 168)


def _languages() -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in sentences.written_in() if one.code in page_texts()]


def _sentences() -> list[tuple[str, str]]:
    return list(sentences.language(sentences.FALLBACK).sentences.items())


class PageForm(SentOnce):
    """What the page says, the spoken word, and which State the family fled."""

    voluntary = frozenset({"own"})

    said = forms.MultipleChoiceField(
        label=_("Sentences"),
        choices=_sentences,
        required=False,
        widget=StackedMultiple(),
        help_text=_("They are shown in the language that you choose below."),
    )
    own = WordsField(
        label=_("Or a few words of their own"),
        lines=True,
        help_text=_("No names, no places, no numbers. It is shown once and then gone."),
    )
    language = forms.ChoiceField(label=_("Language of the page"), choices=_languages)
    spoken = forms.CharField(
        label=_("The spoken word"),
        help_text=_(
            "Chosen by the resident: something only the two know, no name. Said aloud, never sent with the code."
        ),
        max_length=codes.LONGEST_TYPED,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )
    fled = forms.CharField(
        label=_("Which State did this family flee?"),
        help_text=_("Two letters. No page is ever made towards it."),
        required=False,
        max_length=2,
        widget=forms.TextInput(attrs={"class": "input--short", "autocapitalize": "characters"}),
    )
    hours = forms.TypedChoiceField(
        label=_("How long it can be opened"),
        choices=[
            (hours, ngettext_lazy("%(count)d hour", "%(count)d hours", hours) % {"count": hours}) for hours in HOURS
        ],
        coerce=int,
        initial=48,
    )
    asks_reply = forms.BooleanField(label=_("Let them reply once, in a few words"), required=False)

    def clean_spoken(self) -> str:
        """Long enough that nobody guesses it in five tries."""
        typed = str(self.cleaned_data["spoken"])
        if len(codes.word_of(typed)) < codes.SHORTEST_WORD:
            message = gettext("Choose a word of at least %(count)d letters.") % {"count": codes.SHORTEST_WORD}
            raise ValidationError(message, code="too_short")
        return typed

    def clean(self) -> dict[str, Any]:
        """Something must be said, and not too much."""
        cleaned = super().clean() or {}
        own, said = cleaned.get("own", ""), cleaned.get("said") or []
        if not own and not said and "own" not in self.errors:
            self.add_error("said", ValidationError(gettext("Choose a sentence, or write a few words."), code="empty"))
        if len(said) > sentences.MOST:
            message = gettext("Choose at most %(count)d sentences.") % {"count": sentences.MOST}
            self.add_error("said", ValidationError(message, code="too_many"))
        if len(own) > MOST_OWN:
            message = gettext("These words are too long: at most %(count)d letters.") % {"count": MOST_OWN}
            self.add_error("own", ValidationError(message, code="too_long"))
        return cleaned

    @property
    def wanted(self) -> Wanted:
        """What is prepared."""
        held = self.cleaned_data
        lines = sentences.said(held["language"], tuple(held["said"]))
        own = (held["own"],) if held["own"] else ()
        words = PageWords(lines=(*lines, *own), language=held["language"], asks_reply=held["asks_reply"])
        return Wanted(words=words, spoken=held["spoken"], fled=held["fled"].strip().upper(), hours=held["hours"])
