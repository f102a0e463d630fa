"""Input of the first night: one press for a thing, ticks for a household, what is cooked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.people.rules.diets import DIET_WORDS, Diet
from posada.shelter.forms.beds import OnceForm
from posada.shelter.models import Item
from posada.shelter.queries.nights import Night
from posada.shelter.rules.nights import SIZES
from posada.ui.forms import StackedMultiple

NOT_NEEDED = "none"
GIVEN = "given"
ITEM_WORDS = {
    Item.CLOTHES: _("Clothes"),
    Item.SHOES: _("Shoes"),
    Item.HYGIENE: _("Hygiene"),
    Item.CHARGER: _("Charger"),
    Item.MEAL: _("A meal"),
}
PRESSES = {f"{item}:{word}": (item, word) for item in Item for word in (*SIZES.get(item, (GIVEN,)), NOT_NEEDED)}
_DAMAGED = _("This page was damaged on its way. Nothing was changed. Open it again.")


class PressForm(OnceForm):
    """One press: `give` or `back` with a thing and its size, or that it is not needed."""

    give = forms.CharField(required=False, max_length=16)
    back = forms.CharField(required=False, max_length=16)

    def clean(self) -> dict[str, Any]:
        """Exactly one of the two, and one that was offered."""
        said = super().clean() or {}
        presses = [said.get(name, "") for name in ("give", "back") if said.get(name)]
        if len(presses) != 1 or presses[0] not in PRESSES:
            raise forms.ValidationError(_DAMAGED)
        said["press"] = PRESSES[presses[0]]
        return said


class HouseholdNightForm(OnceForm):
    """For each member of a household what is still missing: a tick, or a choice of sizes."""

    def __init__(self, nights: list[Night], data: Any = None) -> None:
        super().__init__(data)
        self.rows: list[tuple[Night, list[tuple[str, Item]]]] = []
        for night in nights:
            names = [(f"{night.person.number}-{item}", item) for item in night.missing]
            for name, item in names:
                self.fields[name] = _field_of(item)
            self.rows.append((night, names))

    def shown(self) -> list[tuple[Night, list[Any]]]:
        """Each member with the fields of what they lack."""
        return [(night, [self[name] for name, _item in names]) for night, names in self.rows]

    def chosen(self) -> list[tuple[Night, Item, str]]:
        """What was ticked: the member, the thing, and its size or word."""
        return [
            (night, item, GIVEN if self.cleaned_data[name] is True else self.cleaned_data[name])
            for night, names in self.rows
            for name, item in names
            if self.cleaned_data.get(name)
        ]


def _field_of(item: Item) -> forms.Field:
    if item not in SIZES:
        return forms.BooleanField(label=ITEM_WORDS[item], required=False)
    sizes = [("", "—"), *((size, size) for size in SIZES[item]), (NOT_NEEDED, _("Not needed"))]
    return forms.ChoiceField(
        label=ITEM_WORDS[item],
        choices=sizes,
        required=False,
        error_messages={"invalid_choice": _("Choose one of the sizes shown.")},
    )


class DietsForm(OnceForm):
    """What is cooked for somebody."""

    diets = forms.MultipleChoiceField(
        label=_("How it is cooked for them"),
        help_text=_("Only if they say so. The cook sees how many, never who."),
        required=False,
        widget=StackedMultiple,
        choices=[(diet.value, words) for diet, words in DIET_WORDS.items()],
        error_messages={"invalid_choice": _("Choose of what is shown.")},
    )
    voluntary = frozenset({"diets"})

    def clean_diets(self) -> tuple[Diet, ...]:
        """The fixed words."""
        return tuple(Diet(word) for word in self.cleaned_data["diets"])
