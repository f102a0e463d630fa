"""Input about lists on paper: what became of one, in how many copies, and how many ticks stood on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.shelter.forms.beds import OnceForm
from posada.shelter.rules.lists import BOXES, Fate, ListKind
from posada.ui.forms import PlainText, StackedChoice

MOST_COPIES = 50
MOST_TICKS = 9_999
KIND_WORDS = {
    ListKind.EVACUATION: _("Evacuation list"),
    ListKind.PRESENCE: _("Presence list"),
    ListKind.MEALS: _("Meal list"),
}
FATE_WORDS = {
    Fate.BURNT: _("Burnt"),
    Fate.SHREDDED: _("Shredded"),
    Fate.NOT_PRINTED: _("It was looked at, not printed"),
    Fate.LOST: _("A copy cannot be found"),
    Fate.IN_USE: _("Still kept: it is in use"),
    Fate.FOR_COUNTS: _("Still kept: its ticks are not typed in yet"),
}
BOX_WORDS = {
    ListKind.PRESENCE: (_("Evening"), _("Morning")),
    ListKind.MEALS: (_("Breakfast"), _("Lunch"), _("Supper")),
}
_COPIES = _("Write how many copies there were, from 0 to 50.")
_TICKS = _("Write how many were ticked, as a number up to 9999, or leave it empty.")


def _small(label: Any, words: Any, most: int, **options: Any) -> forms.IntegerField:
    errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), words)
    widget = PlainText(attrs={"inputmode": "numeric", "class": "input--short"})
    return forms.IntegerField(label=label, min_value=0, max_value=most, error_messages=errors, widget=widget, **options)


class AccountForm(OnceForm):
    """What became of one list."""

    fate = forms.ChoiceField(
        label=_("What became of it"),
        choices=[(fate.value, words) for fate, words in FATE_WORDS.items()],
        widget=StackedChoice(),
        error_messages={"required": _("Say what became of it."), "invalid_choice": _("Say what became of it.")},
    )
    copies = _small(_("How many copies"), _COPIES, MOST_COPIES)

    def __init__(self, *args: Any, kind: ListKind, **options: Any) -> None:
        super().__init__(*args, **options)
        self.boxes = BOX_WORDS.get(kind, ())
        for place, words in enumerate(self.boxes[: BOXES[kind]]):
            label = _("Ticks: %(box)s") % {"box": words}
            self.fields[f"ticks_{place}"] = _small(label, _TICKS, MOST_TICKS, required=False)

    def ticks(self) -> list[int | None]:
        """The counts that were typed in, in the order of the boxes."""
        return [self.cleaned_data.get(f"ticks_{place}") for place in range(len(self.boxes))]
