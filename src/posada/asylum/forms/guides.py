"""Input of a guide's pages: as of which day, and what should stand in a rule."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.asylum.forms.parts import AheadField
from posada.asylum.rules.guide import Duration, Rule, Source, Text
from posada.asylum.rules.guide_changes import Change, from_day, put_right
from posada.asylum.rules.guide_words import CONFIDENCE_WORDS, STANDING_WORDS
from posada.asylum.rules.terms import LONGEST, Confidence, Standing, Unit
from posada.ground import clock
from posada.people.forms.fields import DayField, day_as_typed
from posada.shelter.forms.beds import OnceForm
from posada.ui.forms import StackedChoice

LONGEST_TEXT, LONGEST_TITLE = 4000, 300
_BOTH = _("Write it in Spanish and in English.")
_CHOOSE = dict.fromkeys(("required", "invalid_choice"), _("Choose one of those shown."))
_WHOLE = dict.fromkeys(("required", "invalid", "min_value", "max_value"), _("Write a whole number from 1 to 1000."))
UNIT_WORDS = (
    (Unit.HOUR.value, _("hours")),
    (Unit.WORKING_DAY.value, _("working days")),
    (Unit.CALENDAR_DAY.value, _("calendar days")),
    (Unit.CALENDAR_MONTH.value, _("months")),
    (Unit.YEAR.value, _("years")),
)


class AsOfForm(forms.Form):
    """A day that has come, under whose law a guide is read."""

    on = DayField(label=_("As of the day"))

    def __init__(self, data: Any, day: date) -> None:
        super().__init__(data, initial={"on": day_as_typed(day)})


def _words(label: Any, *, long: bool = False, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_TEXT if long else LONGEST_TITLE,
        widget=forms.Textarea({"rows": 3}) if long else forms.TextInput(),
        error_messages={"required": _BOTH, "max_length": _("This is too long.")},
    )


class RuleForm(OnceForm):
    """What a rule should say, and whether it was written wrong or the law changed on a day."""

    RIGHT, CHANGED = "right", "changed"

    how = forms.ChoiceField(
        label=_("What happened"),
        choices=[
            (RIGHT, _("It was written wrong here: put it right, for every date")),
            (CHANGED, _("The law changed on a day: the old rule stays for earlier dates")),
        ],
        widget=StackedChoice(),
        error_messages=_CHOOSE,
    )
    begins = AheadField(label=_("First day of the new law"), required=False)
    title_es = _words(_("Title in Spanish"))
    title_en = _words(_("Title in English"))
    text_es = _words(_("Text in Spanish"), long=True)
    text_en = _words(_("Text in English"), long=True)
    late_es = _words(_("What to do when its day has passed, in Spanish"), long=True, required=False)
    late_en = _words(_("What to do when its day has passed, in English"), long=True, required=False)
    value = forms.IntegerField(label=_("How long"), min_value=1, max_value=LONGEST, error_messages=_WHOLE)
    unit = forms.ChoiceField(label=_("Of what"), choices=UNIT_WORDS, error_messages=_CHOOSE)
    article = _words(_("Law and article, or page"))
    address = forms.CharField(
        label=_("Address of the source"),
        required=False,
        max_length=LONGEST_TITLE,
        error_messages={"max_length": _("This is too long.")},
    )
    dated = AheadField(label=_("Day that the source gives"), required=False)
    read = AheadField(label=_("Day on which you read it"))
    confidence = forms.ChoiceField(
        label=_("How sure is it"), choices=[(one.value, CONFIDENCE_WORDS[one]) for one in Confidence],
        widget=StackedChoice(), error_messages=_CHOOSE,
    )  # fmt: skip
    state = forms.ChoiceField(
        label=_("Does it hold"), choices=[(one.value, STANDING_WORDS[one]) for one in Standing],
        widget=StackedChoice(), error_messages=_CHOOSE,
    )  # fmt: skip

    def __init__(self, rule: Rule, data: Any = None) -> None:
        super().__init__(data, initial=_initial(rule))
        self.rule = rule
        if rule.duration is None:
            del self.fields["value"], self.fields["unit"]

    def clean_read(self) -> date:
        """The day of reading has come."""
        day: date = self.cleaned_data["read"]
        if day > max(clock.today(), self.rule.source.read):
            raise ValidationError(gettext("This day has not come yet."), code="future")
        return day

    def clean(self) -> dict[str, Any]:
        """Both languages or none of what may be left out; a first day where the law changed."""
        said = super().clean() or self.cleaned_data
        if bool(said.get("late_es")) != bool(said.get("late_en")):
            self.add_error("late_es" if not said.get("late_es") else "late_en", str(_BOTH))
        if said.get("how") == self.CHANGED and not said.get("begins") and "begins" not in self.errors:
            self.add_error("begins", gettext("Write the first day of the new law."))
        if said.get("dated") and said.get("read") and said["dated"] > said["read"]:
            self.add_error("dated", gettext("The source is of a later day than it was read on."))
        return said

    def change(self) -> Change | None:
        """The change that was typed; none, with a sentence in the form, if it changes nothing or begins too early."""
        said, new = self.cleaned_data, _Typed(self.cleaned_data).over(self.rule)
        if new == self.rule:
            self.add_error(None, gettext("Nothing is other than before. Nothing was proposed."))
            return None
        if said["how"] == self.RIGHT:
            return put_right(self.rule, new)
        try:
            return from_day(self.rule, new, said["begins"])
        except ValueError:
            self.add_error("begins", gettext("The old rule began later than this. Look at the day again."))
            return None


def _initial(rule: Rule) -> dict[str, Any]:
    late, duration = rule.late, rule.duration
    return {
        "title_es": rule.title.es, "title_en": rule.title.en, "text_es": rule.text.es, "text_en": rule.text.en,
        "late_es": late.es if late else "", "late_en": late.en if late else "",
        "value": duration.value if duration else None, "unit": duration.unit.value if duration else None,
        "article": rule.source.article, "address": rule.source.address, "dated": rule.source.dated,
        "confidence": rule.confidence.value, "state": rule.state.value,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Typed:
    said: dict[str, Any]

    def over(self, rule: Rule) -> Rule:
        """The rule with what was typed. That the source was read again is a change too: it is not old any more."""
        said = self.said
        source = Source(article=said["article"], address=said["address"], dated=said["dated"], read=said["read"])
        return msgspec.structs.replace(
            rule, title=Text(es=said["title_es"], en=said["title_en"]),
            text=Text(es=said["text_es"], en=said["text_en"]),
            late=Text(es=said["late_es"], en=said["late_en"]) if said["late_es"] else None,
            duration=self._duration(rule.duration), source=source,
            confidence=Confidence(said["confidence"]), state=Standing(said["state"]),
        )  # fmt: skip

    def _duration(self, duration: Duration | None) -> Duration | None:
        if duration is None:
            return None
        return msgspec.structs.replace(duration, value=self.said["value"], unit=Unit(self.said["unit"]))
