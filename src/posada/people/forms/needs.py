"""The questions about needs. Every one is voluntary, none is ticked before."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.ground import ids
from posada.people.forms.fields import WordsField
from posada.people.rules.needs import (
    ASKED,
    ASKED_APART,
    CONSEQUENCE_WORDS,
    NEED_WORDS,
    SAID_WORDS,
    Consequence,
    Need,
    Needs,
    NeedSaid,
    NeedsApart,
    Said,
)
from posada.ui.forms import SegmentedChoice, StackedMultiple

_DAMAGED = _("This page was damaged on its way. Nothing was changed. Open it again.")
_NOT_SAID = ("", _("Not said"))


class _QuestionsForm(forms.Form):
    """A question for each need, and words if somebody wants them written."""

    asked: Sequence[Need] = ()
    voluntary = frozenset({"words", "consequences", *Need})

    once = forms.UUIDField(
        widget=forms.HiddenInput(),
        initial=ids.new_id,
        error_messages=dict.fromkeys(("required", "invalid"), _DAMAGED),
    )
    version = forms.IntegerField(
        widget=forms.HiddenInput(),
        min_value=0,
        initial=0,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), _DAMAGED),
    )
    words = WordsField(
        label=_("In their own words"), help_text=_("Only what they want written. No names of others."), lines=True
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for need in self.asked:
            self.fields[need.value] = forms.ChoiceField(
                label=NEED_WORDS[need],
                choices=[_NOT_SAID, *((said.value, SAID_WORDS[said]) for said in Said)],
                widget=SegmentedChoice(),
                required=False,
                error_messages={"invalid_choice": _DAMAGED},
            )

    @property
    def questions(self) -> list[forms.BoundField]:
        """The questions in their order."""
        return [self[need.value] for need in self.asked]

    @property
    def answers(self) -> tuple[NeedSaid, ...]:
        """What was said; a question without an answer leaves nothing behind."""
        held = self.cleaned_data
        return tuple(NeedSaid(need, Said(held[need.value])) for need in self.asked if held.get(need.value))

    @staticmethod
    def initial_of(content: Needs | NeedsApart | None, version: int) -> dict[str, Any]:
        """What stands on the form when it is changed."""
        if content is None:
            return {"version": version}
        answers = {one.need.value: one.said.value for one in content.answers}
        return {"version": version, "words": content.words, **answers}


class NeedsForm(_QuestionsForm):
    """What is asked at the desk and by the caseworker, and what follows for the house."""

    asked = ASKED

    consequences = forms.MultipleChoiceField(
        label=_("What follows for the house"),
        help_text=_("Whoever gives beds reads this and no reason for it."),
        choices=[(one.value, CONSEQUENCE_WORDS[one]) for one in Consequence],
        widget=StackedMultiple(),
        required=False,
        error_messages={"invalid_choice": _DAMAGED},
    )

    def clean_consequences(self) -> tuple[Consequence, ...]:
        """As words."""
        return tuple(Consequence(word) for word in self.cleaned_data["consequences"])


class NeedsApartForm(_QuestionsForm):
    """What only the caseworker asks, when there is trust and time."""

    asked = ASKED_APART
