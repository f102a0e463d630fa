"""Input of the checkpoints: a number from a card, how many, a new checkpoint."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from posada.accounts.permissions import Actor
from posada.ground import clock
from posada.shelter.forms.beds import OnceForm, PersonNumberForm
from posada.shelter.models import CheckKind, Checkpoint, CheckRule, Meal
from posada.shelter.rules.checkpoints import MOST_AT_ONCE, knows_meals, meal_at
from posada.ui.forms import PlainText, SegmentedChoice

MEAL_WORDS = {Meal.BREAKFAST: _("Breakfast"), Meal.MIDDAY: _("Midday meal"), Meal.EVENING: _("Evening meal")}
KIND_WORDS = {
    CheckKind.MEALS: _("Meals"),
    CheckKind.KITS: _("Kits"),
    CheckKind.SHOWERS: _("Showers"),
    CheckKind.POST: _("Post"),
}
RULE_WORDS = {
    CheckRule.DAY: _("once a day"),
    CheckRule.MEAL: _("once per meal"),
    CheckRule.WEEK: _("once a week"),
    CheckRule.EVER: _("once ever"),
    CheckRule.COUNTED: _("counted only, without numbers"),
}


def _meal_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Which meal"),
        coerce=lambda value: Meal(int(value)),
        choices=[(str(meal.value), words) for meal, words in MEAL_WORDS.items()],
        initial=lambda: str(meal_at(clock.now().astimezone(clock.house_zone()).time()).value),
        widget=SegmentedChoice,
        error_messages={"required": _("Choose the meal."), "invalid_choice": _("Choose one of the meals shown.")},
    )


class _AtCheckpoint(forms.Form):
    def ask_meal(self, checkpoint: Checkpoint) -> None:
        """Ask the meal where the rule needs it."""
        if knows_meals(CheckKind(checkpoint.kind), CheckRule(checkpoint.rule)):
            self.fields["meal"] = _meal_field()

    @property
    def said_meal(self) -> Meal:
        """The meal that was said, or none."""
        found: Meal = self.cleaned_data.get("meal", Meal.NONE)
        return found


class CheckOffForm(_AtCheckpoint, PersonNumberForm):
    """Somebody's number, typed or read by a scanner that types it and presses Enter."""

    def __init__(self, actor: Actor, checkpoint: Checkpoint, data: Any = None) -> None:
        super().__init__(actor, data)
        self.ask_meal(checkpoint)
        self.fields["number"].widget.attrs["autofocus"] = True


class CountForm(_AtCheckpoint, OnceForm):
    """How many more."""

    many = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        initial=1,
        widget=forms.NumberInput({"inputmode": "numeric", "class": "input--short"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Write a whole number from 1 to 200.")
        ),
    )

    def __init__(self, checkpoint: Checkpoint, data: Any = None) -> None:
        super().__init__(data)
        self.ask_meal(checkpoint)


class CheckpointForm(OnceForm):
    """A new checkpoint."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("The name of a place, for example “Dining room”. It must not tell who comes there."),
        max_length=24,
        widget=PlainText({"class": "input--short"}),
        error_messages={
            "required": _("Give it a name, for example that of the place."),
            "max_length": _("Use at most 24 letters."),
        },
    )
    kind = forms.ChoiceField(
        label=_("What is handed out there"),
        choices=[(kind.value, words) for kind, words in KIND_WORDS.items()],
        widget=SegmentedChoice,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what is handed out there.")),
    )
    rule = forms.ChoiceField(
        label=_("How often one person has it"),
        help_text=_("Post is handed out to whom it waits for, whatever stands here."),
        choices=[(rule.value, words) for rule, words in RULE_WORDS.items()],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose how often.")),
    )
