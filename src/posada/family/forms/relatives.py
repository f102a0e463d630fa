"""A relative's card: who, when last heard, what was agreed; and one contact."""

from datetime import datetime, time
from typing import Any

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.family.forms.sending import SentOnce
from posada.family.forms.words import CHANNEL_LABELS, HOW_LABELS
from posada.family.models import Channel, How, Relative
from posada.family.rules.kinship import RELATION_CHOICES, Relation
from posada.ground import clock
from posada.people.forms.fields import DayField, WordsField
from posada.ui.forms import SegmentedChoice

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


class AgreementForm(SentOnce):
    """What was agreed with a relative, and what must be known before anybody calls."""

    voluntary = frozenset({"place_hint", "risk", "contact", "duress_words"})

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
    safe_hours = WordsField(label=_("Safe hours"), help_text=_("When nobody listens, such as 19 to 20 h"))
    next_call_at = MomentField(label=_("Next call"))
    agreed_words = WordsField(label=_("Agreed words"), help_text=_("Said when all is well; checked before believing"))
    duress_words = WordsField(label=_("Words of alarm"), help_text=_("Said when somebody forces them; then hang up"))
    must_not_know = WordsField(
        label=_("Who must not know"), help_text=_("And what: for example, that she is here"), lines=True
    )
    risk = WordsField(label=_("What could happen to them"), lines=True)
    contact = WordsField(label=_("How to reach them"))
    place_hint = WordsField(label=_("Where they are, roughly"), help_text=_("No address is needed"))

    def clean_next_call_at(self) -> datetime | None:
        """A call lies ahead, and not beyond a year."""
        at: datetime | None = self.cleaned_data.get("next_call_at")
        if at is not None and not 0 <= (at - clock.now()).days <= 366:
            raise ValidationError(gettext("The next call must lie ahead, within a year. Check the day."), code="when")
        return at

    def agreement(self) -> dict[str, Any]:
        """The fields of a `Relative` that stand in this form."""
        held = {name: self.cleaned_data[name] for name in AgreementForm.base_fields if name != "once"}
        return {**held, "relation": Relation(held["relation"])}

    def changed_content(self, content: Relative) -> Relative:
        """What a card says after this change."""
        return msgspec.structs.replace(content, **self.agreement())


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
        cleaned = super().clean() or {}
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
    note = WordsField(label=_("In a few words"))
    sequence = forms.IntegerField(required=False, widget=forms.HiddenInput())
