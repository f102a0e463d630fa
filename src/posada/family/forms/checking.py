"""What came of questions to kin, a question to a colleague and its answer, and why "same person" is taken back."""

from typing import Any

import msgspec
from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.family.forms.sending import SentOnce
from posada.family.models import TAKEN_BACK, KinAnswer, KinAnswers, Opinion, ProposalState
from posada.family.rules.forcing import Fits
from posada.people.forms.fields import WordsField
from posada.ui.forms import SegmentedChoice, StackedChoice

FITS = [(Fits.FITS.value, _("fits")), (Fits.DOES_NOT.value, _("does not fit")), (Fits.NOT_ASKED.value, _("not asked"))]
MOST_QUESTIONS = 12
OPINIONS = {
    Opinion.SAME: _("The same person, I think"),
    Opinion.DIFFERENT: _("A different person, I think"),
    Opinion.CANNOT_SAY: _("I cannot say"),
}

DECISION_WORDS = {
    ProposalState.SAME.value: _("Somebody said: the same person"),
    ProposalState.DIFFERENT.value: _("Decided: a different person"),
    ProposalState.NOT_YET.value: _("Decided: not yet"),
    TAKEN_BACK: _("Taken back: not the same person, or not sure"),
}


class TakeBackForm(SentOnce):
    """Why it is not the same person after all."""

    why = WordsField(
        label=_("Why it is taken back"),
        lines=True,
        required=True,
        error_messages={"required": _("Write why: whoever looks at this after you has to know.")},
    )
    seen = forms.RegexField(r"^\d{1,9}-\d{1,9}-\d{1,9}$", widget=forms.HiddenInput())

    @property
    def versions(self) -> tuple[int, int, int]:
        """The versions that were looked at."""
        left, right, note = self.cleaned_data["seen"].split("-")
        return int(left), int(right), int(note)


class AskColleagueForm(SentOnce):
    """Whom, and what."""

    colleague = forms.TypedChoiceField(
        label=_("Whom do you ask?"),
        coerce=int,
        widget=StackedChoice(),
        error_messages={"required": _("Choose whom you ask.")},
    )
    question = WordsField(
        label=_("Your question"),
        lines=True,
        required=True,
        help_text=_("They open the two sides themselves: write no names here"),
        error_messages={"required": _("Write what you would like to know from them.")},
    )

    def __init__(self, *args: Any, colleagues: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["colleague"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(pk), name) for pk, name in colleagues]


class OpinionForm(SentOnce):
    """The colleague's answer."""

    answer = WordsField(
        label=_("Your answer"),
        lines=True,
        required=True,
        error_messages={"required": _("Write your answer in a few words.")},
    )
    opinion = forms.TypedChoiceField(
        label=_("What you think"),
        coerce=Opinion,
        choices=[(one.value, words) for one, words in OPINIONS.items()],
        widget=StackedChoice(),
        error_messages={"required": _("Choose one. You can also say that you cannot say.")},
    )


class KinAnswersForm(SentOnce):
    """What each side's answer to each question was worth; the answers themselves are not written down."""

    voluntary = frozenset({"own", "why_forced", "counsel"})

    own = WordsField(label=_("A question of your own"), help_text=_("Only the question, never the answer"))
    own_enquirer = forms.ChoiceField(label=_("Who asks"), choices=FITS, required=False, widget=SegmentedChoice())
    own_found = forms.ChoiceField(label=_("Who may be found"), choices=FITS, required=False, widget=SegmentedChoice())
    may_be_forced = forms.BooleanField(
        label=_("One side may be forced to ask or to answer"),
        required=False,
        help_text=_("A voice in the background, haste, words learnt by heart, the agreed words of alarm"),
    )
    why_forced = WordsField(label=_("What makes you think so"), lines=True)
    counsel = WordsField(label=_("With whom you talked it over"), help_text=_("A lawyer or a counsellor, and when"))
    version = forms.IntegerField(min_value=0, max_value=10**9, widget=forms.HiddenInput())

    def __init__(self, data: Any = None, *, suggested: tuple[str, ...], held: KinAnswers, version: int) -> None:
        self.held = {one.question: one for one in held.answers}
        asked = [*self.held, *(one for one in suggested if one not in self.held)]
        self.questions = asked[:MOST_QUESTIONS]
        known = {"may_be_forced": held.may_be_forced, "why_forced": held.why_forced, "counsel": held.counsel}
        super().__init__(data, initial={**known, "version": version})
        for number, question in enumerate(self.questions):
            answer = self.held.get(question, KinAnswer(question))
            for side, label, fits in self._sides(answer):
                self.fields[f"{side}_{number}"] = forms.ChoiceField(
                    label=label, choices=FITS, required=False, initial=fits.value, widget=SegmentedChoice()
                )

    @staticmethod
    def _sides(answer: KinAnswer) -> list[tuple[str, Any, Fits]]:
        return [("enquirer", _("Who asks"), answer.enquirer), ("found", _("Who may be found"), answer.found)]

    @property
    def rows(self) -> list[tuple[str, BoundField, BoundField]]:
        """Each question with its two fields."""
        return [(one, self[f"enquirer_{n}"], self[f"found_{n}"]) for n, one in enumerate(self.questions)]

    def clean(self) -> dict[str, Any]:
        """A worth needs its question; a suspicion its reason, for whoever takes counsel on it."""
        cleaned = super().clean() or {}
        if (cleaned.get("own_enquirer") or cleaned.get("own_found")) and not cleaned.get("own"):
            self.add_error("own", gettext("Write the question that you asked."))
        if cleaned.get("own") and len(self.questions) >= MOST_QUESTIONS:
            self.add_error("own", gettext("Enough was asked: more questions say nothing more."))
        if cleaned.get("may_be_forced") and not cleaned.get("why_forced"):
            self.add_error("why_forced", gettext("Write what makes you think so, in a few words."))
        return cleaned

    def content(self) -> KinAnswers:
        """What is sealed."""
        held = self.cleaned_data
        answers = [
            KinAnswer(one, Fits(held[f"enquirer_{n}"]), Fits(held[f"found_{n}"]))
            for n, one in enumerate(self.questions)
        ]
        if held["own"]:
            answers.append(KinAnswer(held["own"], Fits(held["own_enquirer"]), Fits(held["own_found"])))
        asked = tuple(one for one in answers if one.enquirer or one.found or one.question in self.held)
        return msgspec.structs.replace(
            KinAnswers(),
            answers=asked,
            may_be_forced=held["may_be_forced"],
            why_forced=held["why_forced"],
            counsel=held["counsel"],
        )
