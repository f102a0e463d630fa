"""Input of tonight: a number at the door, a room of the roll call, a bed freed, the nights of the house."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from posada.shelter.forms.beds import OnceForm, PersonNumberForm
from posada.shelter.models import Belongings, NightRules
from posada.shelter.queries.tonight import RoomTonight
from posada.shelter.rules import tonight as rules
from posada.ui.forms import SegmentedChoice

HERE, NOT_HERE = "here", "not"
ROLL_CHOICES = [(HERE, pgettext_lazy("roll call", "Here")), (NOT_HERE, pgettext_lazy("roll call", "Not here"))]
_DAY = {"type": "date", "class": "input--short"}
_NO_DAY = _("Write the day as year, month and day, or choose it.")


def day_field(**options: Any) -> forms.DateField:
    """A day as a browser offers it; what cannot be read is said in words."""
    said = {"invalid": _NO_DAY, "required": _NO_DAY}
    return forms.DateField(widget=forms.DateInput(_DAY, format="%Y-%m-%d"), error_messages=said, **options)


class OutForm(PersonNumberForm):
    """Somebody says that they go out, or are back: a number as on their card, and until when if they say it."""

    back_on = day_field(
        label=_("Back on"), required=False, help_text=_("Only if they sleep elsewhere. Leave it empty for tonight.")
    )

    voluntary = frozenset({"back_on"})


class RoomRollForm(OnceForm):
    """One room: a press for each person. Whoever was not looked at may be left for later."""

    def __init__(self, room: RoomTonight, marks: dict[object, bool], data: Any = None) -> None:
        super().__init__(data)
        for one in room.people:
            pressed = marks.get(one.person.pk)
            self.fields[f"p{one.number}"] = forms.ChoiceField(
                label=str(one.number),
                choices=ROLL_CHOICES,
                widget=SegmentedChoice(),
                required=False,
                initial=None if pressed is None else HERE if pressed else NOT_HERE,
                error_messages={"invalid_choice": _("Press Here or Not here.")},
            )
        self.people = room.people

    def marks(self) -> dict[int, bool]:
        """What was pressed, by number."""
        return {
            one.number: self.cleaned_data[f"p{one.number}"] == HERE
            for one in self.people
            if self.cleaned_data.get(f"p{one.number}")
        }


class FreeBedForm(OnceForm):
    """The bag of somebody who left: both, or neither."""

    tag = forms.IntegerField(
        label=_("Tag of the bag"),
        help_text=_("The number on its sticker. Empty if nothing was left."),
        required=False,
        min_value=1,
        max_value=9999,
        widget=forms.NumberInput({"inputmode": "numeric", "class": "input--short"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("A tag is a number from 1 to 9999.")),
    )
    place = forms.ChoiceField(
        label=_("Where it lies"),
        choices=Belongings.Place.choices,
        required=False,
        widget=SegmentedChoice(),
        error_messages={"invalid_choice": _("Choose one of the places shown.")},
    )

    def clean(self) -> dict[str, Any]:
        """A tag needs its place, and a place its tag."""
        data = super().clean() or self.cleaned_data
        if data.get("tag") and not data.get("place"):
            self.add_error("place", _("Say where the bag lies."))
        if data.get("place") and not data.get("tag") and "tag" not in self.errors:
            self.add_error("tag", _("Write the number of the bag's sticker."))
        return data


class NightRulesForm(OnceForm):
    """How long a bed and a bag are kept."""

    out_nights = forms.IntegerField(
        label=_("Nights until a bed may be freed"),
        min_value=rules.FEWEST_NIGHTS,
        max_value=rules.MOST_NIGHTS,
        widget=forms.NumberInput({"inputmode": "numeric", "class": "input--short"}),
    )
    keep_days = forms.IntegerField(
        label=_("Days for which a bag is kept"),
        min_value=1,
        max_value=rules.MOST_KEEP_DAYS,
        widget=forms.NumberInput({"inputmode": "numeric", "class": "input--short"}),
    )

    def __init__(self, held: NightRules, data: Any = None) -> None:
        super().__init__(data, initial={"out_nights": held.out_nights, "keep_days": held.keep_days})
        for name, least, most in (
            ("out_nights", rules.FEWEST_NIGHTS, rules.MOST_NIGHTS),
            ("keep_days", 1, rules.MOST_KEEP_DAYS),
        ):
            words = gettext("Write a whole number from %(least)d to %(most)d.") % {"least": least, "most": most}
            self.fields[name].error_messages.update(
                dict.fromkeys(("required", "invalid", "min_value", "max_value"), words)
            )
