"""Who asks, and how to reach them without hurting them: the part of a request that is about the enquirer."""

from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posada.family.forms.sending import SentOnce
from posada.family.forms.words import ANSWER_LABELS, SHARE_LABELS
from posada.family.models import Enquirer, Share
from posada.family.rules.countries import LIKELY, zones_of
from posada.family.rules.hours_words import place_of
from posada.family.rules.kinship import RELATION_CHOICES, Relation
from posada.family.rules.protecting import FLAG_LABELS, Flag
from posada.family.rules.representing import REPRESENTS_LABELS, Represents
from posada.family.rules.safe_hours import SafeHours, Span
from posada.ground import clock
from posada.people.forms.fields import BirthField, WordsField
from posada.people.models import Answer
from posada.ui.forms import StackedChoice, StackedMultiple

_FOLDS = {
    "signs": ("phone", "document", "marks"),
    "reaching": ("safe_hours", "hours_begins", "hours_until", "safe_words", "alarm_words", "languages"),
    "dangers": ("flags",),
    "children": ("sought_represented_by", "enquirer_birth", "represented_by", "representative"),
    "sharing": ("share_with", "share_onward"),
}
_UNSAID: tuple[object, ...] = (None, "", [], Share.NOT_ASKED.value, Answer.NOT_ASKED.value)
_HOURS = ("%H:%M", "%H.%M", "%H")


def zone_choices(held: str = "") -> list[tuple[str, str]]:
    """The zones of the likely countries, by place; the house's own first, and one that is held already."""
    own = getattr(clock.house_zone(), "key", "")
    zones = [own, *(zone for code in LIKELY for zone in zones_of(code))]
    if held:
        zones.append(held)
    return [(zone, place_of(zone)) for zone in dict.fromkeys(zones) if zone]


class HourField(forms.TimeField):
    """An hour of the day, in the time of the one who asks."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "input--short"})
        wrong = {"invalid": _("Write an hour such as 7:30.")}
        formats = list(_HOURS)
        super().__init__(
            **{"required": False, "widget": widget, "input_formats": formats, "error_messages": wrong, **options}
        )


class AskingForm(SentOnce):
    """What the one who asks is to the sought person, and how they are reached, protected and represented."""

    relationship = forms.ChoiceField(
        label=_("What the one who asks is to the sought person"),
        choices=RELATION_CHOICES,
        error_messages={"required": _("Choose what they are to each other; there is one for every case.")},
    )
    enquirer_birth = BirthField(
        label=_("Birth or age of the one who asks"), help_text=_("31, 1987, 3/1987 or 14/3/1987")
    )
    represented_by = forms.ChoiceField(
        label=_("If a child asks: who speaks for it"),
        choices=[(one.value, words) for one, words in REPRESENTS_LABELS.items()],
        required=False,
        help_text=_("An age that nobody knows is treated as a child's"),
    )
    representative = WordsField(label=_("Name of who speaks for it"))
    safe_channel = WordsField(label=_("How to reach the one who asks safely"), help_text=_("Nothing else is ever used"))
    safe_hours = WordsField(label=_("Safe hours"), help_text=_("In words, such as: when the sister is at work"))
    hours_begins = HourField(label=_("From"))
    hours_until = HourField(label=_("Until"))
    hours_zone = forms.ChoiceField(label=_("In the time of"), choices=zone_choices, required=False)
    safe_words = WordsField(label=_("Agreed words"), help_text=_("Said when all is well; checked before believing"))
    alarm_words = WordsField(label=_("Words of alarm"), help_text=_("Said when somebody forces them; then hang up"))
    languages = WordsField(label=_("Languages they speak"))
    share_with = forms.ChoiceField(
        label=_("What the sought person may be told about the one who asks"),
        choices=[(one.value, words) for one, words in SHARE_LABELS.items()],
        initial=Share.NOT_ASKED.value,
        required=False,
        widget=StackedChoice(),
    )
    share_onward = forms.ChoiceField(
        label=_("May another tracing service be asked, such as the Red Cross?"),
        choices=[(one.value, words) for one, words in ANSWER_LABELS.items()],
        initial=Answer.NOT_ASKED.value,
        required=False,
        widget=StackedChoice(),
    )
    flags = forms.MultipleChoiceField(
        label=_("What to take care of"),
        choices=[(one.value, words) for one, words in FLAG_LABELS.items()],
        required=False,
        widget=StackedMultiple(),
        help_text=_("What follows from it stands on the request, as what to do"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        held = str((self.initial or {}).get("hours_zone") or "")
        zone = self.fields.get("hours_zone")
        if isinstance(zone, forms.ChoiceField):
            zone.choices = zone_choices(held)

    @property
    def opens(self) -> dict[str, bool]:
        """Which folds of the page stand open: where something is written, or wrong."""
        return {
            fold: any(
                name in self.fields and (name in self.errors or self[name].value() not in _UNSAID) for name in names
            )
            for fold, names in _FOLDS.items()
        }

    def clean(self) -> dict[str, Any]:
        """Two hours make a stretch; one hour, or the same twice, makes none."""
        cleaned = super().clean() or {}
        begins, until = cleaned.get("hours_begins"), cleaned.get("hours_until")
        if bool(begins) != bool(until) and not {"hours_begins", "hours_until"} & set(self.errors):
            missing = "hours_until" if begins else "hours_begins"
            self.add_error(missing, ValidationError(gettext("Write both hours, or neither."), code="half"))
        elif begins is not None and begins == until:
            self.add_error("hours_until", ValidationError(gettext("Both hours are the same."), code="same"))
        return cleaned

    def _hours(self) -> SafeHours | None:
        held = self.cleaned_data
        begins: time | None = held.get("hours_begins")
        until: time | None = held.get("hours_until")
        if begins is None or until is None:
            return None
        zone = str(held.get("hours_zone") or getattr(clock.house_zone(), "key", ""))
        return SafeHours(zone=zone, spans=(Span(begins=begins, until=until),))

    def enquirer(self, name: str = "", note: str = "") -> Enquirer:
        """Who asks."""
        held = self.cleaned_data
        read = held["enquirer_birth"]
        return Enquirer(
            name=name,
            relationship=Relation(held["relationship"]),
            safe_channel=held["safe_channel"],
            safe_hours=held["safe_hours"],
            hours=self._hours(),
            safe_words=held["safe_words"],
            alarm_words=held["alarm_words"],
            languages=held["languages"],
            share_with=Share(held["share_with"]),
            share_onward=Answer(held["share_onward"] or Answer.NOT_ASKED),
            flags=tuple(Flag(one) for one in held["flags"]),
            birth=read.birth,
            age=read.age,
            age_on=read.age_on,
            represented_by=Represents(held["represented_by"]),
            representative=held["representative"],
            note=note,
        )


def asked_from(enquirer: Enquirer) -> dict[str, Any]:
    """The fields of the one who asks as they were typed."""
    span = enquirer.hours.spans[0] if enquirer.hours and enquirer.hours.spans else None
    return {
        "relationship": enquirer.relationship.value,
        "enquirer_birth": typed_birth(enquirer.birth, enquirer.age),
        "represented_by": enquirer.represented_by.value,
        "representative": enquirer.representative,
        "safe_channel": enquirer.safe_channel,
        "safe_hours": enquirer.safe_hours,
        "hours_begins": span.begins if span else None,
        "hours_until": span.until if span else None,
        "hours_zone": enquirer.hours.zone if enquirer.hours else getattr(clock.house_zone(), "key", ""),
        "safe_words": enquirer.safe_words,
        "alarm_words": enquirer.alarm_words,
        "languages": enquirer.languages,
        "share_with": enquirer.share_with.value,
        "share_onward": enquirer.share_onward.value,
        "flags": [one.value for one in enquirer.flags],
        "name": enquirer.name,
        "note": enquirer.note,
    }


def typed_birth(birth: str, age: int | None) -> str:
    """A birth or an age as it is typed: 14/3/1987, 1987, 31."""
    if birth:
        return "/".join(reversed(birth.split("-")))
    return "" if age is None else str(age)
