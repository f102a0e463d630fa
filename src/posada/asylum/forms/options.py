"""The few facts from which options are told: each voluntary, each with why it is asked. Nothing of it is stored."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.asylum.forms.parts import ToldField
from posada.asylum.forms.whole import COUNTRY_WORDS
from posada.asylum.rules.casefile import CaseFile, Manner, Stands
from posada.asylum.rules.dates_in_words import told_in_words
from posada.asylum.rules.facts import Answer, Fact, Facts, Shape, answer_read, shape_of
from posada.asylum.rules.guide import Guide
from posada.asylum.rules.options import facts_asked
from posada.asylum.rules.questions import QUESTIONS
from posada.people.forms.fields import told_as_typed
from posada.ui.forms import StackedMultiple

LONGEST_WAY = 40000  # days: more than any life
_TWO_LETTERS = _("Write two letters for each country, with a comma between.")
_WHOLE = dict.fromkeys(("invalid", "min_value", "max_value"), _("Write a whole number of days, or leave it empty."))


class FactsForm(forms.Form):
    """What a guide's options depend on, and nothing else."""

    def __init__(self, guide: Guide, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        for fact in facts_asked(guide):
            self.fields[fact.value] = _field(fact)
            if fact is Fact.NATIONALITIES:
                self.fields["others"] = _others()

    def clean_others(self) -> list[str]:
        """Codes of countries, two letters each."""
        codes = [one.strip().upper() for one in self.cleaned_data["others"].split(",") if one.strip()]
        try:
            answer_read(Fact.NATIONALITIES, codes)
        except ValueError:
            raise ValidationError(gettext("Write two letters for each country, with a comma between.")) from None
        return codes

    @property
    def facts(self) -> Facts:
        """What was told. What was left open is not there."""
        told: dict[Fact, Answer] = {}
        for fact in (one for one in Fact if one.value in self.fields):
            written = self.cleaned_data[fact.value]
            if fact is Fact.NATIONALITIES:
                written = [*written, *self.cleaned_data["others"]]
            elif shape_of(fact) is Shape.YES_NO:
                written = {"yes": True, "no": False}.get(written)
            if written is not None and written not in ("", []):
                told[fact] = answer_read(fact, written)
        return told

    def told_in_words(self) -> tuple[tuple[Any, str], ...]:
        """Each question that was answered, with its answer as a page says it."""
        return tuple((QUESTIONS[fact][0], self._answer(fact, answer)) for fact, answer in self.facts.items())

    def _answer(self, fact: Fact, answer: Answer) -> str:
        if isinstance(answer, bool):
            return gettext("Yes") if answer else gettext("No")
        if isinstance(answer, frozenset):
            return ", ".join(sorted(str(COUNTRY_WORDS.get(code, code)) for code in answer))
        if shape_of(fact) is Shape.DAY:
            return told_in_words(self.cleaned_data[fact.value])
        return str(answer)


def initial_of(file: CaseFile) -> dict[str, Any]:
    """What a case says already. "Perhaps" is left open."""
    found: dict[str, Any] = {
        Fact.NATIONALITIES.value: [one for one in file.nationalities if one in COUNTRY_WORDS],
        "others": ", ".join(one for one in file.nationalities if one not in COUNTRY_WORDS),
    }
    for tie in file.ties:
        if tie.stands in {Stands.YES, Stands.NO}:
            found[tie.about.value] = tie.stands.value
    entry = file.dated("entry")
    if entry and not entry.about:
        found[Fact.ENTRY.value] = told_as_typed(entry.on)
    if file.entry_manner is not Manner.NOT_SAID:
        found[Fact.ENTRY_BY_CHECKPOINT.value] = "yes" if file.entry_manner is Manner.CHECKPOINT else "no"
    if file.dated("withdrawal"):
        found[Fact.CLAIM_WITHDRAWN_HERE.value] = "yes"
    return found


def _field(fact: Fact) -> forms.Field:
    label, why = QUESTIONS[fact]
    shape = shape_of(fact)
    if shape is Shape.COUNTRIES:
        return forms.MultipleChoiceField(
            label=label, help_text=why, required=False, choices=list(COUNTRY_WORDS.items()), widget=StackedMultiple(),
            error_messages={"invalid_choice": _("Choose among those shown.")},
        )  # fmt: skip
    if shape is Shape.DAY:
        usual = _("A day, a month or a year: 14/3/2026, 3/2026 or 2026. A year alone is fine.")
        return ToldField(label=label, help_text=format_lazy("{} {}", why, usual))
    if shape is Shape.NUMBER:
        return forms.IntegerField(
            label=label, help_text=why, required=False, min_value=0, max_value=LONGEST_WAY, error_messages=_WHOLE
        )
    return forms.ChoiceField(
        label=label, help_text=why, required=False, choices=[("", _("Not said")), ("yes", _("Yes")), ("no", _("No"))],
        error_messages={"invalid_choice": _("Choose among those shown.")},
    )  # fmt: skip


def _others() -> forms.Field:
    label = _("Others, by the two letters of the country")
    return forms.CharField(label=label, required=False, max_length=60, error_messages={"max_length": _TWO_LETTERS})
