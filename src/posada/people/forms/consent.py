"""What somebody agrees to: asked in private, one answer for each purpose."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.ground import clock
from posada.people.forms.fields import WordsField
from posada.people.rules.contents import Answer, Consent, ConsentPurpose, Consents
from posada.ui.forms import SegmentedChoice, StackedChoice

_QUESTIONS = {
    ConsentPurpose.BE_FOUND: (
        _("If a relative looks for you, may they learn that you are alive?"),
        _("You are asked again each time, before anything is said. They never learn where you are from this."),
    ),
    ConsentPurpose.SHARE_WITH_TRACING: (
        _("May we compare your details with the lists of other organisations, to find your people?"),
        _("The comparison is made here. Nothing is sent away without asking you."),
    ),
    ConsentPurpose.REFERRAL: (
        _("May we tell an organisation that can help what you need?"),
        _("A doctor, a lawyer, a school. You are told which one first."),
    ),
}
_ANSWERS = [
    (Answer.YES.value, _("Yes, I agree")),
    (Answer.NO.value, _("No")),
    (Answer.NOT_ASKED.value, _("Ask me later")),
]
_WAYS = [
    ("spoken", _("Spoken")),
    ("written", _("Written")),
    ("mark", _("A mark, with a witness")),
]


class ConsentForm(forms.Form):
    """A question for each purpose, and how it was answered."""

    voluntary = frozenset({"witness", "language"})

    how = forms.ChoiceField(
        label=_("How the answers were given"), choices=_WAYS, widget=SegmentedChoice(), initial="spoken"
    )
    language = WordsField(label=_("In which language"))
    witness = WordsField(label=_("Witness"), help_text=_("Never a child or a relative"))

    def __init__(self, *args: Any, held: Consents, **options: Any) -> None:
        super().__init__(*args, **options)
        for purpose, (question, explained) in _QUESTIONS.items():
            self.fields[purpose.value] = forms.ChoiceField(
                label=question,
                help_text=explained,
                choices=_ANSWERS,
                widget=StackedChoice(),
                required=False,
                initial=held.answer_to(purpose).answer.value,
            )
        self.order_fields([*(purpose.value for purpose in ConsentPurpose), "how", "language", "witness"])

    def clean(self) -> dict[str, Any]:
        """A mark is a signature when somebody saw it (practice, reception)."""
        cleaned = super().clean() or {}
        if cleaned.get("how") == "mark" and not cleaned.get("witness"):
            self.add_error(
                "witness",
                ValidationError(gettext("A mark counts with a witness: write who saw it."), code="no_witness"),
            )
        return cleaned

    def answers(self) -> tuple[Consent, ...]:
        """The answers as they are kept."""
        held = self.cleaned_data
        return tuple(
            Consent(
                purpose,
                Answer(held.get(purpose.value) or Answer.NOT_ASKED),
                on=clock.today(),
                how=held.get("how", ""),
                language=held.get("language", ""),
                witness=held.get("witness", ""),
            )
            for purpose in ConsentPurpose
        )
