"""A relative's card: who, when last heard, what was agreed; and one contact."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.family.forms.hours import HoursForm, hours_initial
from posada.family.forms.sending import SentOnce
from posada.family.forms.words import CHANNEL_LABELS, CHECK_LABELS, HOW_LABELS, RISK_LABELS
from posada.family.models import Channel, Check, How, Relative, Risk
from posada.family.rules.advice import Line
from posada.family.rules.calling import from_when, may_reach
from posada.family.rules.countries import zones_of
from posada.family.rules.kinship import RELATION_CHOICES, Relation
from posada.family.rules.silence import Watch
from posada.ground import clock
from posada.people.forms.fields import DayField, WordsField
from posada.ui.forms import SegmentedChoice, StackedMultiple

_INTERVALS = [
    ("", _("Nothing agreed")),
    ("12", _("Twice a day")),
    ("24", _("Every day")),
    ("48", _("Every two days")),
    ("72", _("Every three days")),
    ("120", _("Every five days")),
    ("168", _("Every week")),
    ("336", _("Every two weeks")),
    ("720", _("Every month")),
]
_CHANNELS = [(one.value, words) for one, words in CHANNEL_LABELS.items() if one]
_STATES = [(one.value, words) for one, words in HOW_LABELS.items()]
_CHECKS = [(one.value, words) for one, words in CHECK_LABELS.items()]
_RISKS = [(one.value, words) for one, words in RISK_LABELS.items()]
# What is no field of a card by itself: the key of the form, and the parts of the hours.
_NOT_KEPT = frozenset({"once", "zone", *(name for name in HoursForm.base_fields if name.startswith("hours_"))})
_AT_NOON = time(12)
_MOMENT = "%Y-%m-%dT%H:%M"


class MomentField(forms.DateTimeField):
    """A day and an hour in the house's time."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(format=_MOMENT, attrs={"type": "datetime-local", "class": "input--short"})
        wrong = {"invalid": _("Write a day and an hour, such as 27/2/2019 19:00.")}
        formats = [_MOMENT, "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"]
        super().__init__(
            **{"required": False, "widget": widget, "input_formats": formats, "error_messages": wrong, **options}
        )


class AgreementForm(HoursForm):
    """What was agreed with a relative, and what must be known before anybody calls."""

    voluntary = frozenset({"place_hint", "risk", "contact", "duress_words", "trusted", "other_ways"})

    who = WordsField(
        label=_("Who"),
        help_text=_("A name, initials or what she or he is called; initials are enough"),
        required=True,
        error_messages={"required": _("Write initials or any name by which the resident knows this relative.")},
    )
    relation = forms.ChoiceField(
        label=_("What this relative is to the resident"),
        choices=RELATION_CHOICES,
        error_messages={"required": _("Choose what they are to each other; there is one for every case.")},
    )
    interval_hours = forms.TypedChoiceField(
        label=_("How often they will speak"),
        choices=_INTERVALS,
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("When this time passes without news, the card rises by itself"),
    )
    safe_hours = WordsField(
        label=_("Safe hours in words"), help_text=_("What the hours above cannot say, such as: when he is at work")
    )
    next_call_at = MomentField(label=_("Next call"), help_text=_("By the clock of this house"))
    agreed_words = WordsField(label=_("Agreed words"), help_text=_("Said when all is well; checked before believing"))
    duress_words = WordsField(label=_("Words of alarm"), help_text=_("Said when somebody forces them; then hang up"))
    must_not_know = WordsField(
        label=_("Who must not know"),
        help_text=_("One person or telephone a line, and what: for example, that she is here"),
        lines=True,
    )
    who_else = WordsField(label=_("Who else holds that telephone"), help_text=_("Shown before every call"))
    risk_level = forms.ChoiceField(
        label=_("Risk for them"), choices=_RISKS, required=False, initial="", widget=SegmentedChoice()
    )
    risk = WordsField(label=_("What could happen to them"), lines=True)
    contact = WordsField(label=_("How to reach them"))
    other_ways = WordsField(label=_("Another way, if nobody answers"))
    trusted = WordsField(label=_("Whom the resident trusts to go and look"))
    place_hint = WordsField(label=_("Where they are, roughly"), help_text=_("No address is needed"))

    def clean_risk_level(self) -> Risk:
        """The level as the card keeps it."""
        return Risk(self.cleaned_data.get("risk_level") or "")

    def clean_next_call_at(self) -> datetime | None:
        """A call lies ahead, and not beyond a year; one that was kept before may have passed."""
        at: datetime | None = self.cleaned_data.get("next_call_at")
        if at is None or "next_call_at" not in self.changed_data:
            return at
        if not 0 <= (at - clock.now()).days <= 366:
            raise ValidationError(gettext("The next call must lie ahead, within a year. Check the day."), code="when")
        return at

    def clean(self) -> dict[str, Any]:
        """A call is planned only for an hour that is safe."""
        cleaned = super().clean()
        hours, at = cleaned.get("hours"), cleaned.get("next_call_at")
        if hours is not None and at is not None and at > clock.now() and not hours.allows(at):
            reach = may_reach(state=Watch.WATCHED, hours=hours, frozen=False, now=at)
            safe = from_when(reach, now=clock.now(), zone=clock.house_zone())
            wrong = gettext("This hour is not safe for them. The next safe one, by our clock: %(at)s.") % {"at": safe}
            self.add_error("next_call_at", ValidationError(wrong, code="unsafe"))
        return cleaned

    def agreement(self) -> dict[str, Any]:
        """The fields of a `Relative` that stand in this form."""
        names = (name for name in AgreementForm.base_fields if name not in _NOT_KEPT)
        held = {name: self.cleaned_data[name] for name in names}
        return {**held, "hours": self.cleaned_data["hours"], "relation": Relation(held["relation"])}

    def changed_content(self, content: Relative) -> Relative:
        """What a card says after this change."""
        return msgspec.structs.replace(content, **self.agreement())


def initial_of(content: Relative) -> dict[str, Any]:
    """The fields of the form as the card has them."""
    names = (name for name in AgreementForm.base_fields if name not in _NOT_KEPT)
    hours = hours_initial(content.hours)
    if zones_of(content.country) == (hours.get("zone"),):
        del hours["zone"]  # the country says it: whoever changes the country changes the clock
    return {**{name: getattr(content, name) for name in names}, **hours}


class RelativeForm(AgreementForm):
    """A new card."""

    heard_on = DayField(label=_("Last heard on"), help_text=_("Such as 23/2/2019; empty if never since"))
    heard_time = forms.TimeField(
        label=_("At about"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "input--short"}),
        error_messages={"invalid": _("Write an hour such as 7:30.")},
    )
    channel = forms.ChoiceField(label=_("By"), choices=_CHANNELS, required=False, widget=SegmentedChoice())
    how = forms.ChoiceField(
        label=_("How they were"),
        choices=_STATES,
        required=False,
        initial=How.UNKNOWN.value,
        widget=SegmentedChoice(),
    )
    note = WordsField(label=_("In a few words"), help_text=_("Such as: goes out to work"))

    def clean(self) -> dict[str, Any]:
        """A time without a day means nothing, and what has not come was not heard."""
        cleaned = super().clean()
        if cleaned.get("heard_time") and not cleaned.get("heard_on") and "heard_on" not in self.errors:
            self.add_error("heard_on", ValidationError(gettext("Write the day, too."), code="no_day"))
        heard = self._heard_at(cleaned)
        if heard is not None and heard > clock.now():
            self.add_error("heard_time", ValidationError(gettext("This hour has not come yet."), code="future"))
        return cleaned

    @staticmethod
    def _heard_at(cleaned: dict[str, Any]) -> datetime | None:
        day, hour = cleaned.get("heard_on"), cleaned.get("heard_time")
        if day is None:
            return None
        at = datetime.combine(day, hour or _AT_NOON, clock.house_zone())
        return at if hour is not None else min(at, clock.now())

    def content(self) -> Relative:
        """The card as it is sealed."""
        held = self.cleaned_data
        return Relative(
            **self.agreement(),
            last_heard_at=self._heard_at(held),
            last_channel=Channel(held.get("channel") or ""),
            how=How(held.get("how") or How.UNKNOWN),
            note=held.get("note", ""),
        )


class ContactForm(SentOnce):
    """One press, with as much as one likes to say about it."""

    voluntary = frozenset({"note"})

    channel = forms.ChoiceField(
        label=_("By"), choices=_CHANNELS, required=False, initial=Channel.VOICE.value, widget=SegmentedChoice()
    )
    how = forms.ChoiceField(
        label=_("How they were"), choices=_STATES, required=False, initial=How.UNKNOWN.value, widget=SegmentedChoice()
    )
    check = forms.ChoiceField(
        label=_("Were the agreed words said?"),
        choices=_CHECKS,
        required=False,
        initial=Check.NOT_ASKED.value,
        widget=SegmentedChoice(),
        help_text=_("Nothing is believed without them"),
    )
    note = WordsField(label=_("In a few words"))
    sequence = forms.IntegerField(required=False, widget=forms.HiddenInput())


class StepsForm(SentOnce):
    """Which steps were done, what comes next and on which day."""

    done = forms.MultipleChoiceField(
        label=_("Steps done"),
        choices=(),
        required=False,
        widget=StackedMultiple(),
        error_messages={"invalid_choice": _("This step is not on the card any more. Look again.")},
    )
    next_step = WordsField(label=_("The next step"), help_text=_("Such as: ask the aunt by voice"))
    next_step_on = forms.DateField(
        label=_("On which day"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "input--short"}),
        help_text=_("On that day the card stands on Today"),
        error_messages={"invalid": _("Write a day such as 27/2/2019.")},
    )
    sequence = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, steps: Iterable[Line] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(line.todo.value, line.text) for line in steps if line.todo is not None]
        self.fields["done"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField
        if not choices:
            del self.fields["done"]

    def clean_next_step_on(self) -> date | None:
        """A step lies ahead, within a year; one that was planned before may have passed."""
        on: date | None = self.cleaned_data.get("next_step_on")
        ahead = (on - clock.today()).days if on is not None and "next_step_on" in self.changed_data else 0
        if not 0 <= ahead <= 366:
            raise ValidationError(gettext("The next step must lie ahead, within a year. Check the day."), code="when")
        return on
